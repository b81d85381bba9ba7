"""The welcome page: recent projects with what is known of them, gone ones, and files that are dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6 import __version__ as version
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.importing import controller as import_controller
from annotator.ui.projects import controller as project_controller
from annotator.ui.projects.new_project_dialog import NewProjectDialog
from annotator.ui.projects.recent_projects import RecentProject
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, make_project

MakeWindow = Callable[..., MainWindow]


def drop(target: QWidget, *paths: Path) -> None:
    """Drag files onto a widget and let go, with their addresses as text too, as file managers do."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(url.toString() for url in data.urls()))
    where, copy = QPointF(target.rect().center()), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = where if int(version.split(".")[1]) >= 12 else where.toPoint()  # Qt has taken fractions since 6.12.
    enter = QDragEnterEvent(place, copy, data, button, keys)  # type: ignore[arg-type, unused-ignore]
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(where, copy, data, button, keys))


def test_recent_projects_say_how_far_they_are(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("en", make_project(tmp_path / "news.annot"))
    window.decisions.confirm_all()
    window.decisions.mark_done()
    window.projects.close()
    (row,) = window.welcome.rows
    assert row.recent.articles == 2 and row.recent.done == 1 and row.recent.day is not None
    assert "2 articles, 1 done" in row.button.accessibleName()
    row.button.click()
    assert window.current.project is not None and window.current.project.path == tmp_path / "news.annot"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_facts_of_all_recent_projects_end_at_one_edge(
    make_window: MakeWindow, tmp_path: Path, language: str
) -> None:
    window = make_window(language)
    window.welcome.set_recent(
        [RecentProject(tmp_path / "news.annot", 2, 1), RecentProject(tmp_path / "old.annot", gone=True)]
    )
    QApplication.processEvents()

    def edge(widget: QWidget) -> int:
        """Return where a widget ends, in the way that the language is read."""
        box = widget.rect().translated(widget.mapTo(window.welcome, QPoint()))
        return box.left() if language == "ar" else box.right()

    here, gone = window.welcome.rows
    assert edge(here._facts) == edge(gone._facts)
    assert abs(edge(gone.remove) - edge(gone._facts)) == 12, "the room beside its words"
    assert gone.remove.isEnabled() and not gone.remove.geometry().intersects(
        gone._facts.rect().translated(gone._facts.mapTo(gone, QPoint()))
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_long_name_is_cut_at_its_end_beside_the_facts(make_window: MakeWindow, tmp_path: Path, language: str) -> None:
    window = make_window(language)
    window.welcome.set_recent([RecentProject(tmp_path / f"{'مشروع الأخبار ' * 12}.annot", 1204, 380)])
    QApplication.processEvents()
    (row,) = window.welcome.rows
    assert row._name.shown().lstrip("\u200e\u200f\u2068").startswith("مشروع الأخبار") and "…" in row._name.shown()
    assert row._facts.width() >= row._facts.sizeHint().width()


def test_a_project_named_from_where_the_program_was_started_is_found_from_elsewhere(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path / "news.annot")
    monkeypatch.chdir(tmp_path)
    window = make_window("en", Path("news.annot"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert window.settings.recent() == [tmp_path / "news.annot"]
    window.settings.remove_recent(Path("../news.annot").resolve())
    assert window.settings.recent(with_gone=True) == []


def test_a_project_that_is_gone_is_grey_and_can_be_removed(make_window: MakeWindow, tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot")
    window = make_window("en", path)
    window.projects.close()
    path.unlink()
    window.welcome.set_recent(window.recents.all())
    (row,) = window.welcome.rows
    assert not row.button.isEnabled() and not row.remove.isHidden()
    assert "file not found" in row.button.accessibleName()
    row.remove.click()
    assert window.welcome.rows == [] and window.settings.recent(with_gone=True) == []


def test_a_project_that_is_dropped_opens(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("en")
    drop(window.welcome.drop, make_project(tmp_path / "news.annot"))
    assert window.current.project is not None


def test_articles_that_are_dropped_begin_a_project(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "خبر.txt"
    article.write_text("انفجار في بغداد", encoding="utf-8")
    monkeypatch.setattr(NewProjectDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    window = make_window("en")
    drop(window, article)
    assert window.current.project is not None and window.current.project.path.parent == tmp_path
    dialog = window.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy(), timeout=600_000)
    assert "1 file" in dialog.options.found.text() and "1 article" in dialog.options.found.text()
    dialog.done(0)


def test_nothing_begins_where_the_new_project_is_cancelled(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewProjectDialog, "exec", lambda dialog: QDialog.DialogCode.Rejected)
    window = make_window("en")
    drop(window.welcome.drop, tmp_path / "خبر.txt")
    assert window.current.project is None and window.imports.dialog is None


def test_enter_presses_the_button_in_focus(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window("en")
    window.welcome.newRequested.disconnect()
    with qtbot.waitSignal(window.welcome.newRequested):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


def test_the_sample_project_opens_from_the_first_page(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data" / "demo.annot"
    monkeypatch.setattr("annotator.ui.projects.controller.default_demo_path", lambda: path)
    window = make_window("en")
    with qtbot.waitSignal(window.suggestions.finished, timeout=600_000):
        window.welcome.sample.click()
    project = window.current.project
    assert project is not None and project.path == path and project.documents.count() == 11


def test_the_first_page_offers_the_other_language_by_its_own_name(make_window: MakeWindow) -> None:
    window = make_window("ar")
    assert window.welcome.language.text() == "English"
    window.welcome.language.click()
    QApplication.processEvents()
    assert window.welcome.language.text() == "العربية"


def test_an_empty_project_has_a_button_to_import(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("en", make_project(tmp_path / "news.annot", ()))
    button = window.workspace.empty.button
    assert button.isVisible() and button.geometry().top() > window.workspace.empty.geometry().center().y()
    window.workspace.importRequested.disconnect()
    with qtbot.waitSignal(window.workspace.importRequested):
        button.click()


PLACES: dict[str, Callable[[MainWindow], QWidget]] = {
    "list": lambda window: window.workspace.documents.view.viewport(),
    "filter": lambda window: window.workspace.documents.filter.field,
    "article": lambda window: window.article.viewport(),
    "header": lambda window: window.workspace.header,
    "suggestions": lambda window: window.workspace.side.items.viewport(),
    "side panel": lambda window: window.workspace.side,
    "status line": lambda window: window.status,
}


@pytest.mark.parametrize("place", PLACES)
def test_articles_dropped_anywhere_in_an_open_project_are_imported(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, place: str
) -> None:
    window = make_window("ar", make_project(tmp_path / "news.annot"))
    paths = [tmp_path / "خبر.txt", tmp_path / "خبر آخر.txt"]
    for path in paths:
        path.write_text(f"انفجار في بغداد {path.stem}", encoding="utf-8")
    drop(PLACES[place](window), *paths)
    dialog = window.imports.dialog
    assert dialog is not None and dialog._paths == tuple(paths)
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy(), timeout=PATIENCE)
    assert window.workspace.documents.filter.field.text() == ""
    dialog.done(0)


def test_enter_imports_into_an_empty_project_and_the_article_gets_the_keyboard(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "خبر.txt"
    article.write_text("انفجار في بغداد", encoding="utf-8")
    monkeypatch.setattr(import_controller, "ask_open_files", lambda *_: [article])
    window = make_window("en", make_project(tmp_path / "news.annot", ()))
    window.article.setFocus()
    assert window.focusWidget() is window.workspace.empty.button
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    dialog = window.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy() and dialog.can_start(), timeout=PATIENCE)
    with qtbot.waitSignal(window.imports.openRequested, timeout=PATIENCE):
        dialog.startRequested.emit(dialog.request())
    assert window.focusWidget() is window.article
    assert not window.workspace.empty.button.isVisible()


def test_the_first_project_asks_for_the_name_and_later_ones_for_the_file(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[QWidget | None, str]] = []

    def note(dialog: NewProjectDialog) -> int:
        asked.append((dialog.focusWidget(), dialog.name.selectedText()))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(NewProjectDialog, "exec", note)
    window = make_window("en")
    monkeypatch.setattr(project_controller, "own_identity", lambda _: None)
    window.projects.new()
    monkeypatch.setattr(project_controller, "own_identity", lambda _: True)
    window.projects.new()
    assert [selected for _, selected in asked] == [window.current.annotator.name, ""]
    assert asked[0][0] is not None and asked[0][0].accessibleName() == "Your name"
