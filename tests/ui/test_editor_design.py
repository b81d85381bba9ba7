"""The table of keys and the line on the mouse in the editor's design, one test a row, by real events on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTextEdit, QWidget

from annotator.domain.model.span import Span
from annotator.ui.search.concordance_dialog import ConcordanceDialog
from annotator.ui.search.label_all_dialog import EverywhereDialog
from annotator.ui.shortcuts.command_palette import CommandList
from annotator.ui.shortcuts.key_menu import KeyMenu
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from annotator.ui.widgets.prompts import NumberQuestion
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, SECOND, make_project
from tests.ui.window.test_main_window import focused, labels, press

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
Row = Callable[["Desk"], None]
KEYS: dict[str, Row] = {}
MOUSE: dict[str, Row] = {}
LONG = "قالت مصادر أمنية إن القوات انتشرت في محيط مدينة بعقوبة صباح اليوم وأقامت حواجز على الطرق المؤدية إليها. "


class Desk:
    """A window under test, with what happens in it in short words."""

    def __init__(self, window: MainWindow, opened: list[QWidget]) -> None:
        self.window = window
        self.opened = opened

    def press(self, key: Qt.Key | int, modifiers: Qt.KeyboardModifier = Mod.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            press(self.window, key, modifiers)

    @property
    def focused(self) -> str:
        return focused(self.window)

    @property
    def labels(self) -> dict[str, str]:
        return labels(self.window)

    @property
    def selected(self) -> str:
        selection = self.window.article.selection
        return selection.of(self.text) if selection else ""

    @property
    def text(self) -> str:
        return self.window.article.document.text

    def point(self, surface: str, edge: str = "") -> QPoint:
        """Return the middle of a surface's glyphs in the viewport, or the knob at its start or end."""
        geometry = self.window.article.geometry_now()
        if edge:
            return geometry.knobs()[edge].toPoint()  # type: ignore[index]
        start = self.text.index(surface)
        first = geometry.edge_rect(start, trailing=False)
        last = geometry.edge_rect(start + len(surface), trailing=True)
        return QPointF((first.left() + last.left()) / 2, first.center().y()).toPoint()

    def drag(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press the left button, move in two steps, and let go."""
        area = self.window.article.viewport()
        QTest.mousePress(area, Qt.MouseButton.LeftButton, modifiers, start)
        for point in ((start + end) / 2, end):
            move(self.window, point, modifiers)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, modifiers, end)
        QCoreApplication.processEvents()


def move(window: MainWindow, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """Move the mouse with the left button down; QTest.mouseMove knows neither buttons nor modifiers."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    area = window.article.viewport()
    place = QPointF(area.mapToGlobal(point))
    kind, left = QEvent.Type.MouseMove, Qt.MouseButton.LeftButton
    QApplication.sendEvent(area, QMouseEvent(kind, QPointF(point), place, Qt.MouseButton.NoButton, left, modifiers))


def key_row(name: str) -> Callable[[Row], Row]:
    """Note a row of the table of keys."""
    return lambda row: KEYS.setdefault(name, row)


def mouse_row(name: str) -> Callable[[Row], Row]:
    """Note a gesture of the line on the mouse."""
    return lambda row: MOUSE.setdefault(name, row)


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], project_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a window on two articles in which dialogs and menus are noted instead of waited for."""
    opened: list[QWidget] = []

    def note(dialog: QWidget, *_args: object) -> int:
        """Note a dialog or a menu and close it."""
        opened.append(dialog)
        return 0

    class NotedMenu(KeyMenu):
        """A menu that is noted and closed."""

        exec = note  # type: ignore[assignment]

    monkeypatch.setattr(QDialog, "exec", note)
    monkeypatch.setattr("annotator.ui.window.span_menu.KeyMenu", NotedMenu)
    return Desk(make_window("ar", project_path), opened)


@key_row("Enter confirms and goes on")
def confirm(desk: Desk) -> None:
    desk.press(Key.Key_Return)
    assert (desk.labels, desk.focused) == ({"العراق": "LOC"}, "داعش")
    desk.press(Key.Key_Enter, Mod.KeypadModifier)
    assert (desk.labels["داعش"], desk.focused) == ("ARMED", "كركوك")


@key_row("Delete and Backspace reject, or remove the annotation in focus")
def reject(desk: Desk) -> None:
    desk.press(Key.Key_Delete)
    assert (desk.labels, desk.focused) == ({}, "داعش")
    desk.press(Key.Key_Backspace)
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Tab, SHIFT)
    assert desk.focused == "كركوك"
    desk.press(Key.Key_Delete)
    assert (desk.labels, desk.focused) == ({}, "وديالى")


@key_row("digits give labels, in either form, also to a selection")
def give_label(desk: Desk) -> None:
    desk.press(Key.Key_2)
    desk.press(0x0663)
    assert (len(desk.labels), desk.focused) == (2, "كركوك")
    assert desk.labels["العراق"] == "ORG"
    desk.press(Key.Key_Left)
    surface = desk.selected
    desk.press(Key.Key_1)
    assert desk.labels[surface] == "PERS"
    desk.press(Key.Key_Left)
    surface = desk.selected
    desk.press(Key.Key_0)
    assert surface in desk.labels


@key_row("Tab and Shift+Tab walk through the spans")
def walk(desk: Desk) -> None:
    desk.press(Key.Key_Tab, times=2)
    assert desk.focused == "كركوك"
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.focused == "داعش"
    assert desk.labels == {}


@key_row("Space skips, to come back later")
def skip(desk: Desk) -> None:
    desk.press(Key.Key_Space)
    assert desk.focused == "داعش"
    desk.press(Key.Key_Return, times=4)
    assert desk.focused == "العراق"


@key_row("arrows move by word, with Alt by character; Left is forward")
def arrows(desk: Desk) -> None:
    desk.press(Key.Key_Left)
    assert desk.selected == "يسعى"
    desk.press(Key.Key_Left)
    assert desk.selected == "للحد"
    desk.press(Key.Key_Right)
    assert desk.selected == "يسعى"
    desk.press(Key.Key_Left, ALT)
    desk.press(Key.Key_Left, ALT)
    assert desk.selected == "ل"
    desk.press(Key.Key_Right, ALT)
    assert desk.selected == " "
    desk.press(Key.Key_Down)
    assert desk.window.article.selection and desk.window.article.selection.start > FIRST.index("\n")
    desk.press(Key.Key_Up)
    assert desk.window.article.selection.start < FIRST.index("\n")


@key_row("Shift and arrows extend the selection by word, with Alt by character")
def extend(desk: Desk) -> None:
    desk.press(Key.Key_Left)
    desk.press(Key.Key_Left, SHIFT)
    assert desk.selected == "يسعى للحد"
    desk.press(Key.Key_Right, SHIFT | ALT)
    assert desk.selected == "يسعى للح"
    desk.press(Key.Key_Left, SHIFT | ALT)
    desk.press(Key.Key_Right, SHIFT | CTRL)
    assert desk.selected == "العراق يسعى للحد"


@key_row("Home and End go to the ends of the line, with Ctrl of the article, with Shift they extend")
def ends(desk: Desk) -> None:
    desk.press(Key.Key_Left, times=2)
    desk.press(Key.Key_End)
    assert desk.selected == "وديالى"
    desk.press(Key.Key_Home)
    assert desk.selected == "العراق"
    desk.press(Key.Key_End, CTRL)
    assert desk.selected == "انتشرت"
    desk.press(Key.Key_Home, CTRL)
    assert desk.selected == "العراق"
    desk.press(Key.Key_Left)
    desk.press(Key.Key_End, SHIFT)
    assert desk.selected == FIRST.partition("\n")[0].partition(" ")[2]
    desk.press(Key.Key_Home, SHIFT)
    assert desk.selected == FIRST.partition("\n")[0]
    desk.press(Key.Key_End, SHIFT | CTRL)
    assert desk.selected == FIRST.rstrip(".")
    desk.press(Key.Key_End, CTRL)
    desk.press(Key.Key_Home, SHIFT | CTRL)
    assert desk.selected == FIRST.rstrip(".")


@key_row("Shift and arrows move the end of the span in focus by word, with Alt by character")
def move_end(desk: Desk) -> None:
    desk.press(Key.Key_Left, SHIFT)
    assert (desk.focused, desk.labels) == ("العراق يسعى", {"العراق يسعى": "LOC"})
    desk.press(Key.Key_Right, SHIFT)
    desk.press(Key.Key_Right, SHIFT | ALT)
    assert desk.focused == "العرا"
    desk.press(Key.Key_Left, SHIFT | ALT)
    assert desk.labels == {"العراق": "LOC"}


@key_row("Ctrl+Shift and arrows move its start by word, with Alt by character")
def move_start(desk: Desk) -> None:
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Right, SHIFT | CTRL)
    assert desk.focused == "هجمات داعش"
    desk.press(Key.Key_Left, SHIFT | CTRL)
    desk.press(Key.Key_Left, SHIFT | CTRL | ALT)
    assert desk.focused == "اعش"
    desk.press(Key.Key_Right, SHIFT | CTRL | ALT)
    assert desk.labels == {"داعش": "ARMED"}


@key_row("one key leaves a clitic out, and takes it in again")
def turn_clitic(desk: Desk) -> None:
    desk.press(Key.Key_Tab, times=3)
    assert desk.focused == "وديالى"
    desk.press(Key.Key_Minus)
    assert (desk.focused, desk.labels) == ("ديالى", {"ديالى": "LOC"})
    desk.press(Key.Key_Minus)
    assert desk.labels == {"وديالى": "LOC"}
    desk.press(Key.Key_Minus, Mod.KeypadModifier)
    assert desk.labels == {"ديالى": "LOC"}
    desk.press(Key.Key_Z, CTRL, times=3)
    assert (desk.focused, desk.labels) == ("وديالى", {})
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Minus)
    assert (desk.focused, desk.labels) == ("يحيى رسول", {})
    assert "ملصق" in desk.window.status.text()
    desk.press(Key.Key_Right, times=2)
    desk.press(Key.Key_Right)
    assert desk.selected == "وديالى"
    desk.press(Key.Key_Minus)
    assert (desk.selected, desk.labels) == ("ديالى", {})


@key_row("Ctrl+Enter confirms all above the threshold, and one undo takes it back")
def confirm_all(desk: Desk) -> None:
    desk.window.workspace.side.threshold.setValue(80)
    desk.press(Key.Key_Return, CTRL)
    assert set(desk.labels) == {"العراق", "كركوك", "وديالى"}
    desk.press(Key.Key_Z, CTRL)
    assert desk.labels == {}


@key_row("Ctrl+D: this name, everywhere")
def everywhere(desk: Desk) -> None:
    desk.press(Key.Key_D, CTRL)
    assert [type(dialog) for dialog in desk.opened] == [EverywhereDialog]


@key_row("Ctrl+Z and Ctrl+Y, across documents")
def undo(desk: Desk) -> None:
    desk.press(Key.Key_Return)
    desk.press(Key.Key_PageDown)
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Z, CTRL, times=2)
    assert (desk.text, desk.labels) == (FIRST, {})
    desk.press(Key.Key_Y, CTRL, times=2)
    assert (desk.text, desk.labels) == (SECOND, {"بغداد": "LOC"})


@key_row("PgDn and PgUp open the next and the previous document")
def pages(desk: Desk) -> None:
    desk.press(Key.Key_PageDown)
    assert desk.text == SECOND
    desk.press(Key.Key_PageUp)
    assert desk.text == FIRST


@key_row("Ctrl+G goes to a document")
def go_to(desk: Desk) -> None:
    desk.press(Key.Key_G, CTRL)
    assert [type(dialog) for dialog in desk.opened] == [NumberQuestion]


@key_row("Ctrl+F finds in the article")
def find(desk: Desk) -> None:
    desk.press(Key.Key_F, CTRL)
    assert desk.window.find_bar.field.hasFocus()
    desk.window.find_bar.field.insert("كركوك")
    assert desk.window.article.scene.current_match == Span(FIRST.index("كركوك"), FIRST.index("كركوك") + 5)


@key_row("Ctrl+Shift+F finds in the corpus")
def concordance(desk: Desk) -> None:
    desk.press(Key.Key_F, CTRL | SHIFT)
    dialog = desk.window.findChild(ConcordanceDialog)
    assert dialog is not None and dialog.isVisible()


@key_row("F1 shows the guidelines for the label in focus")
def guideline(desk: Desk) -> None:
    desk.press(Key.Key_F1)
    guide = desk.window.findChild(GuidelineDialog)
    assert guide is not None and guide.isVisible()


@key_row("F2 opens the note on the document")
def note(desk: Desk) -> None:
    desk.press(Key.Key_F2)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit) and desk.window.workspace.note_bar.isAncestorOf(focus)


@key_row("Ctrl+K lists every command by name")
def commands(desk: Desk) -> None:
    desk.press(Key.Key_K, CTRL)
    assert [type(dialog) for dialog in desk.opened] == [CommandList]


@key_row("Ctrl+Shift+Enter says that a document is done, once nothing is undecided, and opens the next")
def done(desk: Desk) -> None:
    desk.press(Key.Key_Return, CTRL | SHIFT)
    assert desk.text == FIRST
    desk.press(Key.Key_Return, CTRL)
    desk.press(Key.Key_Return, CTRL | SHIFT)
    row = desk.window.workspace.documents.model.row_at(0)
    assert (desk.text, row and row.done) == (SECOND, True)


@mouse_row("a click focuses a suggestion")
def click(desk: Desk) -> None:
    QTest.mouseClick(desk.window.article.viewport(), Qt.MouseButton.LeftButton, pos=desk.point("كركوك"))
    assert (desk.focused, desk.labels) == ("كركوك", {})


@mouse_row("a double click confirms it")
def double_click(desk: Desk) -> None:
    QTest.mouseDClick(desk.window.article.viewport(), Qt.MouseButton.LeftButton, pos=desk.point("كركوك"))
    assert desk.labels == {"كركوك": "LOC"}


@mouse_row("a drag selects whole words, with Alt characters")
def drag(desk: Desk) -> None:
    desk.drag(desk.point("يسعى"), desk.point("للحد"))
    assert desk.selected == "يسعى للحد"
    desk.press(Key.Key_1)
    assert desk.labels == {"يسعى للحد": "PERS"}
    desk.press(Key.Key_Z, CTRL)
    desk.drag(desk.point("للحد"), desk.point("من "), ALT)
    assert desk.selected and desk.selected not in ("للحد من", "للحد", "من")


@mouse_row("a right click offers the rest")
def right_click(desk: Desk) -> None:
    from PySide6.QtGui import QContextMenuEvent

    area, point = desk.window.article.viewport(), desk.point("كركوك")
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(area, QContextMenuEvent(reason, point, area.mapToGlobal(point)))
    assert desk.focused == "كركوك"
    assert len(desk.opened) == 1 and isinstance(desk.opened[0], QMenu)


@mouse_row("the handles of the span in focus move its ends by words, with Alt by characters")
def pull(desk: Desk) -> None:
    desk.drag(desk.point("", "end"), desk.point("للحد"))
    assert desk.labels == {"العراق يسعى للحد": "LOC"}
    desk.drag(desk.point("", "end"), desk.point("العراق"))
    assert desk.labels == {"العراق": "LOC"}
    desk.drag(desk.point("", "start"), desk.point("الع"), ALT)
    assert desk.focused in ("لعراق", "عراق", "راق")
    assert desk.labels == {desk.focused: "LOC"}


@mouse_row("a handle is taken hold of within eight pixels, and the pointer says so")
def grip(desk: Desk) -> None:
    area, knob = desk.window.article.viewport(), desk.point("", "end")
    for offset in (QPoint(0, -7), QPoint(0, 7), QPoint(-7, 0), QPoint(5, 5)):
        QTest.mouseMove(area, desk.point("انتشرت"))
        QTest.mouseMove(area, knob + offset)
        assert area.cursor().shape() is Qt.CursorShape.SizeHorCursor, offset
    desk.drag(knob + QPoint(0, -7), desk.point("للحد"))
    assert desk.focused == "العراق يسعى للحد"


@pytest.mark.parametrize("row", KEYS.values(), ids=KEYS)
def test_a_row_of_the_table_of_keys(desk: Desk, row: Row) -> None:
    row(desk)


@pytest.mark.parametrize("row", MOUSE.values(), ids=MOUSE)
def test_a_gesture_of_the_mouse(desk: Desk, row: Row) -> None:
    row(desk)


def test_the_ends_of_a_line_are_those_of_the_line_that_is_seen(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("ar", make_project(tmp_path / "long.annot", ("عنوان\n\n" + LONG * 3,)))
    desk = Desk(window, [])
    desk.press(Key.Key_Down, times=2)
    desk.press(Key.Key_Left, times=3)
    start = window.article.selection
    assert start is not None
    line = window.article.line_of(start.start)
    assert line is not None and 0 < line.start < start.start
    desk.press(Key.Key_End)
    assert window.article.selection and line.end - 2 <= window.article.selection.end <= line.end
    desk.press(Key.Key_Home)
    assert window.article.selection and window.article.selection.start == line.start


def test_one_key_leaves_a_pronoun_out_and_takes_it_in_again(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("ar", make_project(tmp_path / "pronoun.annot", ("أعلن رئيسها في بغداد.",)))
    desk = Desk(window, [])
    desk.press(Key.Key_Equal)
    assert (desk.focused, desk.labels) == ("بغداد", {})
    assert "ضمير" in window.status.text()
    desk.press(Key.Key_Home, CTRL)
    desk.press(Key.Key_Left)
    desk.press(Key.Key_1)
    desk.press(Key.Key_Tab, SHIFT)
    assert desk.focused == "رئيسها"
    desk.press(Key.Key_Equal)
    assert (desk.focused, desk.labels) == ("رئيس", {"رئيس": "PERS"})
    desk.press(Key.Key_Equal)
    assert desk.labels == {"رئيسها": "PERS"}
