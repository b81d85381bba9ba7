"""The base class of the dialogs: what Enter does in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog


class Dialog(QDialog):
    """Enter presses the focused button; in a field it presses the default button.

    QDialog itself presses the default button even if a button with autoDefault off, a check box or a tool button
    has the focus. Enter on Cancel would then start an import or export.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter; pass every other key to Qt."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)
