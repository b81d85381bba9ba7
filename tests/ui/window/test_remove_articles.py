"""Removing and restoring articles in the window: from menu and list, undone by Ctrl+Z, with the list always true."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Change, Edit
from annotator.session import LARGE, Session
from annotator.storage.log.log import Log
from annotator.storage.project import Project
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.remove_articles import RemovedArticlesDialog
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
TEXTS = (FIRST, SECOND, "بغداد", "كركوك", "ديالى")
IDS = [document_id(text) for text in TEXTS]
SEEN = [" ".join(text.split("\n")[0].split()) for text in TEXTS]
"""The first lines, which are the titles."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "five.annot", TEXTS)


@pytest.fixture
def window(make_window: MakeWindow, path: Path) -> MainWindow:
    return make_window("en", path)


def listed(window: MainWindow) -> list[str]:
    model = window.workspace.documents.model
    rows = [model.row_at(row) for row in range(model.rowCount())]
    return [row.id for row in rows if row]


def opened(window: MainWindow) -> str:
    session = window.current.session
    return session.document.id if session and session.document else ""


def undo(window: MainWindow) -> None:
    window.article.setFocus()
    QTest.keyClick(window.article, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.processEvents()


def test_the_open_article_is_removed_from_the_menu_and_the_next_opens(window: MainWindow) -> None:
    window.navigation.open_at(1)
    window.menus.actions["removal.remove"].trigger()
    assert listed(window) == [IDS[0], *IDS[2:]]
    assert opened(window) == IDS[2]
    assert window.workspace.place == 1
    assert window.workspace.header._where.text() == "2 of 4"
    assert window.workspace.documents.heading().endswith("4")
    assert "Removed from the project: 1 article" in window.status.text()
    undo(window)
    assert listed(window) == IDS
    assert opened(window) == IDS[1]
    assert window.workspace.place == 1
    assert "Undone: 1 article" in window.status.text()
    window.decisions.redo()
    assert listed(window) == [IDS[0], *IDS[2:]]
    assert opened(window) == IDS[2]


def test_several_selected_articles_are_removed_as_one_edit(window: MainWindow) -> None:
    view = window.workspace.documents.view
    window.navigation.open_at(3)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    menu = window.article_removal.make_menu()
    _, action, removed = menu.actions()
    assert action.text() == "Remove 2 articles"
    assert removed.text() == "Removed articles…"
    action.trigger()
    assert listed(window) == [IDS[0], *IDS[3:]]
    assert opened(window) == IDS[3]
    assert window.workspace.place == 1
    undo(window)
    assert listed(window) == IDS
    assert opened(window) == IDS[1]


def test_with_the_open_one_among_several_the_one_behind_it_opens(window: MainWindow) -> None:
    view = window.workspace.documents.view
    window.navigation.open_at(2)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Up)
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.article_removal.remove()
    assert listed(window) == IDS[3:]
    assert opened(window) == IDS[3]


def test_after_the_last_article_the_window_says_that_none_is_open(window: MainWindow) -> None:
    window.workspace.documents.view.setFocus()
    window.workspace.documents.view.selectAll()
    window.article_removal.remove()
    assert (listed(window), opened(window)) == ([], "")
    assert "No article is open" in window.workspace.empty.text()
    assert not window.menus.actions["gestures.confirm_all"].isEnabled()
    assert not window.article_removal.make_menu().actions()[1].isEnabled()
    window.article_removal.remove()
    undo(window)
    assert listed(window) == IDS
    assert opened(window) == IDS[0]


