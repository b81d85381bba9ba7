"""Deciding by keys and mouse: what Enter and Ctrl+Enter do, label first, the short menu, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import EditKind
from annotator.domain.model.span import Span
from annotator.session import ReviewItem, Session
from annotator.storage.project import Project
from annotator.ui.sidebar.side_panel import SuggestionState
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.rejected_dialog import RejectedDialog
from annotator.ui.window.span_menu import LabelGrid, ShortMenu, place_beside
from tests.ui.conftest import FIRST, SECOND, make_project, suggestions_for
from tests.ui.window.test_main_window import focused, labels, press, type_letters

Key, Mod = Qt.Key, Qt.KeyboardModifier
NO, SHIFT, CTRL, ALT = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier
MakeWindow = Callable[..., MainWindow]
LONG = "\n".join([FIRST] * 12)
ASK = "annotator.ui.window.decision_controller.confirm_prompt"


def session_of(window: MainWindow) -> Session:
    assert window.current.session
    return window.current.session


def point(window: MainWindow, surface: str) -> QPoint:
    """Return the middle of the first place of some words in the viewport."""
    geometry, start = window.article.geometry_now(), window.article.document.text.index(surface)
    first = geometry.edge_rect(start, trailing=False)
    last = geometry.edge_rect(start + len(surface), trailing=True)
    return QPointF((first.left() + last.left()) / 2, first.center().y()).toPoint()


def undecided(window: MainWindow) -> list[ReviewItem]:
    return [item for item in session_of(window).items if item.is_suggestion]


@pytest.fixture
def window(make_window: MakeWindow, project_path: Path) -> MainWindow:
    return make_window("en", project_path)


# Enter


def test_enter_goes_from_the_last_decision_to_the_next_article_and_ends_with_the_figures(window: MainWindow) -> None:
    done = window.workspace.header.done
    assert "Enter" not in done.text()
    for _ in range(5):
        press(window, Key.Key_Return)
    assert window.article.document.text == FIRST and "Enter" in done.text()
    press(window, Key.Key_Return)
    assert window.article.document.text == SECOND and "Enter" not in done.text()
    for _ in range(3):
        press(window, Key.Key_Return)
    assert window.message.isVisible()
    assert "All articles are done." in window.message.text()
    assert "2 articles done · 7 decisions" in window.message.text()
    assert done.text() == "✓ Done"


def test_after_the_last_article_comes_the_first_that_is_not_done(window: MainWindow) -> None:
    window.navigation.next()
    for _ in range(3):
        press(window, Key.Key_Return)
    assert window.article.document.text == FIRST and window.message.isHidden()


def test_enter_on_a_selection_only_clears_it(window: MainWindow) -> None:
    for _ in range(5):
        press(window, Key.Key_Return)
    press(window, Key.Key_Left)
    press(window, Key.Key_Return)
    assert window.article.selection is None and not session_of(window).is_done
    press(window, Key.Key_Return)
    assert window.article.document.text == SECOND


def test_an_article_that_waits_for_suggestions_is_not_done(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window("en", make_project(tmp_path / "none.annot", ("لا اسم هنا",)))
    window.workspace.side.show_state(SuggestionState.RUNNING)
    press(window, Key.Key_Return)
    assert not session_of(window).is_done and "still being generated" in window.status.text()
    window.workspace.side.show_state(SuggestionState.READY)
    press(window, Key.Key_Return)
    assert session_of(window).is_done


def test_a_held_enter_confirms_once(window: MainWindow) -> None:
    assert not window.menus.actions["gestures.confirm"].autoRepeat()


def test_what_is_undone_does_not_count_in_the_figures(window: MainWindow) -> None:
    press(window, Key.Key_Return)
    press(window, Key.Key_Delete)
    press(window, Key.Key_Z, CTRL)
    assert (window.figures.decisions, window.figures.done) == (1, 0)
    press(window, Key.Key_Y, CTRL)
    assert window.figures.decisions == 2


def test_a_label_on_a_selection_takes_the_place_of_wrong_suggestions_without_a_rejection(window: MainWindow) -> None:
    start, end = FIRST.index("كركوك"), FIRST.index("وديالى") + len("وديالى")
    window.article.set_selection(Span(start, end))
    press(window, Key.Key_2)
    assert labels(window) == {"كركوك وديالى": "ORG"}
    assert [item.span.of(FIRST) for item in undecided(window)] == ["العراق", "داعش", "يحيى رسول"]
    assert focused(window) == "يحيى رسول"


# Ctrl+Enter


@pytest.fixture
def long(make_window: MakeWindow, tmp_path: Path) -> MainWindow:
    """Return a window on an article of several screens."""
    window = make_window("en", make_project(tmp_path / "long.annot", (LONG, SECOND)))
    window.resize(1000, 480)
    QCoreApplication.processEvents()
    return window


def test_ctrl_enter_confirms_what_is_visible_and_scrolls_on_and_one_undo_takes_it_back(long: MainWindow) -> None:
    before, visible = len(undecided(long)), long.article.visible_text()
    assert visible
    press(long, Key.Key_Return, CTRL)
    confirmed = [item for item in session_of(long).items if not item.is_suggestion]
    assert 0 < len(confirmed) < before
    assert all(visible.covers(item.span) for item in confirmed)
    following = long.article.visible_text()
    assert following and visible.start < following.start <= visible.end
    focus = session_of(long).focus
    assert focus and following.covers(focus.span) and focus.is_suggestion
    accepted, decided = session_of(long).confidence.agreement()
    assert accepted == decided == len(confirmed), "what was visible counts as agreement"
    press(long, Key.Key_Z, CTRL)
    assert len(undecided(long)) == before


def test_ctrl_enter_goes_through_the_article_and_enter_finishes_it(long: MainWindow) -> None:
    presses = 0
    while session_of(long).progress[0]:
        press(long, Key.Key_Return, CTRL)
        presses += 1
        assert presses < 60
    assert presses > 2
    for _ in range(30):
        press(long, Key.Key_Return, CTRL)
        if "All decided" in long.status.text():
            break
    assert "Enter" in long.status.text()
    press(long, Key.Key_Return)
    assert long.article.document.text == SECOND


def test_ctrl_enter_at_the_end_returns_to_what_is_left_above(long: MainWindow) -> None:
    session_of(long).set_focus(None)
    while long.article.scroll_page(1):
        pass
    press(long, Key.Key_Return, CTRL)
    focus, visible = session_of(long).focus, long.article.visible_text()
    assert focus and focus == undecided(long)[0]
    assert visible and visible.covers(focus.span)


def test_what_is_not_visible_is_asked_about_once_and_is_no_agreement(
    long: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter((False, True))

    def answer(_parent: object, _title: str, question: str, _yes: str) -> bool:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(ASK, answer)
    total, visible = len(undecided(long)), long.article.visible_text()
    assert visible
    seen = sum(visible.covers(item.span) for item in undecided(long))
    press(long, Key.Key_Return, CTRL | ALT)
    assert session_of(long).progress[0] == total and f"{total - seen} suggestions" in asked[0]
    press(long, Key.Key_Return, CTRL | ALT)
    assert session_of(long).progress[0] == 0
    assert session_of(long).confidence.agreement() == (seen, seen)
    project = session_of(long).project
    assert sum(case.decided for case in project.decisions.cases()) == seen
    assert len(list(project.team_work.decided_suggestions(session_of(long).annotator.id))) == seen
    press(long, Key.Key_Z, CTRL)
    assert session_of(long).progress[0] == total
    press(long, Key.Key_Return, CTRL | ALT)
    assert session_of(long).progress[0] == 0 and len(asked) == 2, "asked once in a session"
    long.close()


def test_nothing_is_asked_if_all_is_visible(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ASK, lambda *_: pytest.fail("asked"))
    press(window, Key.Key_Return, CTRL | ALT)
    assert session_of(window).progress == (0, 5)
    assert session_of(window).confidence.agreement() == (5, 5)


# Weak suggestions


@pytest.fixture
def with_weak(make_window: MakeWindow, project_path: Path) -> MainWindow:
    """Return a window in which كركوك is suggested weakly, and the others are decided."""
    with Project.open(project_path) as project:
        found = [
            s._replace(suggester="other", score=0.3 if s.span.of(FIRST) == "كركوك" else 0.9)
            for s in suggestions_for(FIRST)
        ]
        project.suggestions.replace(document_id(FIRST), "lexicon", "1", [])
        project.suggestions.replace(document_id(FIRST), "other", "1", found)
    window = make_window("en", project_path)
    for _ in range(4):
        press(window, Key.Key_Return)
    assert labels(window).keys() == {"العراق", "داعش", "وديالى", "يحيى رسول"}
    assert session_of(window).progress == (0, 4)
    return window


def test_enter_confirms_a_weak_suggestion_in_focus_and_then_finishes_the_article(with_weak: MainWindow) -> None:
    press(with_weak, Key.Key_Return, CTRL)
    press(with_weak, Key.Key_Return, CTRL | ALT)
    assert "كركوك" not in labels(with_weak)
    QTest.mouseClick(with_weak.article.viewport(), Qt.MouseButton.LeftButton, pos=point(with_weak, "كركوك"))
    assert focused(with_weak) == "كركوك"
    assert with_weak.workspace.side.counter_text() == "All 4 decided"
    press(with_weak, Key.Key_Return)
    assert labels(with_weak)["كركوك"] == "LOC" and not session_of(with_weak).is_done
    press(with_weak, Key.Key_Return)
    assert with_weak.article.document.text == SECOND


def test_a_weak_suggestion_need_not_be_decided(with_weak: MainWindow) -> None:
    press(with_weak, Key.Key_Return)
    assert with_weak.article.document.text == SECOND


def test_a_double_click_confirms_a_weak_suggestion_and_undo_returns_to_it(with_weak: MainWindow) -> None:
    QTest.mouseDClick(with_weak.article.viewport(), Qt.MouseButton.LeftButton, pos=point(with_weak, "كركوك"))
    assert labels(with_weak)["كركوك"] == "LOC"
    press(with_weak, Key.Key_Z, CTRL)
    assert "كركوك" not in labels(with_weak) and focused(with_weak) == "كركوك"
    press(with_weak, Key.Key_Delete)
    assert session_of(with_weak).marked == session_of(with_weak).items


def test_tab_goes_to_a_weak_suggestion_and_its_edges_move(with_weak: MainWindow) -> None:
    while focused(with_weak) != "كركوك":
        press(with_weak, Key.Key_Tab)
    press(with_weak, Key.Key_Right, CTRL | SHIFT)
    assert labels(with_weak)["في كركوك"] == "LOC"


def test_a_jump_finds_a_weak_suggestion_as_a_word_without_a_label(with_weak: MainWindow) -> None:
    press(with_weak, Key.Key_Slash)
    type_letters("كر")
    assert "confirm" in with_weak.jump_bar.hint_text()
    press(with_weak, Key.Key_Return)
    assert labels(with_weak)["كركوك"] == "LOC"


# Label first


def test_label_first_labels_by_drag_and_double_click_until_escape(window: MainWindow) -> None:
    bar, area = window.label_first_bar, window.article.viewport()
    press(window, Key.Key_F8)
    assert bar.isVisible() and "choose" in bar.text()
    press(window, Key.Key_1)
    assert "every drag" in bar.text() and labels(window) == {}
    QTest.mouseDClick(area, Qt.MouseButton.LeftButton, pos=point(window, "العميد"))
    assert labels(window) == {"العميد": "PERS"}
    QTest.mouseDClick(area, Qt.MouseButton.LeftButton, pos=point(window, "كركوك"))
    assert labels(window) == {"العميد": "PERS", "كركوك": "PERS"}
    window.workspace.side.labels.chosen.emit("ORG")
    QTest.mouseDClick(area, Qt.MouseButton.LeftButton, pos=point(window, "القوات"))
    assert labels(window)["القوات"] == "ORG"
    press(window, Key.Key_Escape)
    assert bar.isHidden()
    QTest.mouseDClick(area, Qt.MouseButton.LeftButton, pos=point(window, "يسعى"))
    assert "يسعى" not in labels(window) and window.article.selection
    assert session_of(window).undo()


def test_label_first_begins_and_ends_by_the_mouse_and_outlives_an_article(window: MainWindow) -> None:
    window.workspace.side.label_first.click()
    window.workspace.side.labels.chosen.emit("LOC")
    assert window.label_first.label == "LOC" and window.label_first_bar.isVisible()
    window.navigation.next()
    assert window.label_first.label == "LOC"
    window.label_first_bar.end.click()
    assert not window.label_first.is_on and window.label_first_bar.isHidden() and window.article.hasFocus()
    press(window, Key.Key_F8)
    window.projects.close()
    assert not window.label_first.is_on


def test_a_digit_still_labels_what_is_in_focus_while_a_label_is_chosen(window: MainWindow) -> None:
    press(window, Key.Key_F8)
    press(window, Key.Key_1)
    press(window, Key.Key_2)
    assert labels(window) == {"العراق": "ORG"} and window.label_first.label == "PERS"


# What was rejected


def test_a_skip_is_shown_as_one(window: MainWindow) -> None:
    press(window, Key.Key_Space)
    assert "Skipped" in window.status.text()


def test_what_was_rejected_is_listed_and_taken_back_by_enter(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(window, Key.Key_Delete, SHIFT)
    assert "Nothing is rejected" in window.status.text()
    press(window, Key.Key_Delete)
    press(window, Key.Key_Delete)
    shown: list[list[str]] = []

    def take_first(dialog: RejectedDialog) -> int:
        dialog.show()
        shown.append([dialog.model.data(dialog.model.index(row)) for row in range(dialog.model.rowCount())])
        QTest.keyClick(dialog.list, Key.Key_Return)
        shown.append([dialog.model.data(dialog.model.index(row)) for row in range(dialog.model.rowCount())])
        QTest.keyClick(dialog.list, Key.Key_Return)
        assert not dialog.isVisible(), "it closes when nothing is left"
        return 0

    monkeypatch.setattr(RejectedDialog, "exec", take_first)
    press(window, Key.Key_Delete, SHIFT)
    assert shown == [["العراق", "داعش"], ["داعش"]]
    assert session_of(window).progress[0] == 5 and focused(window) == "داعش"
    edits = list(session_of(window).project.log.edits())
    assert [edit.kind for edit in edits[-2:]] == [EditKind.SKIP, EditKind.SKIP]
    assert "Rejection taken back" in window.status.text() and "داعش" in window.status.text()
    window.decisions.undo()
    assert session_of(window).progress[0] == 4


# The short menu


def open_menu(window: MainWindow, surface: str) -> None:
    area, where = window.article.viewport(), point(window, surface)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(area, QContextMenuEvent(reason, where, area.mapToGlobal(where)))


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[ShortMenu, QPoint]]]:
    opened: list[tuple[ShortMenu, QPoint]] = []

    class NotedMenu(ShortMenu):
        def exec(self, place: QPoint) -> None:  # type: ignore[override]
            opened.append((self, place))

        def deleteLater(self) -> None:
            """Stay for the test to look at."""

    monkeypatch.setattr("annotator.ui.window.span_menu.ShortMenu", NotedMenu)
    yield opened
    for menu, _ in opened:
        ShortMenu.deleteLater(menu)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1440, 900)])
@pytest.mark.parametrize("surface", ["العراق", "كركوك", "القوات"])
def test_the_menu_is_short_and_covers_no_part_of_its_span(
    window: MainWindow, menus: list[tuple[ShortMenu, QPoint]], surface: str, size: QSize
) -> None:
    window.resize(size)
    window.move(0, 0)
    QCoreApplication.processEvents()
    open_menu(window, surface)
    ((menu, place),) = menus
    assert len(menu.actions()) <= 10
    assert menu.sizeHint().height() < 420
    span = window.article.focus_item.span if window.article.focus_item else window.article.selection
    assert span and span.of(FIRST) == surface
    assert not QRect(place, menu.sizeHint()).intersects(window.article.span_rect(span))


def test_a_right_click_on_a_plain_word_labels_it_by_a_click_or_a_key(
    window: MainWindow, menus: list[tuple[ShortMenu, QPoint]]
) -> None:
    open_menu(window, "العميد")
    (grid,) = menus[-1][0].findChildren(LabelGrid)
    QTest.mouseClick(grid.chips[0], Qt.MouseButton.LeftButton)
    assert labels(window) == {"العميد": "PERS"}
    open_menu(window, "القوات")
    QTest.keyClick(menus[-1][0], Key.Key_3)
    assert set(labels(window)) == {"العميد", "القوات"}
    open_menu(window, "كركوك")
    QTest.keyClick(menus[-1][0], Qt.Key(0x0662))
    assert labels(window)["كركوك"] == "ORG"


def test_the_menu_key_opens_it_for_the_focus_and_the_arrows_walk_the_grid(
    window: MainWindow, menus: list[tuple[ShortMenu, QPoint]]
) -> None:
    area = window.article.viewport()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(area, QContextMenuEvent(reason, QPoint(0, 0), area.mapToGlobal(QPoint(0, 0))))
    menu, _ = menus[-1]
    assert menu.actions()[0] is window.menus.actions["gestures.confirm"]
    (grid,) = menu.findChildren(LabelGrid)
    menu.popup(QPoint(10, 10))
    for _ in range(4):
        QTest.keyClick(menu, Key.Key_Down)
    assert grid.chips[0].hasFocus()
    QTest.keyClick(grid.chips[0], Key.Key_Down)
    assert grid.chips[1].hasFocus()
    QTest.keyClick(grid.chips[1], Key.Key_Return)
    assert labels(window) == {"العراق": grid.chips[1].label.id}
    assert not menu.isVisible()


rects = st.builds(QRect, st.integers(0, 1000), st.integers(0, 600), st.integers(1, 300), st.integers(1, 120))


@given(rects, st.integers(100, 500), st.integers(100, 500))
def test_a_menu_that_fits_beside_a_span_covers_nothing_of_it(taken: QRect, width: int, height: int) -> None:
    screen, size = QRect(0, 0, 1280, 720), QSize(width, height)
    taken &= screen
    place = QRect(place_beside(taken, size, screen, taken.center().x()), size)
    rooms = (taken.left(), screen.right() - taken.right())
    if max(taken.top(), 720 - taken.bottom() - 1) >= height + 6 or max(rooms) >= width + 6:
        assert not place.intersects(taken) and screen.contains(place)
