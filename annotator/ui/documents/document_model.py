"""A Qt model of the documents that reads them in pages, so that 100,000 documents open at once."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.storage.tables.document_rows import DocumentRow
from annotator.storage.tables.removals import RemovedDocument
from annotator.ui.base.i18n import date_text, digits, isolate
from annotator.ui.base.plain_text import tooltip

Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 100
_PAGES_KEPT = 12
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
OPEN_ROLE = Qt.ItemDataRole.UserRole + 2


class RowSource(Protocol):
    """A source of rows: the documents of a project as one annotator sees them."""

    def count(self) -> int:
        """Return how many documents there are."""

    def page(self, offset: int, limit: int) -> list[DocumentRow]:
        """Return up to limit rows from offset on."""

    def renewed(self, row: DocumentRow) -> DocumentRow:
        """Return a row with its counts as they are now."""


class DocumentModel(QAbstractListModel):
    """One row for each document; ROW_ROLE gives its DocumentRow, OPEN_ROLE whether it is the open one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: RowSource | None = None
        self._count = 0
        self._open = ""
        self._pages: OrderedDict[int, list[DocumentRow]] = OrderedDict()

    def set_source(self, source: RowSource | None) -> None:
        """Show the documents of a source, or none."""
        self.beginResetModel()
        self._source = source
        self._pages.clear()
        self._count = source.count() if source else 0
        self.endResetModel()

    def set_open(self, document_id: str) -> None:
        """Set the open document."""
        if document_id != self._open:
            self._open = document_id
            if self._count:
                self.dataChanged.emit(self.index(0), self.index(self._count - 1), [OPEN_ROLE])

    def grow(self) -> None:
        """Add rows for documents added at the end of the source."""
        now = self._source.count() if self._source else 0
        if now > self._count:
            self.beginInsertRows(QModelIndex(), self._count, now - 1)
            self._pages.pop(self._count // PAGE_ROWS, None)
            self._count = now
            self.endInsertRows()

    def is_out_of_step(self) -> bool:
        """Return True if the source has another number of documents than are shown."""
        return self._source is not None and self._source.count() != self._count

    def renew(self) -> None:
        """Reset the model to what the source has now."""
        self.set_source(self._source)

    def drop(self, row: int) -> None:
        """Remove a row that the source no longer has."""
        self.beginRemoveRows(QModelIndex(), row, row)
        self._forget_from(row)
        self._count -= 1
        self.endRemoveRows()

    def take_in(self, row: int) -> None:
        """Insert a row that the source has gained."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._forget_from(row)
        self._count += 1
        self.endInsertRows()

    def _forget_from(self, row: int) -> None:
        for number in [number for number in self._pages if number >= row // PAGE_ROWS]:
            del self._pages[number]

    def refresh(self, row: int) -> None:
        """Read a row again, because its counts changed."""
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if self._source is not None and page is not None and place < len(page):
            page[place] = self._source.renewed(page[place])
            self.dataChanged.emit(self.index(row), self.index(row))

    def refresh_all(self) -> None:
        """Read each page again when it is next shown."""
        self._pages.clear()
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def row_at(self, row: int) -> DocumentRow | None:
        """Return the document of a row."""
        if not 0 <= row < self._count or self._source is None:
            return None
        number, place = divmod(row, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._source.page(number * PAGE_ROWS, PAGE_ROWS)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def note_texts(self, row: DocumentRow) -> str:
        """Return the note of a document, and how many notes on spans and flags it has."""
        besides = row.notes - bool(row.note)
        said = [isolate(row.note)] if row.note else []
        if besides:
            said.append(digits(self.tr("%n note(s) on spans", "", besides)))
        if row.doubts:
            said.append(digits(self.tr("%n flag(s)", "", row.doubts)))
        return " · ".join(said)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of documents."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the row itself, or the text for screen readers."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(row)
        if role == ROW_ROLE:
            return row
        if role == OPEN_ROLE:
            return row.id == self._open
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (title_of(row), row.source, date_text(row.date), duplicate_text(row), self.note_texts(row))
            return " · ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                tooltip(
                    "\n".join(
                        filter(None, (row.title.strip() or title_of(row), duplicate_text(row), self.note_texts(row)))
                    )
                )
                or None
            )
        return None


def title_of(row: DocumentRow | RemovedDocument) -> str:
    """Return the title of a row; without one, the first words of the text, or "Untitled" if it has no words."""
    title = row.title if row.title.strip() else row.opening
    return " ".join(title.split()) or QCoreApplication.translate("documents", "Untitled")


def duplicate_text(row: DocumentRow) -> str:
    """Return which earlier article a row duplicates, or "" if none."""
    if not row.repeats:
        return ""
    return QCoreApplication.translate("documents", "Duplicate of: {0}").format(isolate(row.repeats_title))
