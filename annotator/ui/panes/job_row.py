"""What goes on behind the work, one row for each kind: what it is, how far it has come, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.ui.plain_text import PlainLabel
from annotator.ui.retranslated import Retranslated
from annotator.ui.thin_bar import ThinBar

_WIDE, _NARROW = 160, 64
"""Of a bar that stands alone, and of one beside others, in device-independent pixels."""


class JobRow(Retranslated, QWidget):
    """Shows one job; stopAsked says that somebody wants it stopped."""

    stopAsked = Signal()  # noqa: N815

    def __init__(self, parent: QWidget) -> None:
        """Make the row of a job of which nothing is known yet."""
        super().__init__(parent)
        self.label, self.bar, self.stop = PlainLabel(self), ThinBar(self), QPushButton(self)
        self.stop.setObjectName("link")
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopAsked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.label, self.bar, self.stop):
            row.addWidget(widget)
        self.retranslate()

    def show_job(self, text: str, done: int, total: int) -> None:
        """Show how far the job has come; a total of 0 means that nobody knows, and there is no bar."""
        self.label.setText(text)
        self.stop.setAccessibleName(f"{self.stop.text()}: {text}")
        self.bar.show_progress(done, total)
        self.bar.setVisible(total > 0)

    def show_stopping(self) -> None:
        """Show that the job was asked to stop, and does so soon."""
        self.label.setText(self.tr("Stopping…"))
        self.bar.hide()
        self.stop.hide()

    def stand_alone(self, alone: bool) -> None:
        """Take more room where no other job is shown."""
        self.bar.setFixedWidth(_WIDE if alone else _NARROW)

    def retranslate(self) -> None:
        """Write the button in the language in use."""
        self.stop.setText(self.tr("Stop"))
