"""Find words in the open article, ignoring diacritics and forms of alef."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.domain.model.span import Span
from annotator.text.normalise import Normalised, normalise
from annotator.ui.base.i18n import digits
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.widgets.closable_bar import ClosableBar


class FindBar(ClosableBar):
    """A search field with a count. matched carries the spans, and the number of the current one or -1."""

    matched = Signal(object, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._normalised: Normalised | None = None
        self._text = ""
        self._spans: list[Span] = []
        self._at = -1
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.next)
        self._count = PlainLabel(self)
        self._count.setObjectName("quiet")
        self._back = QPushButton(self)
        self._back.clicked.connect(self.previous)
        self._on = QPushButton(self)
        self._on.clicked.connect(self.next)
        self._shut = QPushButton(self)
        self._shut.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for widget in (self._count, self._back, self._on, self._shut):
            row.addWidget(widget)
        self.retranslate()
        self.hide()

    def set_text(self, text: str) -> None:
        """Set the text to search."""
        self._text, self._normalised = text, None
        if self.isVisible():
            self._search()

    def open(self) -> None:
        """Show the bar and focus its field."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    def leave(self) -> None:
        """Hide the bar and clear the matches."""
        self.hide()
        self._spans, self._at = [], -1
        self.matched.emit([], -1)
        self.closed.emit()

    def next(self) -> None:
        """Go to the next match."""
        self._step(1)

    def previous(self) -> None:
        """Go to the previous match."""
        self._step(-1)

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.field.setPlaceholderText(self.tr("Find in article"))
        self.field.setAccessibleName(self.tr("Find in article"))
        self._back.setText(self.tr("Previous"))
        self._on.setText(self.tr("Next"))
        self._shut.setText(self.tr("Close"))
        self._show_count()

    def _search(self) -> None:
        wanted = normalise(self.field.text()).text.strip()
        self._spans = []
        if wanted:
            if self._normalised is None:
                self._normalised = normalise(self._text)
            where = self._normalised.text.find(wanted)
            while where >= 0:
                self._spans.append(self._normalised.span(where, where + len(wanted)))
                where = self._normalised.text.find(wanted, where + len(wanted))
        self._at = 0 if self._spans else -1
        self._show_count()
        self.matched.emit(list(self._spans), self._at)

    def _step(self, by: int) -> None:
        if not self.isVisible():
            self.open()
        elif self._spans:
            self._at = (self._at + by) % len(self._spans)
            self._show_count()
            self.matched.emit(list(self._spans), self._at)

    def _show_count(self) -> None:
        if not self.field.text().strip():
            self._count.setText("")
        elif not self._spans:
            self._count.setText(self.tr("Not found"))
        else:
            self._count.setText(self.tr("{0} of {1}").format(digits(self._at + 1), digits(len(self._spans))))
