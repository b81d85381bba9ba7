"""The marks for how far an annotator is with an article: a disc, a half disc or a ring."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.team.work_state import WorkState
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.team.progress_models import STATE_ROLE

MARK = 16
"""The width of the icon of a mark in device-independent pixels."""
_DIAMETER = 12


def draw_state(painter: QPainter, centre: QPointF, state: WorkState, theme: Theme) -> None:
    """Draw the mark of a state: full for done, half full for begun, empty for to do. They differ by shape."""
    colour = {
        WorkState.FINISHED: theme.good,
        WorkState.BEGUN: theme.accent,
        WorkState.UNTOUCHED: theme.faint,
        WorkState.NONE: "",
    }[state]
    if not colour:
        return
    half = _DIAMETER / 2
    disc = QRectF(centre.x() - half, centre.y() - half, _DIAMETER, _DIAMETER)
    painter.setPen(QPen(QColor(colour), 1.6))
    painter.setBrush(QColor(colour) if state is WorkState.FINISHED else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if state is WorkState.BEGUN:
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(disc, -90 * 16, 180 * 16)


def state_icon(state: WorkState, theme: Theme, ratio: float) -> QIcon:
    """Return the mark of a state as an icon for a screen of a pixel ratio."""
    picture = QPixmap(QSize(MARK, MARK) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_state(painter, QPointF(MARK / 2, MARK / 2), state, theme)
    painter.end()
    return QIcon(picture)


class StateDelegate(QStyledItemDelegate):
    """Draws the cells of a table, with the mark of a state in the middle of those that have one."""

    theme: Theme = LIGHT

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell, then the mark."""
        super().paint(painter, option, index)
        state = index.data(STATE_ROLE)
        if state:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_state(painter, QRectF(option.rect).center(), WorkState(state), self.theme)
            painter.restore()
