"""For everybody: all can be reached by keyboard, the focus is always seen, and a screen reader hears what it is.

Every dialog is opened through its action in the window, so one that is added later is looked at too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.actions import ACTIONS
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.palette import contrast
from annotator.ui.sidebar.label_chips import LabelChip
from annotator.ui.window.focus_ring import FocusRing
from annotator.ui.window.main_window import MainWindow
from tests.ui.pixels import pixels

MakeWindow = Callable[..., MainWindow]
INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    ArticleView,
)
WALKED_BY_A_FIELD = {"CommandPalette"}
"""Dialogs whose list is walked by the arrow keys of the field above it, and is no stop of its own."""
OPENERS = [spec.id for spec in ACTIONS if spec.text.endswith("…") and spec.id not in ("close", "find_bar.open")]
OPENERS += ["tagsets.guideline", "helping.about", "helping.keys"]
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def interactive(window: QWidget) -> list[QWidget]:
    """Return what can be used in a window now, without the parts that other widgets are made of."""
    found: list[QWidget] = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INTERACTIVE) or isinstance(widget, QScrollBar):
            continue
        if not (widget.isVisibleTo(window) and widget.isEnabled()) or widget.width() < 2:
            continue
        above = widget.parentWidget()
        while above is not None and above is not window and not isinstance(above, INTERACTIVE):
            above = above.parentWidget()
        if above in (None, window):
            found.append(widget)
    return found


def walk(start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab from a widget on, twice round; return the stops in their order."""
    start.setFocus()
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and seen.count(focus) < 2:
        seen.append(focus)
        if isinstance(focus, ArticleView) or (
            isinstance(focus, QTextEdit) and not focus.tabChangesFocus() and not focus.isReadOnly()
        ):
            break
        modifiers = Qt.KeyboardModifier.ShiftModifier if key is Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(focus, key, modifiers)
        QCoreApplication.processEvents()
    return list(dict.fromkeys(seen))


def unreached(window: QWidget, stops: list[QWidget]) -> list[str]:
    """Return what can be used in a window and is no stop: of radio buttons and label chips one stands for all."""
    groups = {stop.parentWidget() for stop in stops if isinstance(stop, (QRadioButton, LabelChip))}
    left = []
    for widget in interactive(window):
        if widget in stops or any(widget.isAncestorOf(stop) for stop in stops):
            continue
        if isinstance(widget, (QRadioButton, LabelChip)) and widget.parentWidget() in groups:
            continue
        if type(window).__name__ in WALKED_BY_A_FIELD and isinstance(widget, QAbstractItemView):
            continue
        left.append(
            f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName() or widget.property('text')}"
        )
    return left


def unnamed(stops: list[QWidget]) -> list[str]:
    """Return the stops of which a screen reader would not know the name or the role."""
    bad = []
    for stop in stops:
        interface = QAccessible.queryAccessibleInterface(stop)
        name, role = interface.text(QAccessible.Text.Name), interface.role()
        if not name.strip() or role in (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane):
            bad.append(f"{type(stop).__name__} {stop.objectName()} {name!r} {role}")
    return bad


def picture(widget: QWidget) -> QImage:
    """Return what is seen of a widget and closely around it."""
    window = widget.window()
    area = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()).adjusted(-5, -5, 5, 5)
    return window.grab(area & window.rect()).toImage()


def unseen(stops: list[QWidget]) -> list[str]:
    """Return the stops that look the same with the keyboard and without it, or nearly so."""
    hidden = []
    for stop in stops:
        stop.setFocus()
        QCoreApplication.processEvents()
        with_focus = picture(stop)
        stop.clearFocus()
        QCoreApplication.processEvents()
        without = picture(stop)
        pairs = Counter(zip(pixels(with_focus).ravel().tolist(), pixels(without).ravel().tolist(), strict=True))
        changed = sum(
            count for (one, other), count in pairs.items() if one != other and contrast(QColor(one), QColor(other)) >= 3
        )
        if changed < 40:
            hidden.append(f"{type(stop).__name__} {stop.objectName()}: {changed}")
    return hidden


@pytest.fixture(autouse=True)
def steady_caret(qapp: QApplication) -> Iterator[None]:
    """Keep the caret of fields from blinking."""
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(flash)


