"""The page that shows how a long task ended, as sentences and details that can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.ui.base.i18n import with_direction_mark
from annotator.ui.base.plain_text import PlainLabel


class ResultPage(QWidget):
    """Shows sentences and details; more buttons can be added to the layout buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.details = PlainLabel(self), QPlainTextEdit(self)
        self.copy = QPushButton(self.tr("Copy text"), self)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setObjectName("licence")
        self.details.setAccessibleName(self.tr("Details"))
        self._links = QVBoxLayout()
        self._links.setSpacing(4)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addWidget(self.copy)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.said)
        column.addWidget(self.details, 1)
        column.addLayout(self._links)
        column.addLayout(self.buttons)
        column.addStretch(0)

    def show_end(self, said: Sequence[str], details: Sequence[str] = ()) -> None:
        """Show how a task ended: each sentence and each detail on its own line."""
        self.said.setText("\n".join(map(with_direction_mark, said)))
        self.details.setPlainText("\n".join(map(with_direction_mark, details)))
        self.details.setVisible(bool(details))

    def add_above_buttons(self, button: QPushButton) -> None:
        """Add a button on a line of its own, at the start, between the text and the buttons."""
        self._links.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def text(self) -> str:
        """Return all text of the page."""
        return "\n".join((self.said.text(), self.details.toPlainText())).strip()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text())
