"""The table of keys and the line on the mouse in the editor's design, one test a row, by real events on the window."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTextEdit, QWidget

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.ui.search.concordance_dialog import ConcordanceDialog
from annotator.ui.search.label_all_dialog import LabelAllDialog
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.shortcuts.keys_dialog import KeysDialog
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from annotator.ui.widgets.prompts import NumberPrompt
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.rejected_dialog import RejectedDialog
from annotator.ui.window.span_menu import ShortMenu
from tests.ui.conftest import FIRST, SECOND, make_project
from tests.ui.window.test_main_window import focused, labels, press, type_letters

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
Row = Callable[["Editor"], None]
KEYS: dict[str, Row] = {}
MOUSE: dict[str, Row] = {}
LONG = "قالت مصادر أمنية إن القوات انتشرت في محيط مدينة بعقوبة صباح اليوم وأقامت حواجز على الطرق المؤدية إليها. "


class Editor:
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
    """Note an action of the line on the mouse."""
    return lambda row: MOUSE.setdefault(name, row)


@pytest.fixture
def editor(make_window: Callable[..., MainWindow], project_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Return a window on two articles in which dialogs and menus are noted instead of waited for."""
    opened: list[QWidget] = []

    def note(dialog: QWidget, *_args: object) -> int:
        """Note a dialog or a menu and close it."""
        opened.append(dialog)
        return 0

    class NotedMenu(ShortMenu):
        """A menu that is noted and closed."""

        exec = note  # type: ignore[assignment]

    monkeypatch.setattr(QDialog, "exec", note)
    monkeypatch.setattr("annotator.ui.window.span_menu.ShortMenu", NotedMenu)
    return Editor(make_window("ar", project_path), opened)


@key_row("Enter confirms and goes on")
def confirm(editor: Editor) -> None:
    editor.press(Key.Key_Return)
    assert (editor.labels, editor.focused) == ({"العراق": "LOC"}, "داعش")
    editor.press(Key.Key_Enter, Mod.KeypadModifier)
    assert (editor.labels["داعش"], editor.focused) == ("ARMED", "كركوك")


@key_row("Delete and Backspace reject, or remove the annotation in focus")
def reject(editor: Editor) -> None:
    editor.press(Key.Key_Delete)
    assert (editor.labels, editor.focused) == ({}, "داعش")
    editor.press(Key.Key_Backspace)
    editor.press(Key.Key_Return)
    editor.press(Key.Key_Tab, SHIFT)
    assert editor.focused == "كركوك"
    editor.press(Key.Key_Delete)
    assert (editor.labels, editor.focused) == ({}, "وديالى")


@key_row("digits give labels, in either form, also to a selection")
def give_label(editor: Editor) -> None:
    editor.press(Key.Key_2)
    editor.press(0x0663)
    assert (len(editor.labels), editor.focused) == (2, "كركوك")
    assert editor.labels["العراق"] == "ORG"
    editor.press(Key.Key_Left)
    surface = editor.selected
    editor.press(Key.Key_1)
    assert editor.labels[surface] == "PERS"
    editor.press(Key.Key_Left)
    surface = editor.selected
    editor.press(Key.Key_0)
    assert surface in editor.labels


@key_row("Tab and Shift+Tab walk through the spans")
def walk(editor: Editor) -> None:
    editor.press(Key.Key_Tab, times=2)
    assert editor.focused == "كركوك"
    editor.press(Key.Key_Backtab, SHIFT)
    assert editor.focused == "داعش"
    assert editor.labels == {}


@key_row("Space skips, to come back later")
def skip(editor: Editor) -> None:
    editor.press(Key.Key_Space)
    assert editor.focused == "داعش"
    editor.press(Key.Key_Return, times=4)
    assert editor.focused == "العراق"


