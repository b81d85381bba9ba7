"""The text that Qt shows is as long as the true one, and Qt keeps every unit of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextLayout
from pytestqt.qtbot import QtBot

from annotator.ui.article.invisible_characters import Mark, describe, display_text, find_marks
from annotator.ui.article.utf16_offsets import Utf16Map


@given(st.text(max_size=40) | st.text(alphabet="\ufeff\ufffe\r\u2028\u00a0\u202e\0\tأ😀\ufffc", max_size=20))
def test_stand_ins_keep_the_length_both_ways(text: str) -> None:
    shown = display_text(text)
    assert len(shown) == len(text)
    assert Utf16Map(shown).length == Utf16Map(text).length


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\ufeff\ufffe\uffff\u2028\0"), max_size=30))
def test_qt_gives_back_what_it_was_given(text: str) -> None:
    shown = display_text(text)
    assert QTextLayout(shown).text() == shown


@pytest.mark.parametrize("character", ["\ud800", "\udfff"])
def test_a_lone_surrogate_does_not_reach_qt(character: str, qtbot: QtBot) -> None:
    assert display_text(f"أ{character}ب") == "أ\ufffdب"


def test_ordinary_arabic_is_handed_on_as_it_is() -> None:
    text = "قالَ «الأناضول»\u00a0إن F-16 حلّقت\u200cفوق كركوك 😀\u200f."
    assert display_text(text) is text


def test_overrides_lose_their_power_and_keep_their_partner() -> None:
    assert display_text("\u202eabc\u202c") == "\u202babc\u202c"


def test_marks_tell_the_direction_of_what_they_stand_for() -> None:
    text = "أ\u200fب\u200eج\u00a0د\u200cه\ufeffو"
    assert find_marks(text) == [
        (1, Mark.LEFTWARD),
        (3, Mark.RIGHTWARD),
        (5, Mark.SPACE),
        (7, Mark.POINT),
        (9, Mark.POINT),
    ]


def test_a_joiner_within_an_emoji_is_not_marked() -> None:
    assert find_marks("👩\u200d👧") == []
    assert find_marks("ه\u200d") == [(1, Mark.POINT)]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u200f", "U+200F RIGHT-TO-LEFT MARK"), ("\u00a0", "U+00A0 NO-BREAK SPACE"), ("\x07", "U+0007")],
)
def test_an_odd_character_is_named_as_unicode_does(character: str, name: str) -> None:
    assert describe(character) == name
