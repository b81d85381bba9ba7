"""The open document: its items, the focus, and notification of subscribers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document
from annotator.domain.model.edit import CellKind, Change, NoteValue, StatusValue
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.span import Span
from annotator.domain.review.decisions import EditBuilder
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.domain.review.review_state import ReviewItem, ReviewState
from annotator.domain.review.visibility import is_rejection, reading_order, span_of_key
from annotator.domain.tagset.tagset import Tagset
from annotator.storage.project import Project
from annotator.storage.queries.suggestion_confidence import SuggestionConfidence
from annotator.suggest.refused_names import RefusedNames
from annotator.text.lazy_tokens import LazyTokens
from annotator.text.normalise import normalise_key


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one call on a session.

    change is the edit that it wrote, None if only the focus moved. focus is the item in focus afterwards. opened is
    True if a document was opened, as by an undo in another article. tagset_changed is True if labels are to be shown
    again.
    """

    change: Change | None
    focus: ReviewItem | None
    opened: bool = False
    tagset_changed: bool = False


class OpenDocument:
    """The open document of one annotator, and the item in focus. Nothing here writes.

    tokens are those of the open document, computed when first used. confidence says how far the scores of suggesters
    can be trusted; it is read again whenever a document is opened.
    """

    def __init__(self, project: Project, annotator: Annotator) -> None:
        """Start with no document open, and add the annotator to a writable project."""
        if not project.is_read_only:
            project.annotators.add(annotator)
        self.project = project
        self.annotator = annotator
        self.confidence = SuggestionConfidence(project.decisions, project.metrics, annotator.id)
        self.document: Document | None = None
        self.focus: ReviewItem | None = None
        self._threshold = 0.0
        self._state = ReviewState((), (), {}, 0.0, self.tagset.nested)
        self._status: StatusValue | None = None
        self.tokens = LazyTokens("")
        self._listeners: list[Callable[[Outcome], None]] = []
        self._refused: RefusedNames = {}
        self._left_out: list[tuple[str, str, MeasuredPrecision]] | None = None

    def subscribe(self, callback: Callable[[Outcome], None]) -> Callable[[], None]:
        """Call back with the Outcome of every call, once its state and focus hold; return what unsubscribes."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _notify(self, change: Change | None = None, *, opened: bool = False, tagset_changed: bool = False) -> None:
        tagset_changed = tagset_changed or (change is not None and change.alters_tagset)
        outcome = Outcome(change, self.focus, opened, tagset_changed)
        for callback in tuple(self._listeners):
            callback(outcome)

    def open(self, document_id: str, focus: str | None = None) -> None:
        """Open a document and focus the item with a key.

        "" focuses nothing. None, or the key of an item that is not shown, focuses the first undecided suggestion.
        Raises KeyError for an unknown document.
        """
        self._open(document_id)
        item = self._state.find(focus) if focus else None
        if item is not None or focus == "":
            self.focus = item
        self._notify(opened=True)

    def _open(self, document_id: str) -> None:
        if self.document is None or self.document.id != document_id:
            self.document = self.project.documents.get(document_id)
            self.tokens = LazyTokens(self.document.text)
        # refresh() follows when a merge is complete.
        self.confidence.refresh(with_merged=False)
        self._load(document_id)
        self.focus = self._state.next_pending(None)

    def _load(self, document_id: str) -> None:
        log, me = self.project.log, self.annotator.id
        self._left_out = None
        self._state = ReviewState(
            self.project.suggestions.of(document_id, self.confidence.reliability),
            log.annotations(document_id, me),
            log.verdicts(document_id, me),
            self._threshold,
            self.tagset.nested,
            log.note_values(document_id, me),
        )
        self._status = log.status(document_id, me)
        self._read_title()

    def refresh(self) -> bool:
        """Read the open document again, after another window, a suggester or a merge wrote to the project.

        Return True if its items differ now. The focus stays on its item, or goes to the next one if that is gone. If
        the annotator had cleared the focus, it is set only if there was nothing to decide before.
        """
        if self.document is None:
            return False
        before, focus, left = self.marked, self.focus, self._state.pending
        self.confidence.refresh()
        self._load(self.document.id)
        if focus or not left:
            self.focus = (self._state.find(focus.key) if focus else None) or self._state.next_pending(focus)
        return self.marked != before

    @property
    def tagset(self) -> Tagset:
        """Return the project's labels, as of the last read."""
        return self.project.tagset

    def read_tagset(self) -> bool:
        """Read the changes that others made to the tagset. Return True if there were any."""
        changed = self.project.labels.refresh()
        if changed:
            self.refresh()
            self._notify(tagset_changed=True)
        return changed

    @property
    def items(self) -> list[ReviewItem]:
        """Return the annotations and undecided suggestions, by start, longest first. Do not modify the list."""
        return self._state.items

    @property
    def marked(self) -> list[ReviewItem]:
        """Return the items and the weak suggestions, by start, longest first. Do not modify the list."""
        return self._state.marked

    @property
    def rejected(self) -> list[tuple[str, Span, str]]:
        """Return the rejected suggestions of the open document in text order, as (key, span, label)."""
        keys = (key for key, verdict in self._state.verdicts.items() if is_rejection(verdict))
        found = ((key, span_of_key(key), key.split(":", 2)[2]) for key in keys)
        return sorted(found, key=lambda one: (*reading_order(one[1]), one[2]))

    @property
    def threshold(self) -> float:
        """Return the lowest confidence of the suggestions shown, 0 to 1."""
        return self._threshold

    @threshold.setter
    def threshold(self, score: float) -> None:
        """Show the suggestions from this confidence on.

        If that hides the item in focus, or makes it weak, the focus moves to the next.
        """
        self._threshold = score
        self._state.show(score)
        before, item = self.focus, self._state.find(self.focus.key) if self.focus else None
        is_left = before is None or item is None or (item.weak and not before.weak)
        self.focus = self._state.next_pending(before) if is_left else item

    @property
    def progress(self) -> tuple[int, int]:
        """Return the number of undecided suggestions, skipped ones included, and the number of all."""
        left = self._state.pending
        return left, left + self._state.decided

    @property
    def hidden(self) -> int:
        """Return the number of suggestions that the threshold hides in the open document."""
        return self._state.hidden

    @property
    def refused(self) -> RefusedNames:
        """Return the names that are not suggested because the team keeps rejecting them; empty until it is set."""
        return self._refused

    @refused.setter
    def refused(self, names: RefusedNames) -> None:
        self._refused, self._left_out = names, None

    def left_out(self) -> list[tuple[str, str, MeasuredPrecision]]:
        """Return the refused names that a suggester proposes in the open document: text, label, and how often it fits.

        Each name is listed once, in text order.
        """
        if self._left_out is None:
            self._left_out = self._find_left_out() if self.document and self._refused else []
        return self._left_out

    def _find_left_out(self) -> list[tuple[str, str, MeasuredPrecision]]:
        document = self._opened()
        found: dict[tuple[str, str], str] = {}
        proposals = self.project.suggestions.proposals([document.id])[document.id]
        for s in sorted(chain(*proposals.values()), key=lambda s: reading_order(s.span)):
            name = s.span.of(document.text)
            place = (normalise_key(name), s.label)
            if place in self._refused and self._state.suggestion(s.key) is None and s.key not in self._state.verdicts:
                found.setdefault(place, name)
        return [(name, place[1], self._refused[place]) for place, name in found.items()]

    @property
    def is_done(self) -> bool:
        """Return True if the annotator marked the open document as done."""
        return self._status is not None and self._status["status"] == "done"

    @property
    def note(self) -> str:
        """Return the annotator's note on the open document, or ""."""
        return note_text(self._state.notes.get(""))

    @property
    def is_doubtful(self) -> bool:
        """Return True if the annotator flagged the open document."""
        return is_doubtful(self._state.notes.get(""))

    @property
    def notes(self) -> Mapping[str, NoteValue]:
        """Return the annotator's notes in the open document by item key; the document's own note has the key ""."""
        return self._state.notes

    def set_focus(self, item: ReviewItem | None) -> None:
        """Focus an item, or nothing if it is None or not shown any more."""
        self._set_focus(item)
        self._notify()

    def _set_focus(self, item: ReviewItem | None) -> None:
        self.focus = self._state.find(item.key) if item else None

    def focus_next(self, pending_only: bool = False) -> None:
        """Focus the next item, weak or not, or the next suggestion to decide; after the last comes the first."""
        if pending_only:
            self.focus = self._state.next_pending(self.focus)
        elif self.marked:
            here = self._state.index(self.focus) + 1 if self.focus else 0
            self.focus = self.marked[here % len(self.marked)]
        self._notify()

    def focus_previous(self) -> None:
        """Focus the previous item, weak or not; before the first comes the last."""
        if self.marked:
            here = self._state.index(self.focus) if self.focus else 0
            self.focus = self.marked[here - 1]
        self._notify()

    def _take(self, change: Change) -> None:
        writes = [w for w in change.edit.writes if self.document and w.document == self.document.id]
        self._state.apply(self.annotator.id, writes)
        self._take_status(change)
        self._take_title(change)

    def _take_title(self, change: Change) -> None:
        document = self.document
        if document and any(write.document == document.id for write in change.writes(CellKind.TITLE)):
            self._read_title()

    def _read_title(self) -> None:
        if self.document is not None:
            title, _ = self.project.documents.titles(self.document.id)
            if title != self.document.title:
                self.document = replace(self.document, title=title)

    def _take_status(self, change: Change) -> None:
        for write in change.writes(CellKind.STATUS):
            if self.document and write.document == self.document.id:
                _, self._status = write.statuses

    def _builder(self) -> EditBuilder:
        return EditBuilder(self._state, self._opened().id, self.annotator.id, self.project.labels.ids.in_log)

    def _opened(self) -> Document:
        """Return the open document. Raises ValueError if none is open."""
        if self.document is None:
            raise ValueError("no document is open")
        return self.document
