"""Turn keys and clicks into decisions: each is one call on the session.

The views learn the result from CurrentProject.outcome.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.edit import Change
from annotator.domain.model.span import Span
from annotator.session import BackgroundEdit, ReviewItem, Session
from annotator.ui.article.caret import Caret
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.window.workspace import Workspace


class DecisionController(QObject):
    """Turns actions, clicks in the article and clicks in the other panes into calls on the session.

    Does nothing without a session. finished is emitted when the open document was marked as done.
    """

    finished = Signal()
    statusMessage = Signal(str)

    def __init__(
        self, current: CurrentProject, workspace: Workspace, caret: Caret, background_edits: BackgroundEdits
    ) -> None:
        """Connect the panes of a workspace; background_edits writes edits of hundreds of spans."""
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        self._article = workspace.article
        self._caret = caret
        self._background_edits = background_edits
        self._article.itemClicked.connect(self._clicked)
        self._article.itemDoubleClicked.connect(self._double_clicked)
        self._article.selectionChanged.connect(self._selected)
        self._article.spaceClicked.connect(self.clear_selection)
        workspace.documents.chosen.connect(self._open_document)
        workspace.header.done.clicked.connect(self._toggle_done)
        workspace.side.labelChosen.connect(self._choose_label)
        workspace.side.items.chosen.connect(self._focus_item)
        workspace.side.items.opened.connect(self._focus_item)

    @property
    def _session(self) -> Session | None:
        return self._current.session

    def confirm(self) -> None:
        """Confirm the suggestion in focus. If nothing is in focus, focus the next undecided one."""
        session = self._session
        if session is None:
            return
        if session.focus is None:
            self._go_on(pending_only=True)
        else:
            session.confirm()

    def reject(self) -> None:
        """Reject the suggestion in focus, or remove the annotation in focus."""
        if self._session:
            self._session.reject()

    def skip(self) -> None:
        """Skip the suggestion in focus."""
        if self._session:
            self._session.skip()

    def confirm_all(self) -> None:
        """Confirm all suggestions above the threshold, in one edit."""
        if self._session:
            self._write(self._session.prepare_confirm_all(), self._session.confirm_all)

    def give_label(self, label_id: str) -> None:
        """Apply a label to the selection, or else to the item in focus."""
        session, selection = self._session, self._article.selection
        if session is None or (selection is None and session.focus is None):
            return
        session.give_label(label_id, selection)
        self._article.set_selection(None)

    def undo(self) -> None:
        """Undo the last edit, in whichever document it was."""
        if self._session:
            nothing = self.tr("Nothing to undo.")
            self._write(self._session.prepare_undo(), self._session.undo, nothing)

    def redo(self) -> None:
        """Redo the last undone edit."""
        if self._session:
            nothing = self.tr("Nothing to redo.")
            self._write(self._session.prepare_redo(), self._session.redo, nothing)

    def mark_done(self) -> None:
        """Mark the document as done and open the next. If suggestions are undecided, focus the next of them instead."""
        session = self._session
        if session is None or session.document is None:
            return
        left = session.progress[0]
        if left:
            session.focus_next(pending_only=True)
            said = self.tr("Not marked as done: %n undecided suggestion(s)", "", left)
            self.statusMessage.emit(digits(said))
            return
        session.set_done(True)
        self.finished.emit()

    def mark_not_done(self) -> None:
        """Mark the document as not done."""
        session = self._session
        if session and session.document:
            session.set_done(False)

    def next_span(self) -> None:
        """Focus the next span."""
        session = self._session
        if session and session.focus:
            session.focus_next()
        else:
            self._go_on(pending_only=False)

    def previous_span(self) -> None:
        """Focus the previous span."""
        if self._session:
            self._session.focus_previous()

    def clear_selection(self) -> None:
        """Clear the selection and focus the next suggestion. Without a selection, clear the focus."""
        if self._article.selection is not None:
            self._go_on(pending_only=True)
        else:
            self.focus(None)

    def focus(self, item: ReviewItem | None) -> None:
        """Focus an item."""
        session = self._session
        if session:
            self._article.set_selection(None)
            session.set_focus(item)

    def _write(self, large: BackgroundEdit | None, action: Callable[[], Change | None], nothing: str = "") -> None:
        def end(change: Change | None) -> None:
            if change is None and nothing:
                self.statusMessage.emit(nothing)

        if large is not None:
            self._background_edits.write(large, end)
        else:
            end(action())

    def _go_on(self, *, pending_only: bool) -> None:
        """Focus the first item after the caret, or the first one of the article."""
        session = self._session
        if session is None:
            return
        items = [item for item in session.items if item.is_suggestion or not pending_only]
        after = (item for item in items if item.span.end > self._caret.position)
        self.focus(next(after, items[0] if items else None))

    def _selected(self, span: Span | None) -> None:
        if span is not None and self._session and self._session.focus:
            self._session.set_focus(None)

    def _clicked(self, key: str, is_suggestion: bool) -> None:
        items = self._session.items if self._session else []
        self.focus(next((item for item in items if (item.key, item.is_suggestion) == (key, is_suggestion)), None))

    def _double_clicked(self, key: str, is_suggestion: bool) -> None:
        self._clicked(key, is_suggestion)
        if is_suggestion:
            self.confirm()

    def _open_document(self, document_id: str) -> None:
        self._current.open_document(document_id)
        self._article.setFocus()

    def _focus_item(self, item: ReviewItem) -> None:
        self.focus(item)
        self._article.setFocus()

    def _choose_label(self, label_id: str) -> None:
        self.give_label(label_id)
        self._article.setFocus()

    def _toggle_done(self) -> None:
        if self._workspace.header.is_done:
            self.mark_not_done()
        else:
            self.mark_done()
        self._article.setFocus()
