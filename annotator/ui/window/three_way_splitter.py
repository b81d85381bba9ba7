"""The splitter of the three panes, which shares the width itself until the user moves a handle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

_LEAST, _MOST = (160, 240), 400
"""The minimum widths of documents and suggestions, and the maximum of both, unless the user chooses others."""
_USUAL = 336
"""The width of suggestions if there is room: the longest label names of the bundled tagsets fit with their counts."""


class ThreeWaySplitter(QSplitter):
    """Documents at the right, the article, suggestions at the left. A narrow window gives the article the most."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._by_hand = False
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setHandleWidth(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._leave_as_it_is)

    def setSizes(self, sizes: Sequence[int]) -> None:
        """Set the widths, and keep them."""
        self._leave_as_it_is()
        super().setSizes(sizes)

    def saved_sizes(self) -> QByteArray:
        """Return the widths that the user chose, or nothing if none were chosen."""
        return self.saveState() if self._by_hand else QByteArray()

    def restore_sizes(self, kept: QByteArray) -> None:
        """Restore the widths that kept() returned."""
        self._by_hand = not kept.isEmpty() and self.restoreState(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, unless the user chose widths."""
        super().resizeEvent(event)
        if not self._by_hand:
            super().setSizes(shares(self.width()))

    def _leave_as_it_is(self) -> None:
        self._by_hand = True


def shares(width: int) -> list[int]:
    """Return the widths of documents, article and suggestions in a window of a width, in device-independent pixels."""
    documents = max(_LEAST[0], min(width // 5, _MOST))
    side = max(_LEAST[1], min(max(_USUAL, width // 4), width * 5 // 16, _MOST))
    return [documents, width - documents - side, side]
