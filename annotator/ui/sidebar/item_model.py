"""A Qt model of the items of the open document, in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.tagset.tagset import Tagset
from annotator.session import ReviewItem
from annotator.ui.base.item_text import accessible_text, note_summary, surface_of
from annotator.ui.base.list_diff import changed_part
from annotator.ui.base.plain_text import tooltip

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


class ItemModel(QAbstractListModel):
    """One row for each item; ITEM_ROLE gives the Item, the display role its text on one line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[ReviewItem] = []
        self._text = ""
        self._tagset: Tagset | None = None

    def set_document(self, text: str, tagset: Tagset | None) -> None:
        """Clear the items and set the text that the next ones are in."""
        self.beginResetModel()
        self._items, self._text, self._tagset = [], text, tagset
        self.endResetModel()

    def set_items(self, items: Sequence[ReviewItem]) -> tuple[list[ReviewItem], list[ReviewItem]]:
        """Show these items, and notify views only of the rows that changed. Return the removed and added items."""
        start, old_stop, new_stop = changed_part(self._items, items)
        gone, come = self._items[start:old_stop], list(items[start:new_stop])
        self._replace(start, old_stop, come)
        # Replace equal items too: the same object is compared at once next time.
        self._items[:] = items
        return gone, come

    def row_of(self, item: ReviewItem | None) -> int:
        """Return the row of an item, or -1."""
        if item is None:
            return -1
        row = bisect_left(self._items, item.order(), key=ReviewItem.order)
        if row < len(self._items) and _same(self._items[row], item):
            return row
        return next((row for row, other in enumerate(self._items) if _same(other, item)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, the item itself, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return surface_of(item, self._text)
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_text(item, self._text, self._tagset)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(note_summary(item)) or None
        return None

    def _replace(self, start: int, stop: int, new: list[ReviewItem]) -> None:
        shared = min(stop - start, len(new))
        if shared:
            self._items[start : start + shared] = new[:shared]
            self.dataChanged.emit(self.index(start), self.index(start + shared - 1))
        if stop - start > shared:
            self.beginRemoveRows(QModelIndex(), start + shared, stop - 1)
            del self._items[start + shared : stop]
            self.endRemoveRows()
        elif len(new) > shared:
            self.beginInsertRows(QModelIndex(), start + shared, start + len(new) - 1)
            self._items[start + shared : start + shared] = new[shared:]
            self.endInsertRows()


def _same(one: ReviewItem, other: ReviewItem) -> bool:
    """Return True if two items are the same one, even with another span or label."""
    return one.key == other.key and one.is_suggestion == other.is_suggestion
