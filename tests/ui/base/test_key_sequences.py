"""Keys as they are pressed, written and changed: both layouts, every system, and nobody's key taken in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtWidgets import QApplication

from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.actions import ACTIONS
from annotator.ui.base.i18n import LANGUAGES, set_language
from annotator.ui.base.key_map import KeyMap, Obstacle, key_hint, shown_keys
from annotator.ui.base.key_sequences import display_key, pressed_key, same_key
from annotator.ui.base.settings import Settings
from annotator.ui.shortcuts.manual_keys import with_keys
from annotator.ui.window.main_window import MainWindow
from tests.conftest import ROOT
from tests.ui.window.test_main_window import focused, labels, press, said

Key, Mod = Qt.Key, Qt.KeyboardModifier
MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def keys(qapp: QApplication, tmp_path: Path) -> Iterator[KeyMap]:
    set_language(qapp, "en")
    made = KeyMap(Settings(tmp_path / "window.ini"))
    made.set_labels(load_tagset("security").labels)
    yield made


@pytest.mark.parametrize(
    ("modifiers", "key", "expected"),
    [
        (Mod.ControlModifier, Key.Key_K, "Ctrl+K"),
        (Mod.ControlModifier, ord("ن"), "Ctrl+K"),
        (Mod.ControlModifier | Mod.ShiftModifier, ord("ب"), "Ctrl+Shift+F"),
        (Mod.AltModifier, 0x0663, "Alt+3"),
        (Mod.ControlModifier, ord("ظ"), "Ctrl+/"),
        (Mod.ControlModifier | Mod.ShiftModifier, Key.Key_Plus, "Ctrl++"),
        (Mod.ShiftModifier, Key.Key_Backtab, "Shift+Tab"),
        (Mod.KeypadModifier, Key.Key_Enter, "Return"),
        (Mod.NoModifier, Key.Key_Delete, "Delete"),
        (Mod.ShiftModifier, Key.Key_Shift, ""),
        (Mod.ControlModifier | Mod.AltModifier | Mod.ShiftModifier, Key.Key_Left, "Ctrl+Alt+Shift+Left"),
    ],
)
def test_a_key_is_written_alike_under_both_layouts(modifiers: Qt.KeyboardModifier, key: int, expected: str) -> None:
    assert pressed_key(QKeyCombination(modifiers, Key(key))) == expected


def test_every_key_of_the_table_is_read_back_as_it_is_written() -> None:
    from PySide6.QtGui import QKeySequence

    for spec in ACTIONS:
        for key in spec.keys.split():
            assert same_key(pressed_key(QKeySequence(key)[0]), key), key  # type: ignore[index]


@pytest.mark.parametrize(
    ("key", "shown"),
    [("Ctrl+Shift+Left", "Ctrl+Shift+←"), ("Return", "Enter"), ("Ctrl++", "Ctrl++"), ("Delete", "Delete")],
)
def test_keys_are_shown_in_words_or_in_the_signs_of_a_mac(key: str, shown: str) -> None:
    from PySide6.QtGui import QKeySequence

    assert display_key(key, mac=False) == shown
    assert display_key(key, mac=True) == QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def test_what_is_chosen_is_kept_and_taken_back(keys: KeyMap, tmp_path: Path) -> None:
    assert keys.keys("gestures.reject") == ("Delete", "Backspace")
    keys.assign("gestures.reject", ("X", "X"))
    keys.assign("gestures.skip", ())
    again = KeyMap(Settings(tmp_path / "window.ini"))
    assert again.keys("gestures.reject") == ("X",)
    assert again.keys("gestures.skip") == ()
    assert again.is_changed("gestures.skip") and not again.is_changed("gestures.confirm")
    again.reset("gestures.reject")
    assert again.keys("gestures.reject") == ("Delete", "Backspace")
    again.reset_all()
    assert not any(again.is_changed(spec.id) for spec in ACTIONS)


@pytest.mark.parametrize(
    ("action", "key", "obstacle", "name"),
    [
        ("gestures.confirm", "Ctrl+D", Obstacle.ACTION, "Label all occurrences…"),
        ("projects.new", "Delete", Obstacle.TYPING, ""),
        ("projects.new", "X", Obstacle.TYPING, ""),
        ("gestures.confirm", "2", Obstacle.LABEL, "Body"),
        ("gestures.confirm", "Alt+9", Obstacle.DIGIT, ""),
        ("gestures.confirm", "Alt+P", Obstacle.MENU, "Project"),
        ("projects.new", "Space", Obstacle.TYPING, ""),
    ],
)
def test_who_has_a_key_is_told(keys: KeyMap, action: str, key: str, obstacle: Obstacle, name: str) -> None:
    conflict = keys.conflict(action, key)
    assert conflict is not None and conflict.obstacle is obstacle
    if obstacle is Obstacle.LABEL:
        name = load_tagset("security").by_key("2").name("en")  # type: ignore[union-attr]
    assert conflict.name == name


def test_a_free_key_and_one_s_own_are_no_conflict(keys: KeyMap) -> None:
    assert keys.conflict("gestures.confirm", "X") is None
    assert keys.conflict("gestures.confirm", "Return") is None
    assert keys.conflict("projects.new", "F9") is None
    assert keys.conflict("projects.new", "Ctrl+B") is None


def test_taking_a_key_over_leaves_the_other_its_other_keys(keys: KeyMap) -> None:
    keys.take_over("gestures.skip", ("Backspace",))
    assert (keys.keys("gestures.skip"), keys.keys("gestures.reject")) == (("Backspace",), ("Delete",))
    keys.reset("gestures.reject")
    assert (keys.keys("gestures.skip"), keys.keys("gestures.reject")) == ((), ("Delete", "Backspace"))


def test_no_usual_key_is_in_another_s_way(keys: KeyMap, qapp: QApplication) -> None:
    for language in ("ar", "en"):
        set_language(qapp, language)
        for spec in ACTIONS:
            for key in spec.keys.split():
                assert keys.conflict(spec.id, key) is None, (language, spec.id, key)
    set_language(qapp, "en")


def test_a_changed_key_works_at_once_under_both_layouts_and_the_old_one_no_longer(
    make_window: MakeWindow, project_path: Path
) -> None:
    window = make_window("en", project_path)
    window.keys.assign("gestures.confirm", ("X",))
    QCoreApplication.processEvents()
    press(window, Key.Key_Return)
    assert labels(window) == {}
    press(window, Key.Key_X)
    assert labels(window) == {"العراق": "LOC"}
    press(window, ord("ء"))
    assert (len(labels(window)), focused(window)) == (2, "كركوك")


def test_menus_hints_and_help_follow_a_changed_key(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.ui.shortcuts.keys_dialog import KeysDialog

    opened: list[str] = []
    monkeypatch.setattr(KeysDialog, "exec", lambda dialog: opened.append(dialog.list.keys_of("gestures.confirm")))
    window = make_window("en", project_path)
    assert said(window).startswith("Enter confirms") and "Ctrl+K all commands" in said(window)
    window.keys.assign("gestures.confirm", ("Ctrl+J",))
    window.keys.assign("helping.commands", ())
    window.keys.assign("tagsets.guideline", ("F7",))
    QCoreApplication.processEvents()
    assert shown_keys(window.menus.actions["gestures.confirm"]) == "Ctrl+J"
    assert key_hint(window.workspace.side, "gestures.confirm") == "Ctrl+J"
    assert said(window).startswith("Ctrl+J confirms") and "all commands" not in said(window)
    window.help.show_shortcuts()
    assert opened == ["Ctrl+J"]
    row = next(action for action in window.menus.commands() if action.objectName() == "gestures.confirm")
    assert shown_keys(row) == "Ctrl+J"
    from PySide6.QtWidgets import QLabel

    guidelines = [label.text() for label in window.workspace.side.findChildren(QLabel, "guideline")]
    assert any("F7" in text for text in guidelines)


def test_no_text_of_the_window_names_the_key_of_an_action() -> None:
    """Such a text would be wrong as soon as the key is changed, and on a Mac from the beginning."""
    import re
    import xml.etree.ElementTree as ElementTree

    from annotator.resources import resource

    root = ElementTree.parse(resource("i18n", "annotator_ar.ts")).getroot()  # noqa: S314 - our own file
    sources = [text for message in root.iter("message") if (text := message.findtext("source"))]
    assert sources
    assert [text for text in sources if re.search(r"\b(Ctrl|Shift)\+\w|\(F\d+\)", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_lists_the_keys_as_they_are(qapp: QApplication, language: str) -> None:
    set_language(qapp, language)
    page = resource("manual", language, "keys.md").read_text("utf-8")
    assert page.count("`Ctrl+K`") == 2
    assert with_keys(page) == page, "make translations"


def test_hints_ask_for_actions_that_there_are() -> None:
    import re

    ids = {spec.id for spec in ACTIONS}
    asked = [
        found
        for path in (ROOT / "annotator" / "ui").rglob("*.py")
        for found in re.findall(r'key_hint\([\w.]+, "([\w.]+)"\)', path.read_text("utf-8"))
    ]
    assert len(asked) >= 4 and set(asked) <= ids