@key_row("arrows move by word, with Alt by character; Left is forward")
def arrows(editor: Editor) -> None:
    editor.press(Key.Key_Left)
    assert editor.selected == "يسعى"
    editor.press(Key.Key_Left)
    assert editor.selected == "للحد"
    editor.press(Key.Key_Right)
    assert editor.selected == "يسعى"
    editor.press(Key.Key_Left, ALT)
    editor.press(Key.Key_Left, ALT)
    assert editor.selected == "ل"
    editor.press(Key.Key_Right, ALT)
    assert editor.selected == " "
    editor.press(Key.Key_Down)
    assert editor.window.article.selection and editor.window.article.selection.start > FIRST.index("\n")
    editor.press(Key.Key_Up)
    assert editor.window.article.selection.start < FIRST.index("\n")


@key_row("Shift and arrows extend the selection by word, with Alt by character")
def extend(editor: Editor) -> None:
    editor.press(Key.Key_Left)
    editor.press(Key.Key_Left, SHIFT)
    assert editor.selected == "يسعى للحد"
    editor.press(Key.Key_Right, SHIFT | ALT)
    assert editor.selected == "يسعى للح"
    editor.press(Key.Key_Left, SHIFT | ALT)
    editor.press(Key.Key_Right, SHIFT | CTRL)
    assert editor.selected == "العراق يسعى للحد"


@key_row("Home and End go to the ends of the line, with Ctrl of the article, with Shift they extend")
def ends(editor: Editor) -> None:
    editor.press(Key.Key_Left, times=2)
    editor.press(Key.Key_End)
    assert editor.selected == "وديالى"
    editor.press(Key.Key_Home)
    assert editor.selected == "العراق"
    editor.press(Key.Key_End, CTRL)
    assert editor.selected == "انتشرت"
    editor.press(Key.Key_Home, CTRL)
    assert editor.selected == "العراق"
    editor.press(Key.Key_Left)
    editor.press(Key.Key_End, SHIFT)
    assert editor.selected == FIRST.partition("\n")[0].partition(" ")[2]
    editor.press(Key.Key_Home, SHIFT)
    assert editor.selected == FIRST.partition("\n")[0]
    editor.press(Key.Key_End, SHIFT | CTRL)
    assert editor.selected == FIRST.rstrip(".")
    editor.press(Key.Key_End, CTRL)
    editor.press(Key.Key_Home, SHIFT | CTRL)
    assert editor.selected == FIRST.rstrip(".")


@key_row("Shift and arrows move the end of the span in focus by word, with Alt by character")
def move_end(editor: Editor) -> None:
    editor.press(Key.Key_Left, SHIFT)
    assert (editor.focused, editor.labels) == ("العراق يسعى", {"العراق يسعى": "LOC"})
    editor.press(Key.Key_Right, SHIFT)
    editor.press(Key.Key_Right, SHIFT | ALT)
    assert editor.focused == "العرا"
    editor.press(Key.Key_Left, SHIFT | ALT)
    assert editor.labels == {"العراق": "LOC"}


@key_row("Ctrl+Shift and arrows move its start by word, with Alt by character")
def move_start(editor: Editor) -> None:
    editor.press(Key.Key_Tab)
    editor.press(Key.Key_Right, SHIFT | CTRL)
    assert editor.focused == "هجمات داعش"
    editor.press(Key.Key_Left, SHIFT | CTRL)
    editor.press(Key.Key_Left, SHIFT | CTRL | ALT)
    assert editor.focused == "اعش"
    editor.press(Key.Key_Right, SHIFT | CTRL | ALT)
    assert editor.labels == {"داعش": "ARMED"}


