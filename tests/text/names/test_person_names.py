"""What of a labelled name is the name's own, and which bundled names there are."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.model.span import Span
from annotator.resources import resource
from annotator.text.names.given_names import NameKind, given_names
from annotator.text.names.person_names import name_words, spelling, split_words
from annotator.text.normalise import normalise_key


def own(marks: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return place and key of the own words of the name between the brackets."""
    before, name, behind = marks.replace("]", "[").split("[")
    text, span = before + name + behind, Span(len(before), len(before + name))
    found = name_words(text, span, lambda key: key in known)
    return [(word.span.of(text), word.key) for word in found if word.is_own]


@pytest.mark.parametrize(
    ("marks", "places"),
    [
        ("[محمد العاني]", "محمد العاني"),
        ("[ولمحمد العاني]", "محمد العاني"),
        ("قال ل[محمد] ذلك", "محمد"),
        ("[وليد] قال", "وليد"),
        ("[كمال]", "كمال"),
        ("[لؤي] قال", "لؤي"),
        ("[عبد الله حسن]", "الله حسن"),
        ("[عبدالله بن عبدالعزيز]", "الله العزيز"),
        ("[وعبدالله]", "الله"),
        ("[صلاح الدين]", "صلاح"),
        ("[حسن نصر الله]", "حسن نصر"),
        ("[أبو بكر البغدادي]", "بكر البغدادي"),
        ("[آل ثاني]", "ثاني"),
        ("[الرئيس السوري بشار الأسد]", "بشار الأسد"),
        ("[العميد الركن يحيى رسول]", "يحيى رسول"),
        ("[جورج و. بوش]", "جورج بوش"),
        ("[John F. Kennedy]", "John Kennedy"),
        ("[\u200fمـحـمَّد\u200f]", "مـحـمَّد"),
        ("[محمد 6]", "محمد"),
        ("[الرئيس]", ""),
        ("[123 🙂]", ""),
        ("[عبد]", "عبد"),
        ("[آية محمد]", "آية محمد"),
    ],
)
def test_the_words_of_a_name(marks: str, places: str) -> None:
    assert " ".join(place for place, _ in own(marks)) == places


@pytest.mark.parametrize("marks", ["قال [للأسد]", "قال ل[لأسد]", "و[للأسد]", "ول[لأسد]"])
def test_behind_lam_the_article_is_known_though_its_alef_is_not_written(marks: str) -> None:
    assert own(marks) == [("لأسد", "الاسد")]


def test_a_lam_of_the_name_itself_is_no_article() -> None:
    assert own("قال ل[لطيف]", ("لطيف",)) == [("لطيف", "لطيف")]


def test_a_title_that_is_somebodys_name_is_replaced_when_it_is_alone() -> None:
    assert own("[الشيخ]") == []
    assert own("[الشيخ]", ("الشيخ",)) == [("الشيخ", "الشيخ")]


def test_words_are_cut_behind_the_servant_and_nowhere_else() -> None:
    text = "وعبدالله عبد العبدلي مح\u200fمد"
    assert [word.of(text) for word in split_words(text)] == ["وعبد", "الله", "عبد", "العبدلي", "مح\u200fمد"]


def test_spelling_keeps_letters_apart_that_keys_do_not() -> None:
    assert spelling("عَلِـــيّ") == "علي" != spelling("على")


def test_bundled_names_are_sorted_by_what_they_can_stand_for() -> None:
    names = given_names()
    assert all(len(names.pseudonyms[kind]) >= 15 for kind in NameKind)
    alone = set(NameKind) - {NameKind.DIVINE, NameKind.DIN, NameKind.GOD}
    keys = [normalise_key(name) for kind in alone for name in names.pseudonyms[kind]]
    assert not set(keys) & names.common
    assert not [name for kind in NameKind for name in names.pseudonyms[kind] if name[0] in "وفبكل" or " " in name]
    assert (names.known["سعاد"], names.known["محمد"]) == (NameKind.FEMALE, NameKind.MALE)


def test_no_name_is_twice_in_the_list() -> None:
    lines = resource("names", "names.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")[:2]) for line in lines if not line.startswith("#")]
    assert [row for row, times in Counter(rows).items() if times > 1] == []
    assert {flag for line in lines if not line.startswith("#") for flag in line.split("\t")[2:]} == {"known", "common"}
