"""Names in a text: whole words, clitics, the longest, exact places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.lexicon.matcher import Haystack, Matcher, longest
from annotator.text.normalise import normalise, normalise_key

NAMES = (
    "ديالى",
    "القوات المسلحة",
    "القوات",
    "حماس",
    "فيروس",
    "قم",
    "بي بي سي",
    "كركوك",
    "BBC",
    "إف-16",
    "لبنان",
    "بنان",
    "العراق",
)


def found(text: str, *names: str, article: tuple[str, ...] = ("فيروس",), nested: bool = False) -> list[str]:
    """Return what is found, as it stands in the text."""
    chosen = names or NAMES
    matcher = Matcher([(name, name) for name in chosen], takes_article=lambda name: name in article)
    haystack = Haystack(normalise(text))
    return [haystack.span(m.start, m.end).of(text) for m in longest(matcher.find(haystack.text), nested=nested)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في ديالى.", ["ديالى"]),
        ("وديالى", ["ديالى"]),
        ("فبديالى", ["ديالى"]),
        ("دِيــالَى", ["دِيــالَى"]),
        ("ديالي", ["ديالي"]),
        ('لـ"حماس"', ["حماس"]),
        ("«حماس»،", ["حماس"]),
        ("بالعراق وللعراق", ["العراق", "لعراق"]),
        ("للقوات المسلّحة", ["لقوات المسلّحة"]),
        ("القوات  المسلحة", ["القوات  المسلحة"]),
        ("القوات\u00a0المسلحة", ["القوات\u00a0المسلحة"]),
        ("القوات\nالمسلحة", ["القوات"]),
        ("بالفيروس الفيروس للفيروس وفيروس", ["الفيروس", "الفيروس", "لفيروس", "فيروس"]),
        ("لبنان وبنان", ["لبنان", "بنان"]),
        ("قم", ["قم"]),
        ("ككركوك وكركوك كحماس", ["كركوك", "كركوك", "حماس"]),
        ("بي بي سي و bbc", ["بي بي سي", "bbc"]),
        ("طائرة إف-16.", ["إف-16"]),
        ("بغداد.حماس", ["حماس"]),
        ("😀حماس😀", ["حماس"]),
    ],
)
def test_names_are_found_as_they_stand(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "الحماس",  # with the article it is another word
        "فيروسات",
        "كالفيروسات",
        "وقم",  # two letters take no clitics
        "حماسة",
        "سحماس",  # س stands before verbs
        "متحماس",
        "#حماس_الآن",
        "@BBC",
        "www.bbc.com",
        "bbc.com/x",
        "BBC_News",
    ],
)
def test_nothing_is_found_inside_other_words(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("name", "text"), [("بنان", "لبنان"), ("مال", "كمال"), ("زير", "وزير"), ("ريم", "كريم"), ("الده", "والده")]
)
def test_nothing_is_found_behind_a_word_s_own_letter(name: str, text: str) -> None:
    assert found(text, name) == []
    assert found(name, name) == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("للجنة الدولية", ["لجنة الدولية"]),
        ("وللاذقية واللاذقية", ["لاذقية", "اللاذقية"]),
        ("لللاذقية", ["للاذقية"]),
    ],
)
def test_a_name_that_begins_with_lam_has_one_lam_less_behind_the_preposition(text: str, expected: list[str]) -> None:
    assert found(text, "اللجنة الدولية", "اللاذقية") == expected


def test_a_name_begins_with_its_clitics_where_they_are_inside() -> None:
    matcher = Matcher([(name, name) for name in NAMES], takes_article=lambda _: False)
    matches = longest(matcher.find(normalise("وبديالى وللقوات المسلحة والقوات").text))
    assert [m.first("outside") for m in matches] == [2, 10, 25]
    assert [m.first("inside") for m in matches] == [0, 8, 24]


def test_a_nested_tagset_keeps_the_name_inside_the_name() -> None:
    names = ("محافظة بغداد", "بغداد", "بغداد الجديدة")
    assert found("محافظة بغداد", *names) == ["محافظة بغداد"]
    assert found("محافظة بغداد", *names, nested=True) == ["محافظة بغداد", "بغداد"]
    assert found("محافظة بغداد الجديدة", *names, nested=True) == ["بغداد الجديدة", "بغداد"]


def test_no_names_find_nothing() -> None:
    matcher: Matcher[int] = Matcher([], takes_article=bool)
    assert list(matcher.find("ديالى")) == []


def test_of_names_spelt_alike_the_first_counts() -> None:
    matcher = Matcher([("أحمد", 1), ("احمد", 2)], takes_article=bool)
    assert [m.value for m in matcher.find("احمد")] == [1]


FILLING = st.text(st.sampled_from('ابتولك ديىةأـَ \u00a0\n\u200f.،"«»_@#/16bB😀'), max_size=12)


@given(st.lists(st.one_of(FILLING, st.sampled_from(NAMES), st.sampled_from(("و", "ل", "بال", "لل")))).map("".join))
def test_every_find_is_a_listed_name_between_edges(text: str) -> None:
    matcher = Matcher([(name, name) for name in NAMES], takes_article=lambda name: name == "فيروس")
    haystack = Haystack(normalise(text))
    for match in matcher.find(haystack.text):
        span = haystack.span(match.start, match.end)
        key, listed = normalise_key(span.of(text)), normalise_key(match.value)
        with_article = {listed, "ال" + listed, "ل" + listed} if match.value == "فيروس" else {listed}
        assert key in with_article | {listed[1:]}  # القوات behind ل has lost its alef
        assert not text[span.end : span.end + 1].isalnum()
        before = haystack.text[match.start - match.prefix : match.start]
        assert set(before) <= set("وفبكل")
        assert not haystack.text[: match.start - match.prefix][-1:].isalnum()
