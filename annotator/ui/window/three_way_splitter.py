"""The three panes side by side: they share the room of the window by themselves until somebody shares it otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

_LEAST, _MOST = (160, 240), 400
"""How wide documents and suggestions are at least, and either at most, unless somebody makes them otherwise."""
_USUAL = 320
"""How wide suggestions are where there is room: the longest names of labels fit."""


class ThreeWaySplitter(QSplitter):
    """Documents at the right, the article, suggestions at the left; in a narrow window the article gets the most."""

    def __init__(self, parent: QWidget) -> None:
        """Make room for panes."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._by_hand = False
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setHandleWidth(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._leave_as_it_is)

    def setSizes(self, sizes: Sequence[int]) -> None:  # noqa: N802
        """Make the panes so wide, and leave them so."""
        self._leave_as_it_is()
        super().setSizes(sizes)

    def kept(self) -> QByteArray:
        """Return how wide the panes were made; empty where nobody did."""
        return self.saveState() if self._by_hand else QByteArray()

    def bring_back(self, kept: QByteArray) -> None:
        """Make the panes as wide as kept() told."""
        self._by_hand = not kept.isEmpty() and self.restoreState(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room, as long as nobody did otherwise."""
        super().resizeEvent(event)
        if not self._by_hand:
            super().setSizes(_shares(self.width()))

    def _leave_as_it_is(self) -> None:
        """Leave the panes as somebody made them."""
        self._by_hand = True


def _shares(width: int) -> list[int]:
    """Return how wide documents, article and suggestions are in a window."""
    documents = max(_LEAST[0], min(width // 5, _MOST))
    side = max(_LEAST[1], min(max(_USUAL, width // 4), width * 5 // 16, _MOST))
    return [documents, width - documents - side, side]
