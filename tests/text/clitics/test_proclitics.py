"""Clitics are found in the spelling as it is, with harakat and tatweel."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotator.text.clitics.proclitics import hides_article, proclitic_lengths
from tests.text.strategies import any_texts


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("وديالى", ["وديالى", "ديالى"]),
        ("وَدِيالى", ["وَدِيالى", "دِيالى"]),
        ("للقوات", ["للقوات", "لقوات", "قوات"]),
        ("وللقوات", ["وللقوات", "للقوات", "لقوات", "قوات"]),
        ("وبالعراق", ["وبالعراق", "بالعراق", "العراق", "عراق"]),
        ("فكالعراق", ["فكالعراق", "كالعراق", "العراق", "عراق"]),
        ("بكركوك", ["بكركوك", "كركوك"]),
        ("سيعود", ["سيعود", "يعود"]),
        ("لـBBC", ["لـBBC", "BBC"]),
        ("وٱلعراق", ["وٱلعراق", "ٱلعراق", "عراق"]),
        ("بغداد", ["بغداد", "غداد"]),
        ("حماس", ["حماس"]),
        ("بك", ["بك"]),
        ("", [""]),
    ],
)
def test_every_reading_of_the_beginning_is_given(word: str, stems: list[str]) -> None:
    assert [word[n:] for n in proclitic_lengths(word)] == stems


@given(any_texts)
def test_lengths_rise_from_nought_and_leave_a_stem(word: str) -> None:
    lengths = proclitic_lengths(word)
    assert lengths[0] == 0
    assert list(lengths) == sorted(set(lengths))
    assert all(n < len(word) for n in lengths[1:])


def test_the_article_loses_its_alef_behind_the_preposition_only() -> None:
    assert hides_article("للقوات", 1)
    assert hides_article("وَلِلقوات", 4)
    assert not hides_article("للقوات", 2)
    assert not hides_article("بالقوات", 1)
    assert not hides_article("لبنان", 1)
