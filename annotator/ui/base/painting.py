"""Drawing functions that the lists share: backgrounds of rows, lines of text, pills, ticks, keys and icons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QIcon, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle

from annotator.ui.base.theme import Theme

_ONE_LINE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_FROM_RIGHT = int(Qt.AlignmentFlag.AlignRight | _ONE_LINE)
_FROM_LEFT = int(Qt.AlignmentFlag.AlignLeft | _ONE_LINE)
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return a font with another height in device-independent pixels, semi-bold if asked."""
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def text_line(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str, *, rtl: bool = True) -> float:
    """Draw one line of text at the reading side of a box, elided if too long. Return its width."""
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    if width > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    painter.drawText(box, _FROM_RIGHT if rtl else _FROM_LEFT, text)
    return width


def row_ground(painter: QPainter, box: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    """Draw the background of a row under the mouse or selected, with a bar, as colour alone would not be enough."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(theme.selected))
        painter.fillRect(QRectF(box.right() - 3, box.top(), 3, box.height()), QColor(theme.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(theme.hover))


def pill(painter: QPainter, box: QRectF, text: str, font: QFont, ground: str, colour: str, edge: str = "") -> None:
    """Draw a short text centred on a rounded background, with a border if edge is a colour."""
    painter.setPen(QPen(QColor(edge), 1.0) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if edge else box
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    painter.setPen(QColor(colour))
    painter.setFont(font)
    painter.drawText(box, _CENTRED, text)


def tick(painter: QPainter, box: QRectF, colour: str) -> None:
    """Draw a tick that fills a square box."""
    path = QPainterPath(QPointF(box.left() + box.width() * 0.12, box.top() + box.height() * 0.55))
    path.lineTo(box.left() + box.width() * 0.40, box.top() + box.height() * 0.82)
    path.lineTo(box.left() + box.width() * 0.90, box.top() + box.height() * 0.20)
    pen = QPen(QColor(colour), max(1.6, box.width() / 8))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def swatch(painter: QPainter, box: QRectF, colour: str, *, solid: bool, skipped: bool = False, edge: str = "") -> None:
    """Draw the colour of a label as in the article: filled if confirmed, dashed if suggested, hatched if skipped.

    edge is the colour of the outline, by default that of the label.
    """
    line = QColor(edge or colour)
    fill = QColor(colour)
    fill.setAlphaF(0.85 if solid else 0.12)
    pen = QPen(line, 1.4)
    if not solid:
        pen.setDashPattern([1.0, 1.6] if skipped else [2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 3, 3)
    if skipped:
        painter.setPen(QPen(line, 1.2))
        for start, end in ((0.1, 0.65), (0.35, 0.9)):
            corner = QPointF(box.left() + box.width() * start, box.bottom() - box.height() * (1 - end))
            other = QPointF(box.left() + box.width() * end, box.top() + box.height() * start)
            painter.drawLine(corner, other)


def keycap(painter: QPainter, box: QRectF, text: str, font: QFont, line: str, colour: str) -> None:
    """Draw the outline of a key with its name, which reads left to right in both languages."""
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setPen(QPen(QColor(line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(QColor(colour))
    painter.setFont(font)
    painter.drawText(box, _CENTRED, text)


def tinted(icon: QIcon, size: QSize, colour: QBrush) -> QIcon:
    """Return an icon in one colour: Qt draws its arrows in black, even on a dark background."""
    drawn = icon.pixmap(size)
    painter = QPainter(drawn)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(drawn.rect(), colour)
    painter.end()
    return QIcon(drawn)
