"""What the bars with a field share: Escape leaves them, and they speak the language in use."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.base.retranslation import Retranslated


class ClosableBar(Retranslated, QWidget):
    """A bar with a field that can be cleared; a child says what leaving means, and writes its texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field; laying it out is the child's."""
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)

    @abstractmethod
    def leave(self) -> None:
        """Let the keyboard go back to where it came from."""

    @abstractmethod
    def retranslate(self) -> None:
        """Write every text in the language in use."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
