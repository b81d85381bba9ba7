"""The table of actions: every row has texts, works, clashes with no other, and covers the keys that were promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.actions import ACTIONS, MENUS
from annotator.ui.base.i18n import set_language
from annotator.ui.base.key_sequences import sequences
from annotator.ui.window.main_window import MainWindow

MakeWindow = Callable[..., MainWindow]
PROMISED = {
    "Return": "gestures.confirm",
    "Delete": "gestures.reject",
    "Backspace": "gestures.reject",
    "Tab": "gestures.next_span",
    "Shift+Tab": "gestures.previous_span",
    "Space": "gestures.skip",
    "Left": "caret.word_forward",
    "Right": "caret.word_back",
    "Up": "caret.line_up",
    "Down": "caret.line_down",
    "Alt+Left": "caret.letter_forward",
    "Alt+Right": "caret.letter_back",
    "Shift+Left": "edges.end_word_forward",
    "Shift+Right": "edges.end_word_back",
    "Ctrl+Shift+Left": "edges.start_word_forward",
    "Ctrl+Shift+Right": "edges.start_word_back",
    "Alt+Shift+Left": "edges.end_letter_forward",
    "Alt+Shift+Right": "edges.end_letter_back",
    "Ctrl+Alt+Shift+Left": "edges.start_letter_forward",
    "Ctrl+Alt+Shift+Right": "edges.start_letter_back",
    "Ctrl+Return": "gestures.confirm_visible",
    "Ctrl+Alt+Return": "gestures.confirm_all",
    "Shift+Delete": "gestures.rejected",
    "F8": "labelfirst.begin",
    "F4": "notes.doubt_span",
    "?": "helping.keys",
    "؟": "helping.keys",
    "Ctrl+Shift+Return": "gestures.done",
    "Ctrl+Z": "gestures.undo",
    "Ctrl+Y": "gestures.redo",
    "PgDown": "scrolling.down",
    "PgUp": "scrolling.up",
    "Ctrl+PgDown": "navigation.next",
    "Ctrl+PgUp": "navigation.previous",
    "/": "jumping.open",
    "Ctrl+G": "navigation.go_to",
    "Ctrl+F": "find_bar.open",
    "Ctrl+Shift+F": "searching.concordance",
    "Ctrl+D": "searching.everywhere",
    "F1": "tagsets.guideline",
    "Ctrl+K": "helping.commands",
}


def test_ids_are_unique_and_menus_exist() -> None:
    assert max(Counter(spec.id for spec in ACTIONS).values()) == 1
    assert {spec.menu for spec in ACTIONS} - {""} <= {name for name, _ in MENUS}


def test_promised_keys_do_what_was_promised() -> None:
    by_key = {key: spec.id for spec in ACTIONS for key in spec.keys.split()}
    assert {key: by_key.get(key) for key in PROMISED} == PROMISED


def test_no_two_actions_or_labels_share_a_key() -> None:
    taken = Counter(s.toString() for spec in ACTIONS for s in sequences(tuple(spec.keys.split())))
    assert [key for key, count in taken.items() if count > 1] == []
    for name in list_tagsets():
        labels = [label.key for label in load_tagset(name).labels if label.key]
        with_labels = taken + Counter(s.toString() for key in labels for s in sequences((key,)))
        assert [key for key, count in with_labels.items() if count > 1] == [], name


def test_every_action_calls_something_and_is_reachable_by_name(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window(path=project_path)
    assert set(window.action_handlers()) == {spec.id for spec in ACTIONS}
    reachable = {action.objectName() for action in window.menus.commands()}
    assert {spec.id for spec in ACTIONS} <= reachable


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_action_has_a_text_in_both_languages(qapp: QApplication, language: str) -> None:
    set_language(qapp, language)
    shown = [spec.shown() for spec in ACTIONS]
    menus = [QCoreApplication.translate("menus", text) for _, text in MENUS]
    set_language(qapp, "en")
    assert all(shown) and all(menus)
    if language == "ar":
        assert all(any("\u0600" <= c <= "\u06ff" for c in text) for text in (*shown, *menus))


def test_menus_are_retranslated_and_labels_follow(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    assert window.menuBar().actions()[0].text() == "&Project"
    assert "Armed group" in [action.text() for action in window.menus.label_actions()]
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert window.menuBar().actions()[0].text() == "م&شروع"
    assert "جماعة مسلحة" in [action.text() for action in window.menus.label_actions()]


def test_actions_are_off_where_they_make_no_sense(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window()
    enabled = {action.objectName() for action in window.menus.commands()}
    assert "projects.open" in enabled
    assert "gestures.confirm" not in enabled and "transfers.export" not in enabled
    assert window.open_project(project_path)
    assert "gestures.confirm" in {action.objectName() for action in window.menus.commands()}


@pytest.mark.parametrize(
    ("shortcut", "also"),
    [
        ("Ctrl+Z", ["Ctrl+ئ"]),
        ("Ctrl+Shift+I", ["Ctrl+Shift+ه"]),
        ("1", ["١", "۱"]),
        ("Alt+2", ["Alt+٢", "Alt+۲"]),
        ("Enter", ["Return"]),
        ("Ctrl+Shift+Enter", ["Ctrl+Shift+Return"]),
        ("Ctrl++", []),
        ("F1", []),
    ],
)
def test_keys_of_an_arabic_layout_are_heard_too(shortcut: str, also: list[str]) -> None:
    assert sequences((shortcut.replace("Enter", "Return"),)) == [QKeySequence(key) for key in (shortcut, *also)]
