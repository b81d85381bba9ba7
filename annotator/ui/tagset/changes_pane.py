"""The changes of a tagset before they are applied: how many, what each concerns, why one cannot be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from annotator.domain.tagset.changes import TagsetChange
from annotator.domain.tagset.draft import TagsetDraft
from annotator.storage.tables.label_usage import LabelUsage
from annotator.ui.base.i18n import digits, with_direction_mark
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.tagset.messages import change_lines

_LOWEST, _HIGHEST = 40, 148


class ChangesPane(QWidget):
    """A headline and a line for each change, with a message above them if there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.problem = PlainLabel(self), PlainLabel(self)
        self.problem.setObjectName("notice")
        self.headline.setObjectName("counter")
        for label in (self.headline, self.problem):
            label.setWordWrap(True)
        self.lines = QTextBrowser(self)
        self.lines.setObjectName("preview")
        self.lines.document().setDocumentMargin(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.problem, self.headline, self.lines):
            column.addWidget(widget)
        self.show_message("")

    def show_changes(
        self, begun: TagsetDraft, changes: Sequence[TagsetChange], uses: Mapping[str, LabelUsage] | None, quiet: str
    ) -> int:
        """Show changes and return their number; uses are None while they are counted.

        quiet is the colour of what they concern, "#rrggbb".
        """
        self.lines.setAccessibleName(self.tr("Changes"))
        said = change_lines(begun, changes, uses, quiet)
        head = self.tr("%n change(s)", "", len(said)) if said else self.tr("No changes yet.")
        self.headline.setText(with_direction_mark(digits(head)))
        option = self.lines.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        self.lines.document().setDefaultTextOption(option)
        self.lines.setHtml("".join(f'<p style="margin: 3px 0">{with_direction_mark(line)}</p>' for line in said))
        self.lines.setVisible(bool(said))
        self._fit()
        return len(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the lines the height that they need, up to a limit; beyond it they scroll."""
        self.lines.document().setTextWidth(self.lines.viewport().width())
        wanted = round(self.lines.document().size().height()) + 2 * self.lines.frameWidth() + 2
        self.lines.setFixedHeight(max(_LOWEST, min(wanted, _HIGHEST)))

    def show_message(self, text: str) -> None:
        """Show a message, or none."""
        self.problem.setText(with_direction_mark(text))
        self.problem.setVisible(bool(text))

    def text(self) -> str:
        """Return the changes as plain text, one on each line."""
        return self.lines.toPlainText()
