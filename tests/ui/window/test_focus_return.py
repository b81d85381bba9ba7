"""Whatever was open or had the keyboard goes away by Escape, and the next key is for the article, where one was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, PATIENCE, make_project

MakeWindow = Callable[..., MainWindow]
MODAL = (
    "projects.new",
    "transfers.export",
    "merging.open",
    "projects.rename_annotator",
    "team.people",
    "helping.commands",
    "helping.keys",
    "helping.change_keys",
    "helping.about",
    "navigation.go_to",
    "tagsets.open",
    "searching.everywhere",
)
BESIDE = ("searching.concordance", "notes.show_all", "tagsets.guideline", "models.open")
BARS = ("find_bar.open", "find_bar.next", "listing.ask", "notes.on_article")
LONG = tuple(f"خبر {n}\n\n" + "\n\n".join([FIRST] * 12) for n in range(2))


def settle() -> None:
    """Let everything happen that is due."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QCoreApplication.processEvents()


def escape_from(dialog: QWidget) -> None:
    """Press Escape in a dialog."""
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Open a window on two articles that are longer than it is high, in the first of which one has scrolled on."""
    made = make_window("ar", make_project(tmp_path / "long.annot", LONG))
    made.suggestions.stop()
    made.resize(780, 600)
    settle()
    for _ in range(7):
        made.decisions.next_span()
    scroll_on(made)
    return made


def scroll_on(window: MainWindow) -> int:
    """Scroll to where the item in focus is out of sight, and return the place."""
    bar = window.article.verticalScrollBar()
    bar.setValue(bar.maximum() - 3)
    settle()
    return bar.value()


def where(window: MainWindow) -> tuple[str, str, int]:
    """Return the document, the item in focus and the scroll position."""
    session = window.current.session
    assert session and session.document
    focus = session.focus.key if session.focus else ""
    return session.document.id, focus, window.article.verticalScrollBar().value()


@pytest.mark.parametrize("action", [*MODAL, *BESIDE])
def test_escape_from_a_dialog_leads_back_to_the_article(qtbot: QtBot, window: MainWindow, action: str) -> None:
    before, seen = where(window), []

    def leave() -> None:
        """Press Escape in the dialog as soon as it has the keyboard."""
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and dialog.isAncestorOf(QApplication.focusWidget() or window):
            seen.append(dialog)
            escape_from(dialog)

    timer = QTimer(window, interval=5)
    timer.timeout.connect(leave)
    timer.start()
    window.menus.actions[action].trigger()
    qtbot.waitUntil(lambda: bool(seen) and not seen[-1].isVisible(), timeout=PATIENCE)
    timer.stop()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.article, timeout=PATIENCE)
    assert QApplication.activeWindow() is window
    assert where(window) == before


@pytest.mark.parametrize("action", BARS)
def test_escape_from_a_bar_leads_back_to_the_article(window: MainWindow, action: str) -> None:
    before = where(window)
    window.menus.actions[action].trigger()
    settle()
    field = QApplication.focusWidget()
    assert field is not None and field is not window.article
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert QApplication.focusWidget() is window.article
    assert where(window) == before


def test_a_pane_that_had_the_keyboard_has_it_again(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.documents.view.setFocus()
    window.merge.open()
    dialog = window.merge.dialog
    assert dialog
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE)
    escape_from(dialog)
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    assert QApplication.focusWidget() is window.workspace.documents.view


def test_a_dialog_that_opens_another_leaves_the_keyboard_to_it(qtbot: QtBot, window: MainWindow) -> None:
    window.merge.open()
    first = window.merge.dialog
    assert first
    qtbot.waitUntil(first.isActiveWindow, timeout=PATIENCE)
    window.exports.open()
    second = window.exports.dialog
    assert second
    first.reject()
    settle()
    assert not window.isActiveWindow() and second.isVisible()
    second.reject()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.article, timeout=PATIENCE)


def test_a_message_that_is_closed_leaves_the_keyboard_to_the_article(window: MainWindow) -> None:
    window.show_message("شيء يستحق أن يُعرف")
    settle()
    close = next(button for button in window.message.findChildren(QPushButton) if button.isVisible())
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    settle()
    assert not window.message.isVisible()
    assert QApplication.focusWidget() is window.article


def test_a_stop_that_goes_away_leaves_the_keyboard_to_the_article(window: MainWindow) -> None:
    for leave in (window.status.show_stopping, window.status.hide_job):
        window.status.show_job("some", lambda: "عمل", 0, 0)
        settle()
        row = window.status.job("some")
        assert row
        row.stop.show()
        row.stop.setFocus()
        leave("some")
        settle()
        assert QApplication.focusWidget() is window.article


def test_an_article_that_is_come_back_to_is_as_it_was_left(window: MainWindow) -> None:
    before = where(window)
    window.navigation.next()
    window.decisions.next_span()
    other = where(window)
    assert other[0] != before[0] and other[2] < before[2]
    window.navigation.previous()
    settle()
    assert where(window) == before
    window.navigation.next()
    settle()
    assert where(window) == other
    window.current.open_document(before[0])
    window.current.open_document(before[0])
    settle()
    assert where(window) == before, "also where it is clicked while it is open"


def test_a_focus_that_was_left_is_not_brought_back(window: MainWindow) -> None:
    window.decisions.clear_selection()
    scroll_on(window)
    before = where(window)
    assert not before[1]
    window.navigation.next()
    window.navigation.previous()
    settle()
    assert where(window) == before


def test_an_article_is_as_it_was_left_when_the_project_is_opened_anew(window: MainWindow) -> None:
    before = where(window)
    window.navigation.next()
    assert window.current.project
    assert window.open_project(window.current.project.path)
    window.navigation.previous()
    settle()
    assert where(window) == before


def test_what_is_asked_for_is_shown_wherever_one_was(window: MainWindow) -> None:
    first, _, _ = where(window)
    window.navigation.next()
    window.search._show(first, Span(0, 3), "")
    settle()
    assert where(window)[2] == 0 and window.article.selection == Span(0, 3)


def test_the_span_that_is_noted_on_is_in_view(qtbot: QtBot, window: MainWindow) -> None:
    before = where(window)
    window.notes.edit_span_note()
    assert window.article.focus_item
    place = window.article.scene.page.place_of(window.article.focus_item.span.start)

    def is_seen() -> bool:
        """Tell whether the line of the span stands above the bar."""
        top = place.top - window.article.verticalScrollBar().value()
        return 0 < top < window.article.viewport().height() - place.pitch

    qtbot.waitUntil(is_seen, timeout=PATIENCE)
    assert where(window)[:2] == before[:2]
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.article and not window.workspace.note_bar.isVisible()


def test_what_comes_in_behind_the_work_does_not_scroll_the_article(window: MainWindow) -> None:
    before, project = where(window), window.current.project
    assert project
    project.suggestions.replace(before[0], "more", "1", [Suggestion(Span(0, 3), "LOC", 0.9, "more", "1")])
    window.workspace.show_suggestions(before[0])
    window.workspace.show_measurements()
    window.workspace.show_external_changes()
    settle()
    assert any(item.span == Span(0, 3) for item in window.article.scene.spans.items)
    assert where(window) == before
    window.decisions.next_span()
    settle()
    assert where(window)[2] < before[2], "but a key brings its span into view"
