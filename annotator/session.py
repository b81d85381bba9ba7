"""The one desk: the open document, what is to decide in it, and the gestures that decide. It knows no window.

Session keeps the state of the open document, writes one edit a gesture, and tells who listens.
What is shown is domain/board.py, what a gesture writes is domain/gestures.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.annotation import Annotator
from annotator.domain.board import Board, Item
from annotator.domain.boundaries import Edge, Unit, move_edge
from annotator.domain.document import Document
from annotator.domain.edit import CellKind, Change, Edit, EditKind, Value, Write
from annotator.domain.gestures import Hand, Intent, annotate, confirm, reject, remark, revise, skip
from annotator.domain.notes import is_doubtful, note_text
from annotator.domain.span import Span
from annotator.domain.tagset import Tagset
from annotator.domain.tagset_changes import TagsetChange
from annotator.storage.project import Project
from annotator.storage.trust import Trust
from annotator.text.lazy_tokens import LazyTokens

__all__ = ["Item", "OpenDocument", "Session"]


class OpenDocument:
    """The document that lies open before one annotator, and the item in focus. Nothing here writes.

    tokens are those of the open document, cut when first looked at. trust says what the suggesters' scores are worth;
    it is read anew whenever a document opens.
    """

    def __init__(self, project: Project, annotator: Annotator) -> None:
        """Begin with no document open; the annotator is made known to the project."""
        project.annotators.add(annotator)
        self.project = project
        self.annotator = annotator
        self.trust = Trust(project.judgements, project.numbers, annotator.id)
        self.document: Document | None = None
        self.focus: Item | None = None
        self._threshold = 0.0
        self._board = Board((), (), {}, 0.0, self.tagset.nested)
        self._status: Value = {}
        self.tokens = LazyTokens("")

    def open(self, document_id: str) -> None:
        """Open a document and focus its first suggestion to decide, if any; raises KeyError for an unknown id."""
        if self.document is None or self.document.id != document_id:
            self.document = self.project.documents.get(document_id)
            self.tokens = LazyTokens(self.document.text)
        self.trust.refresh()
        self._load(document_id)
        self.focus = self._board.next_pending(None)

    def _load(self, document_id: str) -> None:
        """Read what the project holds about a document for this annotator."""
        log, me = self.project.log, self.annotator.id
        self._board = Board(
            self.project.suggestions.of(document_id, self.trust.reliability),
            log.annotations(document_id, me),
            log.verdicts(document_id, me),
            self._threshold,
            self.tagset.nested,
            log.cells(CellKind.NOTE, document_id, me),
        )
        self._status = log.cells(CellKind.STATUS, document_id, me).get("", {})

    def refresh(self) -> bool:
        """Read the open document anew, after another window, a suggester or a merge wrote to the project.

        Tell whether its items differ now. The focus stays where its item is still there, else it goes to the next
        one; where the annotator had left it, it comes back only if there was nothing to decide before.
        """
        if self.document is None:
            return False
        before, focus, left = self.items, self.focus, self._board.pending
        self.trust.refresh()
        self._load(self.document.id)
        if focus or not left:
            self.focus = (self._board.find(focus.key) if focus else None) or self._board.next_pending(focus)
        return self.items != before

    @property
    def tagset(self) -> Tagset:
        """Return the project's labels, as they stood when they were last read."""
        return self.project.tagset

    def read_tagset(self) -> bool:
        """Take over what others have changed in the tagset meanwhile, and tell whether there was anything."""
        changed = self.project.labels.refresh()
        if changed:
            self.refresh()
        return changed

    @property
    def items(self) -> list[Item]:
        """Return the annotations and the suggestions to decide, by start, longest first; do not alter the list."""
        return self._board.items

    @property
    def threshold(self) -> float:
        """Return how likely a suggestion must be to be accepted, 0 to 1, to be shown."""
        return self._threshold

    @threshold.setter
    def threshold(self, score: float) -> None:
        """Show suggestions that are this likely to be accepted; the focus moves on where its item is hidden by it."""
        self._threshold = score
        self._board.show(score)
        if self.focus is None or self._board.find(self.focus.key) is None:
            self.focus = self._board.next_pending(self.focus)

    @property
    def progress(self) -> tuple[int, int]:
        """Return how many suggestions are left to decide, skipped ones too, and how many with the decided ones."""
        left = self._board.pending
        return left, left + self._board.decided

    @property
    def hidden(self) -> int:
        """Return how many suggestions of the open document the threshold hides."""
        return self._board.hidden

    @property
    def is_done(self) -> bool:
        """Tell whether the annotator has called the open document done."""
        return self._status.get("status") == "done"

    @property
    def note(self) -> str:
        """Return the annotator's note on the open document, or ""."""
        return note_text(self._board.notes.get(""))

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the annotator has called the open document doubtful."""
        return is_doubtful(self._board.notes.get(""))

    @property
    def notes(self) -> Mapping[str, Value]:
        """Return what the annotator noted in the open document, by Item.key; "" is the document's own."""
        return self._board.notes

    def set_focus(self, item: Item | None) -> None:
        """Focus an item, or nothing; an item that is not shown any more focuses nothing."""
        self.focus = self._board.find(item.key) if item else None

    def focus_next(self, pending_only: bool = False) -> None:
        """Focus the next item, or the next suggestion to decide, from the top again behind the last."""
        if pending_only:
            self.focus = self._board.next_pending(self.focus)
        elif self.items:
            here = self._board.index(self.focus) + 1 if self.focus else 0
            self.focus = self.items[here % len(self.items)]

    def focus_previous(self) -> None:
        """Focus the item before, from the bottom again before the first."""
        if self.items:
            here = self._board.index(self.focus) if self.focus else 0
            self.focus = self.items[here - 1]

    def _take(self, change: Change) -> None:
        """Bring the open document's state to what a change left."""
        writes = [w for w in change.edit.writes if self.document and w.document == self.document.id]
        self._board.apply(self.annotator.id, writes)
        for w in writes:
            if w.cell is CellKind.STATUS:
                self._status = w.after or {}

    def _hand(self) -> Hand:
        """Return the hand that makes this annotator's writes in the open document."""
        return Hand(self._board, self._opened().id, self.annotator.id, self.project.labels.ids.in_log)

    def _opened(self) -> Document:
        """Return the open document; raises ValueError where none is open."""
        if self.document is None:
            raise ValueError("no document is open")
        return self.document


