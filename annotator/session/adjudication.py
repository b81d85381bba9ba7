"""The decisions of an adjudicator, each written as one edit of the gold layer.

domain/team/adjudication_state.py defines what differs and what a decision writes. The page of the window and tests call
the methods here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.model.annotation import Annotation, Annotator, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import CellKind, Change, Edit, EditKind, Write
from annotator.domain.model.notes import Note, difference_note_key, is_note_on_difference, note_value
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit, move_edge
from annotator.domain.review.visibility import conflict, span_of_key
from annotator.domain.tagset.tagset import Tagset
from annotator.domain.team.adjudication_state import AdjudicationState, DifferenceGroup, LabelledSpan, Lane
from annotator.errors import UserError
from annotator.session.background_edit import LARGE_PAYLOAD
from annotator.storage.log.log import UndoScope
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind, kinds_of
from annotator.team.same_difference import Signature, signature, transfer
from annotator.text.lazy_tokens import LazyTokens


@dataclass(frozen=True, slots=True)
class AdjudicationOutcome:
    """The result of one call on a session: the edit that it wrote, None if only the focus moved.

    opened is True if a document was opened, as by an undo in another article.
    """

    change: Change | None
    opened: bool = False


class AdjudicationSession:
    """What annotators gave in the open document, and the decisions of one adjudicator.

    Each decision is one edit of the kind SETTLE, on disk before the method returns. Methods return the Change, or None
    if there was nothing to do. All raise UserError if the person may not settle, and ProjectError if the project cannot
    be written; then nothing has changed.

    The focus is a difference, one of its choices, and one span of that choice. A decision moves the focus to the next
    difference that is left; if there is none, the focus is None. Moving a boundary keeps it.

    Undo and redo act on the adjudicator's edits here, of all documents, and never on labels that the same person gave
    as an annotator. Conversely, undo while labelling never takes back what was settled.

    document: the open document. tokens: its tokens, computed when first used. state: what annotators gave, and what is
    settled.
    """

    def __init__(self, project: Project, annotator: Annotator) -> None:
        """Start with no document open."""
        self.project = project
        self.annotator = annotator
        self.document: Document | None = None
        self.tokens = LazyTokens("")
        self.state = AdjudicationState("", (), (), {})
        self._annotations: dict[str, Annotation] = {}
        self._notes: list[Note] = []
        self._set_focus(None)
        self._listeners: list[Callable[[AdjudicationOutcome], None]] = []

    def subscribe(self, callback: Callable[[AdjudicationOutcome], None]) -> Callable[[], None]:
        """Call back with the outcome of every call, once its state and focus hold; return what unsubscribes."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _notify(self, change: Change | None = None, *, opened: bool = False) -> None:
        outcome = AdjudicationOutcome(change, opened)
        for callback in tuple(self._listeners):
            callback(outcome)

    # What there is

    @property
    def tagset(self) -> Tagset:
        """Return the project's labels, as of the last read."""
        return self.project.tagset

    @property
    def may_settle(self) -> bool:
        """Return True if the person is an adjudicator or a lead, and the project can be written."""
        role = self.project.team.facts().role(self.annotator.id)
        return role is not Role.ANNOTATOR and not self.project.is_read_only

    @property
    def voters(self) -> tuple[str, ...]:
        """Return the ids of the annotators who are compared, in the order of the lanes."""
        return self.state.voters

    @property
    def differences(self) -> Sequence[DifferenceGroup]:
        """Return the differences in the open document, settled or not, in reading order."""
        return self.state.differences

    @property
    def agreed(self) -> Sequence[LabelledSpan]:
        """Return what all voters gave, in reading order. It counts as settled in advance."""
        return self.state.agreed

    @property
    def progress(self) -> tuple[int, int]:
        """Return how many differences of the open document are left, and how many there are."""
        return self.state.left, len(self.state.differences)

    @property
    def is_settled(self) -> bool:
        """Return True if the open document is settled as a whole."""
        return self.state.is_settled

    def kinds(self, group: DifferenceGroup) -> frozenset[DifferenceKind]:
        """Return how each two voters differ in a group of the open document."""
        return kinds_of(group.lanes, self.tokens)

    def choices(self, group: DifferenceGroup) -> tuple[Lane, ...]:
        """Return what can be taken in a group: each voter's lane and, if it has gold, what is settled now."""
        return (*group.lanes, group.settled) if group.has_gold else group.lanes

    # The open document and the focus

    def open(self, document_id: str, place: Span | None = None) -> None:
        """Open a document, and focus the difference at a place.

        Without a place, or without a difference there, focus the first that is left. Raises KeyError for an unknown
        document.
        """
        self._open(document_id)
        here = self._number_at(place) if place else None
        self._set_focus(self._next_left(-1) if here is None else here)
        self._notify(opened=True)

    def _open(self, document_id: str) -> None:
        if self.document is None or self.document.id != document_id:
            self.document = self.project.documents.get(document_id)
            self.tokens = LazyTokens(self.document.text)
        self._read()

    def _read(self) -> None:
        document = self._opened()
        self.state = self.project.gold.state(document.id)
        self._annotations = {each.id: each for each in self.project.log.annotations(document.id)}
        self._notes = self.project.log.notes(document.id)

    def refresh(self) -> bool:
        """Read the open document again, after a merge or another window wrote to the project.

        Return True if differences changed. The focus stays on its difference, or goes to the next that is left.
        """
        if self.document is None:
            return False
        before, focus = self.state.differences, self.focus
        self._read()
        if self.state.differences == before:
            return False
        here = self._number_at(focus.span) if focus else None
        self._set_focus(self._next_left(-1) if here is None else here)
        self._notify()
        return True

    @property
    def focus(self) -> DifferenceGroup | None:
        """Return the difference in focus, or None."""
        return None if self._focus is None else self.state.differences[self._focus]

    @property
    def choice(self) -> int:
        """Return which of choices() of the difference in focus is chosen, from 0."""
        return self._choice

    @property
    def lane(self) -> Lane:
        """Return the spans of the choice in focus; () if that annotator gave nothing, or nothing is in focus."""
        group = self.focus
        return self.choices(group)[self._choice] if group else ()

    @property
    def span(self) -> Span | None:
        """Return the span that labels and boundary keys change: one of the choice in focus, or else of the others."""
        group = self.focus
        if group is None:
            return None
        lane = self.lane
        if lane:
            return lane[min(self._item, len(lane) - 1)][0]
        return next((each[0][0] for each in group.lanes if each), group.spans[0])

    def set_focus(self, group: DifferenceGroup | None, span: Span | None = None, choice: int | None = None) -> None:
        """Focus a difference of the open document, one of its choices, and one of that choice's spans."""
        here = self._number_at(group.span) if group else None
        self._set_focus(here)
        if here is not None:
            choices = self.choices(self.state.differences[here])
            if choice is not None and 0 <= choice < len(choices):
                self._choice = choice
            elif span is not None and span not in [each for each, _ in choices[self._choice]]:
                with_it = [i for i, lane in enumerate(choices) if any(each == span for each, _ in lane)]
                self._choice = with_it[0] if with_it else self._choice
            spans = [each for each, _ in choices[self._choice]]
            self._item = spans.index(span) if span in spans else 0
        self._notify()

    def focus_next(self, *, left_only: bool = False) -> None:
        """Focus the next difference, or the next that is left; after the last comes the first."""
        if left_only:
            self._set_focus(self._next_left(self._position))
        elif self.state.differences:
            self._set_focus((self._position + 1) % len(self.state.differences))
        self._notify()

    def focus_previous(self) -> None:
        """Focus the previous difference; before the first comes the last."""
        count = len(self.state.differences)
        if count:
            self._set_focus(((count if self._focus is None else self._focus) - 1) % count)
        self._notify()

    def focus_choice(self, step: int) -> None:
        """Focus the choice that is step lanes further down; after the last comes the first."""
        group = self.focus
        if group:
            self._choice = (self._choice + step) % len(self.choices(group))
            self._item = 0
            self._notify()

    @property
    def _position(self) -> int:
        return -1 if self._focus is None else self._focus

    def _set_focus(self, number: int | None) -> None:
        """Focus a difference by its number; if it is open, the lane that most voters share, else what is settled."""
        self._focus, self._item, self._choice = number, 0, 0
        group = self.focus
        if group is None:
            return
        if len(group.gold) == len(group.spans):
            self._choice = len(group.lanes)
        else:
            often = Counter(group.lanes)
            self._choice = max(range(len(group.lanes)), key=lambda i: (often[group.lanes[i]], bool(group.lanes[i]), -i))

    def _next_left(self, after: int) -> int | None:
        """Return the number of the next difference that is left, wrapping around, or None."""
        groups = self.state.differences
        order = [*range(after + 1, len(groups)), *range(after + 1)]
        return next((number for number in order if groups[number].is_left), None)

    def _number_at(self, place: Span) -> int | None:
        """Return the number of the difference that overlaps a place, or None. Differences do not overlap."""
        groups = self.state.differences
        number = bisect_right(groups, place.start, key=lambda group: group.span.end)
        return number if number < len(groups) and groups[number].span.overlaps(place) else None

    # Decisions

    def take(self) -> Change | None:
        """Settle the difference in focus as the choice in focus has it. A settled one is confirmed again."""
        return self._settle(self.lane) if self.focus else None

    def take_annotator(self, number: int) -> Change | None:
        """Settle the difference in focus as one voter gave it, by the voter's number from 0."""
        group = self.focus
        return self._settle(group.lanes[number]) if group and 0 <= number < len(group.lanes) else None

    def take_annotator_rest(self, number: int) -> Change | None:
        """Settle everything that is left in the document as one voter gave it, in one edit; number is from 0."""
        if not 0 <= number < len(self.voters):
            return None
        left = [group for group in self.state.differences if group.is_left]
        me = self.annotator.id
        return self._write([w for group in left for w in self.state.settle(group, group.lanes[number], me)])

    def give_label(self, label_id: str, span: Span | None = None) -> Change | None:
        """Take the choice in focus with another label for its span in focus, or settle any span that is given.

        A span that is given replaces what conflicts with it. Raises ValueError for a label that is not in the tagset,
        and for a span beyond the text.
        """
        label = self.tagset.find(label_id)
        if label is None:
            raise ValueError(f"the tagset has no label {label_id}")
        if span is not None:
            if span.end > len(self._opened().text):
                raise ValueError(f"the span {span} lies beyond the text")
            return self._write(self.state.label(span, label.id, self.annotator.id))
        here = self.span
        return self._settle(self._lane_with(here, (here, label.id))) if here else None

    def resize(self, span: Span) -> Change | None:
        """Take the choice in focus with another extent of its span in focus, and keep that in focus.

        Return None if the span is the same, or would overlap something outside the difference. Raises ValueError for a
        span beyond the text.
        """
        here, group = self.span, self.focus
        if here is None or group is None or span == here or self._is_taken(span, group):
            return None
        if span.end > len(self._opened().text):
            raise ValueError(f"the span {span} lies beyond the text")
        label = dict(self.lane).get(here) or next(
            (label for lane in group.lanes for given, label in lane if given == here), next(iter(group.labels))
        )
        return self._settle(self._lane_with(here, (span, label)), keep=span)

    def move_start(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the start of the span in focus by step words or characters, forward in the text if positive."""
        return self._move("start", step, unit)

    def move_end(self, step: int, unit: Unit = "word") -> Change | None:
        """Move the end of the span in focus by step words or characters, forward in the text if positive."""
        return self._move("end", step, unit)

    def _move(self, edge: Edge, step: int, unit: Unit) -> Change | None:
        if self.span is None:
            return None
        span = move_edge(self.span, edge, step, unit, self._opened().text, self.tokens)
        return self.resize(span) if span else None

    def reject(self) -> Change | None:
        """Settle that there is nothing at the difference in focus."""
        return self._settle(()) if self.focus else None

    def reopen_difference(self) -> Change | None:
        """Take back what was settled at the difference in focus, so that it is open again."""
        group = self.focus
        return self._write(self.state.reopen(group), keep=group.span) if group else None

    def set_settled(self, settled: bool) -> Change | None:
        """Settle the open document with everything that all gave, or mark it as not settled.

        Return None if differences are left (see progress).
        """
        if self.document is None:
            return None
        if not settled:
            return self._write(self.state.reopen_document()) if self.is_settled else None
        is_current = self.is_settled and not self.state.is_outdated
        return None if is_current or self.state.left else self._write(self._document_writes())

    def _document_writes(self) -> list[Write]:
        me = self.annotator.id
        finished = self.project.contributions.done([self.state.document]).get(self.state.document, set())
        return [*self.state.settle_agreed(me), *self.state.settle_document(me, finished)]

    def open_next(self) -> bool:
        """Open the next document that is not settled and has differences left, in the order of import.

        After the last one comes the first. Settled documents that are outdated are in the queue only. Return False, and
        stay here, if there is no other.
        """
        here = self.document.id if self.document else ""
        for begin in dict.fromkeys((here, "")):
            found = self.project.gold.next_to_settle(begin)
            while found is not None and found != here:
                if self.project.gold.state(found).left:
                    self.open(found)
                    return True
                found = self.project.gold.next_to_settle(found)
        return False

    def settle_everywhere(self) -> Change | None:
        """Settle all open differences of the project that are the same as the one in focus, in one edit.

        The same are those with the same words, apart from spelling variants, and the same set of lanes. They are
        settled as the choice in focus has it. This reads all documents that have differences; for a large project use
        prepare_settle_everywhere().
        """
        pattern = self._pattern()
        return self._write(_everywhere(self.project, self.annotator.id, pattern)) if pattern else None

    def prepare_settle_everywhere(self) -> BackgroundSettlement | None:
        """Return settle_everywhere() for another thread; pass it to take_over() afterwards. None without a focus."""
        pattern, me = self._pattern(), self.annotator.id
        if pattern is None:
            return None
        self._require_role()
        place = self._opened().id

        def make(project: Project) -> Edit | None:
            writes = tuple(_everywhere(project, me, pattern))
            return Edit(project.log.new_id(), me, place, EditKind.SETTLE, writes) if writes else None

        return BackgroundSettlement(self.project.path, make)

    def prepare_undo(self) -> BackgroundSettlement | None:
        """Return undo() for another thread, or None if it has few writes."""
        me = self.annotator.id
        if self.project.log.undoable_length(me, UndoScope.ADJUDICATION) < LARGE_PAYLOAD:
            return None
        self._require_role()
        return BackgroundSettlement(
            self.project.path,
            lambda p: (edit := p.log.undoable(me, UndoScope.ADJUDICATION)) and edit.undo(p.log.new_id()),
        )

    def prepare_redo(self) -> BackgroundSettlement | None:
        """Return redo() for another thread, or None if it has few writes."""
        me = self.annotator.id
        if self.project.log.redoable_length(me, UndoScope.ADJUDICATION) < LARGE_PAYLOAD:
            return None
        self._require_role()
        return BackgroundSettlement(
            self.project.path,
            lambda p: (edit := p.log.redoable(me, UndoScope.ADJUDICATION)) and edit.redo(p.log.new_id()),
        )

    def take_over(self, settlement: BackgroundSettlement) -> Change | None:
        """Show what a background settlement wrote. Return None if it wrote nothing."""
        change = settlement.change
        if change is not None:
            if settlement.in_log is not None:
                self.project.log.set_latest(settlement.in_log)
            self._show(change)
        return change

    def undo(self) -> Change | None:
        """Undo the last edit of this person's adjudication, in its document, and focus what it restored."""
        edit = self.project.log.undoable(self.annotator.id, UndoScope.ADJUDICATION)
        return self._revert(edit.undo(self.project.log.new_id())) if edit else None

    def redo(self) -> Change | None:
        """Redo the last undone edit of this person's adjudication, in its document, and focus what it restored."""
        edit = self.project.log.redoable(self.annotator.id, UndoScope.ADJUDICATION)
        return self._revert(edit.redo(self.project.log.new_id())) if edit else None

    # Notes

    def notes_on(self, group: DifferenceGroup) -> list[Note]:
        """Return the notes of all annotators on their annotations in a group, and those on the difference itself."""
        return [note for note in self._notes if (place := self._place_of(note)) and place.overlaps(group.span)]

    def note_on(self, group: DifferenceGroup) -> Note | None:
        """Return this person's note on a difference, or None."""
        return next((note for note in self.notes_on(group) if self._is_own(note)), None)

    def set_note(self, text: str, doubtful: bool = False) -> Change | None:
        """Set this person's note and flag on the difference in focus; an empty text without a flag removes it."""
        group = self.focus
        if group is None:
            return None
        held = self.note_on(group)
        key = held.key if held else difference_note_key(group.span)
        before = note_value(held.text, held.doubtful) if held else None
        after = note_value(text.strip(), doubtful)
        if before == after:
            return None
        return self._write([Write(self._opened().id, CellKind.NOTE, key, before, after)], keep=group.span)

    def _is_own(self, note: Note) -> bool:
        return note.annotator == self.annotator.id and is_note_on_difference(note.key)

    def _place_of(self, note: Note) -> Span | None:
        if ":" in note.key:
            return span_of_key(note.key)
        annotation = self._annotations.get(note.key)
        return annotation.span if annotation else None

    # Writing

    def _pattern(self) -> _Pattern | None:
        group, document = self.focus, self.document
        if group is None or document is None:
            return None
        found = signature(group, document.text)
        return _Pattern(document.id, group, document.text, found, self.lane) if found else None

    def _lane_with(self, here: Span, replacement: LabelledSpan) -> Lane:
        """Return the choice in focus with another span and label instead of one of its spans."""
        return (*(each for each in self.lane if each[0] != here), replacement)

    def _is_taken(self, span: Span, group: DifferenceGroup) -> bool:
        """Return True if a span conflicts with what is settled or agreed outside a difference, or with its lane."""
        here = self.span
        others = [other for other, _ in self.lane if other != here]
        settled = [other for other, _ in self.state.settled()]
        agreed = [other for other, _ in self.agreed if other not in self.state.cells]
        others += [other for other in (*settled, *agreed) if other not in group.spans]
        return any(conflict(span, other, self.tagset.nested) for other in others)

    def _settle(self, result: Iterable[LabelledSpan], keep: Span | None = None) -> Change | None:
        group = self.focus
        return self._write(self.state.settle(group, result, self.annotator.id), keep) if group else None

    def _write(self, writes: Sequence[Write], keep: Span | None = None) -> Change | None:
        """Write one edit, then focus the difference at a place, or the next that is left."""
        self._require_role()
        position = self._position
        if not writes:
            self._set_focus(self._next_left(position) if keep is None else self._focus)
            self._notify()
            return None
        log = self.project.log
        change = log.append(Edit(log.new_id(), self.annotator.id, self._opened().id, EditKind.SETTLE, tuple(writes)))
        before = self.state.differences[position].span if position >= 0 else None
        self._read()
        here = self._number_at(keep) if keep else None
        if keep is None or here is None:
            after = -1 if before is None else bisect_left(self.state.differences, before.end, key=lambda g: g.span.end)
            here = self._next_left(min(after, len(self.state.differences) - 1))
        self._set_focus(here)
        if keep is not None and self._focus is not None:
            spans = [span for span, _ in self.lane]
            self._item = spans.index(keep) if keep in spans else 0
        self._notify(change)
        return change

    def _require_role(self) -> None:
        require_adjudicator(self.project, self.annotator)

    def _revert(self, edit: Edit) -> Change:
        self._require_role()
        change = self.project.log.append(edit)
        self._show(change)
        return change

    def _show(self, change: Change) -> None:
        """Open the document of an edit, if it is there, and focus the first difference that it changed."""
        document = change.edit.document
        opened = (self.document is None or self.document.id != document) and document in self.project.documents
        if opened:
            self._open(document)
        elif self.document is not None:
            self._read()
        here = self.document.id if self.document else ""
        spans = [_span_of(write) for write in change.edit.writes if write.document == here and write.key]
        places = [number for span in sorted(spans) if (number := self._number_at(span)) is not None]
        self._set_focus(places[0] if places and change.edit.reverts else self._next_left(self._position_in_range()))
        self._notify(change, opened=opened)

    def _position_in_range(self) -> int:
        return min(self._position, len(self.state.differences) - 1)

    def _opened(self) -> Document:
        """Return the open document. Raises ValueError if none is open."""
        if self.document is None:
            raise ValueError("no document is open")
        return self.document


class BackgroundSettlement:
    """An edit of many documents that another thread writes with its own connection.

    documents is the number of documents that it alters, 0 before build(). change and in_log are what it altered and the
    edit as the log stores it, None before write() or if it wrote nothing.
    """

    def __init__(self, path: Path, make: Callable[[Project], Edit | None]) -> None:
        """Prepare an edit of a project file; make builds it with the project that the other thread opens."""
        self._path = path
        self._make = make
        self._edit: Edit | None = None
        self.documents = 0
        self.change: Change | None = None
        self.in_log: Edit | None = None

    def build(self) -> None:
        """Build the edit without writing it, so that a person can be asked first."""
        with Project.open_to_read(self._path) as project:
            self._edit = self._make(project)
        self.documents = len({write.document for write in self._edit.writes}) if self._edit else 0

    def write(self) -> None:
        """Append the edit to the log, and build it before if that was not done. Raises ProjectError as Log.append()."""
        with Project.open(self._path) as project:
            edit = self._edit or self._make(project)
            if edit is not None:
                self.change = project.log.append(edit)
                self.in_log = project.log.latest


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A difference, and how all others that are the same are to be settled."""

    document: str
    group: DifferenceGroup
    text: str
    signature: Signature
    result: Lane


def _everywhere(project: Project, annotator: str, pattern: _Pattern) -> list[Write]:
    """Return the writes that settle a difference, and all open ones of the project that are the same."""
    writes: list[Write] = []
    source = (pattern.group, pattern.text)
    for state in project.gold.states(project.gold.to_compare()):
        left = [group for group in state.differences if group.is_left]
        if not left:
            continue
        text = project.documents.get(state.document).text
        for group in left:
            if signature(group, text) == pattern.signature:
                result = transfer(pattern.result, source, (group, text))
                if result is not None:
                    writes += state.settle(group, result, annotator)
    return writes


def require_adjudicator(project: Project, annotator: Annotator) -> None:
    """Raise UserError if somebody may not settle differences."""
    if project.team.facts().role(annotator.id) is Role.ANNOTATOR:
        raise UserError(
            "{name} cannot settle differences: only adjudicators and leads can. A lead gives roles with: annotator "
            "team set-role",
            name=annotator.name,
        )


def _span_of(write: Write) -> Span:
    start, end = write.key.split(":")[:2]
    return Span(int(start), int(end))
