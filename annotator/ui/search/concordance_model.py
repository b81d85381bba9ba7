"""The hits of a search as a list that is fetched page by page when the user scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.domain.model.annotation import Annotator
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.concordance import Hit
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow, accessible_row_text
from annotator.ui.base.i18n import isolate
from annotator.ui.base.item_text import label_name

Index = QModelIndex | QPersistentModelIndex


class ConcordanceModel(QAbstractListModel):
    """One row for each hit; wanted asks for the next page."""

    wanted = Signal()

    def __init__(self, tagset: Tagset, me: str, people: Iterable[Annotator], parent: QObject | None = None) -> None:
        """Make an empty list; me is the id of the annotator, people are all annotators."""
        super().__init__(parent)
        self._tagset = tagset
        self._me = me
        self._names = {person.id: person.name for person in people}
        self._hits: list[Hit] = []
        self._is_more = False

    @property
    def hits(self) -> Sequence[Hit]:
        """Return the fetched hits in the order of the rows."""
        return self._hits

    def set_tagset(self, tagset: Tagset) -> None:
        """Show the hits by the names of another tagset."""
        self._tagset = tagset
        self.replace(self._hits)

    def clear(self) -> None:
        """Remove all hits."""
        self.beginResetModel()
        self._hits, self._is_more = [], False
        self.endResetModel()

    def add(self, hits: Sequence[Hit], *, is_more: bool) -> None:
        """Add a page at the end; is_more is True if there may be another."""
        self._is_more = is_more
        if hits:
            self.beginInsertRows(QModelIndex(), len(self._hits), len(self._hits) + len(hits) - 1)
            self._hits.extend(hits)
            self.endInsertRows()

    def replace(self, hits: Sequence[Hit]) -> None:
        """Show the hits after an edit, row for row, unless some have gone."""
        if len(hits) != len(self._hits):
            self.beginResetModel()
            self._hits = list(hits)
            self.endResetModel()
        elif hits:
            self._hits = list(hits)
            self.dataChanged.emit(self.index(0), self.index(len(hits) - 1))

    def canFetchMore(self, parent: Index) -> bool:
        """Return True if there may be another page."""
        return self._is_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page, once."""
        if self.canFetchMore(parent):
            self._is_more = False
            self.wanted.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of fetched hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the keyword, the row to paint, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.context.word
        if role == KWIC_ROLE:
            return self._row(hit)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_row_text(self._row(hit))
        return None

    def _row(self, hit: Hit) -> KwicRow:
        """Return how to paint a hit: in the colour of its label, dashed if the annotation covers another span."""
        held = hit.held
        if held is None:
            return KwicRow(hit.context, hit.title)
        note = label_name(held.label, self._tagset)
        if held.annotator != self._me:
            note = f"{note} · {isolate(self._names.get(held.annotator, held.annotator))}"
        return KwicRow(hit.context, hit.title, note, held.label, solid=held.span == hit.span)
