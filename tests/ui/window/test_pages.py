"""A page takes the place of the articles, keeps its hands off them, and gives them back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.theme import Theme
from annotator.ui.team.page import Page
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import make_project

MakeWindow = Callable[..., MainWindow]
Key = Qt.Key


class TextPage(Page):
    """A page with a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calls: list[str] = []
        self.field = QLineEdit(self)
        self.body.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.retranslate()

    def title(self) -> str:
        return "Text"

    def begin(self, session: Session) -> None:
        self.calls.append(f"begin {session.project.path.name}")

    def refresh(self) -> None:
        self.calls.append("refresh")

    def end(self) -> None:
        self.calls.append("end")

    def set_theme(self, theme: Theme) -> None:
        self.calls.append(theme.name)


class DecisionPage(TextPage):
    """A page with decisions of its own."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "gestures.undo": lambda: self.calls.append("undo"),
            "gestures.confirm": lambda: self.calls.append("take"),
        }

    def label_handler(self) -> Callable[[str], object]:
        return self.calls.append


@pytest.fixture
def window(make_window: MakeWindow, project_path: Path) -> MainWindow:
    made = make_window("en", project_path)
    made.suggestions.stop()
    return made


def shown(window: MainWindow, kind: type[TextPage] = TextPage) -> TextPage:
    window.pages.open(kind)
    QCoreApplication.processEvents()
    page = window.pages.shown
    assert isinstance(page, kind) and page.isVisible()
    return page


def session_of(window: MainWindow) -> Session:
    assert window.current.session is not None
    return window.current.session


def test_escape_returns_to_the_article_and_its_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.decisions.next_span()
    before = session_of(window).focus
    page = shown(window)
    assert page.field.hasFocus() and not window.article.isVisible()
    QTest.keyClick(page.field, Key.Key_Escape)
    assert window.pages.shown is None and window.article.isVisible()
    qtbot.waitUntil(window.article.hasFocus)
    assert session_of(window).focus is before and before is not None
    assert page.calls == ["light", "begin news.annot", "end"]
    again = shown(window)
    again.back.click()
    assert again is page and window.article.isVisible()


def test_no_key_changes_an_article_behind_a_page(window: MainWindow) -> None:
    page = shown(window)
    enabled = {action.objectName() for action in window.menus.commands()}
    assert {"transfers.export", "merging.open", "searching.concordance", "helping.commands"} <= enabled
    assert not enabled & {"gestures.confirm_all", "gestures.done", "gestures.undo", "navigation.next", "removal.remove"}
    assert not any(action.isEnabled() for action in window.menus.label_actions())
    log = session_of(window).project.log
    before = sum(1 for _ in log.edits())
    QTest.keyClick(page.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert sum(1 for _ in log.edits()) == before
    window.pages.close()
    assert window.menus.actions["gestures.confirm_all"].isEnabled()
    assert all(action.isEnabled() for action in window.menus.label_actions())


def test_a_page_takes_over_actions_with_the_keys_of_the_user(window: MainWindow) -> None:
    page = shown(window, DecisionPage)
    log = session_of(window).project.log
    before = sum(1 for _ in log.edits())
    page.back.setFocus()
    QTest.keyClick(page.back, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.back, Key.Key_Return)
    QTest.keyClick(page.back, Key.Key_1)
    label = session_of(window).tagset.labels[0].id
    assert page.calls[2:] == ["undo", "take", label]
    assert sum(1 for _ in log.edits()) == before
    window.pages.close()
    window.decisions.confirm()
    assert sum(1 for _ in log.edits()) == before + 1 and len(page.calls) == 6


def test_opening_an_article_closes_the_page(window: MainWindow) -> None:
    page = shown(window)
    window.current.open_document(list(session_of(window).project.documents.ids())[1])
    assert window.pages.shown is None and window.article.isVisible() and page.calls[-1] == "end"


def test_another_page_ends_the_first(window: MainWindow) -> None:
    first = shown(window)
    second = shown(window, DecisionPage)
    assert first.calls[-1] == "end" and second.isVisible()


def test_a_page_ends_before_its_project_closes(window: MainWindow, tmp_path: Path) -> None:
    page = shown(window)
    window.projects.close()
    assert page.calls.count("end") >= 1 and window.pages.shown is None and window.welcome.isVisible()
    window.pages.open(TextPage)
    assert window.pages.shown is None
    assert window.open_project(make_project(tmp_path / "other.annot"))
    assert shown(window).calls[-1] == "begin other.annot"


def test_time_on_a_page_does_not_count_for_the_article(window: MainWindow) -> None:
    document = session_of(window).document
    assert document is not None
    shown(window)
    assert window.activity_timer.stopwatch.document == ""
    window.pages.close()
    assert window.activity_timer.stopwatch.document == document.id


def test_a_page_follows_language_theme_and_the_edits_of_others(window: MainWindow, project_path: Path) -> None:
    page = shown(window)
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert page.back.text() == "العودة إلى التوسيم"
    window.appearance.dark()
    assert page.calls[-1] == "dark"
    with Project.open(project_path) as other:
        session = Session(other, session_of(window).annotator)
        session.open(next(other.documents.ids()))
        session.confirm()
    window.file_watcher.check()
    assert page.calls[-1] == "refresh"
    assert window.pages.shown is page and page.isVisible()
