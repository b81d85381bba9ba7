"""The dialog that changes keys: found by name or key, pressed, told who has it, taken over or left, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.actions import ACTIONS
from annotator.ui.base.i18n import set_language
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.settings import Settings
from annotator.ui.shortcuts import dialog as keys_dialog
from annotator.ui.shortcuts.dialog import ShortcutsDialog

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL = Mod.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[ShortcutsDialog]:
    set_language(qapp, "en")
    keys = KeyMap(Settings(tmp_path / "window.ini"), qapp)
    labels = load_tagset("security").labels
    keys.set_labels(labels)
    made = ShortcutsDialog(keys, labels)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.field.setFocus()
    yield made
    keys.deleteLater()


def press(key: Qt.Key | int, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key(key), modifiers)
    QCoreApplication.processEvents()


def told(dialog: ShortcutsDialog) -> str:
    """Return what is said below the list, without marks of direction."""
    return "".join(char for char in dialog.message.text() if char not in "\u200e\u200f\u2066\u2068\u2069")


def test_every_action_and_every_label_is_listed(dialog: ShortcutsDialog) -> None:
    shown = dialog.list.shown()
    assert len(shown) == len(ACTIONS) + len(load_tagset("security").labels)
    assert "Armed group" in shown


@pytest.mark.parametrize(
    ("text", "expected"), [("occurrences", "searching.everywhere"), ("ctrl+g", "navigation.go_to")]
)
def test_a_command_is_found_by_name_or_by_key(dialog: ShortcutsDialog, text: str, expected: str) -> None:
    dialog.field.setText(text)
    assert dialog.list.action() == expected
    assert len(dialog.list.shown()) < 4


def test_a_key_is_changed_by_keyboard_alone(dialog: ShortcutsDialog) -> None:
    dialog.field.setText("Undo")
    press(Key.Key_Return)
    assert dialog.change.isChecked() and "Undo" in told(dialog)
    press(Key.Key_Control, CTRL)
    press(ord("لا"[0]), CTRL)
    assert dialog.list.keys_of("gestures.undo") == "Ctrl+G" or "already" in told(dialog)
    press(Key.Key_Escape)


def test_tab_and_enter_can_be_pressed_as_keys_and_escape_leaves(dialog: ShortcutsDialog) -> None:
    dialog.list.select("gestures.skip")
    dialog.change.setFocus()
    dialog.change.click()
    press(Key.Key_Escape)
    assert dialog.isVisible() and not dialog.change.isChecked()
    assert dialog.list.keys_of("gestures.skip") == "Space"
    dialog.change.click()
    press(Key.Key_Tab)
    assert told(dialog) == "Tab is already used for “Next span”."
    press(Key.Key_Space)
    assert dialog.list.keys_of("gestures.skip") == "Space"
    dialog.change.click()
    press(Key.Key_Return, CTRL)
    assert told(dialog) == "Ctrl+Enter is already used for “Confirm what is visible, scroll on”."


def test_a_conflict_is_told_at_once_and_left(dialog: ShortcutsDialog) -> None:
    dialog.list.select("gestures.confirm")
    dialog.change.click()
    press(Key.Key_D, CTRL)
    assert told(dialog) == "Ctrl+D is already used for “Label all occurrences”."
    assert dialog.take.isVisible() and dialog.leave.hasFocus()
    dialog.leave.click()
    assert not dialog.take.isVisible()
    assert dialog.list.keys_of("gestures.confirm") == "Enter"
    assert dialog.list.keys_of("searching.everywhere") == "Ctrl+D"


def test_a_key_is_taken_over_and_both_are_shown_at_once(dialog: ShortcutsDialog) -> None:
    dialog.list.select("gestures.confirm")
    dialog.add.setFocus()
    dialog.add.click()
    press(ord("ي"), CTRL)
    dialog.take.click()
    assert dialog.list.keys_of("gestures.confirm") == "Enter   Ctrl+D"
    assert dialog.list.keys_of("searching.everywhere") == ""
    assert told(dialog) == "Ctrl+D is now the shortcut for “Confirm”. “Label all occurrences” has no shortcut now."
    dialog.reset.click()
    assert dialog.list.keys_of("gestures.confirm") == "Enter"
    dialog.list.select("searching.everywhere")
    dialog.reset.click()
    assert dialog.list.keys_of("searching.everywhere") == "Ctrl+D"


@pytest.mark.parametrize(
    ("action", "key", "modifiers", "part"),
    [
        ("gestures.confirm", Key.Key_4, Mod.NoModifier, "applies the label"),
        ("gestures.confirm", 0x0669, Mod.AltModifier, "Alt+9 is reserved for a label"),
        ("gestures.confirm", Key.Key_E, Mod.AltModifier, "opens the menu “Edit”"),
        ("transfers.export", Key.Key_E, Mod.NoModifier, "E is needed for typing"),
    ],
)
def test_what_cannot_be_taken_is_only_told(
    dialog: ShortcutsDialog, action: str, key: int, modifiers: Qt.KeyboardModifier, part: str
) -> None:
    before = dialog.list.keys_of(action)
    dialog.list.select(action)
    dialog.change.setFocus()
    dialog.change.click()
    press(key, modifiers)
    assert part in told(dialog)
    assert not dialog.take.isVisible()
    assert dialog.list.keys_of(action) == before


def test_no_key_and_all_usual_keys(dialog: ShortcutsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog.list.select("gestures.skip")
    dialog.remove.click()
    assert dialog.list.keys_of("gestures.skip") == "" and not dialog.remove.isEnabled()
    monkeypatch.setattr(keys_dialog, "confirm_prompt", lambda *_: True)
    dialog.reset_all.click()
    assert dialog.list.keys_of("gestures.skip") == "Space" and not dialog.reset.isEnabled()


def test_labels_are_listed_but_not_changed_here(dialog: ShortcutsDialog) -> None:
    dialog.field.setText("Armed group")
    assert dialog.list.action() == ""
    assert not dialog.change.isEnabled() and not dialog.remove.isEnabled()
    assert told(dialog) == "Change label shortcuts in “Edit labels” (Ctrl+T)."
    dialog._keys.assign("tagsets.open", ())
    assert told(dialog) == "Change label shortcuts in “Edit labels”."
