"""From a key to the painted frame in the real window, on real project files: the decision is on the disk by then."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.conftest import Measure
from tests.benchmarks.sizes import SIZES, Frames, Size, make_sized_project, settle
from tests.ui.conftest import make_window

__all__ = ["make_window"]

MakeWindow = Callable[..., MainWindow]
Keys = tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]
ROUNDS = 20
PLAIN, CTRL, SHIFT = (Qt.KeyboardModifier(m) for m in (0, 0x04000000, 0x02000000))
KEYS: dict[str, Keys] = {
    "confirm": ((Qt.Key.Key_Return, PLAIN),),
    "another-label": ((Qt.Key.Key_2, PLAIN),),
    "reject": ((Qt.Key.Key_Delete, PLAIN),),
    "undo-and-redo": ((Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Y, CTRL)),
    "longer-and-shorter": ((Qt.Key.Key_Left, SHIFT), (Qt.Key.Key_Right, SHIFT)),
    "next-and-back": ((Qt.Key.Key_Tab, PLAIN), (Qt.Key.Key_Tab, PLAIN), (Qt.Key.Key_Backtab, SHIFT)),
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Size], Path]:
    """Return the function that makes a fresh project of one article."""

    def make(size: Size) -> Path:
        return make_sized_project(tmp_path_factory.mktemp("size") / "sized.annot", size)

    return make


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("action", KEYS)
def test_key_to_frame(
    measure: Measure, make_window: MakeWindow, projects: Callable[[Size], Path], size: Size, action: str
) -> None:
    window = make_window("ar", projects(size))
    session = window.current.session
    assert session and session.project
    session.set_focus(session.items[len(session.items) // 2])
    window.workspace.show_focus()
    article, keys = window.article.viewport(), cycle(KEYS[action])
    if action.startswith("undo"):
        session.confirm()
    settle(window)
    frames = Frames(article)
    before = session.project.log.counts()["edits"]

    def press() -> None:
        """Press the next key, and wait for the article's frame."""
        painted = frames.of(article)
        key, modifiers = next(keys)
        QTest.keyClick(window.article, key, modifiers)
        frames.wait(article, painted)

    measure(press, ROUNDS, target=16)
    decided = session.project.log.counts()["edits"] - before
    assert decided == (0 if action.startswith("next") else ROUNDS + 1)
