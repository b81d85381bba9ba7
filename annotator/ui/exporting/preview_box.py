"""The preview of an export: how many annotations are exact, and the first lines of the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.services.exporting.report import ExportReport
from annotator.ui.base.i18n import with_direction_mark
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.exporting.messages import count_lines
from annotator.ui.widgets.form import hint_label
from annotator.ui.widgets.progress_bar import ProgressBar


class PreviewBox(QWidget):
    """Shows counts, progress and lines; stopRequested and restartRequested stop and restart the counting."""

    stopRequested = Signal()
    restartRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.exact, self.lost = PlainLabel(self), hint_label("", self)
        self.bar = ProgressBar(self)
        self.stop, self.again = QPushButton(self.tr("Stop"), self), QPushButton(self.tr("Count"), self)
        self.lines = QPlainTextEdit(self)
        self.stop.clicked.connect(self.stopRequested)
        self.again.clicked.connect(self.restartRequested)
        self._lay_out()
        self.show_working(False)

    def show_counts(self, report: ExportReport) -> None:
        """Show how many annotations will be exact, and why others will not."""
        exact, *lost = count_lines(report)
        self.exact.setText(with_direction_mark(exact))
        self.lost.setText("\n".join(map(with_direction_mark, lost)))
        self.show_working(False)
        self.again.hide()

    def show_problem(self, said: str) -> None:
        """Show why nothing can be exported."""
        self.exact.setText("")
        self.lost.setText(with_direction_mark(said))
        self.lines.setPlainText("")
        self.show_working(False)
        self.again.hide()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many articles have been counted."""
        self.bar.show_progress(done, total)

    def show_working(self, works: bool) -> None:
        """Show that the counting runs, or that it was stopped."""
        if works:
            self.exact.setText(self.tr("Counting…"))
            self.lost.setText("")
            self.bar.show_progress(0, 0)
        for widget in (self.bar, self.stop):
            widget.setVisible(works)
        self.again.hide()

    def show_stopped(self) -> None:
        """Say that nothing was counted, and offer to count."""
        self.show_working(False)
        self.exact.setText(self.tr("Not counted."))
        self.again.show()

    def show_lines(self, lines: Sequence[str], right_to_left: bool) -> None:
        """Show the first lines of the file; tables of words are aligned at the right."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LayoutDirectionAuto
        option.setTextDirection(direction)
        option.setTabStopDistance(160)
        if right_to_left:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.lines.document().setDefaultTextOption(option)
        self.lines.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        shown = (f"\u200e{line}" if line.startswith("#") else line for line in lines)
        self.lines.setPlainText("\n".join(shown) or self.tr("This format has no text preview."))

    def show_nothing(self) -> None:
        """Say that the file would be empty."""
        self.lines.setPlainText(self.tr("No article matches. The file would be empty."))

    def _lay_out(self) -> None:
        self.exact.setObjectName("counter")
        self.exact.setWordWrap(True)
        self.stop.setObjectName("link")
        self.again.setObjectName("link")
        for button in (self.stop, self.again):
            button.setAutoDefault(False)
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setObjectName("lines")
        self.lines.setAccessibleName(self.tr("First lines of the file"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.exact)
        column.addWidget(self.lost)
        column.addLayout(row)
        column.addWidget(self.lines, 1)
