"""A thin progress bar that repaints with its window; QProgressBar repaints at once on every step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 4


class ProgressBar(QWidget):
    """Fills from the side where reading starts, in the accent colour of the palette."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(80, _HEIGHT)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; a total of 0 shows an empty bar."""
        if (done, total) != (self._done, self._total):
            self._done, self._total = done, total
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove and the filled part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        groove, edge = self.palette().color(QPalette.ColorRole.Mid), self.palette().color(QPalette.ColorRole.Dark)
        painter.setBrush(groove)
        painter.setPen(Qt.PenStyle.NoPen if groove == edge else QPen(edge, 1.0))
        inner = box if groove == edge else box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._total and self._done:
            width = box.width() * min(1.0, self._done / self._total)
            left = box.right() - width if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else box.left()
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), _HEIGHT / 2, _HEIGHT / 2)
        painter.end()
