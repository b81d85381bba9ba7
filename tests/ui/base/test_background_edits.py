"""An edit of hundreds of spans leaves the window's thread free; an edit of one is shown and announced once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.model.edit import Change, Edit, EditKind
from annotator.domain.model.span import Span
from annotator.errors import ProjectError
from annotator.services.search.label_all import label_all
from annotator.session import LARGE, Session
from annotator.storage.log.log import Log
from annotator.storage.project import Project
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.sidebar.side_panel import SidePanel
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.sizes import Size, make_sized_project, settle
from tests.ui.article.test_steady_cost import counting_calls
from tests.ui.conftest import PATIENCE

MakeWindow = Callable[..., MainWindow]
COUNT = LARGE + 100
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
ALL = (Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.AltModifier)
UNDO, REDO = (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Y, CTRL)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Return the list of the threads that edits are appended in."""
    found: list[threading.Thread] = []
    append = Log.append

    def note(self: Log, edit: Edit) -> Change:
        """Note the thread."""
        found.append(threading.current_thread())
        return append(self, edit)

    monkeypatch.setattr(Log, "append", note)
    return found


def refuse(_log: Log, _edit: Edit) -> Change:
    """Fail to append an edit."""
    raise ProjectError("The disk is full.")


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Open an article with many suggestions."""
    made = make_window("en", make_sized_project(tmp_path / "many.annot", Size(COUNT * 100, COUNT)))
    settle(made)
    return made


def press(qtbot: QtBot, window: MainWindow, key: tuple[Qt.Key, Qt.KeyboardModifier]) -> Change:
    """Press a key, and wait for the change that it leads to."""
    with qtbot.waitSignal(window.current.outcome, timeout=PATIENCE) as heard:
        QTest.keyClick(window.article, *key)
    assert heard.args
    change: Change | None = heard.args[0].change
    assert change
    return change


@pytest.fixture(autouse=True)
def agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer yes when the window asks whether to confirm what was not seen."""
    monkeypatch.setattr("annotator.ui.window.decision_controller.confirm_prompt", lambda *_: True)


def session_of(window: MainWindow) -> Session:
    assert window.current.session
    return window.current.session


def shown(window: MainWindow) -> list[tuple[Span, str, bool]]:
    """Return what is shown, in the session, on the page and at the side."""
    items = session_of(window).items
    assert window.article.scene.spans.items == items
    assert window.workspace.side.items.items._items == items
    return [(item.span, item.label, item.is_suggestion) for item in items]


def fresh(window: MainWindow) -> list[tuple[Span, str, bool]]:
    """Return what a session would show that is opened on the file now."""
    mine = session_of(window)
    assert mine.document
    with Project.open(mine.project.path) as project:
        other = Session(project, mine.annotator)
        other.threshold = mine.threshold
        other.open(mine.document.id)
        return [(item.span, item.label, item.is_suggestion) for item in other.items]


def test_confirming_hundreds_is_written_in_another_thread_and_one_undo_takes_it_back(
    qtbot: QtBot, window: MainWindow, threads: list[threading.Thread]
) -> None:
    session = session_of(window)
    before, focus = shown(window), session.focus
    assert focus and len(before) == COUNT
    assert press(qtbot, window, ALL).edit.kind is EditKind.CONFIRM_ALL
    assert session.progress == (0, COUNT)
    assert not window.article.focus_item
    assert shown(window) == fresh(window) == [(span, label, False) for span, label, _ in before]
    assert f"{COUNT} spans" in window.status.text()
    accepted, decided = session.confidence.agreement()
    assert 0 < accepted == decided < 100, "what was not visible does not count"
    press(qtbot, window, UNDO)
    assert shown(window) == fresh(window) == before
    assert session.focus == focus
    press(qtbot, window, REDO)
    assert session.progress == (0, COUNT)
    press(qtbot, window, UNDO)
    assert shown(window) == fresh(window) == before
    assert len(threads) == 4
    assert threading.main_thread() not in threads
    assert session.project.log.counts()["edits"] == 4


