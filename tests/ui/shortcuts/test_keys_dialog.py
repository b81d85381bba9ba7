"""The window of shortcuts: labelling first, found by name or key, and a way to change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.actions import KEY_GROUPS, MENUS
from annotator.ui.base.i18n import set_language
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.settings import Settings
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.shortcuts.dialog import ShortcutsDialog
from annotator.ui.shortcuts.keys_dialog import KeysDialog
from annotator.ui.window.main_window import MainWindow


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[KeysDialog]:
    set_language(qapp, "en")
    keys = KeyMap(Settings(tmp_path / "window.ini"), qapp)
    labels = load_tagset("security").labels
    keys.set_labels(labels)
    made = KeysDialog(keys, labels)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    keys.deleteLater()


def test_every_menu_is_a_group_and_labelling_comes_first() -> None:
    assert {name for name, _ in KEY_GROUPS} == {name for name, _ in MENUS} | {""}
    assert [name for name, _ in KEY_GROUPS][:3] == ["label", "label/boundaries", ""]


def test_it_begins_with_the_keys_of_labelling_and_of_the_labels(dialog: KeysDialog) -> None:
    shown = dialog.list.shown()
    assert shown[0] == "Confirm"
    assert shown.index("Person") < shown.index("New project…")
    assert dialog.list.keys_of("gestures.focus_next") == "Tab" or "Next span" in shown
    assert "Models…" not in shown


@pytest.mark.parametrize(("text", "found"), [("flag", "Toggle span flag"), ("ctrl+g", "Go to article…")])
def test_a_key_is_found_while_one_types(dialog: KeysDialog, text: str, found: str) -> None:
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, text)
    assert found in dialog.list.shown() and len(dialog.list.shown()) < 4


def test_a_search_without_results_says_so(dialog: KeysDialog) -> None:
    palette = CommandPalette([QAction("Undo", dialog)], dialog)
    palette.show()
    for field, said in ((dialog.field, dialog.list.empty), (palette.field, palette.empty)):
        assert not said.isVisible()
        QTest.keyClicks(field, "xyzzy")
        assert said.isVisible() and said.text() == "No results"
        field.clear()
        assert not said.isVisible()


def test_it_leads_to_changing_them(
    make_window: Callable[..., MainWindow], project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(KeysDialog, "exec", lambda dialog: dialog.change.click())
    monkeypatch.setattr(ShortcutsDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    window = make_window("en", project_path)
    QTest.keyClick(window.article, Qt.Key.Key_Question)
    assert opened == ["Customise shortcuts"]
