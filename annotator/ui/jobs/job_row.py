"""What goes on behind the work, one row for each kind: what it is, how far it has come, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.widgets.progress_bar import ProgressBar

_WIDE, _NARROW = 160, 64
"""Of a bar that stands alone, and of one beside others, in device-independent pixels."""


class JobRow(Retranslated, QWidget):
    """Shows one job; stopAsked says that somebody wants it stopped."""

    stopAsked = Signal()  # noqa: N815

    def __init__(self, parent: QWidget) -> None:
        """Make the row of a job of which nothing is known yet."""
        super().__init__(parent)
        self._said: Callable[[], str] = lambda: ""
        self.label, self.bar, self.stop = PlainLabel(self), ProgressBar(self), QPushButton(self)
        self.stop.setObjectName("link")
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopAsked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.label, self.bar, self.stop):
            row.addWidget(widget)
        self.retranslate()

    def show_job(self, said: Callable[[], str], done: int, total: int) -> None:
        """Show how far the job has come; a total of 0 means that nobody knows, and there is no bar.

        said returns what is done, in the language in use.
        """
        self._said = said
        self.retranslate()
        self.bar.show_progress(done, total)
        self.bar.setVisible(total > 0)

    def show_stopping(self) -> None:
        """Show that the job was asked to stop, and does so soon."""
        self._said = lambda: self.tr("Stopping…")
        self.retranslate()
        self.bar.hide()
        self.stop.hide()

    def stand_alone(self, alone: bool) -> None:
        """Take more room where no other job is shown."""
        self.bar.setFixedWidth(_WIDE if alone else _NARROW)

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self.stop.setText(self.tr("Stop"))
        self.label.setText(self._said())
        self.stop.setAccessibleName(f"{self.stop.text()}: {self.label.text()}")
