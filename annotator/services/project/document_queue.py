"""The queue: the documents in the order, and under the filter, that one annotator works by.

Without a filter it is read from the project page by page. Under a filter it is a list made once and then kept still,
so that nothing jumps while one decides: a document that stops matching leaves it when one has moved on. A document that
did not match when it was opened, or when the filter came, is not in the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from annotator.storage.tables.document_rows import DocumentRow


class DocumentQueue:
    """The documents that one goes through, each at a place from 0."""

    def __init__(self, project: Project) -> None:
        """Hold all documents in the order of import."""
        self._project = project
        self.order = DocumentOrder.IMPORTED
        self.filter = DocumentFilter()
        self._ids: list[str] | None = None
        self._stays = ""

    @property
    def is_filtered(self) -> bool:
        """Tell whether a filter is on."""
        return self._ids is not None

    @property
    def matching(self) -> int:
        """Return how many documents the filter let through, all of them without one."""
        return self.total() if self._ids is None else len(self._ids) - bool(self._stays)

    def total(self) -> int:
        """Return how many documents the project has."""
        return self._project.documents.count()

    def count(self) -> int:
        """Return how many places there are: the matching documents, and the open one if it has stopped matching."""
        return self.total() if self._ids is None else len(self._ids)

    def arrange(self, order: DocumentOrder, asked: DocumentFilter, viewer: Viewer, open_document: str = "") -> None:
        """Put the documents in an order, under a filter; under the same filter the open one keeps the place it has."""
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
        """Return the rows of at most limit documents from a place on, as Documents.page() does."""
        documents, see = self._project.documents, (viewer.annotator, viewer.threshold)
        if self._ids is None:
            return documents.page(offset, limit, *see, self.order, viewer.reliability)
        return documents.rows(self._ids[offset : offset + limit], *see, viewer.reliability)

    def at(self, place: int) -> str | None:
        """Return the document at a place, or None where there is none."""
        if place < 0:
            return None
        ids = self._project.documents.page_ids(place, 1, self.order) if self._ids is None else self._ids[place:][:1]
        return ids[0] if ids else None

    def some(self, places: Sequence[int]) -> list[str]:
        """Return the documents at some places, which are in their order."""
        if self._ids is not None:
            return [self._ids[place] for place in places if place < len(self._ids)]
        if not places:
            return []
        first = places[0]
        ids = self._project.documents.page_ids(first, places[-1] + 1 - first, self.order)
        return [ids[place - first] for place in places if place - first < len(ids)]

    def position(self, document_id: str) -> int:
        """Return the place of a document; raises KeyError where it has none."""
        if self._ids is None:
            return self._project.documents.position(document_id, self.order)
        try:
            return self._ids.index(document_id)
        except ValueError:
            raise KeyError(document_id) from None

    def beside(self, document_id: str, by: int) -> str | None:
        """Return the document some places after one, or before it if by is negative; None beyond the ends.

        For a document that is not in the list the places are counted from where it would be.
        """
        try:
            return self.at(self.position(document_id) + by)
        except KeyError:
            place = self._place_in_between(document_id)
            return None if place is None else self.at(place + by - (by > 0))

    def admit(self, document_id: str, viewer: Viewer) -> bool:
        """Give a document that is opened a place if it matches; return whether it had none."""
        if self._ids is None or document_id in self._ids or not self._matches(document_id, viewer):
            return False
        self._ids = self._project.filtered_documents.in_order([*self._ids, document_id], self.order)
        return True

    def leave(self, document_id: str, viewer: Viewer) -> int | None:
        """Look again at a document that one has moved on from; return the place that it lost, if it did."""
        if self._ids is None or document_id not in self._ids:
            return None
        self._stays = "" if self._stays == document_id else self._stays
        if self._matches(document_id, viewer):
            return None
        place = self._ids.index(document_id)
        del self._ids[place]
        return place

    def _place_in_between(self, document_id: str) -> int | None:
        """Return how many documents of the list come before one that is not in it; None if the project lacks it."""
        if self._ids is not None:
            ids = self._project.filtered_documents.in_order([*self._ids, document_id], self.order)
            return ids.index(document_id) if document_id in ids else None
        try:
            return self._project.documents.count_before(document_id, self.order)
        except KeyError:
            return None

    def _matches(self, document_id: str, viewer: Viewer) -> bool:
        """Return whether the filter lets a document through now."""
        return bool(self._project.filtered_documents.ids(self.filter, self.order, viewer, among=[document_id]))
