"""The decisions on the open document, each written as one edit.

domain/review/review_state.py defines what is shown, domain/review/decisions.py what a decision writes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

from annotator.domain.label_check.case import LabelRule, rule_write
from annotator.domain.model.edit import CellKind, Change, Edit, EditKind, StatusValue, Write, removal, renaming
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit, move_edge
from annotator.domain.review.decisions import (
    EditBuilder,
    UnsavedEdit,
    annotate,
    confirm,
    reject,
    revise,
    set_note,
    skip,
    take_back,
)
from annotator.domain.review.review_state import ReviewItem
from annotator.domain.tagset.changes import TagsetChange
from annotator.session.background_edit import LARGE, LARGE_PAYLOAD, BackgroundEdit, first_of, first_written
from annotator.session.open_document import OpenDocument
from annotator.storage.project import Project


class Session(OpenDocument):
    """The decisions of one annotator in one project. Each is one edit, on disk before the method returns.

    Methods return the Change, or None if there was nothing to do. A decision moves the focus to the next undecided
    suggestion; if there is none, the focus is None. All raise ProjectError if the project cannot be written; then
    nothing has changed.
    """

    def confirm(self) -> Change | None:
        """Accept the suggestion in focus. An annotation in focus stays as it is, and the focus moves on."""
        return self._decide(lambda builder, item: confirm(builder, [item]))

    def reject(self) -> Change | None:
        """Reject the suggestion in focus, or remove the annotation in focus."""
        return self._decide(reject)

    def skip(self) -> Change | None:
        """Skip the suggestion in focus. It comes back when all others are decided."""
        return self._decide(skip)

    def take_back(self, keys: Iterable[str]) -> Change | None:
        """Make rejected suggestions of the open document undecided again, in one edit, and focus the first of them.

        Nothing is focused if none of them is shown: an annotation may be in its place, or it is suggested no more.
        """
        wanted = tuple(keys)
        change = self._write(take_back(self._builder(), wanted)) if self.document else None
        if change:
            self.focus = first_of(self._state, wanted)
            self._notify(change)
        return change

    def give_label(self, label_id: str, span: Span | None = None, *, stay: bool = False) -> Change | None:
        """Apply a label to the item in focus, or to a span if one is given.

        A suggestion is accepted if the label is its own, and corrected if not. An annotation is relabelled. A span
        without an item becomes a new annotation and replaces overlapping ones, in the same edit. With stay, nothing is
        in focus after a span was labelled. Raises ValueError for a label that is not in the tagset, and for a span
        beyond the text.
        """
        label = self.tagset.find(label_id)
        if label is None:
            raise ValueError(f"the tagset has no label {label_id}")
        label_id = label.id
        if span is None:
            return self._decide(lambda builder, item: revise(builder, item, item.span, label_id))
        document = self._opened()
        if span.end > len(document.text):
            raise ValueError(f"the span {span} lies beyond the text")
        change = self._write(annotate(self._builder(), span, label_id))
        self.focus = None if stay else self._state.next_pending(self._state.at(span))
        self._notify(change)
        return change

    def annotate(self, span: Span, label_id: str) -> Change | None:
        """Label a span; as give_label(), with the span first."""
        return self.give_label(label_id, span)

    def resize(self, span: Span) -> Change | None:
        """Change the span of the item in focus, and keep it in focus. A suggestion is confirmed with the new span.

        Return None if the span is the same or would overlap another annotation. Raises ValueError for a span beyond the
        text.
        """
        item = self.focus
        if item is None or span == item.span:
            return None
        if span.end > len(self._opened().text):
            raise ValueError(f"the span {span} lies beyond the text")
        change = self._write(revise(self._builder(), item, span, item.label))
        if change:
            self.focus = self._state.at(span)
            self._notify(change)
        return change

    def move_start(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the start of the item in focus by step words or characters, forward in the text if positive."""
        return self._move("start", step, unit)

    def move_end(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the end of the item in focus by step words or characters, forward in the text if positive."""
        return self._move("end", step, unit)

    def confirm_all(self, seen: Container[str] | None = None) -> Change | None:
        """Accept all suggestions that are shown, in one edit.

        seen has the keys of those that the annotator saw, None for all. The others do not count as agreement with a
        suggester.
        """
        if self.document is None:
            return None
        change = self._write(confirm(self._builder(), self.items, EditKind.CONFIRM_ALL, seen))
        self.focus = self._state.next_pending(self.focus)
        self._notify(change)
        return change

    def confirm_some(self, items: Iterable[ReviewItem]) -> Change | None:
        """Accept the suggestions among some items, in one edit, and focus nothing."""
        if self.document is None:
            return None
        change = self._write(confirm(self._builder(), items, EditKind.CONFIRM_ALL))
        self.focus = None
        self._notify(change)
        return change

    def prepare_confirm_all(self, seen: Container[str] | None = None) -> BackgroundEdit | None:
        """Return confirm_all() as a background edit, or None if there are few suggestions."""
        if self.document is None or self.progress[0] < LARGE:
            return None
        large, me = self._prepare(), self.annotator.id
        items, builder = (
            list(self.items),
            EditBuilder(large.state, self.document.id, me, self.project.labels.ids.in_log),
        )

        def make(project: Project) -> Edit | None:
            unsaved = confirm(builder, items, EditKind.CONFIRM_ALL, seen)
            return Edit(project.log.new_id(), me, large.document, unsaved.kind, unsaved.writes) if unsaved else None

        large.make = make
        return large

    def prepare_undo(self) -> BackgroundEdit | None:
        """Return undo() as a background edit, or None if it has few writes."""
        me = self.annotator.id
        if self.project.log.undoable_length(me) < LARGE_PAYLOAD:
            return None
        return self._prepare(lambda p: (edit := p.log.undoable(me)) and edit.undo(p.log.new_id()))

    def prepare_redo(self) -> BackgroundEdit | None:
        """Return redo() as a background edit, or None if it has few writes."""
        me = self.annotator.id
        if self.project.log.redoable_length(me) < LARGE_PAYLOAD:
            return None
        return self._prepare(lambda p: (edit := p.log.redoable(me)) and edit.redo(p.log.new_id()))

    def prepare(self, kind: EditKind, writes: Callable[[Project], Iterable[Write]]) -> BackgroundEdit:
        """Return apply() as a background edit. writes is called with the project that the other thread opens."""
        me = self.annotator.id

        def make(project: Project) -> Edit | None:
            found = tuple(writes(project))
            place = large.document or (found[0].document if found else "")
            return Edit(project.log.new_id(), me, place, kind, found) if found else None

        large = self._prepare(make)
        return large

    def take(self, large: BackgroundEdit) -> Change | None:
        """Take over a written background edit as if it had been made here. Return None if it wrote nothing.

        If the state changed since the edit was prepared, it is read again.
        """
        written = large.written
        if written is None:
            return None
        change, wanted, log, back = written.change, written.wanted, self.project.log, written.brought_back
        if written.in_log is not None:
            log.set_latest(written.in_log)
        opened = bool(wanted.document and wanted.reverts) and self._should_open(wanted.document)
        if not wanted.document:
            self.project.labels.refresh()
            self.refresh()
        elif opened:
            self._open(wanted.document)
            back = first_written(self._state, change.edit.writes, wanted.document)
        elif self._state is large.basis and self._state.revision == large.revision and self._is_plain(change, wanted):
            self._state = written.state
            if self._state.threshold != self._threshold:
                self._state.show(self._threshold)
            self._take_status(change)
        elif self.document:
            self._load(self.document.id)
        self.focus = back or (self._state.find(self.focus.key) if self.focus else self._state.next_pending(None))
        self.focus = self.focus or self._state.next_pending(None)
        self._notify(change, opened=opened)
        return change

    def _prepare(self, make: Callable[[Project], Edit | None] = lambda _: None) -> BackgroundEdit:
        document = self.document.id if self.document else ""
        large = BackgroundEdit(self.project.path, self._state, document, self.annotator.id)
        large.make = make
        return large

    def set_done(self, done: bool) -> Change | None:
        """Mark the open document as done or not done. Return None if undecided suggestions remain (see progress)."""
        if self.document is None or done == self.is_done or (done and self.progress[0]):
            return None
        after: StatusValue | None = {"status": "done"} if done else None
        return self.apply(EditKind.STATUS, [Write(self.document.id, CellKind.STATUS, "", self._status, after)])

    def remove_articles(self, document_ids: Iterable[str]) -> Change | None:
        """Remove documents from the project in one edit. Return None if none of them exists.

        The decisions in them stay in the log, and undo restores them with the documents.
        """
        there = [document for document in dict.fromkeys(document_ids) if document in self.project.documents]
        return self._append_to(EditKind.REMOVE_ARTICLE, tuple(map(removal, there)))

    def restore_articles(self, document_ids: Iterable[str]) -> Change | None:
        """Restore removed documents in one edit. Return None if none was removed, or their texts were erased."""
        documents, wanted = self.project.documents, list(dict.fromkeys(document_ids))
        gone = documents.removed(wanted) - documents.erased(wanted)
        writes = tuple(removal(document, removed=False) for document in wanted if document in gone)
        return self._append_to(EditKind.RESTORE_ARTICLE, writes)

    def rename_article(self, document_id: str, title: str) -> Change | None:
        """Give a document another title; "" restores the imported one.

        Return None if it has that title already, or is not in the project.
        """
        if document_id not in self.project.documents:
            return None
        words = " ".join(title.split())
        present, imported = self.project.documents.titles(document_id)
        wanted = words or imported
        if wanted == present:
            return None
        write = renaming(document_id, None if wanted == imported else wanted)
        return self._append_to(EditKind.RENAME_ARTICLE, (write,))

    def change_rule(self, rule: LabelRule, *, removed: bool = False) -> Change | None:
        """Add or change a rule of the label check, or remove it."""
        return self._append_to(EditKind.RULE, (rule_write(rule, removed=removed),))

    def _append_to(self, kind: EditKind, writes: tuple[Write, ...]) -> Change | None:
        """Write an edit that does not change what the open document shows."""
        if not writes:
            return None
        log = self.project.log
        change = log.append(Edit(log.new_id(), self.annotator.id, writes[0].document, kind, writes))
        self._take_title(change)
        self._notify(change)
        return change

    def set_note(self, text: str, key: str = "") -> Change | None:
        """Save a note on the open document, or on the item with a key. An empty text removes the note."""
        return self.set_note_and_flag(key, text, is_doubtful(self.notes.get(key)))

    def set_doubtful(self, doubtful: bool, key: str = "") -> Change | None:
        """Flag the open document or the item with a key, or remove the flag. The note stays."""
        return self.set_note_and_flag(key, note_text(self.notes.get(key)), doubtful)

    def set_note_and_flag(self, key: str, text: str, doubtful: bool) -> Change | None:
        """Save a note and a flag in one edit, on the item with a key or on the document (key "")."""
        unsaved = set_note(self._builder(), key, text.strip(), doubtful) if self.document else None
        return self.apply(unsaved.kind, unsaved.writes) if unsaved else None

    def apply(self, kind: EditKind, writes: Iterable[Write]) -> Change | None:
        """Write one edit, which may concern several documents. Return None if there are no writes."""
        change = self._write(UnsavedEdit(kind, tuple(writes)))
        self._set_focus(self.focus)
        if change:
            self._notify(change)
        return change

    def change_tagset(self, changes: Sequence[TagsetChange]) -> Change | None:
        """Change the tagset in one edit. Return None if that changes nothing.

        Raises ResourceError if one of the changes is impossible; then none is made.
        """
        writes = self.project.labels.writes(changes)
        if not writes:
            return None
        log = self.project.log
        return self._retag(Edit(log.new_id(), self.annotator.id, "", EditKind.TAGSET, writes))

    def undo(self) -> Change | None:
        """Undo the annotator's last edit, in its document, and focus what it restored."""
        edit = self.project.log.undoable(self.annotator.id)
        return self._revert(edit.undo(self.project.log.new_id())) if edit else None

    def redo(self) -> Change | None:
        """Redo the last undone edit, in its document, and focus what it restored."""
        edit = self.project.log.redoable(self.annotator.id)
        return self._revert(edit.redo(self.project.log.new_id())) if edit else None

    def _decide(self, action: Callable[[EditBuilder, ReviewItem], UnsavedEdit | None]) -> Change | None:
        item = self.focus
        if item is None:
            return None
        change = self._write(action(self._builder(), item))
        self.focus = self._state.next_pending(item)
        self._notify(change)
        return change

    def _move(self, edge: Edge, step: int, unit: Unit) -> Change | None:
        if self.focus is None:
            return None
        span = move_edge(self.focus.span, edge, step, unit, self._opened().text, self.tokens)
        return self.resize(span) if span else None

    def _revert(self, edit: Edit) -> Change:
        """Write an undo or redo, open its document, and focus the first item that it restored.

        A removed document is not opened.
        """
        if not edit.document:
            return self._retag(edit)
        change = self.project.log.append(edit)
        opened = self._should_open(edit.document)
        if opened:
            self._open(edit.document)
        elif self.document and self.document.id == edit.document:
            self._take_in(change, edit)
        else:
            self._notify(change)
            return change
        back = first_written(self._state, change.edit.writes, edit.document)
        self.focus = back or self._state.next_pending(self.focus)
        self._notify(change, opened=opened)
        return change

    def _should_open(self, document: str) -> bool:
        """Return True if a document is not open and not removed."""
        is_open = self.document is not None and self.document.id == document
        return not is_open and document in self.project.documents

    def _retag(self, edit: Edit) -> Change:
        """Write a change of the tagset, read the document again with the new labels, and keep the focus."""
        change = self.project.log.append(edit)
        self.refresh()
        self._notify(change)
        return change

    def _write(self, unsaved: UnsavedEdit | None) -> Change | None:
        if unsaved is None or not unsaved.writes:
            return None
        log = self.project.log
        edit = Edit(log.new_id(), self.annotator.id, self._opened().id, unsaved.kind, unsaved.writes)
        change = log.append(edit)
        self._take_in(change, edit)
        return change

    def _take_in(self, change: Change, wanted: Edit) -> None:
        """Update the state from a change, or read it from the project if the change is not enough.

        It is not enough if another window changed what the edit was based on, or if labels were merged: the annotations
        under both names have to be read together.
        """
        if self.document and not self._is_plain(change, wanted):
            self._load(self.document.id)
        else:
            self._take(change)

    def _is_plain(self, change: Change, wanted: Edit) -> bool:
        """Return True if the new state follows from the writes of the change alone."""
        built_on = [w.before for w in change.edit.writes] == [w.before for w in wanted.writes]
        return built_on and self.project.labels.are_separate(change.edit.writes)
