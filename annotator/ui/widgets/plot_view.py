"""Draws a plot of lines in the colours of the theme, mirrored in Arabic."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.services.team.line_plot import LinePlot, PlotFrame, Series
from annotator.ui.base.painting import sized
from annotator.ui.base.palette import mix
from annotator.ui.base.plain_text import tooltip
from annotator.ui.base.theme import LIGHT, Theme

_NEAR = 12
"""The distance in pixels from which a point is under the mouse."""
_TEXT_PIXELS = 11


class PlotView(QWidget):
    """Shows a LinePlot. One line can be highlighted; the others are faded then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = LinePlot((), (), ())
        self._theme = LIGHT
        self._highlighted = ""
        self.setMinimumHeight(160)

    def sizeHint(self) -> QSize:
        """Return the size that a plot should have."""
        return QSize(480, 220)

    def set_plot(self, plot: LinePlot) -> None:
        """Show another plot."""
        self._plot = plot
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def highlight(self, name: str) -> None:
        """Highlight the line with a name, or none if it is ""."""
        self._highlighted = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the grid, the texts of the ticks and the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame()
        self._draw_axes(painter, frame)
        for series in sorted(self._plot.series, key=lambda one: (one.name == self._highlighted, one.is_main)):
            self._draw_line(painter, frame, series)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Show the name and the values of the point under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tooltip(self._name_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _frame(self) -> PlotFrame:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return PlotFrame(self._plot, self.width(), self.height(), mirrored=mirrored)

    def _draw_axes(self, painter: QPainter, frame: PlotFrame) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        line, text = QColor(self._theme.line), QColor(self._theme.muted)
        if self._theme.high_contrast:
            line = mix(line, QColor(self._theme.window), 0.6)  # the grid must not hide the lines
        painter.setFont(sized(self.font(), _TEXT_PIXELS))
        for tick in self._plot.y_ticks:
            y = frame.y(tick.at)
            painter.setPen(QPen(line, 1))
            painter.drawLine(QLineF(frame.left, y, frame.right, y))
            painter.setPen(text)
            room = QRectF(frame.right + 8, y - 8, 44, 16) if mirrored else QRectF(0, y - 8, frame.left - 8, 16)
            side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, tick.text)
        for tick in self._plot.x_ticks:
            # A text at the edge is moved inwards, so that it is not cut off.
            width = painter.fontMetrics().horizontalAdvance(tick.text) + 4.0
            left = min(max(0.0, frame.x(tick.at) - width / 2), self.width() - width)
            painter.drawText(QRectF(left, frame.bottom + 6, width, 18), Qt.AlignmentFlag.AlignCenter, tick.text)

    def _draw_line(self, painter: QPainter, frame: PlotFrame, series: Series) -> None:
        colour = QColor(series.colours[self._theme.scheme])
        is_chosen = series.name == self._highlighted
        if self._highlighted and not is_chosen:
            colour = mix(colour, QColor(self._theme.window), 0.72)
        wide = 2.8 if series.is_main or is_chosen else 1.6
        points = [QPointF(frame.x(x), frame.y(y)) for x, y in series.points]
        painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            painter.drawEllipse(point, wide, wide)

    def _name_at(self, mouse: QPointF) -> str:
        frame = self._frame()
        near = [
            ((QPointF(frame.x(x), frame.y(y)) - mouse).manhattanLength(), series.name)
            for series in self._plot.series
            for x, y in series.points
        ]
        distance, name = min(near, default=(float(_NEAR), ""))
        return name if distance < _NEAR else ""