class Session(OpenDocument):
    """An annotator at work on a project. Every gesture is one edit, durable before the method returns.

    Gestures return the Change, or None where there was nothing to do. A gesture that decides moves the focus to
    the next suggestion to decide; with none left the focus is None. All raise ProjectError where
    the project cannot be written, and then nothing has changed.
    """

    def __init__(self, project: Project, annotator: Annotator) -> None:
        """Begin with no document open."""
        super().__init__(project, annotator)
        self._listeners: list[Callable[[Change], None]] = []

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back with every Change, when state and focus are as it left them; return what ends this."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def confirm(self) -> Change | None:
        """Accept the suggestion in focus; an annotation in focus is only passed."""
        return self._decide(lambda hand, item: confirm(hand, [item]))

    def reject(self) -> Change | None:
        """Reject the suggestion in focus, or remove the annotation in focus."""
        return self._decide(reject)

    def skip(self) -> Change | None:
        """Put the suggestion in focus off; it comes back when all others are decided."""
        return self._decide(skip)

    def give_label(self, label_id: str, span: Span | None = None) -> Change | None:
        """Give the item in focus a label, or the span where one is given.

        A suggestion is accepted when the label is its own, else corrected; an annotation is relabelled. A span
        that no item has becomes a new annotation; annotations in its way go, in the same edit.
        Raises ValueError for a label that the tagset lacks and for a span beyond the text.
        """
        label = self.tagset.find(label_id)
        if label is None:
            raise ValueError(f"the tagset has no label {label_id}")
        label_id = label.id
        if span is None:
            return self._decide(lambda hand, item: revise(hand, item, item.span, label_id))
        document = self._opened()
        if span.end > len(document.text):
            raise ValueError(f"the span {span} lies beyond the text")
        change = self._write(annotate(self._hand(), span, label_id))
        self.focus = self._board.next_pending(self._board.at(span))
        self._tell(change)
        return change

    def annotate(self, span: Span, label_id: str) -> Change | None:
        """Label a span by hand: give_label with the span first."""
        return self.give_label(label_id, span)

    def resize(self, span: Span) -> Change | None:
        """Give the item in focus another span and keep it in focus; a suggestion is confirmed, as corrected, by it.

        None where the span is the same or competes with another annotation.
        Raises ValueError for a span beyond the text.
        """
        item = self.focus
        if item is None or span == item.span:
            return None
        if span.end > len(self._opened().text):
            raise ValueError(f"the span {span} lies beyond the text")
        change = self._write(revise(self._hand(), item, span, item.label))
        if change:
            self.focus = self._board.at(span)
        self._tell(change)
        return change

    def move_start(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the start of the item in focus by step words or characters, forward in the text if positive."""
        return self._move("start", step, unit)

    def move_end(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the end of the item in focus by step words or characters, forward in the text if positive."""
        return self._move("end", step, unit)

    def confirm_all(self) -> Change | None:
        """Accept every suggestion that is shown, in one edit."""
        if self.document is None:
            return None
        change = self._write(confirm(self._hand(), self.items, EditKind.CONFIRM_ALL))
        self.focus = self._board.next_pending(self.focus)
        self._tell(change)
        return change

    def set_done(self, done: bool) -> Change | None:
        """Call the open document done, or not done; None where suggestions are left to decide (see progress)."""
        if self.document is None or done == self.is_done or (done and self.progress[0]):
            return None
        after = {"status": "done"} if done else None
        return self.apply(EditKind.STATUS, [Write(self.document.id, CellKind.STATUS, "", self._status or None, after)])

    def set_note(self, text: str, key: str = "") -> Change | None:
        """Keep a note on the open document, or on the item with a key; an empty one removes it."""
        return self.remark(key, text, is_doubtful(self.notes.get(key)))

    def set_doubtful(self, doubtful: bool, key: str = "") -> Change | None:
        """Call the open document, or the item with a key, doubtful or not; its note stays."""
        return self.remark(key, note_text(self.notes.get(key)), doubtful)

    def remark(self, key: str, text: str, doubtful: bool) -> Change | None:
        """Keep a note and a doubt at once on the item with a key, or on the document, whose key is ""."""
        intent = remark(self._hand(), key, text.strip(), doubtful) if self.document else None
        return self.apply(intent.kind, intent.writes) if intent else None

    def apply(self, kind: EditKind, writes: Iterable[Write]) -> Change | None:
        """Make one edit of these writes, which may lie in several documents; None where there are none."""
        change = self._write(Intent(kind, tuple(writes)))
        self.set_focus(self.focus)
        self._tell(change)
        return change

    def change_tagset(self, changes: Sequence[TagsetChange]) -> Change | None:
        """Make changes to the labels as one edit; None where they leave everything as it is.

        Raises ResourceError where one cannot be made to the tagset as it stands now, and then none is.
        """
        writes = self.project.labels.writes(changes)
        if not writes:
            return None
        log = self.project.log
        return self._retag(Edit(log.new_id(), self.annotator.id, "", EditKind.TAGSET, writes))

    def undo(self) -> Change | None:
        """Take back the annotator's last edit that stands, in its document, and focus what came back."""
        edit = self.project.log.undoable(self.annotator.id)
        return self._revert(edit.undo(self.project.log.new_id())) if edit else None

    def redo(self) -> Change | None:
        """Do again what the last undo took back, in its document, and focus what came back."""
        edit = self.project.log.redoable(self.annotator.id)
        return self._revert(edit.redo(self.project.log.new_id())) if edit else None

    def _decide(self, gesture: Callable[[Hand, Item], Intent | None]) -> Change | None:
        """Make a gesture on the item in focus and go to the next suggestion to decide."""
        item = self.focus
        if item is None:
            return None
        change = self._write(gesture(self._hand(), item))
        self.focus = self._board.next_pending(item)
        self._tell(change)
        return change

    def _move(self, edge: Edge, step: int, unit: Unit) -> Change | None:
        """Move one edge of the item in focus."""
        if self.focus is None:
            return None
        span = move_edge(self.focus.span, edge, step, unit, self._opened().text, self.tokens)
        return self.resize(span) if span else None

    def _revert(self, edit: Edit) -> Change:
        """Write an undo or a redo, open its document, and focus the first of what it brought back."""
        if not edit.document:
            return self._retag(edit)
        change = self.project.log.append(edit)
        if self.document is None or self.document.id != edit.document:
            self.open(edit.document)
        else:
            self._take_in(change, edit)
        keys = {w.key for w in change.edit.writes if w.document == edit.document}
        back = [item for item in map(self._board.find, keys) if item]
        self.focus = min(back, key=Item.order) if back else self._board.next_pending(self.focus)
        self._tell(change)
        return change

    def _retag(self, edit: Edit) -> Change:
        """Write a change of the tagset; the open document is read anew with its labels, and the focus stays."""
        change = self.project.log.append(edit)
        self.refresh()
        self._tell(change)
        return change

    def _write(self, intent: Intent | None) -> Change | None:
        """Append what a gesture intends as one edit and take it in."""
        if intent is None or not intent.writes:
            return None
        log = self.project.log
        edit = Edit(log.new_id(), self.annotator.id, self._opened().id, intent.kind, intent.writes)
        change = log.append(edit)
        self._take_in(change, edit)
        return change

    def _take_in(self, change: Change, wanted: Edit) -> None:
        """Bring the state to what a change left; read it anew where another window had altered what it built on."""
        if self.document and [w.before for w in change.edit.writes] != [w.before for w in wanted.writes]:
            self._load(self.document.id)
        else:
            self._take(change)

    def _tell(self, change: Change | None) -> None:
        """Call back all who listen."""
        if change:
            for callback in tuple(self._listeners):
                callback(change)
