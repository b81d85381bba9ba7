"""The base class of the dialogs: what Enter does in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog


class Dialog(QDialog):
    """Enter presses the focused button; in a field it presses the default button.

    QDialog itself presses the default button also when the focused button does not take Enter. Buttons with autoDefault
    off, check boxes and tool buttons do not, so that Enter on Cancel would import or export.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter, and leave every other key to Qt."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)
