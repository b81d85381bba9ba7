"""Recognise the same difference at another place, so that it can be settled there in the same way.

Example: two annotators label ديالى as LOC and one labels وديالى. Wherever some label ديالى in وديالى and some the whole
word, the difference is the same, whoever they are and however the word is vocalised.
"""

from __future__ import annotations

from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import DifferenceGroup, LabelledSpan, Lane
from annotator.text.normalise import normalise_key

Signature = tuple[str, frozenset[tuple[tuple[str, str], ...]]]
"""The normalised words of a difference, and the set of its lanes: each the words and label of its spans."""


def signature(group: DifferenceGroup, text: str) -> Signature | None:
    """Return what two differences have in common if they are the same; None if no voter gave anything here."""
    extent = _given_extent(group)
    if extent is None:
        return None
    lanes = (tuple((normalise_key(span.of(text)), label) for span, label in lane) for lane in group.lanes)
    return normalise_key(extent.of(text)), frozenset(lanes)


def transfer(result: Lane, source: tuple[DifferenceGroup, str], target: tuple[DifferenceGroup, str]) -> Lane | None:
    """Return the result of one difference as that of another with the same signature; both are given with their texts.

    Return None if a span of the result has no counterpart there.
    """
    found: list[LabelledSpan] = []
    for span, label in result:
        other = _counterpart(span, source, target)
        if other is None:
            return None
        found.append((other, label))
    return tuple(found)


def _counterpart(span: Span, source: tuple[DifferenceGroup, str], target: tuple[DifferenceGroup, str]) -> Span | None:
    """Return the span of the target that has the same words, or else the same characters at the same distance."""
    (here, text), (there, other_text) = source, target
    words = normalise_key(span.of(text))
    own = [each for each in _given_spans(here) if normalise_key(each.of(text)) == words]
    theirs = [each for each in _given_spans(there) if normalise_key(each.of(other_text)) == words]
    if span in own and len(own) == len(theirs):
        return theirs[own.index(span)]
    one, other = _given_extent(here), _given_extent(there)
    if one is None or other is None or span.start + other.start < one.start:
        return None
    moved = Span(span.start - one.start + other.start, span.end - one.start + other.start)
    return moved if moved.of(other_text) == span.of(text) else None


def _given_spans(group: DifferenceGroup) -> list[Span]:
    return sorted({span for lane in group.lanes for span, _ in lane})


def _given_extent(group: DifferenceGroup) -> Span | None:
    spans = _given_spans(group)
    return Span(spans[0].start, max(span.end for span in spans)) if spans else None
