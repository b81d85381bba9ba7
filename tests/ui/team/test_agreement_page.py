"""The page of agreement: measured in the background, every cell opens its places, in both languages and themes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.place import GOLD
from annotator.domain.model.span import Span
from annotator.services.team import agreement_places
from annotator.storage.project import Project
from annotator.ui.base.theme import LIGHT
from annotator.ui.search.places_dialog import PlacesDialog
from annotator.ui.team import agreement_page
from annotator.ui.team.agreement_models import PairColumn
from annotator.ui.team.agreement_page import AgreementPage
from annotator.ui.widgets.interval_plot import IntervalPlot, PlotRow
from annotator.ui.widgets.table import TableView
from annotator.ui.window.main_window import MainWindow
from tests.services.corpus.corpora import add_annotation, finish
from tests.ui.conftest import ANNOTATOR, FIRST, PATIENCE, SECOND

MakeWindow = Callable[..., MainWindow]
OMAR = Annotator("b" * 32, "Omar <b>")
Key = Qt.Key


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def team_path(project_path: Path) -> Path:
    """Give a project in which Salma and Omar finished both articles and differ in a label, a clitic and a name."""
    with Project.open(project_path) as project:
        for person in (ANNOTATOR, OMAR):
            project.annotators.add(person)
        given = [
            (ANNOTATOR, FIRST, "كركوك", "LOC"),
            (OMAR, FIRST, "كركوك", "LOC"),
            (ANNOTATOR, FIRST, "داعش", "ARMED"),
            (OMAR, FIRST, "داعش", "ORG"),
            (ANNOTATOR, FIRST, "وديالى", "LOC"),
            (OMAR, FIRST, "ديالى", "LOC"),
            (ANNOTATOR, SECOND, "بغداد", "LOC"),
        ]
        for number, (who, text, words, label) in enumerate(given):
            origin = Origin(OriginKind.CONFIRMED, "lexicon") if number < 2 else Origin()
            annotation = Annotation(f"n{number}", place(text, words), label, who.id, origin)
            add_annotation(project, document_id(text), annotation)
        for text in (FIRST, SECOND):
            for person in (ANNOTATOR, OMAR):
                finish(project, document_id(text), person.id)
    return project_path


@pytest.fixture
def window(make_window: MakeWindow, team_path: Path) -> MainWindow:
    made = make_window("en", team_path)
    made.suggestions.stop()
    return made


def opened(window: MainWindow, qtbot: QtBot) -> AgreementPage:
    QTest.keyClick(window.article, Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = window.pages.shown
    assert isinstance(page, AgreementPage)
    idle(page, qtbot)
    return page


def idle(page: AgreementPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.jobs.is_busy(), timeout=PATIENCE)


def texts(view: TableView, row: int) -> list[str]:
    model = view.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def activate(view: TableView, row: int, column: int) -> None:
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, column))
    QTest.keyClick(view, Key.Key_Return)


def listed(window: MainWindow, page: AgreementPage, qtbot: QtBot) -> PlacesDialog:
    idle(page, qtbot)
    dialog = window.findChild(PlacesDialog)
    assert dialog is not None and dialog.isVisible()
    return dialog


def test_the_key_measures_all_pairs(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page.pair_model.rowCount() == 2
    names, articles, f1, *rest = texts(page.pairs, 1)
    assert "سلمى" in names and "Omar <b>" in names and articles == "2"
    assert f1.strip("\u200e").startswith("0.29 (")
    assert rest[3:8] == ["1", "0", "1", "0", "1"]
    assert "Articles compared: 2" in page.said.text() and "Krippendorff's alpha: " in page.said.text()
    assert not page.stop.isVisible() and page.save.isEnabled()


def test_a_cell_lists_its_places_and_a_place_opens_its_article(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    activate(page.pairs, 1, PairColumn.CLITIC)
    dialog = listed(window, page, qtbot)
    assert dialog.model.rowCount() == 1
    assert dialog.model.index(0).data() == "وديالى"
    activate(page.pairs, 0, PairColumn.F1)
    assert listed(window, page, qtbot).model.rowCount() == 3
    activate(page.pairs, 0, PairColumn.UNLABELLED_F1)
    assert listed(window, page, qtbot).model.rowCount() == 2
    activate(page.pairs, 1, PairColumn.ONE_SIDE)
    dialog = listed(window, page, qtbot)
    QTest.keyClick(dialog.list, Key.Key_Return)
    session = window.current.session
    assert session is not None and session.document is not None
    assert session.document.id == document_id(SECOND)
    assert window.pages.shown is None and window.article.isVisible()


def test_a_cell_without_places_says_so(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    activate(page.pairs, 1, PairColumn.BOTH)
    idle(page, qtbot)
    assert window.findChild(PlacesDialog) is None
    assert window.status.text().strip("\u200e") == "There is no such place."


def test_labels_and_confusion_are_those_of_the_chosen_pair(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.pairs.setCurrentIndex(page.pair_model.index(1, 0))
    assert [texts(page.labels, row)[:4] for row in range(3)] == [
        ["\u2068Armed group\u2069", "1", "0", "0"],
        ["\u2068Place\u2069", "3", "2", "1"],
        ["\u2068Organisation\u2069", "0", "1", "0"],
    ]
    model = page.confusion_model
    rows = {model.name(row): row for row in range(model.rowCount())}
    armed, organisation, nothing = rows["Armed group"], rows["Organisation"], rows["no label"]
    assert (model.value(armed, 1 + organisation), model.value(organisation, 1 + armed)) == (1, 0)
    assert model.value(rows["Place"], 1 + nothing) == 1
    assert model.index(armed, 1 + armed).data(Qt.ItemDataRole.BackgroundRole) is None
    assert isinstance(model.index(armed, 1 + organisation).data(Qt.ItemDataRole.BackgroundRole), QColor)
    page.tabs.setCurrentIndex(1)
    activate(page.confusion, armed, 1 + organisation)
    assert listed(window, page, qtbot).model.index(0).data() == "داعش"
    place_row = rows["Place"]
    activate(page.confusion, place_row, 1 + place_row)
    # One equal span, and one that differs by a clitic.
    assert listed(window, page, qtbot).model.rowCount() == 2
    page.pairs.setCurrentIndex(page.pair_model.index(0, 0))
    assert (model.value(armed, 1 + organisation), model.value(organisation, 1 + armed)) == (1, 1)
    page.tabs.setCurrentIndex(0)
    activate(page.labels, 1, 0)
    assert listed(window, page, qtbot).model.rowCount() == 2
    page.tabs.setCurrentIndex(2)
    activate(page.documents, 0, 2)
    assert listed(window, page, qtbot).model.rowCount() == 2


def test_nobody_to_compare_is_one_sentence_until_unfinished_work_counts(
    make_window: MakeWindow, team_path: Path, qtbot: QtBot
) -> None:
    with Project.open(team_path) as project:
        for text in (FIRST, SECOND):
            write = Write(document_id(text), CellKind.STATUS, "", {"status": "done"}, None)
            project.log.append(Edit(project.log.new_id(), OMAR.id, document_id(text), EditKind.STATUS, (write,)))
    window = make_window("en", team_path)
    page = opened(window, qtbot)
    assert page.said.text().strip("\u200e").startswith("There is nobody to compare: no article was marked as done by")
    assert page.pair_model.rowCount() == 0 and not page.save.isEnabled()
    page.unfinished.click()
    idle(page, qtbot)
    assert page.pair_model.rowCount() == 2


def test_measuring_can_be_stopped(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(window, qtbot)

    def until_stopped(*arguments: object, **named: object) -> object:
        while True:
            arguments[3](1, 2)  # type: ignore[operator]

    monkeypatch.setattr(agreement_page, "measure_agreement", until_stopped)
    page.again.click()
    assert page.stop.isVisible() and "Measuring" in page.said.text()
    with qtbot.waitSignal(page.jobs.stopped, timeout=PATIENCE):
        page.stop.click()
    assert "Stopped." in page.said.text() and not page.stop.isVisible()
    page.again.click()
    QTest.keyClick(page.pairs, Key.Key_Escape)
    assert window.pages.shown is None and not page.jobs.is_busy()


def test_changes_of_others_are_announced_and_measured_on_demand(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    window.pages.refresh()
    assert "The project has changed." in page.said.text()
    page.again.click()
    idle(page, qtbot)
    assert "Articles compared: 2" in page.said.text()


def test_a_long_list_is_cut_and_says_so(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (agreement_places, agreement_page):
        monkeypatch.setattr(module, "MOST_PLACES", 2)
    page = opened(window, qtbot)
    activate(page.pairs, 0, PairColumn.F1)
    assert listed(window, page, qtbot).model.rowCount() == 2
    assert window.status.text().strip("\u200e") == "Only the first 2 places are listed."


def test_the_report_is_saved_as_a_web_page_or_a_table(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot)
    for name, start in (("a.html", "<!DOCTYPE html>"), ("a.csv", "first,second,")):
        page.save_to(tmp_path / name)
        idle(page, qtbot)
        assert (tmp_path / name).read_text("utf-8").startswith(start)
        assert name in window.status.text()
    page.save_to(tmp_path / "missing" / "a.html")
    idle(page, qtbot)
    assert "Cannot write" in window.message.text()


def test_the_gold_layer_is_a_row_for_each_annotator(make_window: MakeWindow, team_path: Path, qtbot: QtBot) -> None:
    with Project.open(team_path) as project:
        span = place(FIRST, "كركوك")
        writes = [
            Write(document_id(FIRST), CellKind.GOLD, key, None, {"label": label, "by": OMAR.id, "rests": {}})
            for key, label in ((f"{span.start}:{span.end}", "LOC"), ("", ""))
        ]
        project.log.append(Edit(project.log.new_id(), OMAR.id, document_id(FIRST), EditKind.SETTLE, tuple(writes)))
    window = make_window("en", team_path)
    page = opened(window, qtbot)
    scopes = [page.pair_model.scope(row) for row in range(page.pair_model.rowCount())]
    assert scopes[2:] == [(ANNOTATOR.id, GOLD), (OMAR.id, GOLD)]
    assert "Gold" in page.pair_model.name(2)
    activate(page.pairs, 2, PairColumn.F1)
    dialog = listed(window, page, qtbot)
    assert dialog.model.rowCount() == 2
    assert "Gold\u2069: \u2068no label" in dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_language_digits_and_theme_change_while_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert page.windowTitle() == "" and page.tabs.tabText(1) == "الخلط بين الوسوم"
    assert texts(page.pairs, 1)[1] == "٢" and texts(page.pairs, 1)[2].startswith("\u200f٠٫٢٩ (")
    assert "المقالات المقارَنة: ٢" in page.said.text()
    window.appearance.dark()
    page.tabs.setCurrentIndex(3)
    QCoreApplication.processEvents()
    assert not page.grab().isNull()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_plot_runs_in_the_reading_direction(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    plot = IntervalPlot()
    qtbot.addWidget(plot)
    plot.setLayoutDirection(direction)
    plot.set_theme(LIGHT)
    plot.set_rows([PlotRow("a", 0.0, None, None, "0"), PlotRow("b", None, None, None, "")], "F1")
    plot.resize(plot.sizeHint())
    image = plot.grab().toImage()
    accent = QColor(LIGHT.accent)
    ratio = plot.devicePixelRatioF()
    y = round(15 * ratio)
    found = [x for x in range(image.width()) if image.pixelColor(x, y) == accent]
    assert found
    assert (max(found) < image.width() / 2) == (direction is Qt.LayoutDirection.LeftToRight)
    assert plot.accessibleDescription() == "a: 0. b: "
