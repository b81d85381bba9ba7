"""The jump to a word by its first letters, by real keys: where it goes, what it labels, and how it returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, make_project
from tests.ui.window.test_main_window import focused, labels, press, type_letters

Key, Mod = Qt.Key, Qt.KeyboardModifier
NO, SHIFT, CTRL = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier
MakeWindow = Callable[..., MainWindow]


def selected(window: MainWindow) -> str:
    selection = window.article.selection
    return selection.of(window.article.document.text) if selection else ""


@pytest.fixture
def window(make_window: MakeWindow, project_path: Path) -> MainWindow:
    return make_window("en", project_path)


def test_letters_select_a_word_and_a_label_goes_on_from_there(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    assert window.jump_bar.field.hasFocus()
    type_letters("عم")
    assert selected(window) == "العميد"
    press(window, Key.Key_1)
    assert labels(window) == {"العميد": "PERS"}
    assert window.jump_bar.isHidden() and window.article.hasFocus()
    assert focused(window) == "يحيى رسول"


def test_the_arabic_letter_of_the_same_key_opens_it_too(window: MainWindow) -> None:
    QTest.keyClick(window.article, Qt.Key(0x0638))
    assert window.jump_bar.field.hasFocus()


def test_shift_and_an_arrow_or_a_space_take_in_the_next_word(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    type_letters("عم")
    press(window, Key.Key_Left, SHIFT)
    assert selected(window) == "العميد يحيى"
    press(window, Key.Key_Right, SHIFT)
    type_letters(" ")
    assert selected(window) == "العميد يحيى"
    type_letters("يح")
    assert selected(window) == "العميد يحيى"
    press(window, Key.Key_Backspace)
    press(window, Key.Key_Backspace)
    press(window, Key.Key_Backspace)
    assert selected(window) == "العميد"


def test_tab_and_the_arrows_go_to_the_next_and_the_previous_place(make_window: MakeWindow, tmp_path: Path) -> None:
    text = "عاد مسعود ثم مسرور ثم مسعود"
    window = make_window("en", make_project(tmp_path / "three.annot", (text,)))
    places = [text.index("مسعود"), text.index("مسرور"), text.rindex("مسعود")]
    press(window, Key.Key_Slash)
    type_letters("مس")
    visited = []
    for key, modifiers in (
        (Key.Key_Tab, NO),
        (Key.Key_Down, NO),
        (Key.Key_Down, NO),
        (Key.Key_Tab, SHIFT),
        (Key.Key_Up, NO),
    ):
        assert window.article.selection
        visited.append(places.index(window.article.selection.start))
        press(window, key, modifiers)
    assert visited == [0, 1, 2, 0, 2]
    assert window.article.selection and window.article.selection.start == places[1]


def test_words_without_a_span_come_before_nearer_ones_that_have_one(make_window: MakeWindow, tmp_path: Path) -> None:
    text = "انفجار في بغداد هز بغدان"
    window = make_window("en", make_project(tmp_path / "free.annot", (text,)))
    press(window, Key.Key_Slash)
    type_letters("بغ")
    assert selected(window) == "بغدان"
    press(window, Key.Key_Tab)
    assert selected(window) == "بغداد"


def test_enter_gives_the_last_label_that_was_given_and_the_bar_says_so(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    type_letters("قو")
    assert window.jump_bar.hint_text().startswith("\u200e\u2066Enter\u2069: select")
    press(window, Key.Key_Return)
    assert selected(window) == "القوات" and labels(window) == {} and window.article.hasFocus()
    press(window, Key.Key_3)
    press(window, Key.Key_Slash)
    type_letters("عم")
    name = window.current.session.tagset.find(labels(window)["القوات"]).name("en")  # type: ignore[union-attr]
    assert name in window.jump_bar.hint_text()
    press(window, Key.Key_Return)
    assert labels(window) == {"القوات": labels(window)["القوات"], "العميد": labels(window)["القوات"]}


def test_enter_on_a_suggestion_confirms_it_and_on_a_part_of_one_goes_there(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    type_letters("كر")
    assert selected(window) == "كركوك" and "confirm" in window.jump_bar.hint_text()
    press(window, Key.Key_Return)
    assert labels(window) == {"كركوك": "LOC"}
    press(window, Key.Key_Slash)
    type_letters("رسو")
    press(window, Key.Key_Return)
    assert (focused(window), labels(window)) == ("يحيى رسول", {"كركوك": "LOC"})


def test_escape_returns_to_where_the_hands_were(make_window: MakeWindow, tmp_path: Path) -> None:
    text = "\n".join([FIRST] * 30) + "\nختام النص كوردستان"
    window = make_window("en", make_project(tmp_path / "long.annot", (text,)))
    window.resize(1000, 500)
    press(window, Key.Key_Tab)
    before = (focused(window), window.article.visible_text())
    press(window, Key.Key_Slash)
    type_letters("كور")
    assert selected(window) == "كوردستان" and window.article.visible_text() != before[1]
    press(window, Key.Key_Escape)
    assert (focused(window), window.article.visible_text()) == before
    assert selected(window) == "" and window.article.hasFocus() and labels(window) == {}


def test_what_is_not_there_selects_nothing(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    type_letters("عم")
    type_letters("ززز")
    assert selected(window) == "" and window.jump_bar.hint_text() == "\u200eNot found"
    press(window, Key.Key_Return)
    press(window, Key.Key_Tab)
    press(window, Key.Key_1)
    assert labels(window) == {} and window.jump_bar.isVisible()


def test_undo_and_another_article_close_it(window: MainWindow) -> None:
    press(window, Key.Key_Return)
    press(window, Key.Key_Slash)
    press(window, Key.Key_Z, CTRL)
    assert window.jump_bar.isHidden() and labels(window) == {}
    press(window, Key.Key_Slash)
    press(window, Key.Key_PageDown, CTRL)
    assert window.jump_bar.isHidden() and window.article.hasFocus()
