"""The progress page: counted in the background, its cells open what they count, its marks differ without colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotation, Annotator, Origin
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write, assignment
from annotator.domain.model.span import Span
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.team.work_state import WorkState
from annotator.errors import ProjectError
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.team_work import TeamWork
from annotator.ui.base.i18n import set_language
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.theme import DARK, LIGHT
from annotator.ui.search.places_dialog import PlacesDialog
from annotator.ui.team.progress_models import PAGE_ROWS, STATE_ROLE, ArticleFilter, ArticleModel, PeopleColumn
from annotator.ui.team.progress_page import ProgressPage
from annotator.ui.team.state_marks import state_icon
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
OMAR = Annotator("1" * 32, "عمر <b>")
FIRST_ID, SECOND_ID = document_id(FIRST), document_id(SECOND)


def finish(project: Project, person: Annotator, document: str, label: str) -> None:
    """Let a person label a span of a document, mark the document as done, and spend a minute on it."""
    value = Annotation("", Span(0, 6), label, person.id, Origin()).to_value()
    writes = (
        Write(document, CellKind.ANNOTATION, f"{person.id}{label}", None, value),
        Write(document, CellKind.STATUS, "", None, {"status": "done"}),
    )
    project.log.append(Edit(project.log.new_id(), person.id, document, EditKind.ADD, writes))
    project.time_spent.add(person.id, [WorkInterval(document, 1, 60_000)])


@pytest.fixture
def team_path(project_path: Path) -> Path:
    """Return a project: Salma has rejected a suggestion in the first article, and both have finished the second."""
    with Project.open(project_path) as project:
        for person in (ANNOTATOR, OMAR):
            project.annotators.add(person)
        session = Session(project, ANNOTATOR)
        session.open(FIRST_ID)
        session.reject()
        finish(project, ANNOTATOR, SECOND_ID, "EVENT")
        finish(project, OMAR, SECOND_ID, "EVENT")
    return project_path


@pytest.fixture
def window(make_window: MakeWindow, team_path: Path) -> MainWindow:
    made = make_window("en", team_path)
    made.suggestions.stop()
    return made


def opened(window: MainWindow, qtbot: QtBot) -> ProgressPage:
    """Open the page by its action, and wait until everything is counted."""
    window.menus.actions["team.progress"].trigger()
    page = window.pages.shown
    assert isinstance(page, ProgressPage)
    settle(page, qtbot)
    return page


def settle(page: ProgressPage, qtbot: QtBot) -> None:
    (jobs,) = page.findChildren(Jobs)
    qtbot.waitUntil(lambda: not jobs.is_busy(), timeout=PATIENCE)


def row_of(page: ProgressPage, person: Annotator) -> int:
    return next(row for row in range(2) if page.people.person(row).person == person)


def cell(page: ProgressPage, person: Annotator, column: PeopleColumn) -> str:
    return str(page.people.index(row_of(page, person), column).data())


def test_figures_of_each_annotator(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert [cell(page, ANNOTATOR, column) for column in PeopleColumn] == [
        "\u2068سلمى\u2069", "2", "1", "1", "1", "0.0", "2", "120", "0%", "1.00",
    ]  # fmt: skip
    assert cell(page, OMAR, PeopleColumn.ACCEPTED) == ""
    assert page.people_view.hasFocus()
    summary = page.findChildren(type(page._summary))
    said = [label.text() for label in summary]
    assert any("Articles done: 1 of 2" in text and "Nothing was assigned yet" in text for text in said)


def test_the_keys_open_and_close_it(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.article, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page = window.pages.shown
    assert isinstance(page, ProgressPage)
    settle(page, qtbot)
    QTest.keyClick(page.people_view, Qt.Key.Key_Escape)
    assert window.pages.shown is None and window.article.isVisible()


def test_a_figure_opens_the_articles_that_it_counts(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.people_view.setCurrentIndex(page.people.index(row_of(page, ANNOTATOR), PeopleColumn.LEFT))
    QTest.keyClick(page.people_view, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == 1
    assert page.articles.filter == ArticleFilter(ANNOTATOR.id, WorkState.UNTOUCHED)
    assert page.articles.row_total() == 0, "begun is not untouched"
    page.tabs.setCurrentIndex(0)
    page.people_view.setCurrentIndex(page.people.index(row_of(page, ANNOTATOR), PeopleColumn.BEGUN))
    QTest.keyClick(page.people_view, Qt.Key.Key_Return)
    assert [page.articles.document(row) for row in range(page.articles.row_total())] == [FIRST_ID]
    assert page.state.currentData() == "begun" and page.who.currentData() == ANNOTATOR.id
    QTest.keyClick(page.article_view, Qt.Key.Key_Return)
    session = window.current.session
    assert session and session.document and session.document.id == FIRST_ID
    assert window.pages.shown is None


def test_accepted_lists_what_was_refused(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.people_view.setCurrentIndex(page.people.index(row_of(page, ANNOTATOR), PeopleColumn.ACCEPTED))
    QTest.keyClick(page.people_view, Qt.Key.Key_Return)
    dialog = window.findChild(PlacesDialog)
    assert dialog is not None and dialog.model.rowCount() == 1
    assert dialog.model.place(0).document == FIRST_ID
    assert dialog.model.index(0).data() == "العراق"


def test_agreement_lists_the_differences(window: MainWindow, qtbot: QtBot) -> None:
    session = window.current.session
    assert session is not None
    finish(session.project, ANNOTATOR, SECOND_ID, "LOC")
    page = opened(window, qtbot)
    assert cell(page, OMAR, PeopleColumn.AGREEMENT) == "0.67"
    page.people_view.setCurrentIndex(page.people.index(row_of(page, OMAR), PeopleColumn.AGREEMENT))
    QTest.keyClick(page.people_view, Qt.Key.Key_Return)
    settle(page, qtbot)
    dialog = window.findChild(PlacesDialog)
    assert dialog is not None and dialog.model.rowCount() == 1
    assert {one.label for one in dialog.model.place(0).given} == {"", "LOC"}


def test_articles_show_the_state_of_each_annotator(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    model = page.articles
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    columns = {who: number for number, (who, _) in enumerate(model.people(), 1)}
    states = [[model.state(row, columns[who.id]) for who in (ANNOTATOR, OMAR)] for row in range(2)]
    assert states == [[WorkState.BEGUN, WorkState.UNTOUCHED], [WorkState.FINISHED, WorkState.FINISHED]]
    index = model.index(0, columns[OMAR.id])
    assert index.data() == "" and index.data(STATE_ROLE) == WorkState.UNTOUCHED
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "\u2068عمر <b>\u2069: to do"
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    for data, count in (("untouched", 1), ("begun", 1), ("finished", 1), ("", 2)):
        page.state.setCurrentIndex(page.state.findData(data))
        page.state.activated.emit(page.state.currentIndex())
        assert model.row_total() == count
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.document(model.source_row(0)) == SECOND_ID


def test_only_assigned_articles_are_to_do(window: MainWindow, qtbot: QtBot) -> None:
    session = window.current.session
    assert session is not None
    edit = Edit(session.project.log.new_id(), ANNOTATOR.id, "", EditKind.ASSIGN, (assignment(FIRST_ID, OMAR.id),))
    session.project.log.append(edit)
    page = opened(window, qtbot)
    assert cell(page, OMAR, PeopleColumn.ASSIGNED) == "1" and cell(page, ANNOTATOR, PeopleColumn.ASSIGNED) == "0"
    columns = {who: number for number, (who, _) in enumerate(page.articles.people(), 1)}
    assert page.articles.state(0, columns[OMAR.id]) is WorkState.UNTOUCHED


def test_states_are_the_same_before_and_after_the_count(team_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    del qtbot, qapp
    with Project.open(team_path) as project:
        model = ArticleModel()
        model.set_project(project)
        before = [[model.state(row, column) for column in (1, 2)] for row in range(2)]
        ids = project.documents.page_ids(0, -1)
        model.set_works(ids, project.team_work.titles(ids), project.team_work.states(ids, is_all=True))
        assert [[model.state(row, column) for column in (1, 2)] for row in range(2)] == before


def test_one_page_of_articles_is_read_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    del qtbot
    path = make_project(tmp_path / "many.annot", tuple(f"خبر رقم {n}" for n in range(PAGE_ROWS * 3)))
    asked: list[int] = []
    states, titles = TeamWork.states, TeamWork.titles

    def counted_states(self: TeamWork, ids: list[str]) -> dict[str, bytearray]:
        asked.append(len(ids))
        return states(self, ids)

    def counted_titles(self: TeamWork, ids: list[str]) -> list[str]:
        asked.append(len(ids))
        return titles(self, ids)

    monkeypatch.setattr(TeamWork, "states", counted_states)
    monkeypatch.setattr(TeamWork, "titles", counted_titles)
    with Project.open(path) as project:
        project.annotators.add(ANNOTATOR)
        model = ArticleModel()
        model.set_project(project)
        assert model.index(0, 0).data() == "\u2068خبر رقم 0\u2069" and model.state(5, 1) is WorkState.UNTOUCHED
        assert asked == [PAGE_ROWS, PAGE_ROWS]


def test_stop_keeps_the_page_usable(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.open(ProgressPage)
    page = window.pages.shown
    assert isinstance(page, ProgressPage)
    page._stop.click()
    (jobs,) = page.findChildren(Jobs)
    assert not jobs.is_busy() and page.articles.row_total() == 2
    page.refresh()
    settle(page, qtbot)
    assert page.people.row_total() == 2


def test_a_merge_brings_a_column_for_a_new_annotator(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    session = window.current.session
    assert session is not None and page.articles.columnCount() == 3
    nour = Annotator("2" * 32, "نور")
    session.project.annotators.add(nour)
    finish(session.project, nour, FIRST_ID, "LOC")
    window.pages.refresh()
    settle(page, qtbot)
    assert page.articles.columnCount() == 4 and page.people.row_total() == 3
    assert page.who.findData(nour.id) > 0
    columns = {who: number for number, (who, _) in enumerate(page.articles.people(), 1)}
    assert page.articles.state(0, columns[nour.id]) is WorkState.FINISHED


def test_an_unreadable_project_is_said_in_one_sentence(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Project:
        raise ProjectError("{path} is damaged.", path="news.annot")

    monkeypatch.setattr(Project, "open_to_read", fail)
    with qtbot.waitSignal(window.pages.message) as said:
        window.pages.open(ProgressPage)
    assert said.args == ["news.annot is damaged."]


def test_the_page_follows_language_theme_and_highlight(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert page.title() == "نسبة الإنجاز" and cell(page, ANNOTATOR, PeopleColumn.PER_HOUR) == "١٢٠"
    window.appearance.dark()
    page.people_view.selectRow(row_of(page, ANNOTATOR))
    plots = page._plots
    for plot in plots:
        assert plot.isVisible() and not plot.grab().isNull()
        for x in range(0, plot.width(), 8):
            point = QPoint(x, plot.height() // 2)
            QApplication.sendEvent(plot, QHelpEvent(QEvent.Type.ToolTip, point, plot.mapToGlobal(point)))
    QToolTip.hideText()
    page.tabs.setCurrentIndex(1)
    assert not page.grab().isNull()


def test_marks_differ_by_shape(qapp: QApplication) -> None:
    set_language(qapp, "en")
    for theme in (LIGHT, DARK):
        drawn = [state_icon(state, theme, 1.0).pixmap(16, 16).toImage() for state in WorkState]
        masks = [tuple(image.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16)) for image in drawn]
        assert len(set(masks)) == 4
