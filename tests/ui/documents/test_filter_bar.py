"""The filter over the list: by key, word and tick; what it shows, says and keeps, and that nothing jumps."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import Edit, EditKind, assignment
from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.documents.filter_bar import FilterBar
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR, FIRST, SECOND, make_project

MakeWindow = Callable[..., MainWindow]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project of six articles, three of them about Baghdad."""
    texts = (FIRST, SECOND, "بغداد تنتظر", "كركوك", "هدوء في بَغداد", "ديالى")
    return make_project(tmp_path / "six.annot", texts)


def bar_of(window: MainWindow) -> FilterBar:
    return window.workspace.documents.filter


def titles(window: MainWindow) -> list[str]:
    model = window.workspace.documents.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)
    QCoreApplication.processEvents()


def finish_document(window: MainWindow) -> None:
    """Call the open document done without going on."""
    assert window.current.session is not None
    window.current.session.confirm_all()
    window.current.session.set_done(True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_of_the_title_filter_by_key_alone_and_one_key_shows_all_again(
    make_window: MakeWindow, path: Path, qtbot: QtBot, language: str
) -> None:
    window = make_window(language, path)
    press(window, Qt.Key.Key_L, CTRL)
    assert bar_of(window).field.hasFocus()
    bar_of(window).field.setText("بغداد")
    QTest.keyClick(bar_of(window).field, Qt.Key.Key_Return)
    assert window.article.hasFocus()
    assert titles(window) == [SECOND.partition("\n")[0], "بغداد تنتظر", "هدوء في بَغداد"]
    heading = window.workspace.documents.heading()
    assert heading.endswith("3 of 6" if language == "en" else "٣ من ٦")
    assert bar_of(window).strip.isVisible()
    assert "بغداد" in bar_of(window).said()
    press(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert len(titles(window)) == 6
    assert not bar_of(window).strip.isVisible()
    assert bar_of(window).field.text() == ""
    assert window.workspace.documents.heading().endswith("6" if language == "en" else "٦")


def test_what_is_typed_is_applied_soon(make_window: MakeWindow, path: Path, qtbot: QtBot) -> None:
    window = make_window("en", path)
    with qtbot.waitSignal(bar_of(window).asked) as asked:
        QTest.keyClicks(bar_of(window).field, "xyz")
    assert asked.args == [DocumentFilter(words="xyz")]
    assert window.workspace.documents.heading().endswith("0 of 6")


@pytest.mark.parametrize("order", DocumentOrder)
def test_page_keys_go_within_the_filter_in_every_order(
    make_window: MakeWindow, path: Path, order: DocumentOrder
) -> None:
    window = make_window("en", path)
    window.workspace.set_order(order)
    bar_of(window).field.setText("بغداد")
    bar_of(window).apply()
    there = [title for title in titles(window) if "غداد" in title]
    assert len(there) == 3
    seen = []
    window.navigation.open_at(0)
    for _ in range(6):
        assert window.current.session is not None
        assert window.current.session.document is not None
        seen.append(window.current.session.document.title)
        press(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert [title for title in dict.fromkeys(seen) if "غداد" in title] == there
    assert "A filter is on." in window.status.text()
    assert titles(window) == there
    press(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.place == 1


def test_a_document_that_stops_matching_stays_until_one_moves_on(make_window: MakeWindow, path: Path) -> None:
    window = make_window("en", path)
    bar_of(window).more.setChecked(True)
    bar_of(window).panel.progress[Progress.NOTHING].click()
    before = titles(window)
    assert len(before) == 6
    finish_document(window)
    assert titles(window) == before
    assert window.workspace.place == 0
    press(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert titles(window) == before[1:]
    assert window.workspace.place == 0
    assert window.workspace.documents.heading().endswith("5 of 6")
    window.decisions.undo()
    assert (titles(window), window.workspace.place) == (before[1:], -1), "opened again, it is still begun"
    window.decisions.undo()
    assert (titles(window), window.workspace.place) == (before, 0), "now it matches again"


def test_an_open_article_that_does_not_match_is_not_in_the_list_and_the_header_says_so(
    make_window: MakeWindow, path: Path
) -> None:
    window = make_window("en", path)
    window.navigation.open_at(3)
    bar_of(window).field.setText("بغداد")
    bar_of(window).apply()
    assert window.current.session and window.current.session.document
    assert window.current.session.document.title == "كركوك"
    assert window.workspace.documents.model.rowCount() == 3
    assert window.workspace.place == -1
    assert not window.workspace.documents.view.selectionModel().hasSelection()
    assert window.workspace.header._where.text() == "Not in the filtered list"
    press(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert window.current.session.document.title == "بغداد تنتظر", "the one before it in the order"
    assert window.workspace.header._where.text() == "2 of 3"


def test_everything_in_the_panel_is_asked_for_and_said(make_window: MakeWindow, path: Path) -> None:
    window = make_window("en", path)
    bar = bar_of(window)
    bar.more.setChecked(True)
    assert bar.panel.isVisible()
    for box in (bar.panel.progress[Progress.DOING], bar.panel.doubtful, bar.panel.noted, bar.panel.pending):
        box.click()
    bar.panel.source.setCurrentIndex(1)
    bar.panel.source.activated.emit(1)
    bar.panel.since.setText("2020-04")
    bar.panel.until.setText("٢٠٢٠")
    bar.panel.until.editingFinished.emit()
    day, last = datetime.date(2020, 4, 1), datetime.date(2020, 12, 31)
    asked = DocumentFilter(frozenset({Progress.DOING}), True, True, True, "اختبار", day, last)
    assert window.current.filter == asked
    assert bar.panel.since.text() == "2020-04", "what was typed stays as it was typed"
    for part in (
        "in progress",
        "flagged",
        "with notes",
        "with suggestions",
        "اختبار",
        "1 April 2020",
        "31 December 2020",
    ):
        assert part in bar.said()
    bar.panel.since.setText("yesterday")
    assert bar.panel.since.property("isWrong")
    bar.grab()


def test_the_panel_opens_by_key_and_escape_closes_it_and_keeps_what_is_asked(
    make_window: MakeWindow, path: Path
) -> None:
    window = make_window("ar", path)
    press(window, Qt.Key.Key_L, CTRL)
    press(window, Qt.Key.Key_L, CTRL)
    bar = bar_of(window)
    assert bar.panel.isVisible()
    assert bar.panel.progress[Progress.NOTHING].hasFocus()
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Escape)
    assert not bar.panel.isVisible()
    assert window.article.hasFocus()
    assert window.current.filter == DocumentFilter(progress=frozenset({Progress.NOTHING}))


def test_what_comes_to_match_from_outside_is_shown_soon(make_window: MakeWindow, path: Path, qtbot: QtBot) -> None:
    window = make_window("en", path)
    window.document_list.set_filter(DocumentFilter(progress=frozenset({Progress.DONE})))
    _, second = window.current.project.documents.page_ids(0, 2)  # type: ignore[union-attr]
    with Project.open(path) as project:
        session = Session(project, ANNOTATOR)
        session.open(second)
        session.confirm_all()
        session.set_done(True)
    window.file_watcher.check()
    assert window.document_list._soon.isActive()
    with qtbot.waitSignal(window.workspace.documents.model.modelReset):
        pass
    assert window.workspace.documents.heading().endswith("1 of 6")
    assert window.workspace.place == -1
    assert [window.current.queue.at(place) for place in range(2)] == [second, None]  # type: ignore[union-attr]


def test_the_threshold_moves_what_has_suggestions(make_window: MakeWindow, path: Path, qtbot: QtBot) -> None:
    window = make_window("en", path)
    window.document_list.set_filter(DocumentFilter(pending=True))
    assert window.current.queue is not None
    before = window.current.queue.matching
    assert before
    with qtbot.waitSignal(window.workspace.documents.model.modelReset):
        window.workspace.side.threshold.setValue(100)
    assert window.current.queue.matching == 0


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [1024, 1280, 1600])
def test_no_word_of_the_filter_is_cut(make_window: MakeWindow, path: Path, language: str, width: int) -> None:
    window = make_window(language, path)
    window.resize(width, 700)
    bar_of(window).more.click()
    QCoreApplication.processEvents()
    panel = bar_of(window).panel
    assert panel.isVisible()
    for box in panel.findChildren(QCheckBox):
        assert box.width() >= box.sizeHint().width(), (box.text(), box.width(), box.sizeHint().width())
    for field in (panel.since, panel.until):
        assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= field.width() - 18


def test_articles_that_were_handed_out(make_window: MakeWindow, path: Path) -> None:
    """The choice is there once somebody was handed out articles; it shows mine, another's and what nobody began."""
    window = make_window("en", path)
    press(window, Qt.Key.Key_L, CTRL)
    press(window, Qt.Key.Key_L, CTRL)
    bar = bar_of(window)
    assert not bar.panel.whose.isVisible()
    bar.more.setChecked(False)

    omar = Annotator("1" * 32, "عمر")
    with Project.open(path) as project:
        ids = list(project.documents.ids())
        for person, given in ((omar, ids[:2]), (ANNOTATOR, ids[2:5])):
            project.annotators.add(person)
            writes = tuple(assignment(document, person.id) for document in given)
            project.log.append(Edit(project.log.new_id(), ANNOTATOR.id, "", EditKind.ASSIGN, writes))
    bar.more.setChecked(True)
    assert bar.panel.whose.isVisible()
    choice = bar.panel.whose
    assert [choice.itemData(row) for row in range(choice.count())] == ["", MINE, UNBEGUN, ANNOTATOR.id, omar.id]
    for row, count, said in ((1, 3, "mine"), (4, 2, "assigned to"), (2, 6, "not begun by anybody"), (0, 6, "")):
        choice.setCurrentIndex(row)
        choice.activated.emit(row)
        assert len(titles(window)) == count
        assert said in bar.said()
        assert ("عمر" in bar.said()) is (row == 4)
    assert DocumentFilter.from_text(DocumentFilter(whose=omar.id).to_text()).whose == omar.id
