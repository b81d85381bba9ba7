"""Keys and clicks that each task takes, counted on the window and compared with the table in the manual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import document_id
from annotator.resources import resource
from annotator.ui.search.label_all_dialog import LabelAllDialog
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.rejected_dialog import RejectedDialog
from tests.ui.conftest import FIRST, PATIENCE, SECOND, make_project
from tests.ui.window.test_main_window import focused, labels, type_letters

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier
THIRD = "هدوء في بغداد"
TEXTS = (FIRST, SECOND, THIRD)
PAGE = resource("manual", "en", "performance.md")


class Counter:
    """Sends keys and clicks as the system would, to whatever window is in front, and counts them; a chord is one."""

    count = 0
    wide = False

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press a key on the window that is in front."""
        self.count += 1
        front = QApplication.activeWindow()
        assert front is not None
        QTest.keyClick(front.windowHandle(), key, modifiers)
        QCoreApplication.processEvents()

    def click(self, window: MainWindow, point: QPoint) -> None:
        """Click on a point of the article."""
        self.count += 1
        place = window.article.viewport().mapTo(window, point)
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
        QCoreApplication.processEvents()


Task = Callable[[MainWindow, Counter], None]


def accept_all(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Return, CTRL)
    assert set(labels(window)) == {"العراق", "داعش", "كركوك", "وديالى", "يحيى رسول"}
    counter.press(Key.Key_Return)
    assert window.article.document.text == SECOND


def accept(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Return)
    assert (labels(window), focused(window)) == ({"العراق": "LOC"}, "داعش")


def change_label(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_2)
    assert labels(window) == {"العراق": "ORG"}


def fix_boundary(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Left, SHIFT)
    assert labels(window) == {"العراق يسعى": "LOC"}


def exclude_clitic(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Minus)
    assert labels(window) == {"ديالى": "LOC"}


def add_span(window: MainWindow, counter: Counter) -> None:
    geometry, at = window.article.geometry_now(), FIRST.index("القوات")
    first, last = geometry.edge_rect(at, trailing=False), geometry.edge_rect(at + 6, trailing=True)
    counter.click(window, QPointF((first.left() + last.left()) / 2, first.center().y()).toPoint())
    counter.press(Key.Key_3)
    assert list(labels(window)) == ["القوات"]


def add_far(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Slash)
    counter.count += 1
    type_letters("ع")
    counter.press(Key.Key_3)
    assert list(labels(window)) == ["العميد"]


def take_back(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Delete, SHIFT)
    session = window.current.session
    assert session and session.rejected == []


def everywhere_here(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_D, CTRL)
    assert where_labelled(window) == [SECOND, SECOND]


def everywhere(window: MainWindow, counter: Counter) -> None:
    counter.wide = True
    counter.press(Key.Key_D, CTRL)
    assert where_labelled(window) == [SECOND, SECOND, THIRD]


def where_labelled(window: MainWindow) -> list[str]:
    """Return the text of each article for each of its annotations."""
    project = window.current.project
    assert project is not None
    return [text for text in TEXTS for _ in project.log.annotations(document_id(text))]


def undo(window: MainWindow, counter: Counter) -> None:
    counter.press(Key.Key_Z, CTRL)
    assert labels(window) == {}


def begin_at(surface: str) -> Callable[[MainWindow], None]:
    """Return what walks to a suggestion before anything is counted."""

    def walk(window: MainWindow) -> None:
        while focused(window) != surface:
            window.decisions.next_span()

    return walk


def second_article(window: MainWindow) -> None:
    window.navigation.next()


def decide(window: MainWindow) -> None:
    window.decisions.confirm()


def reject(window: MainWindow) -> None:
    window.decisions.reject()


def nothing(_window: MainWindow) -> None:
    """Begin where the window opens."""


TASKS: dict[str, tuple[Callable[[MainWindow], None], Task]] = {
    "accept one and go on": (nothing, accept),
    "accept all and next": (nothing, accept_all),
    "change a label": (nothing, change_label),
    "fix a boundary (by a word)": (nothing, fix_boundary),
    "exclude a clitic": (begin_at("وديالى"), exclude_clitic),
    "add a span": (nothing, add_span),
    "add a name far from the focus, without the mouse": (nothing, add_far),
    "take back a rejection": (reject, take_back),
    "label a name everywhere in the article": (second_article, everywhere_here),
    "label a name everywhere in the corpus": (second_article, everywhere),
    "undo": (decide, undo),
}


def told() -> dict[str, int]:
    """Return the counts in the table."""
    rows = [line.strip("|").split("|") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    return {cells[0].strip(): int(cells[1]) for cells in rows if cells[0].strip() in TASKS}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", TASKS)
def test_keys_and_clicks_of_a_task(
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    language: str,
) -> None:
    window = make_window(language, make_project(tmp_path / "news.annot", TEXTS))
    begin, task = TASKS[name]
    begin(window)
    counter = Counter()

    def apply(dialog: LabelAllDialog) -> int:
        """Go on by keys: the whole corpus where it is asked for, then what the dialog is for."""
        dialog.show()
        qtbot.waitUntil(dialog.list.hasFocus, timeout=PATIENCE)
        if counter.wide:
            counter.press(Key.Key_D, CTRL)
            qtbot.waitUntil(lambda: not dialog._jobs.running("everywhere"), timeout=PATIENCE)
        counter.press(Key.Key_Return)
        return dialog.result()

    def take(dialog: RejectedDialog) -> int:
        """Take back what is selected when the list opens."""
        dialog.show()
        qtbot.waitUntil(dialog.list.hasFocus, timeout=PATIENCE)
        counter.press(Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(LabelAllDialog, "exec", apply)
    monkeypatch.setattr(RejectedDialog, "exec", take)
    task(window, counter)
    assert counter.count == told()[name]
