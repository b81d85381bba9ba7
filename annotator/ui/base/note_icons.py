"""The icons of notes and flags, as drawn in lists, tags and the header."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

SIGN = 11.0
"""The height and width of the icons in lists, in device-independent pixels."""


def bubble(painter: QPainter, box: QRectF, colour: QColor | str) -> None:
    """Draw the icon of a note, a small speech bubble, in a square box."""
    unit = box.width() / 12
    path = QPainterPath()
    path.addRoundedRect(QRectF(box.left(), box.top() + unit, 12 * unit, 8 * unit), 2.2 * unit, 2.2 * unit)
    tail = QPainterPath(QPointF(box.right() - 2.6 * unit, box.top() + 8 * unit))
    tail.lineTo(box.right() - 3.2 * unit, box.top() + 12 * unit)
    tail.lineTo(box.right() - 7 * unit, box.top() + 8 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPath(path.united(tail))


def flag(painter: QPainter, box: QRectF, colour: QColor | str) -> None:
    """Draw the icon of a flag in a square box."""
    unit = box.width() / 12
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(box.right() - 2.4 * unit, box.top(), 1.6 * unit, 12 * unit), 0.8 * unit, 0.8 * unit)
    cloth = QPainterPath(QPointF(box.right() - 2.4 * unit, box.top() + 0.6 * unit))
    cloth.lineTo(box.left() + 0.4 * unit, box.top() + 0.6 * unit)
    cloth.lineTo(box.left() + 2.6 * unit, box.top() + 3.8 * unit)
    cloth.lineTo(box.left() + 0.4 * unit, box.top() + 7 * unit)
    cloth.lineTo(box.right() - 2.4 * unit, box.top() + 7 * unit)
    cloth.closeSubpath()
    painter.drawPath(cloth)


def draw_note_icons(
    painter: QPainter,
    left: float,
    middle: float,
    colours: tuple[QColor | str, QColor | str],
    *,
    note: bool,
    doubt: bool,
    size: float = SIGN,
) -> float:
    """Draw the icons of a note and a flag side by side from left on, and return the width used.

    colours are those of the note and of the flag; middle is the y of their centre.
    """
    used = 0.0
    for wanted, draw, colour in ((note, bubble, colours[0]), (doubt, flag, colours[1])):
        if wanted:
            draw(painter, QRectF(left + used, middle - size / 2, size, size), colour)
            used += size + size / 3
    return used
