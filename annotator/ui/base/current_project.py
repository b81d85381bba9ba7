"""What lies open: the project and its session; every pane listens here and none knows the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.annotation import Annotator
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.services.project.document_queue import DocumentQueue
from annotator.session import Outcome, Session
from annotator.storage.project import Project

_READ_AHEAD = 20
"""Rows of the document list that are read before the project before is let go: about what a window shows."""


class CurrentProject(QObject):
    """Opens and closes projects and documents, and passes on what changed.

    outcome carries the Outcome of every call on the session: a view that follows the work subscribes to it alone.
    documentOpened and tagsetChanged (a Tagset) come before the outcome that they are part of, for views that follow
    nothing else. sessionChanged carries the Session or None, annotatorChanged the Annotator. leaving comes before the
    open document is left and closing before the session ends; both can still write. queue has the documents in the
    present order and filter.
    """

    sessionChanged = Signal(object)  # noqa: N815
    leaving = Signal()
    closing = Signal()
    documentOpened = Signal()  # noqa: N815
    outcome = Signal(object)
    tagsetChanged = Signal(object)  # noqa: N815
    annotatorChanged = Signal(object)  # noqa: N815

    def __init__(self, annotator: Annotator, parent: QObject | None = None) -> None:
        """Start with no project open."""
        super().__init__(parent)
        self.annotator = annotator
        self.order = DocumentOrder.IMPORTED
        self.filter = DocumentFilter()
        self.queue: DocumentQueue | None = None
        self.project: Project | None = None
        self.session: Session | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._left: dict[tuple[Path, str], str] = {}

    def open(self, path: Path) -> None:
        """Open a project in place of the one that is open; raises ProjectError, leaving that one open.

        A project that cannot be written is opened read-only.
        """
        self.use(Project.open_to_read(path, refuse_writing=True))

    def use(self, project: Project) -> None:
        """Take an open project and begin a session in it, in place of the one before.

        Raises UserError if the session cannot begin or the first articles cannot be listed: the project is closed then,
        and the one before stays open.
        """
        try:
            session = Session(project, self.annotator)
            project.documents.count()
            project.documents.page(0, _READ_AHEAD, self.annotator.id)
        except BaseException:
            project.close()
            raise
        before = self.project
        self._take_leave()
        self._end()
        self.project = project
        if before is not None:
            before.close()
        self.filter = DocumentFilter()
        self._begin(session)

    def close(self) -> None:
        """Close what is open; everything in it is on the disk already."""
        self._take_leave()
        self._end()
        if self.project is not None:
            self.project.close()
            self.project = None
            self.sessionChanged.emit(None)

    def open_document(self, document_id: str, focus: str | None = None) -> None:
        """Open a document and focus the item with a key; "" focuses nothing.

        None focuses what was in focus there last, else the first undecided suggestion.
        """
        if self.session is None or self.project is None:
            return
        self._leave_document()
        last = self._left.get((self.project.path, document_id))
        self.session.open(document_id, last if focus is None else focus)

    def close_document(self) -> None:
        """Go on without an open document, because the last one was removed."""
        if self.session is not None:
            session = Session(self.session.project, self.annotator)
            session.threshold = self.session.threshold
            self._take_leave()
            self._end()
            self._begin(session)

    def become(self, annotator: Annotator) -> None:
        """Go on as an annotator of another name; the open document stays open, and the threshold as it is."""
        before = self.session
        session = Session(before.project, annotator) if before else None
        self._take_leave()
        self.annotator = annotator
        self.annotatorChanged.emit(annotator)
        if before is None or session is None:
            return
        session.threshold = before.threshold
        place = before.document.id if before.document else None
        self._end()
        self._begin(session)
        if place is not None:
            self.open_document(place)

    def _take_leave(self) -> None:
        """Tell that the session is about to end."""
        self._leave_document()
        if self.session is not None:
            self.closing.emit()

    def _leave_document(self) -> None:
        """Tell that the open document is left, and remember what is in focus there; "" where the focus was left."""
        session, project = self.session, self.project
        if session is None or session.document is None or project is None:
            return
        self.leaving.emit()
        place = (project.path, session.document.id)
        if session.focus is not None or session.progress[0]:
            self._left[place] = session.focus.key if session.focus else ""
        else:
            self._left.pop(place, None)

    def _begin(self, session: Session) -> None:
        """Go on with a session in the open project."""
        self.session, self.queue = session, DocumentQueue(session.project)
        self._unsubscribe = session.subscribe(self._publish)
        self.sessionChanged.emit(session)

    def _end(self) -> None:
        """End the session."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe, self.session, self.queue = None, None, None

    def _publish(self, outcome: Outcome) -> None:
        if outcome.opened:
            self.documentOpened.emit()
        if outcome.tagset_changed and self.session:
            self.tagsetChanged.emit(self.session.tagset)
        self.outcome.emit(outcome)
