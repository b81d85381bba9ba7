"""Turn keys and clicks into decisions: each is one call on the session.

The views learn the result from CurrentProject.outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.edit import Change
from annotator.domain.model.span import Span
from annotator.session import BackgroundEdit, ReviewItem, Session
from annotator.ui.article.caret import Caret
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.sidebar.side_panel import SuggestionState
from annotator.ui.widgets.prompts import confirm_prompt
from annotator.ui.window.label_first import LabelFirst
from annotator.ui.window.rejected_dialog import RejectedDialog
from annotator.ui.window.workspace import Workspace


class DecisionController(QObject):
    """Turns actions, clicks in the article and clicks in the other panes into calls on the session.

    Does nothing without a session. finished is emitted when the open document was marked as done, or Enter was pressed
    in one that is. label_first may give labels to selections.
    """

    finished = Signal()
    statusMessage = Signal(str)

    def __init__(
        self,
        current: CurrentProject,
        workspace: Workspace,
        caret: Caret,
        background_edits: BackgroundEdits,
        label_first: LabelFirst,
    ) -> None:
        """Connect the panes of a workspace; background_edits writes edits of hundreds of spans."""
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        self._article = workspace.article
        self._caret = caret
        self._background_edits = background_edits
        self._label_first = label_first
        self._has_asked = False
        current.sessionChanged.connect(self._forget_answer)
        after = background_edits.after
        self._article.selectionMade.connect(lambda span: after(partial(self._label_selection, span)))
        self._article.itemClicked.connect(self._clicked)
        self._article.itemDoubleClicked.connect(lambda *item: after(partial(self._double_clicked, *item)))
        self._article.selectionChanged.connect(self._selected)
        self._article.spaceClicked.connect(self.clear_selection)
        workspace.documents.chosen.connect(lambda document_id: after(partial(self._open_document, document_id)))
        workspace.header.done.clicked.connect(lambda _checked: after(self._toggle_done))
        workspace.side.labelChosen.connect(lambda label_id: after(partial(self._choose_label, label_id)))
        workspace.side.items.chosen.connect(self._focus_item)
        workspace.side.items.opened.connect(self._focus_item)

    @property
    def _session(self) -> Session | None:
        return self._current.session

    def confirm(self) -> None:
        """Confirm the suggestion in focus. If nothing is in focus, focus the next undecided one.

        If all is decided, mark the document as done and go on to the next. A selection is only cleared, or labelled if
        a label was chosen first.
        """
        session = self._session
        if session is None or session.document is None:
            return
        if self._article.selection is not None and self._label_first.label:
            self._label_selection()
        elif self._article.selection is not None or (session.focus is None and session.progress[0]):
            self._go_on(pending_only=True)
        elif session.progress[0] or (session.focus is not None and session.focus.weak):
            session.confirm()
        else:
            self._finish(session)

    def reject(self) -> None:
        """Reject the suggestion in focus, or remove the annotation in focus."""
        if self._session:
            self._session.reject()

    def skip(self) -> None:
        """Skip the suggestion in focus."""
        if self._session:
            self._session.skip()

    def confirm_visible(self) -> None:
        """Confirm all suggestions that are wholly visible, in one edit, and scroll on.

        The first undecided suggestion on the new page gets the focus. At the end of the text it is the next one
        anywhere.
        """
        session, visible = self._session, self._article.visible_text()
        if session is None or session.document is None or visible is None:
            return
        self._article.set_selection(None)
        session.confirm_some(self._to_decide_in(visible))
        moved, visible = self._article.scroll_page(1), self._article.visible_text()
        following = self._to_decide_in(visible) if visible else []
        if following:
            session.set_focus(following[0])
        elif not moved and session.progress[0]:
            session.focus_next(pending_only=True)
        elif not moved:
            key = isolate_key(key_hint(self._workspace, "gestures.confirm"))
            self.statusMessage.emit(self.tr("All decided. {0}: done, next article").format(key))

    def confirm_all(self) -> None:
        """Confirm all suggestions above the threshold, in one edit.

        Those that are not visible do not count as agreement with the model, and before the first of them in a session
        the user is asked.
        """
        session = self._session
        if session is None or session.document is None:
            return
        visible = self._article.visible_text()
        seen = {item.key for item in self._to_decide_in(visible)} if visible else set()
        unseen = sum(item.is_suggestion and item.key not in seen for item in session.items)
        if unseen and not self._has_asked:
            question = digits(self.tr("Confirm %n suggestion(s) that you have not seen?", "", unseen))
            more = self.tr("They do not count as agreement with the model. One undo takes them back.")
            title, yes = self.tr("Confirm all remaining"), self.tr("Confirm all")
            if not confirm_prompt(self._workspace.window(), title, f"{question}\n\n{more}", yes):
                return
            self._has_asked = True
        self._write(session.prepare_confirm_all(seen), lambda: session.confirm_all(seen))

    def show_rejected(self) -> None:
        """List what was rejected in the document, to take back."""
        session = self._session
        if session is None or session.document is None:
            return
        if not session.rejected:
            self.statusMessage.emit(self.tr("Nothing is rejected in this article."))
            return
        dialog = RejectedDialog(session, self._workspace.theme, self._workspace.window())
        dialog.exec()
        dialog.deleteLater()

    def give_label(self, label_id: str) -> None:
        """Apply a label to the selection, or else to the item in focus; or choose it for all selections to come."""
        if self._label_first.is_choosing:
            self._label_first.choose(label_id)
            return
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

    def _finish(self, session: Session) -> None:
        """Mark the document as done, unless it is, and go on to the next; but not before it has its suggestions."""
        if self._workspace.side.state is SuggestionState.RUNNING and not session.progress[1]:
            self.statusMessage.emit(self.tr("Suggestions for this article are still being generated."))
            return
        if not session.project.is_read_only:
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
        """Clear the selection and focus the next suggestion. Without a selection, clear the focus.

        While a label is chosen first, end that.
        """
        if self._label_first.is_on:
            self._label_first.end()
            self._article.set_selection(None)
        elif self._article.selection is not None:
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
        items = [item for item in session.items if item.is_suggestion] if pending_only else session.marked
        after = (item for item in items if item.span.end > self._caret.position)
        self.focus(next(after, items[0] if items else None))

    def _to_decide_in(self, visible: Span) -> list[ReviewItem]:
        """Return the suggestions to decide that are wholly inside a part of the text."""
        return [
            item
            for item in self._article.scene.spans.overlapping(visible.start, visible.end)
            if item.is_suggestion and not item.weak and visible.covers(item.span)
        ]

    def _label_selection(self, span: Span | None = None) -> None:
        """Give the label that was chosen first to a span, or the selection, and do not scroll to a suggestion."""
        session, selection = self._session, span or self._article.selection
        if session and selection and self._label_first.label:
            session.give_label(self._label_first.label, selection, stay=True)
            self._article.set_selection(None)

    def _forget_answer(self) -> None:
        self._has_asked = False

    def _selected(self, span: Span | None) -> None:
        if span is not None and self._session and self._session.focus:
            self._session.set_focus(None)

    def _clicked(self, key: str, is_suggestion: bool) -> None:
        items = self._session.marked if self._session else []
        self.focus(next((item for item in items if (item.key, item.is_suggestion) == (key, is_suggestion)), None))

    def _double_clicked(self, key: str, is_suggestion: bool) -> None:
        self._clicked(key, is_suggestion)
        session = self._session
        if session is None or session.focus is None:
            return
        if self._label_first.label:
            session.give_label(self._label_first.label, session.focus.span, stay=True)
        elif is_suggestion:
            self.confirm()

    def _open_document(self, document_id: str) -> None:
        self._current.open_document(document_id)
        self._article.setFocus()

    def _focus_item(self, item: ReviewItem) -> None:
        self.focus(item)
        self._article.setFocus()

    def _choose_label(self, label_id: str) -> None:
        if self._label_first.is_on:
            self._label_first.choose(label_id)
        else:
            self.give_label(label_id)
        self._article.setFocus()

    def _toggle_done(self) -> None:
        if self._workspace.header.is_done:
            self.mark_not_done()
        else:
            self.mark_done()
        self._article.setFocus()