def test_a_key_pressed_while_an_edit_is_written_is_carried_out_after_it(qtbot: QtBot, window: MainWindow) -> None:
    session = session_of(window)
    QTest.keyClick(window.article, *ALL)
    assert window.background_edits.busy
    QTest.keyClick(window.article, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert session.progress[0] == COUNT
    qtbot.waitUntil(lambda: session.is_done, timeout=PATIENCE)
    assert [edit.kind for edit in session.project.log.edits()] == [EditKind.CONFIRM_ALL, EditKind.STATUS]


def label_last(window: MainWindow) -> None:
    """Label the last item by selecting it while the label is chosen first."""
    window.label_first.choose("PERS")
    span = session_of(window).items[-1].span
    window.article.show_selection(span)
    window.article.selectionMade.emit(span)
    window.article.show_selection(None)


def drag_first(window: MainWindow) -> None:
    """Drag the end of the first item one letter back."""
    item = session_of(window).items[0]
    window.article.boundaryDragged.emit(item.key, Span(item.span.start, item.span.end - 1))


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (lambda window: window.workspace.side.labelChosen.emit("PERS"), []),
        (lambda window: window.article.itemDoubleClicked.emit(session_of(window).items[0].key, True), []),
        (drag_first, []),
        (label_last, [EditKind.RELABEL]),
        (lambda window: window.workspace.header.done.click(), [EditKind.STATUS]),
    ],
    ids=["label", "double-click", "boundary", "selection", "done"],
)
def test_a_click_while_an_edit_is_written_is_carried_out_after_it(
    qtbot: QtBot, window: MainWindow, act: Callable[[MainWindow], None], kinds: list[EditKind]
) -> None:
    session = session_of(window)
    QTest.keyClick(window.article, *ALL)
    act(window)
    assert window.background_edits.busy
    assert {edit.kind for edit in session.project.log.edits()} <= {EditKind.CONFIRM_ALL}
    qtbot.waitUntil(lambda: not window.background_edits.busy, timeout=PATIENCE)
    assert [edit.kind for edit in session.project.log.edits()] == [EditKind.CONFIRM_ALL, *kinds]
    assert shown(window) == fresh(window)


def test_closing_the_window_waits_for_the_edit_that_is_being_written(window: MainWindow) -> None:
    path = session_of(window).project.path
    QTest.keyClick(window.article, *ALL)
    window.close()
    with Project.open(path) as project:
        assert [edit.kind for edit in project.log.edits()] == [EditKind.CONFIRM_ALL]


@pytest.mark.parametrize("is_left_by", ["closing the window", "opening another project"])
def test_an_edit_that_cannot_be_written_keeps_the_project_open(
    window: MainWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch, is_left_by: str
) -> None:
    session = session_of(window)
    monkeypatch.setattr(Log, "append", refuse)
    QTest.keyClick(window.article, *ALL)
    if is_left_by == "closing the window":
        assert not window.close()
    else:
        assert not window.open_project(project_path)
    assert window.message.isVisible() and "The disk is full." in window.message.text()
    assert window.isVisible() and window.current.session is session
    assert window.close()


def test_an_edit_that_cannot_be_written_is_reported_when_the_project_is_closed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Log, "append", refuse)
    QTest.keyClick(window.article, *ALL)
    window.projects.close()
    assert window.current.session is None
    assert window.message.isVisible() and "The disk is full." in window.message.text()