@key_row("one key leaves a clitic out, and takes it in again")
def turn_clitic(editor: Editor) -> None:
    editor.press(Key.Key_Tab, times=3)
    assert editor.focused == "وديالى"
    editor.press(Key.Key_Minus)
    assert (editor.focused, editor.labels) == ("ديالى", {"ديالى": "LOC"})
    editor.press(Key.Key_Minus)
    assert editor.labels == {"وديالى": "LOC"}
    editor.press(Key.Key_Minus, Mod.KeypadModifier)
    assert editor.labels == {"ديالى": "LOC"}
    editor.press(Key.Key_Z, CTRL, times=3)
    assert (editor.focused, editor.labels) == ("وديالى", {})
    editor.press(Key.Key_Tab)
    editor.press(Key.Key_Minus)
    assert (editor.focused, editor.labels) == ("يحيى رسول", {})
    assert "متصل" in editor.window.status.text()
    editor.press(Key.Key_Right, times=2)
    editor.press(Key.Key_Right)
    assert editor.selected == "وديالى"
    editor.press(Key.Key_Minus)
    assert (editor.selected, editor.labels) == ("ديالى", {})


@key_row("Ctrl+Enter confirms what is visible above the threshold, and one undo takes it back")
def confirm_visible(editor: Editor) -> None:
    editor.window.workspace.side.threshold.setValue(80)
    editor.press(Key.Key_Return, CTRL)
    assert set(editor.labels) == {"العراق", "كركوك", "وديالى"}
    editor.press(Key.Key_Z, CTRL)
    assert editor.labels == {}


@key_row("Ctrl+D: this name, everywhere")
def everywhere(editor: Editor) -> None:
    editor.press(Key.Key_D, CTRL)
    assert [type(dialog) for dialog in editor.opened] == [LabelAllDialog]


@key_row("Ctrl+Z and Ctrl+Y, across documents")
def undo(editor: Editor) -> None:
    editor.press(Key.Key_Return)
    editor.press(Key.Key_PageDown, CTRL)
    editor.press(Key.Key_Return)
    editor.press(Key.Key_Z, CTRL, times=2)
    assert (editor.text, editor.labels) == (FIRST, {})
    editor.press(Key.Key_Y, CTRL, times=2)
    assert (editor.text, editor.labels) == (SECOND, {"بغداد": "LOC"})


@key_row("Ctrl+PgDn and Ctrl+PgUp open the next and the previous document")
def pages(editor: Editor) -> None:
    editor.press(Key.Key_PageDown, CTRL)
    assert editor.text == SECOND
    editor.press(Key.Key_PageUp, CTRL)
    assert editor.text == FIRST


@key_row("PgDn and PgUp scroll, and leave a line of the page before in view")
def scroll(editor: Editor) -> None:
    window = editor.window
    window.resize(900, 420)
    project = window.current.project
    assert project is not None
    text = "\n".join(f"{number} {LONG}" for number in range(20))
    project.documents.add(Document(document_id(text), text))
    window.current.open_document(document_id(text))
    seen = [window.article.visible_text()]
    while len(seen) < 100:
        editor.press(Key.Key_PageDown)
        if window.article.visible_text() == seen[-1]:
            break
        seen.append(window.article.visible_text())
    assert all(one and other and one.start < other.start <= one.end for one, other in pairwise(seen))
    assert len(seen) > 3 and seen[-1] and seen[-1].end == len(text)
    assert window.current.session and window.current.session.document and window.current.session.document.text == text
    for _ in seen:
        editor.press(Key.Key_PageUp)
    assert window.article.visible_text() == seen[0]


@key_row("/ and then letters jump to a word, whatever its clitics, hamza and harakat")
def jump(editor: Editor) -> None:
    editor.press(Key.Key_Slash)
    type_letters("عم")
    assert editor.selected == "العميد"
    editor.press(Key.Key_4, ALT)
    assert editor.labels == {"العميد": "TITLE"}


@key_row("Ctrl+G goes to a document")
def go_to(editor: Editor) -> None:
    editor.press(Key.Key_G, CTRL)
    assert [type(dialog) for dialog in editor.opened] == [NumberPrompt]


@key_row("Ctrl+F finds in the article")
def find(editor: Editor) -> None:
    editor.press(Key.Key_F, CTRL)
    assert editor.window.find_bar.field.hasFocus()
    editor.window.find_bar.field.insert("كركوك")
    assert editor.window.article.scene.current_match == Span(FIRST.index("كركوك"), FIRST.index("كركوك") + 5)


