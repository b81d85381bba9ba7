"""Notes and flags at the window: by key, in the bar, in the lists; what is typed is kept whatever comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.exceptions import capture_exceptions
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import RenameLabel
from annotator.errors import ProjectError
from annotator.session import Session
from annotator.storage.queries.note_index import NoteEntry
from annotator.ui.notes.dialog import NotesDialog
from annotator.ui.notes.note_model import PAGE_ROWS, REMARK_ROLE, NoteModel
from annotator.ui.sidebar.item_model import ITEM_ROLE
from annotator.ui.window.main_window import MainWindow
from tests.storage.strategies import make_tagset
from tests.ui.conftest import ANNOTATOR

MakeWindow = Callable[..., MainWindow]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(
    window: MainWindow, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)  # type: ignore[arg-type]
    QCoreApplication.processEvents()


def session_of(window: MainWindow) -> Session:
    assert window.current.session is not None
    return window.current.session


def is_doubted(window: MainWindow) -> bool:
    """Tell whether the span in focus is doubtful, in the session and in the article."""
    focus = session_of(window).focus
    assert focus is not None
    assert window.article.scene.focus == focus
    return focus.doubtful


def dialog_of(window: MainWindow) -> NotesDialog:
    found = window.findChild(NotesDialog)
    assert isinstance(found, NotesDialog)
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_note_on_the_article_is_one_key_the_words_and_enter(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    session, bar = session_of(window), window.workspace.note_bar
    press(window, Qt.Key.Key_F2)
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "one")
    QTest.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(bar.field, "two")
    press(window, Qt.Key.Key_Return)
    assert not bar.isVisible()
    assert window.article.hasFocus()
    assert session.note == "one\ntwo"
    assert "one" in window.workspace.header.note_button.toolTip()
    row = window.workspace.documents.model.row_at(0)
    assert row is not None
    assert (row.note, row.notes, row.doubts) == ("one\ntwo", 1, 0)
    assert "one" in window.workspace.documents.model.note_texts(row)
    press(window, Qt.Key.Key_Z, CTRL)
    assert session.note == ""


def test_a_note_on_the_span_in_focus_shows_wherever_the_span_does(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    session, bar = session_of(window), window.workspace.note_bar
    before = session.focus
    press(window, Qt.Key.Key_F2, SHIFT)
    assert "العراق" in bar.about()
    QTest.keyClicks(bar.field, "sure?")
    bar.doubtful.setChecked(True)
    press(window, Qt.Key.Key_Escape)
    assert session.focus is not None
    assert before is not None
    assert (session.focus.key, session.focus.note, session.focus.doubtful) == (before.key, "sure?", True)
    index = window.workspace.side.items.items.index(0)
    assert index.data(ITEM_ROLE).note == "sure?"
    assert "sure?" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "sure?" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "sure?" in window.workspace.describe(session.focus)
    press(window, Qt.Key.Key_Return)
    decided = session.items[0]
    assert (decided.is_suggestion, decided.note) == (False, "sure?")


def test_one_key_doubts_the_span_and_the_same_key_takes_the_doubt_back(
    make_window: MakeWindow, project_path: Path
) -> None:
    window = make_window("ar", project_path)
    session = session_of(window)
    press(window, Qt.Key.Key_F4)
    assert is_doubted(window)
    press(window, Qt.Key.Key_F4)
    assert not is_doubted(window)
    press(window, Qt.Key.Key_F4, SHIFT)
    assert session.is_doubtful
    row = window.workspace.documents.model.row_at(0)
    assert row is not None
    assert row.doubts == 1


def test_without_a_span_in_focus_a_sentence_says_so(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    window.decisions.clear_selection()
    press(window, Qt.Key.Key_F2, SHIFT)
    assert not window.workspace.note_bar.isVisible()
    assert "Select a span first." in window.status.text()


@pytest.mark.parametrize("way", ["list", "next document", "close project", "quit"])
def test_what_is_typed_is_kept_wherever_the_keyboard_goes(
    make_window: MakeWindow, project_path: Path, way: str
) -> None:
    window = make_window("ar", project_path)
    document = session_of(window).document
    assert document is not None
    window.notes.edit_article_note()
    QTest.keyClicks(window.workspace.note_bar.field, "kept")
    {
        "list": window.workspace.documents.view.setFocus,
        "next document": window.navigation.next,
        "close project": window.projects.close,
        "quit": window.close,
    }[way]()
    QCoreApplication.processEvents()
    assert not window.workspace.note_bar.isVisible()
    again = make_window("ar") if way == "quit" else window
    again.open_project(project_path)
    again.current.open_document(document.id)
    assert session_of(again).note == "kept"


def test_the_bar_moves_no_line_of_the_article(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    before = window.article.mapToGlobal(window.article.rect().topLeft()), window.article.geometry_now().origin
    window.notes.edit_article_note()
    QCoreApplication.processEvents()
    after = window.article.mapToGlobal(window.article.rect().topLeft()), window.article.geometry_now().origin
    assert window.workspace.note_bar.height() > 40
    assert after == before


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_list_shows_all_notes_and_a_click_goes_there(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    session = session_of(window)
    session.set_note("first", session.items[1].key)
    session.set_doubtful(True)
    window.navigation.next()
    session.set_note("second")
    press(window, "N", CTRL | SHIFT)
    dialog = dialog_of(window)
    assert dialog.windowTitle() in ("Notes and flags", "الملاحظات والشكوك")
    said = [dialog.model.index(row).data() for row in range(dialog.model.rowCount())]
    assert said[1:] == ["first", "second"]
    dialog.list.clicked.emit(dialog.model.index(1))
    assert window.workspace.place == 0
    assert session.focus is not None
    assert session.focus.note == "first"
    dialog.kind.setCurrentIndex(1)
    dialog.kind.activated.emit(1)
    assert dialog.model.rowCount() == 1
    session.set_doubtful(False)
    assert dialog.model.rowCount() == 0
    assert "F2" in dialog.said()
    dialog.grab()
    window.projects.close()
    assert not dialog.isVisible()


def many(count: int) -> tuple[NoteModel, list[int]]:
    """Return a model of many notes, and how many were asked for at a time."""
    asked: list[int] = []

    def read(numbers: object) -> dict[int, NoteEntry]:
        wanted = list(numbers)  # type: ignore[call-overload]
        asked.append(len(wanted))
        return {
            n: NoteEntry("d", "عنوان", ANNOTATOR, "1:2:LOC", str(n), n % 2 == 0, Span(1, 2), "LOC", "x") for n in wanted
        }

    model = NoteModel(read, make_tagset(), None)  # type: ignore[arg-type]
    model.set_numbers(list(range(count)))
    return model, asked


def test_a_hundred_thousand_notes_are_read_by_the_page(qtbot: QtBot) -> None:
    model, asked = many(100_000)
    assert model.rowCount() == 100_000
    assert model.index(70_050).data() == "70050"
    assert model.index(70_051).data(REMARK_ROLE).text == "70051"
    assert asked == [PAGE_ROWS]


def test_the_model_of_notes_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(many(250)[0])  # type: ignore[no-untyped-call]


def test_the_right_mouse_button_offers_notes_on_a_span_alone(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    texts = [action.text() for action in window.span_menu.make(session_of(window).items[0]).actions()]
    assert "Span note…" in texts
    assert "Span note…" not in [action.text() for action in window.span_menu.make(None).actions()]


def tags_of(window: MainWindow) -> dict[str, QRectF]:
    """Return where the tags in view stand, by the items' places and labels."""
    article = window.article
    page, geometry = article.scene.page, article.geometry_now()
    found = {}
    for block, shape, lines in page.visible_lines(0, article.viewport().height()):
        for tag in geometry.tags(block, shape, geometry.boxes(block, shape, lines)):
            found[f"{tag.item.span.start}:{tag.item.span.end}"] = tag.rect
    return found


