"""Places are exact: their normal form is the query's, their borders are borders of words or clitics."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.search.match import Finder, Mode, PatternError, finder
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.normalise import normalise_key, normalise_words
from annotator.text.regex_literals import required_literals

TAGSET = load_tagset("security")
NAMES = ("كركوك", "فيروس", "القوات", "عبد الرزاق", "أبو ظبي", "قم", "BBC")
AROUND = st.sampled_from(
    ["", " ", "\n", "و", "ب", "ال", "بال", "لل", "ل", "«", "َ", "ـ", "x", "ات", "، ", "  ", "\u200f", "😀"]
)
TEXTS = st.lists(
    st.one_of(AROUND, st.sampled_from(NAMES), st.sampled_from(["قوات", "كَركُوك", "ابو  ظبى"])), max_size=14
).map("".join)


def find(name: str, text: str, mode: Mode = Mode.NAME) -> list[str]:
    """Return the surfaces of the places."""
    return [found.span.of(text) for found in finder(name, mode, TAGSET).find(text)]


@given(st.sampled_from(NAMES), TEXTS)
def test_a_name_is_between_borders_and_is_spelt_as_asked(name: str, text: str) -> None:
    end_before = 0
    for found in finder(name, Mode.NAME, TAGSET).find(text):
        surface, key = normalise_key(found.span.of(text)), normalise_key(name)
        assert end_before <= found.span.start
        end_before = found.span.end
        assert surface in (key, f"ال{key}", f"ل{key}") if found.with_article else surface in (key, key[1:])
        behind = normalise_key(text[found.span.end : found.span.end + 1])
        assert not behind.isalnum()
        word = re.split(r"[^\w\u064b-\u065f\u0640]", text[: found.span.start])[-1]
        whole = word + found.span.of(text)
        assert not normalise_key(word) or len(word) in proclitic_lengths(whole.split()[0] if whole.split() else "")


@given(st.sampled_from(NAMES), TEXTS)
def test_any_spelling_finds_every_place_of_the_normal_form(name: str, text: str) -> None:
    key = normalise_key(name)
    surfaces = find(name, text, Mode.SPELLING)
    assert all(normalise_key(surface) == key for surface in surfaces)
    assert all(surface == name for surface in find(name, text, Mode.EXACT))
    assert len(surfaces) >= text.count(name)


@given(
    st.sampled_from(list(Mode)),
    st.one_of(
        st.sampled_from(NAMES), st.sampled_from(["وزار[ةه]", "كرك.ك", "(?i)bbc|قم", "قوا+ت", r"\bقم\b", "ظب[يى]"])
    ),
    TEXTS,
)
def test_literals_stand_in_every_text_with_a_place(mode: Mode, wanted: str, text: str) -> None:
    made: Finder = finder(wanted, mode, TAGSET)
    if list(made.find(text)):
        form = f"{normalise_words(f' {text} ')} "
        assert all(normalise_words(literal) in form for literal in made.literals)


@pytest.mark.parametrize(
    ("name", "text", "expected", "with_article"),
    [
        ("فيروس", "أصيب بالفيروس", ["الفيروس"], [True]),
        ("فيروس", "أصيب بفيروس وفيروسات", ["فيروس"], [False]),
        ("القوات", "انسحبت القوات ثم للقوات مهمة", ["القوات", "لقوات"], [False, False]),
        ("ديالى", "كركوك ودِيَالى وديالي", ["دِيَالى", "ديالي"], [False, False]),
        ("بنان", "عاد إلى لبنان", [], []),
        ("أربيل", "وصل اربيل وإِربيل ثم لأَرْبيل وأربيلية", ["اربيل", "إِربيل", "أَرْبيل"], [False] * 3),
        ("قم", "مدينة قم وقمم", ["قم"], [False]),
    ],
)
def test_names_with_clitics(name: str, text: str, expected: list[str], with_article: list[bool]) -> None:
    assert find(name, text) == expected
    assert [f.with_article for f in finder(name, Mode.NAME, TAGSET).find(text)] == with_article


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"وزار[ةه]\s+ال\w+", ["وزاره", "ال"]),
        ("انفجار(?:ات)?", ["انفجار"]),
        ("(?i)Daesh داعش", [" داعش"]),
        ("Daesh", ["daesh"]),
        ("قصف|غارة", []),
        ("ab+c", ["a", "b", "c"]),
        (r"\p{L}+", []),
        ("(?:foo){e<=1}", []),
        ("(", []),
        (r"(?=x)yz(?!t)", ["yz"]),
        ("[أإآ]بو", ["ابو"]),
    ],
)
def test_literals_of_expressions(pattern: str, expected: list[str]) -> None:
    assert required_literals(pattern) == expected


def test_expressions_that_cannot_be_read_or_never_end_are_reported() -> None:
    with pytest.raises(PatternError, match="is not valid"):
        finder("(", Mode.REGEX, TAGSET)
    with pytest.raises(PatternError, match="too long"):
        list(finder("(a|aa)+$", Mode.REGEX, TAGSET).find("a" * 60 + "b"))
    for large in ("(a{1000}){1000}", "(" * 5000 + "a" + ")" * 5000, f"a{{{'9' * 5000}}}"):
        with pytest.raises(PatternError, match="too large"):
            finder(large, Mode.REGEX, TAGSET)
    assert find(r"\d{4}-\d{1,2}", "في 2020-04", Mode.REGEX) == ["2020-04"]
    assert find(r"\d*", "12 و 3", Mode.REGEX) == ["12", "3"]
    with pytest.raises(ValueError, match="nothing"):
        finder("ـ", Mode.NAME, TAGSET)
