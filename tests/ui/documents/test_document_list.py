"""The list of documents: a sound model, read by the page, quick to follow what changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.storage.tables.document_rows import DocumentRow
from annotator.ui.documents.document_list import DocumentPane
from annotator.ui.documents.document_model import OPEN_ROLE, PAGE_ROWS, ROW_ROLE, DocumentModel
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, SECOND, make_project


class FakeRows:
    """Any number of documents, and a note of what was asked."""

    def __init__(self, count: int) -> None:
        self.total = count
        self.asked: list[int] = []
        self.done: set[int] = set()

    def count(self) -> int:
        return self.total

    def page(self, offset: int, limit: int) -> list[DocumentRow]:
        self.asked.append(offset)
        day = datetime.date(2020, 4, 17)
        rows = range(offset, min(offset + limit, self.total))
        return [DocumentRow(f"id{n}", f"خبر {n}", day, "وكالة", 100, n in self.done, 1, n % 3) for n in rows]

    def renewed(self, row: DocumentRow) -> DocumentRow:
        return self.page(int(row.id.removeprefix("id")), 1)[0]


def test_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = DocumentModel()
    model.set_source(FakeRows(250))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_hundred_thousand_documents_are_read_by_the_page(qtbot: QtBot) -> None:
    pane = DocumentPane()
    qtbot.addWidget(pane)
    rows = FakeRows(100_000)
    pane.model.set_source(rows)
    pane.resize(280, 600)
    pane.show()
    QCoreApplication.processEvents()
    pane.show_current("id70050", 70_050)
    QCoreApplication.processEvents()
    pane.grab()
    assert set(rows.asked) <= {0, 69_900, 70_000, 70_100}
    assert pane.model.rowCount() == 100_000


def test_old_pages_are_let_go_and_read_again() -> None:
    model = DocumentModel()
    rows = FakeRows(100 * PAGE_ROWS)
    model.set_source(rows)
    for number in range(100):
        assert model.row_at(number * PAGE_ROWS) is not None
    assert len(rows.asked) == 100
    model.row_at(99 * PAGE_ROWS)
    assert len(rows.asked) == 100
    model.row_at(0)
    assert len(rows.asked) == 101


def test_refresh_shows_new_counts_and_tells_of_the_row_alone(qtbot: QtBot) -> None:
    model = DocumentModel()
    rows = FakeRows(10)
    model.set_source(rows)
    assert model.row_at(3).done is False  # type: ignore[union-attr]
    rows.done.add(3)
    with qtbot.waitSignal(model.dataChanged) as signal:
        model.refresh(3)
    assert signal.args is not None and [index.row() for index in signal.args[:2]] == [3, 3]
    assert model.row_at(3).done is True  # type: ignore[union-attr]


def test_documents_that_come_in_are_added_at_the_end(qtbot: QtBot) -> None:
    model = DocumentModel()
    rows = FakeRows(5)
    model.set_source(rows)
    model.row_at(4)
    rows.total = 120
    with qtbot.waitSignal(model.rowsInserted):
        model.grow()
    assert model.rowCount() == 120
    assert model.row_at(119).id == "id119"  # type: ignore[union-attr]
    model.grow()
    assert model.rowCount() == 120


def test_rows_speak_to_screen_readers(make_window: Callable[..., MainWindow], project_path: Path) -> None:
    window = make_window("en", project_path)
    model = window.workspace.documents.model
    row = model.index(0).data(ROW_ROLE)
    assert isinstance(row, DocumentRow) and row.pending == 5
    assert row.source in model.data(model.index(0), 11)


def test_model_of_a_real_project_keeps_the_rules(
    qtmodeltester: ModelTester, make_window: Callable[..., MainWindow], project_path: Path
) -> None:
    window = make_window(path=project_path)
    qtmodeltester.check(window.workspace.documents.model)  # type: ignore[no-untyped-call]


def test_the_open_documents_row_shows_the_project_after_each_action(
    make_window: Callable[..., MainWindow], project_path: Path
) -> None:
    window = make_window("en", project_path)
    session, model = window.current.session, window.workspace.documents.model
    assert session and session.document and window.current.project
    actions = [session.confirm, session.reject, session.skip, session.undo, session.confirm_all]
    actions += [lambda: session.set_done(True), session.undo, session.undo]
    seen = []
    for action in actions:
        action()
        shown = model.row_at(0)
        reliability = session.confidence.reliability
        read = window.current.project.documents.row(
            session.document.id, session.annotator.id, session.threshold, reliability
        )
        assert shown == read
        seen.append((read.done, read.annotations, read.pending))
    assert len(set(seen)) >= 4


def highlighted(window: MainWindow) -> list[int]:
    """Return the rows that are painted as the open article."""
    model = window.workspace.documents.model
    return [row for row in range(model.rowCount()) if model.index(row).data(OPEN_ROLE)]


def selected(window: MainWindow) -> list[int]:
    return sorted({index.row() for index in window.workspace.documents.view.selectedIndexes()})


def test_the_highlighted_row_is_the_open_article_whatever_is_selected(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("en", make_project(tmp_path / "four.annot", (FIRST, SECOND, "بغداد", "كركوك")))
    view = window.workspace.documents.view
    assert (highlighted(window), selected(window)) == ([0], [0])
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert (highlighted(window), selected(window)) == ([0], [2])
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (highlighted(window), selected(window)) == ([0], [2, 3])
    window.article.setFocus()
    assert (highlighted(window), selected(window)) == ([0], [0])
    at = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    assert (highlighted(window), selected(window)) == ([0], [1])
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    assert highlighted(window) == [0], "Ctrl selects, it does not open"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (highlighted(window), selected(window)) == ([1], [1])
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (highlighted(window), selected(window)) == ([2], [2])
