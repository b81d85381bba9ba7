"""The state of one document for one annotator: the annotations, and the suggestions that are still undecided."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import CellKind, NoteValue, VerdictValue, Write
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.review.calibration import least_marked
from annotator.domain.review.visibility import (
    conflict,
    is_rejection,
    is_undecided,
    overlapping_groups,
    rank,
    rejected_spans,
    span_of_key,
    visible_suggestions,
)

_MANY = 200
"""More writes than this at once rebuild all items: each write alone would move thousands of them in the list."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An annotation (key is its id, score is 1) or a suggestion (key is Suggestion.key).

    - suggester: who proposed it; empty if the annotator labelled it without a suggestion.
    - annotator: empty for a suggestion.
    - skipped: the annotator postponed the decision on a suggestion.
    - weak: a suggestion below the threshold, which is only underlined and need not be decided.
    - score: how likely a suggestion is to be accepted, 0 to 1; given: the score that the suggester gave.
    - note, doubtful: the annotator's note on it, and whether it is flagged.
    """

    span: Span
    label: str
    is_suggestion: bool
    key: str
    score: float = 1.0
    suggester: str = ""
    annotator: str = ""
    skipped: bool = False
    given: float = 1.0
    version: str = ""
    note: str = ""
    doubtful: bool = False
    weak: bool = False

    def order(self) -> tuple[int, int, bool, str]:
        """Return the sort key: start, longest first, annotations before suggestions, key."""
        return (self.span.start, -self.span.end, self.is_suggestion, self.key)


class ReviewState:
    """The items of one annotator in one document, kept in order while writes are applied.

    items has the annotations and the suggestions to decide, and marked the weak suggestions as well; both are sorted by
    ReviewItem.order(). annotations is keyed by id, verdicts by Suggestion.key, and notes by ReviewItem.key, or "" for
    the note on the document. revision counts the calls of apply(). A write costs time in proportion to what it touches,
    not to the length of the document.

    threshold is the lowest score that is shown. Suggestions from least_marked() on are weak. nested says whether the
    tagset allows spans within spans.
    """

    def __init__(
        self,
        suggestions: Iterable[Suggestion],
        annotations: Iterable[Annotation],
        verdicts: Mapping[str, VerdictValue],
        threshold: float,
        nested: bool,
        notes: Mapping[str, NoteValue] | None = None,
    ) -> None:
        self.notes = dict(notes or {})
        self.nested = nested
        self.verdicts = dict(verdicts)
        self.annotations = {a.id: a for a in annotations}
        self._groups = list(overlapping_groups(suggestions))
        # Most groups hold one suggestion, and opening a long document makes thousands of them.
        self._ends = [g[0].span.end if len(g) == 1 else max(s.span.end for s in g) for g in self._groups]
        self._starts = [group[0].span.start for group in self._groups]
        self._inside: dict[int, dict[str, Span]] = defaultdict(dict)
        self._annotated = OverlapIndex()
        self._by_key: dict[int, dict[str, Suggestion]] = {}
        self.revision = 0
        self._are_items_due = False
        for annotation in self.annotations.values():
            self._index_annotation(annotation)
        self._refused = rejected_spans(self.verdicts.items())
        self.items: list[ReviewItem] = []
        self.marked: list[ReviewItem] = []
        self._open = [self._undecided_in(number) for number in range(len(self._groups))]
        self._shown: list[list[ReviewItem]] = []
        self.decided = sum(not is_undecided(v) for v in self.verdicts.values())
        self.show(threshold)

    @property
    def pending(self) -> int:
        """Return how many shown suggestions are undecided, including skipped ones."""
        return len(self.items) - len(self.annotations)

    @property
    def hidden(self) -> int:
        """Return how many undecided suggestions are neither shown nor underlined."""
        return sum(map(len, self._open)) + len(self.annotations) - len(self.marked)

    def show(self, threshold: float) -> None:
        """Rebuild all items, with the suggestions that reach this score."""
        self.threshold = threshold
        self._shown = [self._shown_of(number) for number in range(len(self._groups))]
        items = [self._item_of_annotation(a) for a in self.annotations.values()]
        items += [item for shown in self._shown for item in shown]
        self.marked = sorted(items, key=ReviewItem.order)
        self.items = [item for item in self.marked if not item.weak]

    def copy(self) -> Self:
        """Return an independent copy."""
        other = copy(self)
        other.notes, other.verdicts, other.annotations = dict(self.notes), dict(self.verdicts), dict(self.annotations)
        other.items, other.marked = list(self.items), list(self.marked)
        other._open, other._shown = list(self._open), list(self._shown)
        other._inside = defaultdict(dict, {number: dict(held) for number, held in self._inside.items()})
        other._by_key = dict(self._by_key)
        other._annotated, other._refused = self._annotated.copy(), self._refused.copy()
        return other

    def suggestion(self, key: str) -> Suggestion | None:
        """Return the best suggestion with this key, decided or not; None if there is none."""
        number = self._group_of(key)
        if number is None:
            return None
        if number not in self._by_key:
            best = self._by_key[number] = {}
            for suggestion in sorted(self._groups[number], key=rank):
                best.setdefault(suggestion.key, suggestion)
        return self._by_key[number].get(key)

    def overlapping(self, span: Span) -> list[Annotation]:
        """Return the annotations that share a code point with a span, in text order."""
        return [self.annotations[key] for _, key in sorted(self._annotated.overlapping(span))]

    def conflicting(self, span: Span) -> list[Annotation]:
        """Return the annotations that an annotation with this span would have to replace, in text order."""
        return [a for a in self.overlapping(span) if conflict(a.span, span, self.nested)]

    def at(self, span: Span) -> ReviewItem | None:
        """Return the item with exactly this span, preferring an annotation; None if there is none."""
        begin = bisect_left(self.items, (span.start, -span.end), key=lambda i: i.order()[:2])
        item = self.items[begin] if begin < len(self.items) else None
        return item if item and item.span == span else None

    def find(self, key: str) -> ReviewItem | None:
        """Return the item with this key, which may be weak, or None if it is not shown."""
        if key in self.annotations:
            return self._item_of_annotation(self.annotations[key])
        suggestion = self.suggestion(key)
        if suggestion is None:
            return None
        span = suggestion.span
        place = bisect_left(self.marked, (span.start, -span.end, True, key), key=ReviewItem.order)
        item = self.marked[place] if place < len(self.marked) else None
        return item if item and item.is_suggestion and item.key == key else None

    def index(self, item: ReviewItem) -> int:
        """Return the index of an item in marked, or where it would be inserted."""
        return bisect_left(self.marked, item.order(), key=ReviewItem.order)

    def next_pending(self, after: ReviewItem | None) -> ReviewItem | None:
        """Return the next undecided suggestion after an item, wrapping around at the end; skipped ones come last."""
        begin = bisect_right(self.items, after.order(), key=ReviewItem.order) if after else 0
        skipped: ReviewItem | None = None
        for i in chain(range(begin, len(self.items)), range(begin)):
            item = self.items[i]
            if item.is_suggestion:
                if not item.skipped:
                    return item
                skipped = skipped or item
        return skipped

    def apply(self, annotator: str, writes: Iterable[Write]) -> None:
        """Apply writes to this document's annotations, verdicts and notes; ignore other cells."""
        writes, touched = tuple(writes), set[int]()
        self.revision += 1
        self._are_items_due = len(writes) > _MANY
        for w in writes:
            if w.cell is CellKind.ANNOTATION:
                touched |= self._write_annotation(annotator, w)
            elif w.cell is CellKind.VERDICT:
                touched |= self._write_verdict(w)
            elif w.cell is CellKind.NOTE:
                touched |= self._write_note(w)
        for number in touched:
            self._refresh(number)
        if self._are_items_due:
            self._are_items_due = False
            self.show(self.threshold)

    def _write_annotation(self, annotator: str, write: Write) -> set[int]:
        """Add, change or remove an annotation; return the groups of suggestions at its old and new span."""
        touched: set[int] = set()
        old = self.annotations.pop(write.key, None)
        if old:
            self._take_out(self._item_of_annotation(old))
            self._annotated.remove(old.span, old.id)
            for number in self._groups_at(old.span):
                del self._inside[number][old.id]
                touched.add(number)
        _, after = write.annotations
        if after is not None:
            new = Annotation.from_value(write.key, annotator, after)
            self.annotations[new.id] = new
            self._put_in(self._item_of_annotation(new))
            touched.update(self._index_annotation(new))
        return touched

    def _write_note(self, write: Write) -> set[int]:
        """Set or remove a note; return the group of the suggestion that it is on, if any."""
        _, after = write.notes
        if after is None:
            self.notes.pop(write.key, None)
        else:
            self.notes[write.key] = after
        noted = self.annotations.get(write.key)
        if noted and not self._are_items_due:
            item = self._item_of_annotation(noted)
            for items in (self.items, self.marked):
                items[bisect_left(items, item.order(), key=ReviewItem.order)] = item
        number = self._group_of(write.key)
        return set() if number is None else {number}

    def _write_verdict(self, write: Write) -> set[int]:
        """Set or remove a verdict; return the groups of suggestions at its span."""
        before, place = self.verdicts.get(write.key), span_of_key(write.key)
        _, after = write.verdicts
        self.decided += is_undecided(before) - is_undecided(after)
        self._refused[place] += is_rejection(after) - is_rejection(before)
        if not self._refused[place]:
            del self._refused[place]
        if after is None:
            self.verdicts.pop(write.key, None)
        else:
            self.verdicts[write.key] = after
        return set(self._groups_at(place))

    def _group_of(self, key: str) -> int | None:
        """Return the group of the suggestion with this key, or None if the key is not a suggestion's."""
        numbers = self._groups_at(span_of_key(key)) if ":" in key else range(0)
        return numbers[0] if numbers else None

    def _groups_at(self, span: Span) -> range:
        """Return the groups of suggestions that share a code point with a span."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def _index_annotation(self, annotation: Annotation) -> range:
        """Index an annotation, and return the groups that it overlaps."""
        self._annotated.add(annotation.span, annotation.id)
        numbers = self._groups_at(annotation.span)
        for number in numbers:
            self._inside[number][annotation.id] = annotation.span
        return numbers

    def _undecided_in(self, number: int) -> list[Suggestion]:
        """Return the undecided suggestions of a group, whatever the threshold."""
        group, inside = self._groups[number], self._inside[number].values() if number in self._inside else ()
        if len(group) == 1 and not inside and group[0].span not in self._refused:
            return group if not self.verdicts or is_undecided(self.verdicts.get(group[0].key)) else []
        return visible_suggestions(group, inside, self.verdicts, 0.0, self.nested, self._refused)

    def _shown_of(self, number: int) -> list[ReviewItem]:
        least = least_marked(self.threshold)
        return [self._item_of_suggestion(s) for s in self._open[number] if s.score >= least]

    def _refresh(self, number: int) -> None:
        for item in self._shown[number]:
            self._take_out(item)
        self._open[number] = self._undecided_in(number)
        if not self._are_items_due:
            self._shown[number] = self._shown_of(number)
        for item in self._shown[number]:
            self._put_in(item)

    def _put_in(self, item: ReviewItem) -> None:
        for items in self._lists_with(item):
            insort(items, item, key=ReviewItem.order)

    def _take_out(self, item: ReviewItem) -> None:
        for items in self._lists_with(item):
            del items[bisect_left(items, item.order(), key=ReviewItem.order)]

    def _lists_with(self, item: ReviewItem) -> tuple[list[ReviewItem], ...]:
        """Return the lists that an item is kept in, none while all items are to be rebuilt."""
        if self._are_items_due:
            return ()
        return (self.marked,) if item.weak else (self.marked, self.items)

    def _item_of_suggestion(self, suggestion: Suggestion) -> ReviewItem:
        span, label, score, suggester, version, _ = suggestion
        key, given = suggestion.key, suggestion.given
        verdict, note = self.verdicts.get(key), self.notes.get(key)
        skipped = verdict is not None and verdict["verdict"] == Verdict.SKIPPED
        # By position, since opening a long document makes thousands, and that takes a third less time.
        item = ReviewItem(
            span, label, True, key, score, suggester, "", skipped, given, version, weak=score < self.threshold
        )
        return replace(item, note=note_text(note), doubtful=is_doubtful(note)) if note else item

    def _item_of_annotation(self, annotation: Annotation) -> ReviewItem:
        return ReviewItem(
            annotation.span,
            annotation.label,
            is_suggestion=False,
            key=annotation.id,
            suggester=annotation.origin.suggester,
            annotator=annotation.annotator,
            note=note_text(self.notes.get(annotation.id)),
            doubtful=is_doubtful(self.notes.get(annotation.id)),
        )
