"""What a key costs does not grow with the article, however loaded the machine: counted, not timed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.sidebar.item_list import ItemDelegate
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.sizes import Frames, Size, make_sized_project, settle

MakeWindow = Callable[..., MainWindow]
SMALL, LARGE = Size(6_000, 50), Size(120_000, 1_000)
ACTIONS = {
    "confirm": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "another label": (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
    "reject": (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    "skip": (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    "next": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "back": (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    "longer": (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    "undo": (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    "redo": (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
}
DECIDING = {"confirm", "another label", "reject", "skip", "longer"}


@contextmanager
def counting_calls() -> Iterator[Counter[str]]:
    """Count calls of Python functions, and resumptions of generators, by the name of the file."""
    counts: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: object) -> None:
        """Count one call."""
        if event == "call":
            counts[frame.f_code.co_qualname if sys.version_info >= (3, 11) else frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        yield counts
    finally:
        sys.setprofile(None)


def press(window: MainWindow, action: str) -> None:
    """Press the key of an action, and let everything be painted that it changed."""
    key, modifiers = ACTIONS[action]
    QTest.keyClick(window.article, key, modifiers)
    for _ in range(3):
        QCoreApplication.processEvents()


def in_the_middle(make_window: MakeWindow, path: Path, size: Size) -> MainWindow:
    """Open a window on an article of a size, a suggestion in its middle in focus, with some decisions made."""
    window = make_window("en", make_sized_project(path, size))
    window.idle_tokenizer.timer.stop()
    session = window.current.session
    assert session and len(session.tokens) > size.spans
    session.set_focus(session.items[len(session.items) // 2])
    window.workspace.show_focus()
    settle(window)
    for action in ACTIONS:
        press(window, action)
    return window


def test_a_key_calls_no_more_functions_in_an_article_twenty_times_as_long(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    calls: dict[str, list[Counter[str]]] = {action: [] for action in ACTIONS}
    for size in (SMALL, LARGE):
        window = in_the_middle(make_window, tmp_path / f"{size}.annot", size)
        for action in ACTIONS:
            found = []
            for _ in range(2):
                if action in DECIDING and window.current.session:
                    window.current.session.focus_next(pending_only=True)
                with counting_calls() as counts:
                    press(window, action)
                found.append(counts)
            # One of two may scroll, and then lines come into view.
            calls[action].append(min(found, key=Counter.total))
        window.close()
    for action, (small, large) in calls.items():
        more = (large - small).most_common(5)
        assert large.total() < 1.25 * small.total() + 200, (action, small.total(), large.total(), more)


@pytest.mark.parametrize("action", ["confirm", "another label", "next"])
def test_a_key_sets_no_paragraph_anew_and_paints_no_more_rows(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    window = in_the_middle(make_window, tmp_path / "large.annot", LARGE)
    shaped: list[int] = []
    painted: list[int] = []
    shape, paint = ShapedBlock.__init__, ItemDelegate.paint

    def note_shape(self: ShapedBlock, *arguments: object) -> None:
        """Note a paragraph that is shaped."""
        shaped.append(1)
        shape(self, *arguments)  # type: ignore[arg-type]

    def note_paint(self: ItemDelegate, *arguments: object) -> None:
        """Note a row that is painted."""
        painted.append(1)
        paint(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ShapedBlock, "__init__", note_shape)
    monkeypatch.setattr(ItemDelegate, "paint", note_paint)
    frames = Frames(window.article.viewport())
    press(window, action)
    side = window.workspace.side.items
    visible = side.viewport().height() // side.rowHeight(0) + 2
    blocks_in_view = window.article.viewport().height() / window.article.scene.page.style.pixels
    # A strip may be painted again with the ring around the pane, the page is not.
    areas = [region.boundingRect().height() for region in frames.regions]
    assert 1 <= sum(areas) < 1.1 * window.article.viewport().height()
    assert len(shaped) < blocks_in_view
    assert len(painted) <= visible


def test_a_decision_in_view_repaints_lines_not_the_page(make_window: MakeWindow, tmp_path: Path) -> None:
    window = in_the_middle(make_window, tmp_path / "large.annot", LARGE)
    view = window.article
    item = view.scene.spans.overlapping(*_in_view(window))[1]
    items = [each for each in view.scene.spans.items if each is not item]
    view.viewport().update()
    settle(window)
    frames = Frames(view.viewport())
    view.update_items(items)
    QCoreApplication.processEvents()
    (region,) = frames.regions
    assert region.boundingRect().height() < view.viewport().height() / 2


def _in_view(window: MainWindow) -> tuple[int, int]:
    """Return the code points between which the visible part of the article lies."""
    page, view = window.article.scene.page, window.article
    top = view.verticalScrollBar().value()
    first, last = page.index_at(top) + 1, page.index_at(top + view.viewport().height()) - 1
    return page.blocks[first].start, page.blocks[last].end
