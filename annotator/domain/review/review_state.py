"""What lies open before one annotator in one document: the annotations and the suggestions still to decide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import CellKind, Value, Write
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
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
"""With more writes at once than this all items are laid out again: each write would move thousands of them."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to see: an annotation (key is its id, score 1) or a suggestion (key is Suggestion.key).

    suggester is who proposed it, empty for what was labelled by hand. annotator is empty for a suggestion.
    skipped says that the annotator put the suggestion off. Of a suggestion, score is how likely it is to be accepted,
    given the score that the suggester of that version gave. note and doubtful are what the annotator noted on it.
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

    def order(self) -> tuple[int, int, bool, str]:
        """Return what items are ordered by: start, longest first, annotations before suggestions, key."""
        return (self.span.start, -self.span.end, self.is_suggestion, self.key)


class ReviewState:
    """The items of one annotator in one document, kept in order while writes come in.

    items is ordered by Item.order(); annotations is by id, verdicts by Suggestion.key, notes by Item.key and "" for the
    document's own. A write costs time in proportion to what it touches, not to the length of the document. revision
    counts how often writes came in.
    """

    def __init__(
        self,
        suggestions: Iterable[Suggestion],
        annotations: Iterable[Annotation],
        verdicts: Mapping[str, Value],
        threshold: float,
        nested: bool,
        notes: Mapping[str, Value] | None = None,
    ) -> None:
        """Lay out a document; threshold is the lowest score shown, nested is the tagset's."""
        self.notes = dict(notes or {})
        self.threshold = threshold
        self.nested = nested
        self.verdicts = dict(verdicts)
        self.annotations = {a.id: a for a in annotations}
        self._groups = list(overlapping_groups(suggestions))
        # Most suggestions stand alone, and thousands of them are laid out when a long document opens.
        self._ends = [g[0].span.end if len(g) == 1 else max(s.span.end for s in g) for g in self._groups]
        self._starts = [group[0].span.start for group in self._groups]
        self._inside: dict[int, dict[str, Span]] = defaultdict(dict)
        self._annotated = OverlapIndex()
        self._by_key: dict[int, dict[str, Suggestion]] = {}
        self.revision = 0
        self._are_items_due = False
        for annotation in self.annotations.values():
            self._note(annotation)
        self._refused = rejected_spans(self.verdicts.items())
        self.items: list[ReviewItem] = []
        self._open = [self._settle(number) for number in range(len(self._groups))]
        self._shown: list[list[ReviewItem]] = []
        self.decided = sum(not is_undecided(v) for v in self.verdicts.values())
        self.show(threshold)

    @property
    def pending(self) -> int:
        """Return how many suggestions are still to decide, skipped ones among them."""
        return len(self.items) - len(self.annotations)

    @property
    def hidden(self) -> int:
        """Return how many suggestions would be there to decide with a threshold of 0, and are not shown."""
        return sum(map(len, self._open)) - self.pending

    def show(self, threshold: float) -> None:
        """Lay out all items anew, with suggestions from this score on."""
        self.threshold = threshold
        self._shown = [self._shown_of(number) for number in range(len(self._groups))]
        items = [self._item_of_annotation(a) for a in self.annotations.values()]
        items += [item for shown in self._shown for item in shown]
        self.items = sorted(items, key=ReviewItem.order)

    def copy(self) -> Self:
        """Return a state that shows the same and takes in writes of its own."""
        other = copy(self)
        other.notes, other.verdicts, other.annotations = dict(self.notes), dict(self.verdicts), dict(self.annotations)
        other.items, other._open, other._shown = list(self.items), list(self._open), list(self._shown)
        other._inside = defaultdict(dict, {number: dict(held) for number, held in self._inside.items()})
        other._by_key = dict(self._by_key)
        other._annotated, other._refused = self._annotated.copy(), self._refused.copy()
        return other

    def suggestion(self, key: str) -> Suggestion | None:
        """Return the best suggestion with this key, decided or not, or None."""
        number = self._group_of(key)
        if number is None:
            return None
        if number not in self._by_key:
            best = self._by_key[number] = {}
            for suggestion in sorted(self._groups[number], key=rank):
                best.setdefault(suggestion.key, suggestion)
        return self._by_key[number].get(key)

    def overlapping(self, span: Span) -> list[Annotation]:
        """Return the annotations that share a code point with a span, in the order of the text."""
        return [self.annotations[key] for _, key in sorted(self._annotated.overlapping(span))]

    def conflicting(self, span: Span) -> list[Annotation]:
        """Return the annotations that cannot stand beside one with this span, in the order of the text."""
        return [a for a in self.overlapping(span) if conflict(a.span, span, self.nested)]

    def at(self, span: Span) -> ReviewItem | None:
        """Return the item with exactly this span, an annotation before a suggestion, or None."""
        begin = bisect_left(self.items, (span.start, -span.end), key=lambda i: i.order()[:2])
        item = self.items[begin] if begin < len(self.items) else None
        return item if item and item.span == span else None

    def find(self, key: str) -> ReviewItem | None:
        """Return the item with this key, or None where it is not shown."""
        if key in self.annotations:
            return self._item_of_annotation(self.annotations[key])
        suggestion = self.suggestion(key)
        if suggestion is None:
            return None
        span = suggestion.span
        place = bisect_left(self.items, (span.start, -span.end, True, key), key=ReviewItem.order)
        item = self.items[place] if place < len(self.items) else None
        return item if item and item.is_suggestion and item.key == key else None

    def index(self, item: ReviewItem) -> int:
        """Return where an item stands in items, or would stand."""
        return bisect_left(self.items, item.order(), key=ReviewItem.order)

    def next_pending(self, after: ReviewItem | None) -> ReviewItem | None:
        """Return the next suggestion to decide behind an item, from the top again at the end; skipped ones last."""
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
        """Take in writes to this document's annotations, verdicts and notes; other cells are passed over."""
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
        """Add, alter or remove an annotation; return the groups of suggestions at its old and new place."""
        touched: set[int] = set()
        old = self.annotations.pop(write.key, None)
        if old:
            self._take_out(self._item_of_annotation(old))
            self._annotated.remove(old.span, old.id)
            for number in self._groups_at(old.span):
                del self._inside[number][old.id]
                touched.add(number)
        if write.after is not None:
            new = Annotation.from_value(write.key, annotator, dict(write.after))
            self.annotations[new.id] = new
            self._put_in(self._item_of_annotation(new))
            touched.update(self._note(new))
        return touched

    def _write_note(self, write: Write) -> set[int]:
        """Take in a note or its going; return the group of the suggestion that it is on, if any."""
        if write.after is None:
            self.notes.pop(write.key, None)
        else:
            self.notes[write.key] = write.after
        noted = self.annotations.get(write.key)
        if noted and not self._are_items_due:
            item = self._item_of_annotation(noted)
            self.items[self.index(item)] = item
        number = self._group_of(write.key)
        return set() if number is None else {number}

    def _write_verdict(self, write: Write) -> set[int]:
        """Take in a verdict or its going; return the groups of suggestions at its place."""
        before, place = self.verdicts.get(write.key), span_of_key(write.key)
        self.decided += is_undecided(before) - is_undecided(write.after)
        self._refused[place] += is_rejection(write.after) - is_rejection(before)
        if not self._refused[place]:
            del self._refused[place]
        if write.after is None:
            self.verdicts.pop(write.key, None)
        else:
            self.verdicts[write.key] = write.after
        return set(self._groups_at(place))

    def _group_of(self, key: str) -> int | None:
        """Return the number of the group that the suggestion with a key belongs to, if there is one."""
        numbers = self._groups_at(span_of_key(key)) if ":" in key else range(0)
        return numbers[0] if numbers else None

    def _groups_at(self, span: Span) -> range:
        """Return the numbers of the groups of suggestions that share a code point with a span."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def _note(self, annotation: Annotation) -> range:
        """Remember where an annotation is and which groups it overlaps, and return these."""
        self._annotated.add(annotation.span, annotation.id)
        numbers = self._groups_at(annotation.span)
        for number in numbers:
            self._inside[number][annotation.id] = annotation.span
        return numbers

    def _settle(self, number: int) -> list[Suggestion]:
        """Return what there is to decide in a group of suggestions, whatever the threshold."""
        group, inside = self._groups[number], self._inside[number].values() if number in self._inside else ()
        if len(group) == 1 and not inside and group[0].span not in self._refused:
            return group if not self.verdicts or is_undecided(self.verdicts.get(group[0].key)) else []
        return visible_suggestions(group, inside, self.verdicts, 0.0, self.nested, self._refused)

    def _shown_of(self, number: int) -> list[ReviewItem]:
        """Return the items that a group of suggestions shows."""
        return [self._item_of_suggestion(s) for s in self._open[number] if s.score >= self.threshold]

    def _refresh(self, number: int) -> None:
        """Bring the items of a group up to date."""
        for item in self._shown[number]:
            self._take_out(item)
        self._open[number] = self._settle(number)
        if not self._are_items_due:
            self._shown[number] = self._shown_of(number)
        for item in self._shown[number]:
            self._put_in(item)

    def _put_in(self, item: ReviewItem) -> None:
        """Add an item at its place, unless all items are due to be laid out again."""
        if not self._are_items_due:
            insort(self.items, item, key=ReviewItem.order)

    def _take_out(self, item: ReviewItem) -> None:
        """Remove an item, unless all items are due to be laid out again."""
        if not self._are_items_due:
            del self.items[self.index(item)]

    def _item_of_suggestion(self, suggestion: Suggestion) -> ReviewItem:
        """Return the item that shows a suggestion."""
        span, label, score, suggester, version, _ = suggestion
        key, given = suggestion.key, suggestion.given
        verdict, note = self.verdicts.get(key), self.notes.get(key)
        skipped = verdict is not None and verdict["verdict"] == Verdict.SKIPPED
        # Thousands are made when a long document opens, and by position that takes a third less.
        item = ReviewItem(span, label, True, key, score, suggester, "", skipped, given, version)
        return replace(item, note=note_text(note), doubtful=is_doubtful(note)) if note else item

    def _item_of_annotation(self, annotation: Annotation) -> ReviewItem:
        """Return the item that shows an annotation."""
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
