"""A list of places: read in pages, in the language in use, each opening its article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from annotator.domain.model.document import document_id
from annotator.domain.model.place import GivenLabel, Place
from annotator.domain.model.span import Span
from annotator.services.search import places as read
from annotator.storage.project import Project
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow
from annotator.ui.search import place_model
from annotator.ui.search.place_model import PAGE_ROWS, PlaceModel
from annotator.ui.search.places_dialog import PlacesDialog
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, SECOND

MakeWindow = Callable[..., MainWindow]
BAGHDAD = Place(document_id(SECOND), Span(10, 15), (GivenLabel(ANNOTATOR.id, "LOC"), GivenLabel("b" * 32, "")))
WHOLE = Place(document_id(FIRST))
GONE = Place("0" * 64, Span(3, 5))


@pytest.fixture
def window(make_window: MakeWindow, project_path: Path) -> MainWindow:
    made = make_window("en", project_path)
    made.suggestions.stop()
    session = made.current.session
    assert session is not None
    session.project.annotators.add(ANNOTATOR)
    return made


def dialog_of(window: MainWindow, *places: Place) -> PlacesDialog:
    window.search.show_places(lambda: window.tr("Who is how far"), places)
    dialog = window.findChild(PlacesDialog)
    assert dialog is not None and dialog.isVisible()
    return dialog


def test_a_place_shows_its_words_and_what_each_gave(window: MainWindow) -> None:
    dialog = dialog_of(window, BAGHDAD, WHOLE, GONE)
    rows = [dialog.model.index(row).data(KWIC_ROLE) for row in range(3)]
    assert all(isinstance(row, KwicRow) for row in rows)
    assert rows[0].context.word == "بغداد" and rows[0].label == "LOC"
    assert rows[0].note == f"\u2068سلمى\u2069: \u2068Place\u2069 · \u2068{'b' * 32}\u2069: \u2068no label\u2069"
    assert rows[1].context.line.startswith("العراق يسعى") and rows[1].context.word == "" and rows[1].note == ""
    assert rows[2].context.line == ""
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert dialog.model.index(0).data(KWIC_ROLE).note.endswith("\u2068بلا وسم\u2069")
    assert not dialog.grab().isNull()


def test_enter_opens_the_place_in_the_article(window: MainWindow) -> None:
    dialog = dialog_of(window, WHOLE, BAGHDAD, GONE)
    dialog.list.mark(1)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    session = window.current.session
    assert session is not None and session.document is not None and session.document.id == BAGHDAD.document
    assert session.focus is not None and session.focus.span == BAGHDAD.span
    dialog.list.mark(0)
    dialog.show_place.click()
    assert session.document.id == WHOLE.document
    dialog.list.mark(2)
    dialog.show_place.click()
    assert session.document.id == WHOLE.document and window.status.text().endswith("This article was removed.")


def test_100_000_places_read_one_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(project: Project, places: list[tuple[str, Span | None]]) -> list[tuple[str, Context]]:
        asked.append(len(places))
        return read.read_contexts(project, places)

    monkeypatch.setattr(place_model, "read_contexts", counted)
    session = window.current.session
    assert session is not None
    model = PlaceModel(session.project)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    asked.clear()
    model.set_places([BAGHDAD] * 100_000)
    assert model.index(99_999).data() == "بغداد" and model.index(99_998).data() == "بغداد"
    assert max(asked) <= PAGE_ROWS and len(asked) <= 2


def test_the_list_closes_with_its_project(window: MainWindow) -> None:
    dialog = dialog_of(window, BAGHDAD)
    window.projects.close()
    assert not dialog.isVisible()
