"""The header above the article: its number, source and date, its note, and the button that marks it as done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.domain.model.document import Document
from annotator.ui.base.i18n import date_text, digits, isolate, with_direction_mark
from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.notes.note_button import NoteButton
from annotator.ui.widgets.elided_label import ElidedLabel

_LEADING = 50
"""The number of characters, such as blank lines, that may precede a headline."""


class ArticleHeader(Retranslated, QWidget):
    """Shows facts about the open document, and the Done button.

    title is a label for the line below, so that the header has the same height for all documents.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place, self._total, self._is_removed = 0, 0, False
        self._document: Document | None = None
        self._is_done, self._left = False, 0
        self._where = PlainLabel(self)
        self._where.setObjectName("quiet")
        self._facts = ElidedLabel(self)
        self._facts.setObjectName("quiet")
        self.note_button = NoteButton(self)
        self.done = QPushButton(self)
        self.done.setObjectName("done")
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        kept = self.done.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.done.setSizePolicy(kept)
        self.title = PlainLabel(self)
        self.title.setObjectName("documentTitle")
        self.title.setWordWrap(True)
        self.title.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        # Qt hangs the space at the end of a line out of the label, and with it moves the line.
        self.title.setContentsMargins(24, 8, 24, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(self._where)
        row.addWidget(self._facts, 1)
        row.addWidget(self.note_button)
        row.addWidget(self.done)
        self.retranslate()

    def clear(self) -> None:
        """Show nothing, because no document is open."""
        self._document = None
        self.retranslate()

    def show_document(self, document: Document, place: int, total: int, *, is_removed: bool = False) -> None:
        """Show the facts of a document. place is its number in the list from 0, or -1 if it is not listed."""
        self._document, self._place, self._total, self._is_removed = document, place, total, is_removed
        self.retranslate()

    def show_done(self, is_done: bool) -> None:
        """Show whether the document is done."""
        if is_done != self._is_done:
            self._is_done = is_done
            self.retranslate()

    def show_left(self, left: int) -> None:
        """Show the key of the button once no suggestion is left to decide."""
        if bool(left) != bool(self._left):
            self._left = left
            self.retranslate()
        self._left = left

    def title_text(self) -> str:
        """Return the title that is shown, "" if the text of the article begins with it."""
        return self.title.text()

    @property
    def is_done(self) -> bool:
        """Return True if the document is shown as done."""
        return self._is_done

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        document = self._document
        title = document.title.strip() if document and not _begins_with_title(document) else ""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.done.setVisible(document is not None)
        self.note_button.setVisible(document is not None)
        key = "" if self._left else key_hint(self, "gestures.confirm")
        self.done.setText(self.tr("✓ Done") if self._is_done else with_key(self.tr("Done, next"), key))
        self.done.setProperty("isDone", self._is_done)
        self.done.style().unpolish(self.done)
        self.done.style().polish(self.done)
        if document is None:
            self._where.setText("")
            self._facts.setText("")
            return
        place = self.tr("{0} of {1}").format(digits(self._place + 1), digits(self._total))
        outside = self.tr("Removed from the project") if self._is_removed else self.tr("Not in the filtered list")
        self._where.setText(place if self._place >= 0 else outside)
        facts = (isolate(document.source) if document.source else "", date_text(document.date))
        self._facts.setText(with_direction_mark("  ·  ".join(fact for fact in facts if fact)))


def _begins_with_title(document: Document) -> bool:
    """Return True if the headline is in the text, where it is the largest line of the page."""
    title = " ".join(document.title.split())
    return " ".join(document.text[: 2 * len(document.title) + _LEADING].split()).startswith(title)
