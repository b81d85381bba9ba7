"""Names replaced in texts: every place moves with its characters, every mention goes, nothing else changes."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.text.names.given_names import NameKind
from annotator.text.names.name_replacer import NameReplacer, Parts
from annotator.text.names.person_names import name_words, possible_stems, split_words, word_key
from annotator.text.names.pseudonym_generator import generate_pseudonyms
from annotator.text.names.replacements import ReplacedText, Replacement

NAMES = (
    *("محمد العاني", "سعاد حسين", "عبد الله", "عبدالرحمن الجبوري", "أبو بكر البغدادي", "وليد جنبلاط", "زينب"),
    *("الأسد", "John Smith", "صلاح الدين", "ناصر بن سعد"),
)
OTHER = st.sampled_from(
    [
        "قال",
        " ",
        "\n",
        "،",
        "بغداد",
        "👍🏽",
        "٢٠٢٠",
        "\u200f",
        "وكان",
        "على",
        "لكن",
        ".",
        "ـ",
        "a@b.iq",
        "«",
        "x",
        "\u0301",
    ]
)


def known(key: str) -> bool:
    """Tell whether a word is one of the names'."""
    return key in {word_key(word.of(name)) for name in NAMES for word in split_words(name)}


def renamer(names: list[Parts], common: tuple[str, ...] = ()) -> NameReplacer:
    """Return what replaces names, their words wherever they stand but for common ones."""
    kinds = {word.key: word.kind for name in names for word in name if word.is_own}
    alone = {key for key, kind in kinds.items() if kind is not NameKind.DIVINE and key not in common}
    return NameReplacer(generate_pseudonyms(kinds, b"secret", {}), names, alone, known)


def parts(name: str) -> Parts:
    """Return the words of a name."""
    return tuple(name_words(name, Span(0, len(name)), known))


ALL = renamer([parts(name) for name in NAMES])
KEYS = {word.key for name in NAMES for word in parts(name) if word.is_own} - {"الله", "الرحمن"}


