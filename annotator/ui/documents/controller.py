"""Keep the list of articles in step with the current project: its order, its filter and the open article."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.services.annotators import display_names
from annotator.services.project.document_queue import DocumentQueue
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from annotator.storage.tables.document_rows import DocumentRow, note_counts
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.documents.document_list import DocumentPane

_SOON_MS = 400
"""The delay after the last of several changes until the filter is applied again."""


class _Rows:
    """The documents of a queue, as the annotator of a session sees them."""

    def __init__(self, queue: DocumentQueue, session: Session) -> None:
        self._queue = queue
        self._session = session

    def count(self) -> int:
        """Return the number of documents."""
        return self._queue.count()

    def page(self, offset: int, limit: int) -> list[DocumentRow]:
        """Return up to limit rows from offset on, with the annotator's own counts."""
        return self._queue.page(offset, limit, viewer_of(self._session))

    def renewed(self, row: DocumentRow) -> DocumentRow:
        """Return a row with current counts. Those of the open document come from the session."""
        session = self._session
        if session.document is None or session.document.id != row.id:
            viewer = viewer_of(session)
            return session.project.documents.row(row.id, viewer.annotator, viewer.threshold, viewer.reliability)
        pending, shown = session.progress[0], len(session.items)
        note, notes, doubts = note_counts(session.notes)
        title = session.document.title
        counts = replace(row, title=title, done=session.is_done, annotations=shown - pending, pending=pending)
        return replace(counts, note=note, notes=notes, doubts=doubts)


class DocumentListController(QObject):
    """Keeps the document list up to date. placed is emitted when the open document's place or the count changes.

    place is the number of the open document from 0, or -1 if none is open or it is not in the list.
    """

    placed = Signal()

    def __init__(self, current: CurrentProject, pane: DocumentPane, parent: QObject) -> None:
        super().__init__(parent)
        self._current = current
        self._pane = pane
        self._open = ""
        self.place = -1
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.apply_order_and_filter)
        pane.order.ordered.connect(self.set_order)
        pane.filter.asked.connect(self.set_filter)
        pane.filter.opened.connect(self._show_filter)

    def count(self) -> int:
        """Return the number of documents in the list."""
        return self._current.queue.count() if self._current.queue else 0

    def focus_filter(self) -> None:
        """Focus the filter field."""
        self._pane.filter.open()

    def clear_filter(self) -> None:
        """Clear the filter."""
        self._pane.filter.clear()

    def show_added(self) -> None:
        """Show documents that were added or removed, and apply the filter to them."""
        self._pane.model.grow()
        if self._pane.model.is_out_of_step():
            self.apply_order_and_filter()
        elif self._current.filter.is_on:
            self._soon.start()

    def refresh_counts(self) -> None:
        """Update all counts, and soon apply the filter again."""
        self._pane.model.refresh_all()
        if self._pane.model.is_out_of_step():
            self.apply_order_and_filter()
        elif self._current.filter.is_on:
            self._soon.start()

    def set_session(self, session: Session | None) -> None:
        """Show the documents of a session, or none."""
        queue = self._current.queue
        self._soon.stop()
        self.place, self._open = -1, ""
        if session and queue:
            queue.arrange(self._current.order, self._current.filter, viewer_of(session))
        self._pane.model.set_source(_Rows(queue, session) if session and queue else None)
        self._show_filter()

    def show_opened(self, session: Session) -> None:
        """Mark the opened document. The one before leaves the list if it no longer matches the filter."""
        queue = self._current.queue
        if queue is None or session.document is None:
            return
        before, self._open = self._open, session.document.id
        if queue.is_filtered:
            if queue.admit(self._open, viewer_of(session)):
                self._pane.model.take_in(queue.position(self._open))
            lost = queue.leave(before, viewer_of(session)) if before != self._open else None
            if lost is not None:
                self._pane.model.drop(lost)
        self._show_place(queue)

    def restore(self, order: DocumentOrder, asked: DocumentFilter) -> None:
        """Restore an order and a filter."""
        self._current.filter = asked
        self.set_order(order)
        self._show_filter()

    def set_order(self, order: DocumentOrder) -> None:
        """Sort the documents. The open one stays open."""
        self._current.order = order
        self._pane.order.show_order(order)
        self.apply_order_and_filter()

    def set_filter(self, asked: DocumentFilter) -> None:
        """Filter the documents. The open one stays open."""
        self._current.filter = asked
        self.apply_order_and_filter()
        self._show_filter()

    def apply_order_and_filter(self) -> None:
        """Apply order and filter now."""
        self._soon.stop()
        queue, session = self._current.queue, self._current.session
        if queue is None or session is None:
            return
        was_filtered = queue.is_filtered
        queue.arrange(self._current.order, self._current.filter, viewer_of(session), self._open)
        if was_filtered or queue.is_filtered or self._pane.model.is_out_of_step():
            self._pane.model.renew()
        else:
            self._pane.model.refresh_all()
        if self._open:
            self._show_place(queue)
        else:
            self._show_count(queue)

    def show_row(self, document_id: str) -> None:
        """Update the counts of a document. The open one is added to the list if it matches the filter now."""
        queue, session = self._current.queue, self._current.session
        if document_id == self._open and self.place >= 0:
            self._pane.model.refresh(self.place)
        elif document_id == self._open:
            if queue and session and queue.admit(document_id, viewer_of(session)):
                self._pane.model.take_in(queue.position(document_id))
                self._show_place(queue)
        elif queue:
            try:
                self._pane.model.refresh(queue.position(document_id))
            except KeyError:
                return

    def _show_place(self, queue: DocumentQueue) -> None:
        try:
            self.place = queue.position(self._open)
        except KeyError:
            self.place = -1
        self._show_count(queue)
        self._pane.show_current(self._open, self.place)
        self.placed.emit()

    def _show_filter(self) -> None:
        project, queue = self._current.project, self._current.queue
        asked, unfolded = self._current.filter, self._pane.filter.more.isChecked()
        sources = project.filtered_documents.sources() if project and (unfolded or asked.source) else []
        people = _people_with_articles(project) if project and (unfolded or asked.whose) else {}
        self._pane.filter.show_filter(asked, sources, people)
        if queue:
            self._show_count(queue)

    def _show_count(self, queue: DocumentQueue) -> None:
        self._pane.show_filtered((queue.matching, queue.total()) if queue.is_filtered else None)


def viewer_of(session: Session) -> Viewer:
    """Return the annotator, threshold and reliability by which documents are counted."""
    return Viewer(session.annotator.id, session.threshold, session.confidence.reliability)


def _people_with_articles(project: Project) -> dict[str, str]:
    """Return the names of the annotators who were handed out articles, by id, in the order of names."""
    having = set(project.assignments.people())
    names = display_names(project.annotators.all()) if having else {}
    return {who: name for who, name in names.items() if who in having}
