"""The documents in the order and under the filter that one annotator works with.

Without a filter they are read from the project page by page. With a filter they are a list that is made once, so that
nothing jumps while the annotator decides. A document that stops matching leaves the list when the annotator moves on.
One that did not match when it was opened, or when the filter was set, is not in the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from annotator.storage.tables.document_rows import DocumentRow

_CHUNK = 50
"""How many documents are asked about at first; twice as many each time."""


class DocumentQueue:
    """The documents to go through, each at a position from 0."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.order = DocumentOrder.IMPORTED
        self.filter = DocumentFilter()
        self._ids: list[str] | None = None
        self._stays = ""

    @property
    def is_filtered(self) -> bool:
        """Return True if a filter is on."""
        return self._ids is not None

    @property
    def matching(self) -> int:
        """Return how many documents match the filter; all without one."""
        return self.total() if self._ids is None else len(self._ids) - bool(self._stays)

    def total(self) -> int:
        """Return how many documents the project has."""
        return self._project.documents.count()

    def count(self) -> int:
        """Return the number of positions: the matching documents, and the open one if it no longer matches."""
        return self.total() if self._ids is None else len(self._ids)

    def arrange(self, order: DocumentOrder, asked: DocumentFilter, viewer: Viewer, open_document: str = "") -> None:
        """Set the order and the filter. If the filter is the same, the open document keeps its position."""
        stays = open_document if asked == self.filter and open_document in (self._ids or ()) else ""
        self.order, self.filter, self._stays = order, asked, ""
        if not asked.is_on:
            self._ids = None
            return
        found = self._project.filtered_documents
        self._ids = found.ids(asked, order, viewer)
        if stays and stays not in self._ids:
            self._ids = found.in_order([*self._ids, stays], order)
            self._stays = stays if stays in self._ids else ""

    def page(self, offset: int, limit: int, viewer: Viewer) -> list[DocumentRow]:
        """Return the rows of at most limit documents from a position on, as Documents.page() does."""
        documents, see = self._project.documents, (viewer.annotator, viewer.threshold)
        if self._ids is None:
            return documents.page(offset, limit, *see, self.order, viewer.reliability)
        return documents.rows(self._ids[offset : offset + limit], *see, viewer.reliability)

    def at(self, place: int) -> str | None:
        """Return the document at a position, or None."""
        if place < 0:
            return None
        ids = self._project.documents.page_ids(place, 1, self.order) if self._ids is None else self._ids[place:][:1]
        return ids[0] if ids else None

    def some(self, places: Sequence[int]) -> list[str]:
        """Return the documents at some positions, given in order."""
        if self._ids is not None:
            return [self._ids[place] for place in places if place < len(self._ids)]
        if not places:
            return []
        first = places[0]
        ids = self._project.documents.page_ids(first, places[-1] + 1 - first, self.order)
        return [ids[place - first] for place in places if place - first < len(ids)]

    def position(self, document_id: str) -> int:
        """Return the position of a document; raises KeyError if it has none."""
        if self._ids is None:
            return self._project.documents.position(document_id, self.order)
        try:
            return self._ids.index(document_id)
        except ValueError:
            raise KeyError(document_id) from None

    def neighbour(self, document_id: str, by: int) -> str | None:
        """Return the document a number of positions after another, before it if by is negative; None beyond the ends.

        For a document that is not in the list, positions are counted from where it would be.
        """
        try:
            return self.at(self.position(document_id) + by)
        except KeyError:
            place = self._place_in_between(document_id)
            return None if place is None else self.at(place + by - (by > 0))

    def next_unfinished(self, document_id: str, annotator_id: str) -> str | None:
        """Return the next document that an annotator did not mark as done, from the beginning after the last.

        None if all others are done.
        """
        try:
            place = self.position(document_id)
        except KeyError:
            place = -1
        total = self.count()
        for first, stop in ((place + 1, total), (0, place)):
            size = _CHUNK
            while first < stop:
                ids = self.some(range(first, min(first + size, stop)))
                done = self._project.contributions.done(ids)
                found = next((each for each in ids if annotator_id not in done.get(each, ())), None)
                if found is not None:
                    return found
                first, size = first + size, size * 2
        return None

    def admit(self, document_id: str, viewer: Viewer) -> bool:
        """Add a document that is opened, if it matches the filter; return True if it was added."""
        if self._ids is None or document_id in self._ids or not self._matches(document_id, viewer):
            return False
        self._ids = self._project.filtered_documents.in_order([*self._ids, document_id], self.order)
        return True

    def leave(self, document_id: str, viewer: Viewer) -> int | None:
        """Check a document again after the annotator has moved on; return the position that it lost, or None."""
        if self._ids is None or document_id not in self._ids:
            return None
        self._stays = "" if self._stays == document_id else self._stays
        if self._matches(document_id, viewer):
            return None
        place = self._ids.index(document_id)
        del self._ids[place]
        return place

    def _place_in_between(self, document_id: str) -> int | None:
        """Return how many listed documents come before an unlisted one; None if the project lacks it."""
        if self._ids is not None:
            ids = self._project.filtered_documents.in_order([*self._ids, document_id], self.order)
            return ids.index(document_id) if document_id in ids else None
        try:
            return self._project.documents.count_before(document_id, self.order)
        except KeyError:
            return None

    def _matches(self, document_id: str, viewer: Viewer) -> bool:
        return bool(self._project.filtered_documents.ids(self.filter, self.order, viewer, among=[document_id]))
