"""Base of the bars that have a text field and close on Escape."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.base.retranslation import Retranslated


class ClosableBar(Retranslated, QWidget):
    """A bar with a text field; a subclass lays it out, sets its texts and says what closing does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        # Files are dropped on the window: a field would take their addresses as text.
        self.field.setAcceptDrops(False)

    @abstractmethod
    def leave(self) -> None:
        """Close the bar, and give the focus back."""

    @abstractmethod
    def retranslate(self) -> None:
        """Set every text in the current language."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