def test_what_is_queued_is_done_before_the_window_closes(window: MainWindow) -> None:
    path = session_of(window).project.path
    QTest.keyClick(window.article, *ALL)
    QTest.keyClick(window.article, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    window.close()
    with Project.open(path) as project:
        assert [edit.kind for edit in project.log.edits()] == [EditKind.CONFIRM_ALL, EditKind.STATUS]


def test_what_is_decided_while_an_edit_is_written_is_shown_with_it(qtbot: QtBot, window: MainWindow) -> None:
    session = session_of(window)
    last = session.items[-1]
    large = session.prepare_confirm_all()
    assert large
    session.set_focus(last)
    assert session.reject()
    large.write()
    session.threshold = 0.1
    change = session.take(large)
    assert change
    window.workspace.show_items()
    assert shown(window) == fresh(window)


def test_labelling_hundreds_of_places_is_written_in_another_thread(
    qtbot: QtBot, window: MainWindow, threads: list[threading.Thread]
) -> None:
    session = session_of(window)
    assert session.document
    spots = [(session.document.id, item.span) for item in session.items]
    with qtbot.waitSignal(window.current.outcome, timeout=PATIENCE):
        window.search._write(EditKind.PROPAGATE, spots, lambda project, me: label_all(project, me, spots, "PERS"))
    assert {(label, is_suggestion) for _, label, is_suggestion in shown(window)} == {("PERS", False)}
    assert shown(window) == fresh(window)
    with qtbot.waitSignal(window.search.statusMessage, timeout=PATIENCE):
        window.search._write(EditKind.PROPAGATE, spots, lambda project, me: label_all(project, me, spots, "PERS"))
    assert threading.main_thread() not in threads
    assert len(threads) == 1


def test_a_large_edit_costs_the_windows_thread_few_calls_a_suggestion(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shaped: list[int] = []
    shape = ShapedBlock.__init__

    def note_shape(self: ShapedBlock, *arguments: object) -> None:
        """Note a paragraph that is shaped."""
        shaped.append(1)
        shape(self, *arguments)  # type: ignore[arg-type]

    calls = {}
    for count in (COUNT, 4 * COUNT):
        window = make_window("en", make_sized_project(tmp_path / f"{count}.annot", Size(count * 100, count)))
        settle(window)
        with monkeypatch.context() as patched:
            patched.setattr(ShapedBlock, "__init__", note_shape)
            shaped.clear()
            with counting_calls() as counts:
                press(qtbot, window, ALL)
                QCoreApplication.processEvents()
        assert len(shaped) < count / 10, "paragraphs out of view are not set"
        calls[count] = sum(
            number for name, number in counts.items() if name.startswith(("ReviewItem.", "ReviewState.", "Span"))
        )
        window.close()
    more = (calls[4 * COUNT] - calls[COUNT]) / (3 * COUNT)
    assert more < 15, calls


DECISIONS = {
    "confirm": (Qt.Key.Key_Return, PLAIN),
    "another label": (Qt.Key.Key_2, PLAIN),
    "reject": (Qt.Key.Key_Delete, PLAIN),
    "skip": (Qt.Key.Key_Space, PLAIN),
    "longer": (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    "doubtful": (Qt.Key.Key_F4, PLAIN),
    "undo": UNDO,
    "redo": REDO,
    "undo again": UNDO,
    "next": (Qt.Key.Key_Tab, PLAIN),
    "confirm all": ALL,
}


def test_a_decision_is_announced_and_drawn_once(
    qtbot: QtBot, make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", project_path)
    settle(window)
    seen: list[str] = []
    announce, show, side = ArticleView.announce, ArticleView.set_focus_item, SidePanel.show_items

    def note(what: str, act: Callable[..., None]) -> Callable[..., None]:
        """Return a method that notes that it was called."""

        def method(*arguments: object, **named: object) -> None:
            """Note the call, and make it."""
            seen.append(what)
            act(*arguments, **named)

        return method

    monkeypatch.setattr(ArticleView, "announce", note("announced", announce))
    monkeypatch.setattr(ArticleView, "set_focus_item", note("focused", show))
    monkeypatch.setattr(SidePanel, "show_items", note("listed", side))
    for name, key in DECISIONS.items():
        seen.clear()
        QTest.keyClick(window.article, *key)
        listed = [] if name == "next" else ["listed"]
        announced = [] if name == "confirm all" else ["announced"]
        assert sorted(seen) == [*announced, "focused", *listed], name
    place = window.caret.place
    assert session_of(window).focus is None
    QTest.keyClick(window.article, *UNDO)
    focus = session_of(window).focus
    assert focus and window.caret.place == focus.span != place


def test_an_undo_in_another_article_is_announced_once(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en", project_path)
    settle(window)
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    window.navigation.next()
    said: list[str] = []
    monkeypatch.setattr(ArticleView, "announce", lambda _view, name, _description: said.append(name))
    QTest.keyClick(window.article, *UNDO)
    assert window.workspace.place == 0
    assert len(said) == 1