@key_row("Ctrl+Shift+F finds in the corpus")
def concordance(editor: Editor) -> None:
    editor.press(Key.Key_F, CTRL | SHIFT)
    dialog = editor.window.findChild(ConcordanceDialog)
    assert dialog is not None and dialog.isVisible()


@key_row("F1 shows the guidelines for the label in focus")
def guideline(editor: Editor) -> None:
    editor.press(Key.Key_F1)
    guide = editor.window.findChild(GuidelineDialog)
    assert guide is not None and guide.isVisible()


@key_row("F2 opens the note on the document")
def note(editor: Editor) -> None:
    editor.press(Key.Key_F2)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit) and editor.window.workspace.note_bar.isAncestorOf(focus)


@key_row("Ctrl+K lists every command by name")
def commands(editor: Editor) -> None:
    editor.press(Key.Key_K, CTRL)
    assert [type(dialog) for dialog in editor.opened] == [CommandPalette]


@key_row("Enter marks the article as done and opens the next, once all is decided")
def enter_at_the_end(editor: Editor) -> None:
    editor.press(Key.Key_Return, times=5)
    assert (editor.text, editor.focused) == (FIRST, "")
    editor.press(Key.Key_Return)
    row = editor.window.workspace.documents.model.row_at(0)
    assert (editor.text, row and row.done) == (SECOND, True)


@key_row("? shows the keys")
def keys(editor: Editor) -> None:
    editor.press(Key.Key_Question)
    assert [type(dialog) for dialog in editor.opened] == [KeysDialog]


@key_row("F4 flags the span")
def flag(editor: Editor) -> None:
    editor.press(Key.Key_F4)
    session = editor.window.current.session
    assert session and session.focus and session.focus.doubtful


@key_row("F8 and a label: every drag or double-click gives it until Escape")
def label_first(editor: Editor) -> None:
    editor.press(Key.Key_F8)
    editor.press(Key.Key_3)
    editor.drag(editor.point("يسعى"), editor.point("للحد"))
    assert list(editor.labels) == ["يسعى للحد"]
    editor.press(Key.Key_Escape)
    editor.drag(editor.point("القوات"), editor.point("انتشرت"))
    assert editor.selected and list(editor.labels) == ["يسعى للحد"]


@key_row("Shift+Delete lists what was rejected")
def rejected(editor: Editor) -> None:
    editor.press(Key.Key_Delete)
    editor.press(Key.Key_Delete, SHIFT)
    assert [type(dialog) for dialog in editor.opened] == [RejectedDialog]


@key_row("Ctrl+Shift+Enter says that a document is done, once nothing is undecided, and opens the next")
def done(editor: Editor) -> None:
    editor.press(Key.Key_Return, CTRL | SHIFT)
    assert editor.text == FIRST
    editor.press(Key.Key_Return, CTRL)
    editor.press(Key.Key_Return, CTRL | SHIFT)
    row = editor.window.workspace.documents.model.row_at(0)
    assert (editor.text, row and row.done) == (SECOND, True)


@mouse_row("a click focuses a suggestion")
def click(editor: Editor) -> None:
    QTest.mouseClick(editor.window.article.viewport(), Qt.MouseButton.LeftButton, pos=editor.point("كركوك"))
    assert (editor.focused, editor.labels) == ("كركوك", {})


@mouse_row("a double click confirms it")
def double_click(editor: Editor) -> None:
    QTest.mouseDClick(editor.window.article.viewport(), Qt.MouseButton.LeftButton, pos=editor.point("كركوك"))
    assert editor.labels == {"كركوك": "LOC"}


