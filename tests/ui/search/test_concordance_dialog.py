"""Ctrl+Shift+F by the keys alone: ask, walk through the hits, label, clear, open, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.services.search import concordance
from annotator.services.search.concordance import Hit
from annotator.services.search.match import Mode
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow
from annotator.ui.search.concordance_dialog import ConcordanceDialog
from annotator.ui.search.concordance_model import ConcordanceModel
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project

TEXTS = tuple(f"خبر {n}\n\nوصل الوفد إلى بغداد ثم عاد من بَغداد إلى أربيل." for n in range(8))
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path, request: pytest.FixtureRequest) -> MainWindow:
    """Return a window on eight articles, in the language that the test asks for."""
    return make_window(getattr(request, "param", "ar"), make_project(tmp_path / "news.annot", TEXTS))


def opened(window: MainWindow, qtbot: QtBot) -> ConcordanceDialog:
    """Open the concordance by its key."""
    QTest.keyClick(window.article, Qt.Key.Key_F, CONTROL | SHIFT)
    dialog = window.search._concordance
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE)
    return dialog


def ask(dialog: ConcordanceDialog, text: str, qtbot: QtBot) -> None:
    """Type a question, press Enter, and wait for the first page."""
    dialog.question.field.setText(text)
    QTest.keyClick(dialog.question.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog._jobs.running("concordance"), timeout=PATIENCE)


def wait_for_more(dialog: ConcordanceDialog, qtbot: QtBot) -> None:
    """Wait until there are more rows, or all."""
    shown = dialog.model.rowCount()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > shown or shown == 16, timeout=PATIENCE)


def labels(window: MainWindow) -> list[str]:
    """Return the labels in all articles."""
    project = window.current.project
    assert project is not None
    return [a.label for text in TEXTS for a in project.log.annotations(document_id(text))]


@pytest.mark.parametrize("window", ["ar", "en"], indirect=True)
def test_hits_are_labelled_cleared_and_opened_by_key(window: MainWindow, qtbot: QtBot) -> None:
    project = window.current.project
    assert project is not None
    dialog = opened(window, qtbot)
    ask(dialog, "بغداد", qtbot)
    assert dialog.model.rowCount() == 16
    assert dialog.list.chosen_rows() == [0]
    for _ in range(2):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(dialog.list, Qt.Key.Key_5)
    assert labels(window) == [load_tagset("security").labels[4].id] * 3
    assert len(list(project.log.edits())) == 1
    rows: list[KwicRow] = [dialog.model.index(i).data(KWIC_ROLE) for i in range(4)]
    assert [bool(row.note) for row in rows] == [True, True, True, False]
    QTest.keyClick(dialog.list, Qt.Key.Key_Z, CONTROL)
    assert labels(window) == [] and not dialog.model.index(0).data(KWIC_ROLE).note
    QTest.keyClick(dialog.list, Qt.Key.Key_Y, CONTROL)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert labels(window) == [] and len(list(project.log.edits())) == 4
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert len(list(project.log.edits())) == 4
    QTest.keyClick(dialog.list, Qt.Key.Key_End)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    session = window.current.session
    assert session is not None and session.document is not None and session.document.text == TEXTS[-1]
    assert window.article.selection == Span(TEXTS[-1].index("بَغداد"), TEXTS[-1].index("بَغداد") + 6)


def test_hits_in_an_article_that_is_removed_go(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    ask(dialog, "بغداد", qtbot)
    window.article_removal.remove()
    assert dialog.model.rowCount() == 14
    assert document_id(TEXTS[0]) not in {hit.document for hit in dialog.model.hits}
    ask(dialog, "بغداد", qtbot)
    assert dialog.model.rowCount() == 14


def test_pages_are_fetched_as_far_as_somebody_looks(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance, "PAGE_HITS", 4)
    dialog = opened(window, qtbot)
    dialog.resize(900, 300)
    ask(dialog, "بغداد", qtbot)
    fetched = dialog.model.rowCount()
    assert 4 <= fetched < 16
    for _ in range(3):
        QTest.keyClick(dialog.list, Qt.Key.Key_End)
        wait_for_more(dialog, qtbot)
    assert dialog.model.rowCount() == 16
    assert not dialog.model.canFetchMore(QModelIndex())
    assert "١٦" in dialog._said.text()


def test_label_and_annotator_are_searched_for(window: MainWindow, qtbot: QtBot) -> None:
    session = window.current.session
    assert session is not None
    at = TEXTS[0].index("أربيل")
    session.give_label("LOC", Span(at, at + 5))
    dialog = opened(window, qtbot)
    dialog.question.label.set_label("LOC")
    ask(dialog, "", qtbot)
    assert [hit.context.word for hit in dialog.model.hits] == ["أربيل"]
    dialog.question.label.set_label("ORG")
    ask(dialog, "", qtbot)
    assert dialog.model.rowCount() == 0 and "لا توجد نتائج" in dialog._said.text()
    dialog.question.label.set_label("")
    dialog.question.annotator.setCurrentIndex(1)
    ask(dialog, "", qtbot)
    assert [hit.context.word for hit in dialog.model.hits] == ["أربيل"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert session.focus is not None and session.focus.span == Span(at, at + 5)


def test_an_expression_that_cannot_be_read_is_told(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.question.mode.setCurrentIndex(list(Mode).index(Mode.REGEX))
    ask(dialog, "بغد(", qtbot)
    assert "غير صالح" in dialog._said.text() and dialog.model.rowCount() == 0
    ask(dialog, r"خبر [3-5]", qtbot)
    assert [hit.context.word for hit in dialog.model.hits] == ["خبر 3", "خبر 4", "خبر 5"]
    dialog.question.mode.setCurrentIndex(list(Mode).index(Mode.NAME))
    ask(dialog, "ـَ", qtbot)
    assert dialog.model.rowCount() == 0


def test_selected_words_are_asked_for_and_the_language_may_turn(window: MainWindow, qtbot: QtBot) -> None:
    at = TEXTS[0].index("الوفد")
    window.article.set_selection(Span(at, at + 5))
    dialog = opened(window, qtbot)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == len(TEXTS), timeout=PATIENCE)
    title = dialog.windowTitle()
    window.appearance.english()
    window.appearance.dark()
    qtbot.waitUntil(lambda: dialog.windowTitle() != title, timeout=PATIENCE)
    assert dialog.question.go.text() == "Find" and dialog.question.mode.itemText(3) == "Regular expression"
    assert dialog._said.text().endswith("8 places in all")
    assert not dialog.grab().isNull()
    window.current.close()
    assert window.search._concordance is None


def test_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    other = Annotator("9" * 32, "عمر")
    model = ConcordanceModel(load_tagset("security"), ANNOTATOR.id, [ANNOTATOR, other])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    span, context = Span(4, 9), Context("قرب بغداد", Span(4, 9))
    mine, theirs = (Annotation("x", span, "LOC", person.id) for person in (ANNOTATOR, other))
    hits = [Hit("d", "عنوان", span, context, held) for held in (None, mine, theirs)]
    asked: list[bool] = []
    model.wanted.connect(lambda: asked.append(True))
    model.add(hits, is_more=True)
    notes = [model.index(i).data(KWIC_ROLE).note for i in range(3)]
    assert notes[0] == "" and notes[1] and "عمر" in notes[2]
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [True]
    model.add(hits, is_more=False)
    assert model.rowCount() == 6 and not model.canFetchMore(QModelIndex())
    model.replace([*hits, *hits])
    model.clear()
    assert model.rowCount() == 0
