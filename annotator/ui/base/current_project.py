"""The open project and its session, with the signals that all views connect to."""

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
"""The rows of the document list that are read before the previous project is closed: about one screen."""


class CurrentProject(QObject):
    """Opens and closes projects and documents, and publishes what happens in them.

    outcome carries the Outcome of every call on the session: a view that follows the work connects to it alone.
    documentOpened and tagsetChanged (a Tagset) are emitted before the outcome they belong to, for views that follow
    nothing else. sessionChanged carries the Session or None, annotatorChanged the Annotator. leaving is emitted before
    the open document is left and closing before the session ends; both may still write. queue has the documents in the
    current order and filter. identify is called with a project before it is opened and returns who works in it, or None
    if it is not to be opened.
    """

    sessionChanged = Signal(object)
    leaving = Signal()
    closing = Signal()
    documentOpened = Signal()
    outcome = Signal(object)
    tagsetChanged = Signal(object)
    annotatorChanged = Signal(object)

    def __init__(self, annotator: Annotator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.annotator = annotator
        self.order = DocumentOrder.IMPORTED
        self.filter = DocumentFilter()
        self.queue: DocumentQueue | None = None
        self.project: Project | None = None
        self.session: Session | None = None
        self.is_practice = False
        """True if the open project is that of the guided tour: nothing of it is remembered."""
        self.identify: Callable[[Project], Annotator | None] = lambda _project: self.annotator
        self._unsubscribe: Callable[[], None] | None = None
        self._left: dict[tuple[Path, str], str] = {}

    def open(self, path: Path) -> bool:
        """Open a project instead of the open one. Raises ProjectError; then that one stays open.

        A project that cannot be written is opened read-only. Return False if the user decided not to open it.
        """
        return self.use(Project.open_to_read(path, refuse_writing=True))

    def use(self, project: Project, *, is_practice: bool = False) -> bool:
        """Start a session in an open project, instead of the one before. Return False if the user decided not to.

        A practice project belongs to whoever works here, and nobody is asked.

        Raises UserError if the session cannot start or the first articles cannot be listed. Then, and if False is
        returned, the project is closed, and the one before stays open.
        """
        try:
            annotator = self.annotator if is_practice else self.identify(project)
            if annotator is None:
                project.close()
                return False
            session = Session(project, annotator)
            project.documents.count()
            project.documents.page(0, _READ_AHEAD, annotator.id)
        except BaseException:
            project.close()
            raise
        before = self.project
        self._take_leave()
        if annotator != self.annotator:
            self.annotator = annotator
            self.annotatorChanged.emit(annotator)
        self._end()
        self.project = project
        self.is_practice = is_practice
        if before is not None:
            before.close()
        self.filter = DocumentFilter()
        self._begin(session)
        return True

    def close(self) -> None:
        """Close the project. Everything in it is on disk already."""
        self._take_leave()
        self._end()
        if self.project is not None:
            self.project.close()
            self.project = None
            self.is_practice = False
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
        """Continue without an open document, after the last one was removed."""
        if self.session is not None:
            session = Session(self.session.project, self.annotator)
            session.threshold = self.session.threshold
            self._take_leave()
            self._end()
            self._begin(session)

    def switch_annotator(self, annotator: Annotator) -> None:
        """Continue as another annotator. The open document and the threshold stay."""
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
        self._leave_document()
        if self.session is not None:
            self.closing.emit()

    def _leave_document(self) -> None:
        """Announce that the document is left, and remember its focus; "" if the annotator had cleared it."""
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
        self.session, self.queue = session, DocumentQueue(session.project)
        self._unsubscribe = session.subscribe(self._publish)
        self.sessionChanged.emit(session)

    def _end(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe, self.session, self.queue = None, None, None

    def _publish(self, outcome: Outcome) -> None:
        if outcome.opened:
            self.documentOpened.emit()
        if outcome.tagset_changed and self.session:
            self.tagsetChanged.emit(self.session.tagset)
        self.outcome.emit(outcome)