@st.composite
def written(draw: st.DrawFn, name: str) -> tuple[str, int]:
    """Return a name as somebody may write it, and how long its clitics are."""
    clitics = draw(st.sampled_from(["", "", "و", "ل", "ب", "ول", "ف"])) if name[0] > "z" else ""
    if clitics.endswith("ل") and name.startswith("ال"):
        name = name[1:]
    marks = draw(st.sampled_from(["", "", "ـ", "َ", "ّ"]))
    return clitics + name[:1] + marks + name[1:].replace("أ", draw(st.sampled_from("أا"))), len(clitics)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Return a text with names in it, some of them labelled, also nested, touching and with their clitics."""
    text, labelled = "", []
    for _ in range(draw(st.integers(0, 8))):
        text += draw(OTHER)
        if draw(st.booleans()):
            name, clitics = draw(written(draw(st.sampled_from(NAMES))))
            text += draw(st.sampled_from([" ", "\n", "«", " ( "]))
            if draw(st.booleans()):
                begin = len(text) + draw(st.sampled_from([0, clitics]))
                labelled.append(Span(begin, len(text) + len(name)))
            text += name + draw(st.sampled_from([" ", "،", ".", "\n"]))
    return text, labelled


def rebuilt(text: str, cuts: tuple[Replacement, ...]) -> str:
    """Return the original with each cut done by hand, from the end on."""
    for cut in reversed(cuts):
        text = text[: cut.span.start] + cut.word + text[cut.span.end :]
    return text


def check_places(text: str, renamed: ReplacedText) -> None:
    """See that every place goes where its characters went, and never into a stand-in."""
    assert rebuilt(text, renamed.replacements) == renamed.text
    new = [(cut.span.end + cut.shift - len(cut.word), cut.span.end + cut.shift) for cut in renamed.replacements]
    assert [renamed.text[start:end] for start, end in new] == [cut.word for cut in renamed.replacements]
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 12) + 1):
            moved, exact = renamed.map_span(Span(start, end))
            assert exact == (
                not any(c.span.start < edge < c.span.end for c in renamed.replacements for edge in (start, end))
            )
            assert not any(a < edge < b for a, b in new for edge in (moved.start, moved.end))
            touched = [cut for cut in renamed.replacements if cut.span.overlaps(Span(start, end))]
            if not touched:
                assert moved.of(renamed.text) == text[start:end]
            assert all(cut.word in moved.of(renamed.text) for cut in touched)


@given(texts())
def test_no_name_is_left_and_every_place_moves_along(drawn: tuple[str, list[Span]]) -> None:
    text, labelled = drawn
    renamed = ALL.replace(text, labelled)
    check_places(text, renamed)
    for word in split_words(renamed.text):
        assert not {key for _, key in possible_stems(word.of(renamed.text))} & KEYS
    assert ALL.replace(text, labelled) == renamed
    assert ALL.replace(renamed.text).text == renamed.text


@given(st.lists(OTHER | st.sampled_from(NAMES) | st.sampled_from(["م", "د", "و"]), max_size=15).map("".join), st.data())
def test_labels_may_lie_anywhere(text: str, data: st.DataObject) -> None:
    places = st.integers(0, max(len(text) - 1, 0)).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Span(start, end))
    )
    labelled = data.draw(st.lists(places, max_size=5)) if text else []
    names = [tuple(name_words(text, span, known)) for span in labelled]
    renamed = renamer(names).replace(text, labelled)
    check_places(text, renamed)
    for span, name in zip(labelled, names, strict=True):
        covered = renamed.map_span(span)[0].of(renamed.text)
        assert all(
            any(c.span.covers(w.span) and c.word in covered for c in renamed.replacements) for w in name if w.is_own
        )


def replaced(text: str, *names: str, common: tuple[str, ...] = ()) -> tuple[str, dict[str, int]]:
    """Return which words of a text are replaced, marked by §, and what is left."""
    renamed = renamer([parts(name) for name in names], common).replace(text)
    for cut in reversed(renamed.replacements):
        text = text[: cut.span.start] + "§" + text[cut.span.end :]
    return text, dict(renamed.unreplaced)


def test_further_mentions_are_found_in_whole_and_in_part() -> None:
    assert replaced("محمد علي العاني، ومحمد العاني، والعاني", "محمد علي العاني") == ("§ § §، و§ §، و§", {})
    assert replaced("لعبدالله بن سعد وعبد الله", "عبد الله بن سعد") == ("لعبد§ بن § وعبد §", {})
    assert replaced("#محمد_العاني محمد\nالعاني محمد\n\nالعاني", "محمد العاني", common=("محمد",))[0] == (
        "#§_§ §\n§ محمد\n\n§"
    )


def test_an_ambiguous_word_is_replaced_next_to_its_name_only() -> None:
    text = "نور المالكي قال إن نور الشمس"
    assert replaced(text, "نور المالكي", common=("نور",)) == ("§ § قال إن نور الشمس", {"نور": 1})


def test_a_name_in_capitals_is_the_same_name() -> None:
    text = "Mark Stone said MARK STONE may mark a Mark on STONE"
    assert replaced(text, "Mark Stone", common=("mark",)) == ("§ § said § § may mark a Mark on §", {"mark": 2})


def test_words_left_behind_clitics_are_counted_too() -> None:
    text = "نور المالكي ونور الشمس وبنور القمر ونورا"
    assert replaced(text, "نور المالكي", common=("نور",)) == ("§ § ونور الشمس وبنور القمر ونورا", {"نور": 2})


def test_the_ending_of_an_accusative_remains_after_the_pseudonym() -> None:
    text = "إن طارقاً وطارقًا، ولطارقا"
    assert replaced(text, "طارق العاني") == ("إن §اً و§ًا، ول§ا", {})
    assert (
        replaced("مدينة سامراء أو سامرا وعليا", "سامر العاني", "علي", common=("علي",))[0]
        == "مدينة سامراء أو سامرا وعليا"
    )


def test_a_name_with_its_kunya_written_on_is_found() -> None:
    assert replaced("أبوطارق العاني وابوطارق ولأبو طارق", "أبو طارق العاني")[0] == "أبو§ § وابو§ ولأبو §"
    assert replaced("أبوعلي العاني، أبوظبي، أبوعلي", "أبو علي العاني", common=("علي",))[0] == "أبو§ §، أبوظبي، أبو§"


@pytest.mark.parametrize("hidden", ["\u200c", "\u200f", "\u200b"])
def test_names_with_nothing_but_an_invisible_character_between_them_are_found(hidden: str) -> None:
    assert replaced(f"قال طارق{hidden}العاني وطا{hidden}رق", "طارق العاني")[0] == f"قال §{hidden}§ و§"
    assert replaced(f"قال{hidden}إن", "طارق العاني")[0] == f"قال{hidden}إن"


def test_a_name_in_an_address_written_by_its_bytes_is_replaced() -> None:
    name, other = (quote(text) for text in ("طارق-العاني", "بغداد-اليوم"))
    one = renamer([parts("طارق العاني")])
    renamed = one.replace(f"https://x.iq/{name}/{other}?q={name.lower()}&n=5%25")
    assert unquote(renamed.text) == one.replace(unquote(f"https://x.iq/{name}/{other}?q={name}&n=5%25")).text
    check_places(f"https://x.iq/{name}/{other}", one.replace(f"https://x.iq/{name}/{other}"))
    assert f"/{other}?q=" in renamed.text
    assert renamed.text.endswith("&n=5%25")


def test_no_name_is_found_within_another_word() -> None:
    assert (
        replaced("محمدية والمحمد كمال وليد لبنان", "محمد", "مال", "ليد", "بنان")[0] == "محمدية والمحمد كمال وليد لبنان"
    )


def test_after_lam_a_pseudonym_loses_its_alef() -> None:
    renamed = renamer([parts("الأسد")]).replace("قال للأسد")
    (cut,) = renamed.replacements
    assert renamed.text == f"قال ل{cut.word}"
    assert cut.word.startswith("ل")


def test_words_of_this_text_count_by_their_spelling() -> None:
    one = renamer([parts("علي حسن")], common=("علي",))
    assert len(one.replace("رد على علي", also={"علي"}).replacements) == 1