@mouse_row("a drag selects whole words, with Alt characters")
def drag(editor: Editor) -> None:
    editor.drag(editor.point("يسعى"), editor.point("للحد"))
    assert editor.selected == "يسعى للحد"
    editor.press(Key.Key_1)
    assert editor.labels == {"يسعى للحد": "PERS"}
    editor.press(Key.Key_Z, CTRL)
    editor.drag(editor.point("للحد"), editor.point("من "), ALT)
    assert editor.selected and editor.selected not in ("للحد من", "للحد", "من")


@mouse_row("a right click offers the rest")
def right_click(editor: Editor) -> None:
    from PySide6.QtGui import QContextMenuEvent

    area, point = editor.window.article.viewport(), editor.point("كركوك")
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(area, QContextMenuEvent(reason, point, area.mapToGlobal(point)))
    assert editor.focused == "كركوك"
    assert len(editor.opened) == 1 and isinstance(editor.opened[0], QMenu)


@mouse_row("the handles of the span in focus move its ends by words, with Alt by characters")
def pull(editor: Editor) -> None:
    editor.drag(editor.point("", "end"), editor.point("للحد"))
    assert editor.labels == {"العراق يسعى للحد": "LOC"}
    editor.drag(editor.point("", "end"), editor.point("العراق"))
    assert editor.labels == {"العراق": "LOC"}
    editor.drag(editor.point("", "start"), editor.point("الع"), ALT)
    assert editor.focused in ("لعراق", "عراق", "راق")
    assert editor.labels == {editor.focused: "LOC"}


@mouse_row("a handle is taken hold of within eight pixels, and the pointer says so")
def grip(editor: Editor) -> None:
    area, knob = editor.window.article.viewport(), editor.point("", "end")
    for offset in (QPoint(0, -7), QPoint(0, 7), QPoint(-7, 0), QPoint(5, 5)):
        QTest.mouseMove(area, editor.point("انتشرت"))
        QTest.mouseMove(area, knob + offset)
        assert area.cursor().shape() is Qt.CursorShape.SizeHorCursor, offset
    editor.drag(knob + QPoint(0, -7), editor.point("للحد"))
    assert editor.focused == "العراق يسعى للحد"


@pytest.mark.parametrize("row", KEYS.values(), ids=KEYS)
def test_a_row_of_the_table_of_keys(editor: Editor, row: Row) -> None:
    row(editor)


@pytest.mark.parametrize("row", MOUSE.values(), ids=MOUSE)
def test_an_action_with_the_mouse(editor: Editor, row: Row) -> None:
    row(editor)


def test_the_ends_of_a_line_are_those_of_the_line_that_is_seen(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("ar", make_project(tmp_path / "long.annot", ("عنوان\n\n" + LONG * 3,)))
    editor = Editor(window, [])
    editor.press(Key.Key_Down, times=2)
    editor.press(Key.Key_Left, times=3)
    start = window.article.selection
    assert start is not None
    line = window.article.line_of(start.start)
    assert line is not None and 0 < line.start < start.start
    editor.press(Key.Key_End)
    assert window.article.selection and line.end - 2 <= window.article.selection.end <= line.end
    editor.press(Key.Key_Home)
    assert window.article.selection and window.article.selection.start == line.start


def test_one_key_leaves_a_pronoun_out_and_takes_it_in_again(
    make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window("ar", make_project(tmp_path / "pronoun.annot", ("أعلن رئيسها في بغداد.",)))
    editor = Editor(window, [])
    editor.press(Key.Key_Equal)
    assert (editor.focused, editor.labels) == ("بغداد", {})
    assert "ضمير" in window.status.text()
    editor.press(Key.Key_Home, CTRL)
    editor.press(Key.Key_Left)
    editor.press(Key.Key_1)
    editor.press(Key.Key_Tab, SHIFT)
    assert editor.focused == "رئيسها"
    editor.press(Key.Key_Equal)
    assert (editor.focused, editor.labels) == ("رئيس", {"رئيس": "PERS"})
    editor.press(Key.Key_Equal)
    assert editor.labels == {"رئيسها": "PERS"}
