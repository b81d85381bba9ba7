"""A button that looks like a combo box and opens a menu of check boxes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from annotator.ui.base.plain_text import set_tooltip

_BEFORE, _BEHIND = 10, 30
"""Margins before the text, and after it where the arrow is, in device-independent pixels."""


class CheckMenuButton(QPushButton):
    """Shows the checked entries; text that does not fit is elided, and then complete in the tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setAutoDefault(False)

    def setText(self, text: str) -> None:
        """Set the text."""
        super().setText(text)
        self._update_tooltip()

    def shown(self) -> str:
        """Return the text as it is elided now."""
        room = self.width() - _BEFORE - _BEHIND
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:
        """Return a width for a few entries, however many are checked."""
        return QSize(200, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return a small width, so that the button never widens its dialog."""
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Update the tooltip."""
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button without text, and the elided text on it."""
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

    def _update_tooltip(self) -> None:
        set_tooltip(self, "" if self.shown() == self.text() else self.text())
