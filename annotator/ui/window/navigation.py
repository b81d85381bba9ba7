"""Navigate between articles and between panes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.widgets.prompts import NumberPrompt
from annotator.ui.window.workspace import Workspace


class Navigation(QObject):
    """Opens the next, the previous or a numbered article, and moves the focus between panes.

    finished carries a message when no article is left to label.
    """

    finished = Signal(str)

    def __init__(self, current: CurrentProject, workspace: Workspace, status: StatusLine) -> None:
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        self._status = status

    def next(self) -> None:
        """Open the next document."""
        self._step(1, self.tr("This is the last article."))

    def previous(self) -> None:
        """Open the previous document."""
        self._step(-1, self.tr("This is the first article."))

    def finish(self) -> None:
        """Open the next document that is not done; after the last, the first one. If all are done, say so.

        finished is emitted with the message.
        """
        session, queue = self._current.session, self._current.queue
        if session is None or session.document is None or queue is None:
            return
        found = queue.next_unfinished(session.document.id, session.annotator.id)
        if found is not None:
            self._current.open_document(found)
        elif queue.is_filtered:
            self.finished.emit(self.tr("All articles in the filtered list are done."))
        else:
            self.finished.emit(self.tr("All articles are done."))

    def go_to(self) -> None:
        """Ask for the number of an article, and open it."""
        total = self._workspace.document_list.count()
        if not total:
            return
        question = digits(self.tr("Article number (1 to {0})").format(total))
        window = self._workspace.window()
        dialog = NumberPrompt(window, self.tr("Go to article"), question, self._workspace.place + 1, total)
        if dialog.exec():
            self.open_at(dialog.field.value() - 1)

    def choose_order(self) -> None:
        """Open the list of sort orders."""
        box = self._workspace.documents.order
        box.setFocus()
        box.showPopup()

    def open_at(self, place: int) -> bool:
        """Open the document at a place in the list, from 0. Return False if there is none."""
        document_id = self._current.queue.at(place) if self._current.queue else None
        if document_id is not None:
            self._current.open_document(document_id)
        return document_id is not None

    def next_pane(self) -> None:
        """Focus the next pane: article, spans, documents, and the article again."""
        self._walk(1)

    def previous_pane(self) -> None:
        """Focus the previous pane."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        space = self._workspace
        panes = (space.article, space.side.items, space.documents.view)
        focus = QApplication.focusWidget()
        parts = (space.article, space.side, space.documents)
        inside = (
            i for i, part in enumerate(parts) if focus is not None and (part is focus or part.isAncestorOf(focus))
        )
        at = next(inside, -1 if step > 0 else 0)
        panes[(at + step) % len(panes)].setFocus()

    def _step(self, by: int, at_the_end: str) -> None:
        session, queue = self._current.session, self._current.queue
        here = session.document if session else None
        found = queue.neighbour(here.id, by) if queue and here else queue.at(0) if queue and by > 0 else None
        if found is not None:
            self._current.open_document(found)
        else:
            filtered = self._current.queue is not None and self._current.queue.is_filtered
            more = self.tr("A filter is on.") if filtered else ""
            self._status.show_message(f"{at_the_end} {more}".strip())
