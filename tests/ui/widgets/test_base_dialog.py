"""Where a dialog opens: in the middle of its window, with the title bar on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from annotator.ui.widgets.base_dialog import FRAME_MARGINS, place_on_screen

SCREEN = QRect(0, 0, 1280, 720)


@pytest.mark.parametrize(
    ("size", "parent"),
    [
        (QSize(1000, 672), SCREEN),
        (QSize(400, 300), SCREEN),
        (QSize(400, 300), QRect(-200, -100, 500, 200)),
        (QSize(400, 300), QRect(1000, 600, 500, 400)),
    ],
)
def test_the_frame_is_on_the_screen(size: QSize, parent: QRect) -> None:
    placed = place_on_screen(size, parent, SCREEN)
    assert placed.size() == size
    assert SCREEN.contains(placed.marginsAdded(FRAME_MARGINS))


def test_a_small_dialog_is_centred_and_a_large_one_begins_with_its_title_bar() -> None:
    assert place_on_screen(QSize(400, 300), SCREEN, SCREEN).center() == SCREEN.center()
    whole = place_on_screen(QSize(2000, 900), SCREEN, SCREEN).marginsAdded(FRAME_MARGINS)
    assert whole.topLeft() == SCREEN.topLeft()
