"""What each decision of an annotator writes: functions that return an UnsavedEdit, or None if nothing would change."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace

from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.edit import CellKind, EditKind, Value, VerdictValue, Write
from annotator.domain.model.notes import is_doubtful, note_text, note_value
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.review.review_state import ReviewItem, ReviewState
from annotator.domain.review.visibility import conflict, is_rejection, is_uncounted

_CONFIRMED = uuid.UUID("6f0a3f0e-5d0b-4a53-9d57-0d5a1c2e7b41")
"""The UUID namespace of the ids of confirmed suggestions."""


@dataclass(frozen=True, slots=True)
class UnsavedEdit:
    """An edit without id, annotator and time, which the session adds when it writes the edit to the log."""

    kind: EditKind
    writes: tuple[Write, ...]


class EditBuilder:
    """Collects the writes of one decision of one annotator in one document.

    It keeps verdicts and notes consistent with annotations. A suggestion is accepted as long as an annotation has its
    span and label; it becomes corrected or rejected when that annotation is changed or removed. A note moves from a
    suggestion to the annotation that it becomes, and is removed together with what it is on.

    document and annotator are ids; first_id returns the id that a label had first.
    """

    def __init__(self, state: ReviewState, document: str, annotator: str, first_id: Callable[[str], str] = str) -> None:
        self.state = state
        self._document = document
        self._annotator = annotator
        self._first_id = first_id
        self._writes: dict[tuple[CellKind, str], Write] = {}

    def build(self, kind: EditKind) -> UnsavedEdit | None:
        """Return the writes as one edit of a kind, or None if they change nothing."""
        writes = self.writes()
        return UnsavedEdit(kind, writes) if writes else None

    def writes(self) -> tuple[Write, ...]:
        """Return the writes that change something."""
        return tuple(w for w in self._writes.values() if w.before != w.after)

    def add(self, span: Span, label: str, origin: Origin) -> str:
        """Add an annotation with a random id, and return the id."""
        annotation = Annotation(uuid.uuid4().hex, span, label, self._annotator, origin)
        self._put(None, annotation)
        return annotation.id

    def accept(self, suggestion: Suggestion) -> None:
        """Add the annotation that a suggestion becomes.

        Its id is a hash of who confirms what. Somebody who confirms the same suggestion in two copies of a project so
        has one annotation after the copies are merged.
        """
        self._settle(suggestion.span, suggestion.label, Origin(OriginKind.CONFIRMED, suggestion.suggester))

    def propagate(self, span: Span, label: str) -> None:
        """Add the annotation of one occurrence of a name; its id is that of a suggestion confirmed there."""
        self._settle(span, label, Origin(OriginKind.PROPAGATED))

    def change(self, old: Annotation, span: Span, label: str) -> None:
        """Change the span or label of an annotation; if it was a confirmed suggestion, its origin becomes corrected."""
        origin = old.origin
        if origin.kind is OriginKind.CONFIRMED:
            origin = replace(origin, kind=OriginKind.CORRECTED)
        self._put(old, old._replace(span=span, label=label, origin=origin))

    def remove(self, old: Annotation) -> None:
        """Remove an annotation."""
        self._put(old, None)

    def set_verdict(self, suggestion: Suggestion, verdict: Verdict, *, counts: bool = True) -> None:
        """Set the verdict on a suggestion; counts=False if it is no evidence of how good its suggester is.

        A verdict on a suggestion below the threshold never is.
        """
        counts = counts and self._is_shown(suggestion)
        self._write(CellKind.VERDICT, suggestion.key, verdict_value(suggestion, verdict, counts=counts))

    def clear_verdict(self, key: str) -> None:
        """Remove the verdict on the suggestion with a key, so that it is undecided again."""
        self._write(CellKind.VERDICT, key, None)

    def note(self, key: str, text: str, doubtful: bool) -> None:
        """Set the note on the item with a key, or on the document, whose key is ""."""
        self._write(CellKind.NOTE, key, note_value(text, doubtful))

    def carry_note(self, key: str, to: str | None) -> None:
        """Append the note on one item to the note on another, and remove it from the first; only remove it for None."""
        value = self.state.notes.get(key)
        if value:
            self._write(CellKind.NOTE, key, None)
            if to:
                held = self._writes.get((CellKind.NOTE, to))
                there = held.notes[1] if held else self.state.notes.get(to)
                words = "\n".join(filter(None, (note_text(there), note_text(value))))
                self.note(to, words, is_doubtful(there) or is_doubtful(value))

    def _settle(self, span: Span, label: str, origin: Origin) -> None:
        """Add an annotation whose id is a hash of document, annotator, span and label."""
        key = Suggestion(span, self._first_id(label), 0.0, "").key
        name = uuid.uuid5(_CONFIRMED, f"{self._document}/{self._annotator}/{key}").hex
        if name in self.state.annotations:
            name = uuid.uuid4().hex
        self._put(None, Annotation(name, span, label, self._annotator, origin))

    def _is_shown(self, suggestion: Suggestion) -> bool:
        return suggestion.score >= self.state.threshold

    def _put(self, old: Annotation | None, new: Annotation | None) -> None:
        """Write an annotation, and the verdicts on the suggestions at its old and new span that follow from it."""
        if old:
            key = _suggestion_key(old)
            held = self.state.verdicts.get(key)
            if held and held["verdict"] == Verdict.ACCEPTED:
                left = Verdict.CORRECTED if new else Verdict.REJECTED
                changed: VerdictValue = {**held, "verdict": left.value}
                origin = self.state.suggestion(key)
                if is_uncounted(held) and (origin is None or self._is_shown(origin)):
                    # Now the annotator has looked at it, so it counts for or against its suggester.
                    changed["suggester"] = old.origin.suggester
                self._write(CellKind.VERDICT, key, changed)
        annotation = new or old
        assert annotation is not None  # noqa: S101 - one of the two is always given
        if new and (suggestion := self.state.suggestion(_suggestion_key(new))):
            self.set_verdict(suggestion, Verdict.ACCEPTED)
            self.carry_note(suggestion.key, new.id)
        if new is None:
            self.carry_note(annotation.id, None)
        self._write(CellKind.ANNOTATION, annotation.id, new.to_value() if new else None)

    def _write(self, cell: CellKind, key: str, after: Value | None) -> None:
        before: Value | None
        if cell is CellKind.VERDICT:
            before = self.state.verdicts.get(key)
        elif cell is CellKind.NOTE:
            before = self.state.notes.get(key)
        else:
            held = self.state.annotations.get(key)
            before = held.to_value() if held else None
        self._writes[cell, key] = Write(self._document, cell, key, before, after)


def verdict_value(suggestion: Suggestion, verdict: Verdict, *, counts: bool = True) -> VerdictValue:
    """Return the cell value of a verdict on a suggestion, with the score that the suggester gave.

    With counts=False it is no evidence of how good a suggester is, and names none; see is_uncounted(). The annotation
    still says who suggested it.
    """
    return {
        "verdict": verdict.value,
        "suggester": suggestion.suggester if counts else "",
        "version": suggestion.version,
        "score": suggestion.given,
    }


def confirm(
    builder: EditBuilder,
    items: Iterable[ReviewItem],
    kind: EditKind = EditKind.CONFIRM,
    seen: Container[str] | None = None,
) -> UnsavedEdit | None:
    """Accept the suggestions among the items; annotations are confirmed already.

    seen has the keys of those that the annotator saw, None if she saw all of them.
    """
    for item in items:
        if suggestion := _suggestion(builder, item):
            builder.accept(suggestion)
            if seen is not None and item.key not in seen:
                builder.set_verdict(suggestion, Verdict.ACCEPTED, counts=False)
    return builder.build(kind)


def reject(builder: EditBuilder, item: ReviewItem) -> UnsavedEdit | None:
    """Reject a suggestion, or remove an annotation."""
    if suggestion := _suggestion(builder, item):
        builder.set_verdict(suggestion, Verdict.REJECTED)
        builder.carry_note(suggestion.key, None)
        return builder.build(EditKind.REJECT)
    builder.remove(builder.state.annotations[item.key])
    return builder.build(EditKind.REMOVE)


def take_back(builder: EditBuilder, keys: Iterable[str]) -> UnsavedEdit | None:
    """Make rejected suggestions undecided again; keys that are not rejected are ignored."""
    for key in keys:
        if is_rejection(builder.state.verdicts.get(key)):
            builder.clear_verdict(key)
    return builder.build(EditKind.SKIP)


def skip(builder: EditBuilder, item: ReviewItem) -> UnsavedEdit | None:
    """Postpone the decision on a suggestion; an annotation needs none."""
    if suggestion := _suggestion(builder, item):
        builder.set_verdict(suggestion, Verdict.SKIPPED)
    return builder.build(EditKind.SKIP)


def revise(builder: EditBuilder, item: ReviewItem, span: Span, label: str) -> UnsavedEdit | None:
    """Change the span or label of an item, or both; a suggestion becomes a corrected annotation.

    A suggestion is confirmed if neither changes. Return None if the span conflicts with another annotation.
    """
    if (span, label) == (item.span, item.label):
        return confirm(builder, [item])
    if span != item.span and any(a.id != item.key for a in builder.state.conflicting(span)):
        return None
    if suggestion := _suggestion(builder, item):
        added = builder.add(span, label, Origin(OriginKind.CORRECTED, suggestion.suggester))
        builder.set_verdict(suggestion, Verdict.CORRECTED)
        builder.carry_note(suggestion.key, added)
    else:
        builder.change(builder.state.annotations[item.key], span, label)
    return builder.build(EditKind.RELABEL if span == item.span else EditKind.RESIZE)


def set_note(builder: EditBuilder, key: str, text: str, doubtful: bool) -> UnsavedEdit | None:
    """Set the note on the item with a key, or on the document, whose key is "".

    Return None if the note is the same already, or if the item no longer exists.
    """
    if key and not builder.state.find(key) and key not in builder.state.notes:
        return None
    builder.note(key, text, doubtful)
    return builder.build(EditKind.NOTE)


def annotate(builder: EditBuilder, span: Span, label: str) -> UnsavedEdit | None:
    """Label a span: change the item with exactly this span, or else replace the annotations that conflict with it."""
    if item := builder.state.at(span):
        return revise(builder, item, span, label)
    for rival in builder.state.conflicting(span):
        builder.remove(rival)
    builder.add(span, label, Origin())
    return builder.build(EditKind.ADD)


def label_spans(builder: EditBuilder, spans: Iterable[Span], label: str) -> UnsavedEdit | None:
    """Label many spans: relabel annotations with exactly these spans, and replace those that conflict with one.

    Of spans that conflict with one another, the first is labelled.
    """
    done = OverlapIndex()
    gone: set[str] = set()
    for span in spans:
        if any(conflict(span, other, builder.state.nested) for other, _ in done.overlapping(span)):
            continue
        done.add(span)
        conflicting = [a for a in builder.state.conflicting(span) if a.id not in gone]
        gone.update(a.id for a in conflicting)
        same = next((a for a in conflicting if a.span == span), None)
        for rival in conflicting:
            if rival is not same:
                builder.remove(rival)
        if same is None:
            builder.propagate(span, label)
        elif same.label != label:
            builder.change(same, span, label)
    return builder.build(EditKind.PROPAGATE)


def remove_labels(builder: EditBuilder, spans: Iterable[Span]) -> UnsavedEdit | None:
    """Remove the annotations with exactly these spans, or else those that overlap a span."""
    for span in spans:
        there = builder.state.overlapping(span)
        for annotation in [a for a in there if a.span == span] or there:
            builder.remove(annotation)
    return builder.build(EditKind.REMOVE)


def _suggestion(builder: EditBuilder, item: ReviewItem) -> Suggestion | None:
    return builder.state.suggestion(item.key) if item.is_suggestion else None


def _suggestion_key(annotation: Annotation) -> str:
    """Return the key that a suggestion with the annotation's span and label has."""
    return Suggestion(annotation.span, annotation.label, 0.0, "").key
