"""A Qt model of the notes that reads them in pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.tagset.tagset import Tagset
from annotator.storage.queries.note_index import NoteEntry
from annotator.ui.base.i18n import isolate
from annotator.ui.base.item_text import label_name
from annotator.ui.base.plain_text import tooltip

Index = QModelIndex | QPersistentModelIndex

REMARK_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE_ROWS = 100
_PAGES_KEPT = 12


class NoteModel(QAbstractListModel):
    """One row for each note; REMARK_ROLE gives the NoteEntry."""

    def __init__(self, read: Callable[[Sequence[int]], dict[int, NoteEntry]], tagset: Tagset, parent: QObject) -> None:
        """Create an empty list; read returns the notes with some numbers."""
        super().__init__(parent)
        self._read = read
        self.tagset = tagset
        self._numbers: list[int] = []
        self._pages: OrderedDict[int, dict[int, NoteEntry]] = OrderedDict()

    def set_numbers(self, numbers: list[int]) -> None:
        """Show the notes with these numbers; if they are the same, only read them again."""
        self._pages.clear()
        if numbers == self._numbers:
            if numbers:
                self.dataChanged.emit(self.index(0), self.index(len(numbers) - 1))
            return
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def remark(self, row: int) -> NoteEntry | None:
        """Return the note of a row, or None if it was removed."""
        if not 0 <= row < len(self._numbers):
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            wanted = self._numbers[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
            page = self._pages[number] = self._read(wanted)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page.get(self._numbers[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of notes."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of the note, the NoteEntry, or the text for screen readers."""
        remark = self.remark(index.row()) if index.isValid() else None
        if remark is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(remark)
        if role == REMARK_ROLE:
            return remark
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(remark.text) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            doubt = QCoreApplication.translate("notes", "flagged") if remark.doubtful and remark.text else ""
            parts = (words_of(remark), doubt, subject_of(remark, self.tagset), remark.title, remark.annotator.name)
            return " · ".join(part for part in parts if part)
        return None


def words_of(remark: NoteEntry) -> str:
    """Return the note on one line; for a flag without a note, the word for a flag."""
    return " ".join(remark.text.split()) or QCoreApplication.translate("notes", "flagged")


def subject_of(remark: NoteEntry, tagset: Tagset) -> str:
    """Return what a note is on: the span with its label, or the article."""
    if remark.span:
        return f"{isolate(remark.surface)} — {label_name(remark.label, tagset)}"
    if remark.key:
        return QCoreApplication.translate("notes", "a removed span")
    return QCoreApplication.translate("notes", "the article")
