"""Renaming an article in the window: by F2 in the list, from the menus, undone by Ctrl+Z, shown everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from annotator.domain.model.document import document_id
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
TEXTS = (FIRST, SECOND, "بغداد")
IDS = [document_id(text) for text in TEXTS]
NEW = "هجوم على حاجز في ديالى"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "three.annot", TEXTS)


@pytest.fixture
def window(make_window: MakeWindow, path: Path) -> MainWindow:
    return make_window("en", path)


def titles(window: MainWindow) -> list[str]:
    model = window.workspace.documents.model
    return [row.title for row in map(model.row_at, range(model.rowCount())) if row]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return what the next dialogs are answered, None for Escape; each is replaced by the title that it offered."""
    given: list[str | None] = []

    def answer(dialog: QInputDialog) -> int:
        text, offered = given.pop(0), dialog.textValue()
        if text is not None:
            dialog.setTextValue(text)
        given.append(offered)
        return int(text is not None)

    monkeypatch.setattr(QInputDialog, "exec", answer)
    return given


def undo(window: MainWindow) -> None:
    window.article.setFocus()
    QTest.keyClick(window.article, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.processEvents()


def test_f2_in_the_list_renames_and_elsewhere_opens_the_note(window: MainWindow, answers: list[str | None]) -> None:
    before = titles(window)
    window.navigation.open_at(0)
    view = window.workspace.documents.view
    view.setFocus()
    answers.append(NEW)
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert answers == [before[0]]
    assert titles(window) == [NEW, *before[1:]]
    assert window.workspace.header.title_text() == NEW, "the text does not begin with it"
    assert "Article renamed" in window.status.text() and NEW in window.status.text()
    assert not window.workspace.note_bar.isVisible()
    undo(window)
    assert titles(window) == before
    assert window.workspace.header.title_text() == ""
    window.decisions.redo()
    assert titles(window)[0] == NEW
    window.article.setFocus()
    QTest.keyClick(window.article, Qt.Key.Key_F2)
    assert window.workspace.note_bar.isVisible()


def test_the_menu_of_the_list_renames_the_one_that_is_selected(window: MainWindow, answers: list[str | None]) -> None:
    window.navigation.open_at(0)
    view = window.workspace.documents.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    menu = window.article_removal.make_menu()
    assert menu.layoutDirection() is Qt.LayoutDirection.LeftToRight, "as English reads, though the list does not"
    rename = menu.actions()[0]
    assert rename.text() == "Rename…" and rename.isEnabled()
    answers.append(NEW)
    rename.trigger()
    assert titles(window)[1] == NEW
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert not window.article_removal.make_menu().actions()[0].isEnabled()


def test_escape_changes_nothing_and_an_empty_title_restores_the_imported_one(
    window: MainWindow, answers: list[str | None]
) -> None:
    before = titles(window)
    window.navigation.open_at(2)
    for text, wanted in ((None, before[2]), (NEW, NEW), (None, NEW), ("", before[2])):
        answers[:] = [text]
        window.menus.actions["titles.rename"].trigger()
        assert titles(window)[2] == wanted


def test_a_title_given_in_another_window_is_shown(window: MainWindow, path: Path) -> None:
    window.navigation.open_at(0)
    with Project.open(path) as project:
        Session(project, ANNOTATOR).rename_article(IDS[0], NEW)
    window.file_watcher.check()
    assert titles(window)[0] == NEW
    assert window.workspace.header.title_text() == NEW


def test_the_filter_finds_the_new_title(window: MainWindow, answers: list[str | None]) -> None:
    window.navigation.open_at(0)
    answers.append(NEW)
    window.menus.actions["titles.rename"].trigger()
    bar = window.workspace.documents.filter
    bar.field.setText("حاجز")
    bar.apply()
    assert titles(window) == [NEW]