def test_hundreds_of_articles_are_removed_in_another_thread(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tuple(f"خبر {number}" for number in range(LARGE + 20))
    window = make_window("en", make_project(tmp_path / "many.annot", texts))
    threads: list[threading.Thread] = []
    append = Log.append

    def note(self: Log, edit: Edit) -> Change:
        """Note the thread."""
        threads.append(threading.current_thread())
        return append(self, edit)

    monkeypatch.setattr(Log, "append", note)
    view = window.workspace.documents.view
    view.setFocus()
    rows = QItemSelection(view.model().index(1, 0), view.model().index(LARGE + 19, 0))
    view.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    with qtbot.waitSignal(window.current.outcome, timeout=PATIENCE):
        window.article_removal.remove()
    assert listed(window) == [document_id(texts[0])] == [opened(window)]
    with qtbot.waitSignal(window.current.outcome, timeout=PATIENCE):
        undo(window)
    assert len(listed(window)) == LARGE + 20
    assert len(threads) == 2
    assert threads[0] is not threading.main_thread()


def test_under_a_filter_a_removed_article_leaves_the_list(window: MainWindow) -> None:
    bar = window.workspace.documents.filter
    bar.field.setText("بغداد")
    bar.apply()
    assert listed(window) == [IDS[1], IDS[2]]
    window.navigation.open_at(1)
    window.article_removal.remove()
    assert listed(window) == [IDS[1]]
    assert opened(window) == IDS[1]
    assert window.workspace.documents.heading().endswith("1 of 4")
    undo(window)
    assert listed(window) == [IDS[1], IDS[2]]
    assert opened(window) == IDS[2]


def test_a_removal_in_another_window_is_shown_and_the_open_article_stays_open(window: MainWindow, path: Path) -> None:
    window.navigation.open_at(1)
    with Project.open(path) as project:
        other = Session(project, ANNOTATOR)
        assert other.remove_articles([IDS[0], IDS[1]])
    window.file_watcher.check()
    assert listed(window) == IDS[2:]
    assert opened(window) == IDS[1]
    assert window.workspace.header._where.text() == "Removed from the project"
    QTest.keyClick(window.article, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert opened(window) == IDS[2]


def test_the_menu_key_and_a_restart_keep_what_was_removed(make_window: MakeWindow, path: Path) -> None:
    window = make_window("ar", path)
    window.navigation.open_at(4)
    window.article_removal.remove()
    assert opened(window) == IDS[3], "the one before the last"
    window.close()
    again = make_window("ar", path)
    assert listed(again) == IDS[:4]
    undo(again)
    assert listed(again) == IDS
    assert opened(again) == IDS[4]


def show_removed(qtbot: QtBot, window: MainWindow) -> RemovedArticlesDialog:
    window.menus.actions["removal.list"].trigger()
    qtbot.waitUntil(lambda: window.article_removal.dialog is not None, timeout=PATIENCE)
    dialog = window.article_removal.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.table.hasFocus, timeout=PATIENCE)
    return dialog


def wait_until_closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.article_removal.dialog is None, timeout=PATIENCE)
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)


def cells(dialog: RemovedArticlesDialog) -> list[list[str]]:
    model = dialog.model
    rows = [[model.data(model.index(row, at)) for at in range(model.columnCount())] for row in range(model.rowCount())]
    return [[cell.strip("\u2068\u2069") for cell in row] for row in rows]


def test_removed_articles_are_listed_and_restored_by_enter(qtbot: QtBot, window: MainWindow) -> None:
    for row in (0, 2):
        window.navigation.open_at(row)
        window.article_removal.remove()
    assert listed(window) == [IDS[1], IDS[2], IDS[4]]
    open_one = opened(window)
    dialog = show_removed(qtbot, window)
    assert [row[0] for row in cells(dialog)] == [SEEN[3], SEEN[0]], "the last removed comes first"
    assert {row[3] for row in cells(dialog)} == {ANNOTATOR.name}
    assert str(datetime.datetime.now().astimezone().year) in cells(dialog)[0][2]
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=PATIENCE)
    assert listed(window) == IDS[1:]
    assert opened(window) == open_one, "the open article stays open"
    assert "Restored: 1 article" in window.status.text()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_until_closed(qtbot, window)
    assert listed(window) == IDS
    undo(window)
    assert listed(window) == IDS[1:]
    window.decisions.redo()
    assert listed(window) == IDS


def test_several_are_restored_as_one_edit_and_an_empty_window_opens_the_first(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.documents.view.setFocus()
    window.workspace.documents.view.selectAll()
    window.article_removal.remove()
    assert opened(window) == ""
    dialog = show_removed(qtbot, window)
    dialog.table.selectAll()
    dialog.restore.click()
    wait_until_closed(qtbot, window)
    assert listed(window) == IDS
    assert opened(window) in IDS
    assert "Restored: 5 articles" in window.status.text()
    undo(window)
    assert listed(window) == []


def test_without_removed_articles_the_status_line_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.menus.actions["removal.list"].trigger()
    qtbot.waitUntil(lambda: "No article is removed" in window.status.text(), timeout=PATIENCE)
    assert window.article_removal.dialog is None


def test_hundreds_of_articles_are_restored_in_another_thread(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    texts = tuple(f"خبر {number}" for number in range(LARGE + 20))
    window = make_window("ar", make_project(tmp_path / "many.annot", texts))
    window.workspace.documents.view.setFocus()
    window.workspace.documents.view.selectAll()
    with qtbot.waitSignal(window.current.outcome, timeout=PATIENCE):
        window.article_removal.remove()
    dialog = show_removed(qtbot, window)
    assert dialog.restore.isEnabled(), "the first row is selected, also right to left"
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_until_closed(qtbot, window)
    assert len(listed(window)) == LARGE + 20
    assert opened(window) in {document_id(text) for text in texts}


def test_the_dialog_closes_with_its_project(qtbot: QtBot, window: MainWindow) -> None:
    window.article_removal.remove()
    show_removed(qtbot, window)
    window.projects.close()
    assert window.article_removal.dialog is None


def test_the_palette_finds_the_commands(window: MainWindow) -> None:
    palette = CommandPalette(window.menus.commands())
    palette.field.setText("remove")
    found = [row.text(0) for row in palette._shown()]
    assert {"Remove article", "Removed articles…"} <= set(found)
