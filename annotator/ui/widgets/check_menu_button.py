"""A button that opens a menu of things to tick, and shows like a box to choose from what is ticked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from annotator.ui.base.plain_text import set_tooltip

_BEFORE, _BEHIND = 10, 30
"""The room before the words, and behind them, where the arrow stands, in device-independent pixels."""


class CheckMenuButton(QPushButton):
    """Writes from the side where reading begins; what has no room ends in … and stands whole in the tooltip."""

    def __init__(self, parent: QWidget) -> None:
        """Make a button without a menu."""
        super().__init__(parent)
        self.setObjectName("choice")
        self.setAutoDefault(False)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._tell_all()

    def shown(self) -> str:
        """Return what there is room for."""
        room = self.width() - _BEFORE - _BEHIND
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:
        """Ask for no more room than a few names take, however many are ticked."""
        return QSize(200, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Be content with little."""
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show all of it in the tooltip where it is cut now."""
        super().resizeEvent(event)
        self._tell_all()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button, and the words on it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box = self.rect().adjusted(*((_BEHIND, 0, -_BEFORE, 0) if rtl else (_BEFORE, 0, -_BEHIND, 0)))
        painter.setLayoutDirection(self.layoutDirection())
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(box, int(flags), self.shown())
        painter.end()

    def _tell_all(self) -> None:
        """Set the tooltip."""
        set_tooltip(self, "" if self.shown() == self.text() else self.text())
