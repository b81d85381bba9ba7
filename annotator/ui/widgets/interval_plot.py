"""A plot of values with intervals, one row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.base.i18n import decimal_text
from annotator.ui.base.theme import Theme

_ROW = 30
_AXIS = 26
_GAP = 16
_MOST_NAME = 220
_LEAST_SCALE = 160


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A name, a value and the ends of its interval, None for what is undefined; text is the value as it is written."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    text: str


class IntervalPlot(QWidget):
    """Draws values from 0 to 1 as points with their intervals as bars. The scale runs in the reading direction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PlotRow] = ()
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[PlotRow], description: str) -> None:
        """Show rows; description is what screen readers say of them."""
        self._rows = rows
        self.setAccessibleName(description)
        self.setAccessibleDescription(". ".join(f"{row.name}: {row.text}" for row in rows))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows and the axis."""
        return QSize(2 * _MOST_NAME + _LEAST_SCALE, _ROW * len(self._rows) + _AXIS)

    def minimumSizeHint(self) -> QSize:
        """Return the height of all rows, because a scroll area may surround the plot."""
        return QSize(_MOST_NAME + _LEAST_SCALE, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names, the scale, the intervals and the values."""
        if self._theme is None or not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        names = min(_MOST_NAME, max(metrics.horizontalAdvance(row.name) for row in self._rows))
        texts = max(metrics.horizontalAdvance(row.text) for row in self._rows)
        width = max(_LEAST_SCALE, self.width() - names - texts - 2 * _GAP - 16)
        scale = QRectF(names + _GAP, 0, width, _ROW * len(self._rows))
        self._draw_axis(painter, scale)
        for number, row in enumerate(self._rows):
            self._draw_row(painter, metrics, row, number * _ROW, scale)
        painter.end()

    def _draw_axis(self, painter: QPainter, scale: QRectF) -> None:
        theme = self._theme
        assert theme is not None  # noqa: S101 - paintEvent checks it
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = self._mirrored(scale.left() + tick * scale.width())
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, scale.bottom()))
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                QRectF(x - 30, scale.bottom(), 60, _AXIS), Qt.AlignmentFlag.AlignCenter, decimal_text(tick)
            )

    def _draw_row(self, painter: QPainter, metrics: QFontMetricsF, row: PlotRow, top: float, scale: QRectF) -> None:
        theme = self._theme
        assert theme is not None  # noqa: S101 - paintEvent checks it
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setPen(QColor(theme.text))
        room = self._mirrored_room(QRectF(0, top, scale.left() - _GAP, _ROW))
        painter.drawText(room, leading, metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room.width()))
        room = self._mirrored_room(QRectF(scale.right() + _GAP, top, self.width() - scale.right() - _GAP, _ROW))
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, leading, row.text)
        middle = top + _ROW / 2

        def at(value: float) -> QPointF:
            return QPointF(self._mirrored(scale.left() + min(1.0, max(0.0, value)) * scale.width()), middle)

        accent = QColor(theme.accent)
        if row.low is not None and row.high is not None:
            soft = QColor(accent)
            soft.setAlphaF(0.45)
            painter.setPen(QPen(soft, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(at(row.low), at(row.high))
        if row.value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawEllipse(at(row.value), 5, 5)

    def _mirrored(self, x: float) -> float:
        return self.width() - x if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else x

    def _mirrored_room(self, room: QRectF) -> QRectF:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRectF(self.width() - room.right(), room.top(), room.width(), room.height())
        return room