@LANGUAGES
def test_every_dialog_is_reached_and_named_throughout(
    make_window: MakeWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    problems: list[str] = []
    opened: set[str] = set()
    action = ""

    def look(dialog: QWidget) -> None:
        """Note what is wrong with a dialog; an assertion would be lost in Qt's event loop."""
        opened.add(action)
        while any(jobs.is_busy() for jobs in dialog.findChildren(Jobs)):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        start = QApplication.focusWidget()
        if start is None or start.window() is not dialog:
            problems.append(f"{action}: nothing has the keyboard")
            return
        stops = walk(start)
        back = walk(start, Qt.Key.Key_Backtab)
        problems.extend(f"{action}: not reached: {name}" for name in unreached(dialog, stops))
        problems.extend(f"{action}: not reached backwards: {stop}" for stop in stops if stop not in back)
        problems.extend(f"{action}: not named: {name}" for name in unnamed(stops))
        if language == "en":
            problems.extend(f"{action}: focus not seen: {name}" for name in unseen(stops))
        if not dialog.windowTitle():
            problems.append(f"{action}: no title")

    def stand(dialog: QDialog, *_args: object) -> int:
        """Show a dialog instead of waiting for its end, and look at it."""
        dialog.show()
        dialog.activateWindow()
        QCoreApplication.processEvents()
        look(dialog)
        dialog.hide()
        return 0

    monkeypatch.setattr(QDialog, "exec", stand)
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    window = make_window(language, project_path)
    assert window.current.session and window.current.session.document and window.current.project
    others = [each for each in window.current.project.documents.ids() if each != window.current.session.document.id]
    window.current.session.remove_articles(others[:1])
    window.decisions.reject()
    for action in OPENERS:
        window.menus.actions[action].trigger()
        QCoreApplication.processEvents()
        dialog_jobs = [window.jobs, *window.article_removal.findChildren(Jobs)]
        while any(jobs.is_busy() for jobs in dialog_jobs):  # a dialog may wait for its rows
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.activateWindow()
                look(dialog)
                dialog.close()
        window.activateWindow()
        window.article.setFocus()
    assert problems == []
    assert set(OPENERS) - opened == NO_DIALOG


NO_DIALOG = {
    *("projects.open", "transfers.import_files", "transfers.import_folder"),
    *("navigation.choose_order", "listing.ask", "notes.on_article", "notes.on_span"),
    *("jumping.open", "labelfirst.begin"),
}
"""Actions that ask the system for a file, or open a part of the window."""


@LANGUAGES
def test_the_window_is_reached_and_named_throughout(make_window: MakeWindow, project_path: Path, language: str) -> None:
    window = make_window(language, project_path)
    stops: list[QWidget] = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        stops += [stop for stop in walk(focus) if stop not in stops]
        focus.setFocus()
    assert window.article in stops
    assert unreached(window, stops) == []
    assert unnamed(stops) == []
    if language == "en":
        assert unseen([stop for stop in stops if isinstance(stop, QWidget)]) == []


@LANGUAGES
def test_the_welcome_page_is_reached_and_named_throughout(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    window.projects.close()
    QCoreApplication.processEvents()
    stops = walk(interactive(window)[0])
    assert unreached(window, stops) == []
    assert unnamed(stops) == []
    assert unseen(stops) == []


@LANGUAGES
def test_every_action_is_reached_by_key_menu_or_the_list_of_commands(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    listed = {action.objectName() for action in window.menus.commands()}
    bar = window.menuBar().actions()
    mnemonics = [text.partition("&")[2][:1].casefold() for text in (menu.text() for menu in bar)]
    assert "" not in mnemonics and len(set(mnemonics)) == len(mnemonics)
    assert window.menus.actions["helping.commands"].shortcuts()
    for spec in ACTIONS:
        assert spec.id in listed, spec.id
        assert spec.menu or spec.keys, spec.id


def test_the_labels_are_one_stop_of_tab_and_walked_by_arrows(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    chips = window.workspace.side.labels.findChildren(LabelChip)
    stops = [chip for chip in chips if chip.focusPolicy() is Qt.FocusPolicy.TabFocus]
    assert stops == chips[:1]
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is chips[1]
    QTest.keyClick(chips[1], Qt.Key.Key_Right)
    QTest.keyClick(chips[0], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is chips[-1]
    assert [chip for chip in chips if chip.focusPolicy() is Qt.FocusPolicy.TabFocus] == [chips[-1]]
    QTest.keyClick(chips[-1], Qt.Key.Key_Return)
    session = window.current.session
    assert session is not None
    assert [item.label for item in session.items if not item.is_suggestion] == [chips[-1].label.id]
    assert window.article.hasFocus()


def test_the_ring_follows_the_keyboard_and_leaves_the_mouse_alone(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    ring = window.findChild(FocusRing)
    assert ring is not None and ring.isVisible()
    done = window.workspace.header.done
    done.setFocus()
    around = QRect(done.mapTo(window, done.rect().topLeft()), done.size())
    assert ring.geometry().contains(around) and window.childAt(around.center()) is done
    window.resize(window.width() + 80, window.height())
    QCoreApplication.processEvents()
    moved = QRect(done.mapTo(window, done.rect().topLeft()), done.size())
    assert ring.geometry().contains(moved) and window.findChildren(FocusRing) == [ring]
