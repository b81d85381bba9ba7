"""The actions about notes and flags: the note bar, the flag keys, and the list of all notes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.model.edit import CellKind, EditKind, Write
from annotator.domain.model.notes import is_doubtful, note_text, note_value
from annotator.domain.tagset.tagset import Tagset
from annotator.session import Outcome, ReviewItem, Session
from annotator.storage.queries.note_index import NoteEntry
from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import isolate
from annotator.ui.base.item_text import label_name, surface_of
from annotator.ui.base.theme import Theme
from annotator.ui.notes.dialog import NotesDialog
from annotator.ui.window.workspace import Workspace

_LONGEST = 40
_SHOWN = (CellKind.NOTE, CellKind.REMOVED)
"""The kinds of cells that the list of notes shows."""


class NotesController(QObject):
    """Handles the actions about notes and flags."""

    statusMessage = Signal(str)

    def __init__(self, window: QWidget, current: CurrentProject, workspace: Workspace, appearance: Appearance) -> None:
        super().__init__(window)
        self._window = window
        self._current = current
        self._workspace = workspace
        self._appearance = appearance
        self._bar = workspace.note_bar
        self._target: tuple[str, str] | None = None
        self._dialog: NotesDialog | None = None
        self._bar.on_save = self._keep
        self._bar.closed.connect(workspace.article.setFocus)
        workspace.header.note_button.clicked.connect(self.edit_article_note)
        current.leaving.connect(self._bar.leave)
        current.sessionChanged.connect(self._reset)
        current.outcome.connect(self._update_list)
        current.tagsetChanged.connect(self._use_tagset)
        appearance.themeChanged.connect(self._show_theme)

    def edit_article_note(self) -> None:
        """Open the note of the open document."""
        session = self._current.session
        if session and session.document:
            self._write(session, "", self.tr("Article note"))

    def edit_span_note(self) -> None:
        """Open the note of the span in focus."""
        session, item = self._focused()
        if session and item:
            self._write(session, item.key, self.tr("Note on {0}").format(self._name(session, item)))
            # Later, when the layout has given the bar its height.
            QTimer.singleShot(0, self, lambda: self._workspace.article.bring_into_view(item.span))

    def toggle_span_flag(self) -> None:
        """Flag the span in focus, or remove its flag."""
        session, item = self._focused()
        if session and item:
            session.set_doubtful(not item.doubtful, item.key)

    def toggle_article_flag(self) -> None:
        """Flag the open document, or remove its flag."""
        session = self._current.session
        if session and session.document:
            session.set_doubtful(not session.is_doubtful)

    def show_all(self) -> None:
        """Open the list of all notes and flags."""
        session = self._current.session
        if session is None:
            return
        if self._dialog is None:
            self._dialog = NotesDialog(session, self._appearance.theme, self._window)
            self._dialog.openRequested.connect(self._open)
        self._dialog.ask()

    def stop(self) -> None:
        """Save the note that is being written, and close the list."""
        self._bar.leave()
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _focused(self) -> tuple[Session | None, ReviewItem | None]:
        session = self._current.session
        item = session.focus if session else None
        if session and item is None:
            self.statusMessage.emit(self.tr("Select a span first."))
        return session, item

    def _write(self, session: Session, key: str, about: str) -> None:
        self._bar.leave()
        if session.document:
            value = session.notes.get(key)
            self._target = (session.document.id, key)
            self._bar.begin(about, note_text(value), is_doubtful(value))

    def _keep(self, text: str, doubtful: bool) -> None:
        session, target = self._current.session, self._target
        if session is None or target is None:
            return
        document, key = target
        if session.document and session.document.id == document:
            session.set_note_and_flag(key, text, doubtful)
        elif session.document:
            write = Write(document, CellKind.NOTE, key, None, note_value(text.strip(), doubtful))
            session.apply(EditKind.NOTE, [write])

    def _name(self, session: Session, item: ReviewItem) -> str:
        words = surface_of(item, session.document.text) if session.document else ""
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        return f"{isolate(short)} — {label_name(item.label, session.tagset)}"

    def _open(self, remark: NoteEntry) -> None:
        session = self._current.session
        if session is None:
            return
        # Opening also returns from a page of the team to the article.
        here = session.document is not None and session.document.id == remark.document
        if not (here and self._workspace.isVisible()):
            self._current.open_document(remark.document, remark.key or None)
        item = next((i for i in session.marked if i.key == remark.key), None)
        item = item or next((i for i in session.items if remark.span and i.span == remark.span), None)
        if item != session.focus:
            session.set_focus(item)
        article = self._workspace.article
        article.set_selection(remark.span if remark.span and item is None else None)
        if remark.span:
            article.bring_into_view(remark.span)

    def _reset(self) -> None:
        self._target = None
        self.stop()

    def _update_list(self, outcome: Outcome) -> None:
        change = outcome.change
        if self._dialog is not None and change and any(w.cell in _SHOWN for w in change.edit.writes):
            self._dialog.refresh()

    def _use_tagset(self, tagset: Tagset) -> None:
        if self._dialog is not None:
            self._dialog.set_tagset(tagset)

    def _show_theme(self, theme: Theme) -> None:
        self._workspace.header.note_button.set_theme(theme)
        if self._dialog is not None:
            self._dialog.set_theme(theme)
