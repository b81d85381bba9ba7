"""The queue: the documents in the order, and under the filter, that one annotator works by.

Without a filter it is read from the project page by page. Under a filter it is a list made once and then kept still,
so that nothing jumps while one decides: the open document stays in it, and leaves when one has moved on.
"""

from __future__ import annotations

from annotator.domain.document_filter import DocumentFilter
from annotator.domain.order import DocumentOrder
from annotator.storage.filtering import Viewer
from annotator.storage.overview import DocumentRow
from annotator.storage.project import Project


class Queue:
    """The documents that one goes through, each at a place from 0."""

    def __init__(self, project: Project) -> None:
        """Hold all documents in the order of import."""
        self._project = project
        self.order = DocumentOrder.IMPORTED
        self.filter = DocumentFilter()
        self._ids: list[str] | None = None
        self._guest = ""

    @property
    def is_filtered(self) -> bool:
        """Tell whether a filter is on."""
        return self._ids is not None

    @property
    def matching(self) -> int:
        """Return how many documents the filter let through, all of them without one."""
        return self.total() if self._ids is None else len(self._ids) - bool(self._guest)

    def total(self) -> int:
        """Return how many documents the project has."""
        return self._project.documents.count()

    def count(self) -> int:
        """Return how many places there are: the matching documents, and the open one where it does not match."""
        return self.total() if self._ids is None else len(self._ids)

    def arrange(self, order: DocumentOrder, asked: DocumentFilter, viewer: Viewer, open_document: str = "") -> None:
        """Put the documents in an order, under a filter; the open one keeps a place whether it matches or not."""
        self.order, self.filter, self._guest = order, asked, ""
        if not asked.is_on:
            self._ids = None
            return
        found = self._project.filtering
        self._ids = found.ids(asked, order, viewer)
        if open_document and open_document not in set(self._ids):
            self._ids = found.in_order([*self._ids, open_document], order)
            self._guest = open_document

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
        ids = self._project.documents.stretch(place, 1, self.order) if self._ids is None else self._ids[place:][:1]
        return ids[0] if ids else None

    def position(self, document_id: str) -> int:
        """Return the place of a document; raises KeyError where it has none."""
        if self._ids is None:
            return self._project.documents.position(document_id, self.order)
        try:
            return self._ids.index(document_id)
        except ValueError:
            raise KeyError(document_id) from None

    def invite(self, document_id: str) -> bool:
        """Give a document that is opened a place, matching or not; tell whether it had none."""
        if self._ids is None or document_id in self._ids:
            return False
        self._ids = self._project.filtering.in_order([*self._ids, document_id], self.order)
        self._guest = document_id
        return True

    def leave(self, document_id: str, viewer: Viewer) -> int | None:
        """Look again at a document that one has moved on from; return the place that it lost, if it did."""
        if self._ids is None or document_id not in self._ids:
            return None
        if self._project.filtering.ids(self.filter, self.order, viewer, among=[document_id]):
            self._guest = "" if self._guest == document_id else self._guest
            return None
        place = self._ids.index(document_id)
        del self._ids[place]
        if self._guest == document_id:
            self._guest = ""
        return place