def test_the_signs_at_a_span_stand_in_its_tag_and_cover_nothing(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    session = session_of(window)
    window.decisions.clear_selection()
    before, plain = tags_of(window), window.article.grab().toImage()
    item = session.items[2]
    session.set_note("ملاحظة", item.key)
    session.set_doubtful(True, item.key)
    QCoreApplication.processEvents()
    after, marked = tags_of(window), window.article.grab().toImage()
    place = f"{item.span.start}:{item.span.end}"
    assert after[place].width() > before[place].width() + 10
    assert {(rect.top(), rect.height()) for rect in after.values()} == {(r.top(), r.height()) for r in before.values()}
    rects = list(after.values())
    assert not any(one.intersects(other) for n, one in enumerate(rects) for other in rects[n + 1 :])
    rows = [
        y for y in range(plain.height()) if any(plain.pixel(x, y) != marked.pixel(x, y) for x in range(plain.width()))
    ]
    ratio = plain.height() / window.article.height()
    assert rows
    assert after[place].top() * ratio - 2 <= rows[0]
    assert rows[-1] <= after[place].bottom() * ratio + 2, "not a letter and not a box is drawn otherwise"


def test_the_list_names_a_label_as_it_is_named_now(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    session = session_of(window)
    session.set_note("where", session.items[0].key)
    window.notes.show_all()
    dialog = dialog_of(window)
    old = session.tagset.find("LOC")
    assert old is not None
    assert old.name("en") in dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    session.change_tagset([RenameLabel("LOC", "PLACE")])
    window.current.tagsetChanged.emit(session.tagset)
    remark = dialog.model.index(0).data(REMARK_ROLE)
    assert (remark.label, remark.text) == ("PLACE", "where")
    dialog.list.clicked.emit(dialog.model.index(0))
    assert session.focus is not None
    assert session.focus.note == "where"


def test_what_cannot_be_kept_stays_in_the_bar_until_it_can(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    bar, aside = window.workspace.note_bar, project_path.with_name("elsewhere")
    window.notes.edit_article_note()
    QTest.keyClicks(bar.field, "held")
    project_path.rename(aside)
    with capture_exceptions() as raised:
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert [type(each[1]) for each in raised] == [ProjectError]
    assert bar.isVisible()
    assert bar.field.toPlainText() == "held"
    aside.rename(project_path)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert not bar.isVisible()
    assert session_of(window).note == "held"
