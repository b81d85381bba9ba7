"""The filter above the document list: title words, a panel with all other criteria, and a summary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress
from annotator.ui.base.i18n import date_text, digits, isolate, with_direction_mark
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.documents.filter_panel import FilterPanel
from annotator.ui.widgets.closable_bar import ClosableBar

_PATIENCE_MS = 250
"""The delay after the last letter, so that not every letter filters the list."""


class FilterBar(ClosableBar):
    """Emits the requested DocumentFilter. left says that the focus may return to the article.

    strip is the summary of the filter, hidden if there is none; the owner places it.
    """

    asked = Signal(object)
    left = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = DocumentFilter()
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self.apply)
        self.field.setObjectName("filter")
        self.field.textEdited.connect(lambda _text: self._soon.start())
        self.field.returnPressed.connect(self.leave)
        self.more = QPushButton(self)
        self.more.setObjectName("more")
        self.more.setCheckable(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.toggled.connect(self._unfold)
        self.panel = FilterPanel(self)
        self.panel.changed.connect(self.apply)
        self.panel.hide()
        self._said = PlainLabel(self)
        self._said.setWordWrap(True)
        self._clear = QPushButton(self)
        self._clear.setObjectName("link")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self.retranslate()

    def show_filter(self, asked: DocumentFilter, sources: Sequence[tuple[str, int]], people: Mapping[str, str]) -> None:
        """Show a filter, the sources with their counts, and who was handed out articles, without emitting it."""
        self._filter = asked
        self._soon.stop()
        if self.field.text() != asked.words:
            self.field.setText(asked.words)
        self.panel.show_filter(asked, sources, people)
        self._show_summary()

    def open(self) -> None:
        """Focus the field or, if it has the focus, the panel."""
        if self.field.hasFocus():
            self.more.setChecked(True)
            self.panel.begin()
        else:
            self.field.setFocus()
            self.field.selectAll()

    def clear(self) -> None:
        """Clear the filter."""
        self._ask(DocumentFilter())

    def apply(self) -> None:
        """Apply the field and the panel."""
        self._soon.stop()
        self._ask(replace(self.panel.filter(), words=self.field.text()))

    def said(self) -> str:
        """Return the summary of the filter, or ""."""
        return self._said.text()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.field.setPlaceholderText(self.tr("Search titles"))
        self.field.setAccessibleName(self.tr("Filter articles by title"))
        self.more.setText(self.tr("Filter"))
        set_tooltip(self.more, self.tr("Filter articles"))
        self._clear.setText(self.tr("Show all"))
        self._show_summary()

    def _ask(self, asked: DocumentFilter) -> None:
        if asked != self._filter:
            self._filter = asked
            self.asked.emit(asked)

    def leave(self) -> None:
        """Apply the field, close the panel and release the focus."""
        self.apply()
        self.more.setChecked(False)
        self.left.emit()

    def _unfold(self, is_open: bool) -> None:
        if is_open:
            self.opened.emit()
        self.panel.setVisible(is_open)
        self._show_summary()

    def _show_summary(self) -> None:
        said = digits(" · ".join(self._parts()))
        self._said.setText(with_direction_mark(said) if said else "")
        self.strip.setVisible(self._filter.is_on)
        self.more.setProperty("isOn", self._filter.is_on)
        self.more.style().unpolish(self.more)
        self.more.style().polish(self.more)

    def _parts(self) -> list[str]:
        asked = self._filter
        names = {
            Progress.NOTHING: self.tr("to do"),
            Progress.DOING: self.tr("in progress"),
            Progress.DONE: self.tr("done"),
        }
        said = [self.tr(" or ").join(names[each] for each in Progress if each in asked.progress)]
        said += [
            text
            for wanted, text in (
                (asked.doubtful, self.tr("flagged")),
                (asked.noted, self.tr("with notes")),
                (asked.pending, self.tr("with suggestions")),
            )
            if wanted
        ]
        said += [self._whose(asked.whose), isolate(asked.source), self._dates(asked.since, asked.until)]
        if asked.words.strip():
            said.append(f"«{isolate(asked.words.strip())}»")
        return [part for part in said if part]

    def _whose(self, whose: str) -> str:
        if whose in (MINE, UNBEGUN):
            return self.tr("mine") if whose == MINE else self.tr("not begun by anybody")
        return self.tr("assigned to {0}").format(isolate(self.panel.people.get(whose, ""))) if whose else ""

    def _dates(self, since: datetime.date | None, until: datetime.date | None) -> str:
        first, last = (isolate(date_text(day)) for day in (since, until))
        if first and last:
            return self.tr("{0} to {1}").format(first, last)
        if first:
            return self.tr("from {0}").format(first)
        return self.tr("up to {0}").format(last) if last else ""

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(13, 0, 13, 8)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.more)
        self.strip = QWidget(self)
        self.strip.setObjectName("filtered")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip = QHBoxLayout(self.strip)
        strip.setContentsMargins(14, 6, 14, 6)
        strip.setSpacing(8)
        strip.addWidget(self._said, 1)
        strip.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.panel)
