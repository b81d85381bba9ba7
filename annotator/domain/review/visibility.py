"""Which suggestions an annotator is shown: those still to decide, and of competing ones the best."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from annotator.domain.model.edit import Value
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict


def visible_suggestions(
    suggestions: Iterable[Suggestion],
    annotated: Iterable[Span],
    verdicts: Mapping[str, Value],
    threshold: float,
    nested: bool,
    refused: Container[Span] | None = None,
) -> list[Suggestion]:
    """Return the suggestions that are still to decide, by start, longest first.

    One is shown when its score reaches the threshold, its key has no verdict (or the verdict "skipped"), its place is
    not refused, and no annotation of the annotator competes with it. Of several that compete for a place the best by
    rank() is shown, so a higher threshold shows part of what a lower one does. refused is rejected_spans(verdicts),
    given where the caller keeps it.
    """
    taken = _taken(annotated, nested)
    shut = rejected_spans(verdicts.items()) if refused is None else refused
    open_ones = [
        s
        for s in suggestions
        if s.score >= threshold and is_undecided(verdicts.get(s.key)) and s.span not in shut and not taken(s.span)
    ]
    return [s for group in overlapping_groups(open_ones) for s in _settle(group, nested)]


def is_undecided(verdict: Value | None) -> bool:
    """Tell whether a verdict leaves its suggestion to be decided."""
    return verdict is None or verdict["verdict"] in (Verdict.SKIPPED, Verdict.PENDING)


def span_of_key(key: str) -> Span:
    """Return the place that Suggestion.key names."""
    start, end, _ = key.split(":", 2)
    return Span(int(start), int(end))


def is_rejection(verdict: Value | None) -> bool:
    """Tell whether a verdict refuses its place: no suggester, version or label is asked about at that span again."""
    return verdict is not None and verdict["verdict"] == Verdict.REJECTED


def combined_verdicts(verdicts: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return what several annotators decided as if one had: what anybody refused stays so; skipping decides nothing.

    verdicts are everybody's, by Suggestion.key.
    """
    found: dict[str, Value] = {}
    for key, verdict in verdicts:
        if not is_undecided(verdict) and not is_rejection(found.get(key)):
            found[key] = verdict
    return found


def rejected_spans(verdicts: Iterable[tuple[str, Value]]) -> Counter[Span]:
    """Return the places that rejections refuse, by how many."""
    return Counter(span_of_key(key) for key, verdict in verdicts if is_rejection(verdict))


def rank(suggestion: Suggestion) -> tuple[float, int, int, str, str]:
    """Return what competing suggestions are ordered by: higher score, longer, earlier, suggester, label."""
    span = suggestion.span
    return (-suggestion.score, -len(span), span.start, suggestion.suggester, suggestion.label)


def reading_order(span: Span) -> tuple[int, int]:
    """Return what spans are ordered by: start, then longest first."""
    return (span.start, -span.end)


def overlapping_groups(suggestions: Iterable[Suggestion]) -> Iterator[list[Suggestion]]:
    """Yield groups of suggestions such that no two of different groups overlap, in the order of the text."""
    group: list[Suggestion] = []
    reach = 0
    for s in sorted(suggestions, key=lambda s: reading_order(s.span)):
        if group and s.span.start >= reach:
            yield group
            group = []
        group.append(s)
        reach = max(reach, s.span.end)
    if group:
        yield group


def _settle(group: Sequence[Suggestion], nested: bool) -> list[Suggestion]:
    """Return those of an overlapping group that are shown, by start, longest first."""
    if len(group) == 1:
        return list(group)
    chosen: list[Suggestion] = []
    taken = OverlapIndex()
    for s in sorted(group, key=rank):
        if not any(conflict(s.span, other, nested) for other, _ in taken.overlapping(s.span)):
            chosen.append(s)
            taken.add(s.span)
    return sorted(chosen, key=lambda s: reading_order(s.span))


def conflict(one: Span, other: Span, nested: bool) -> bool:
    """Tell whether only one of two spans can be labelled: they overlap or, where nesting is allowed, cross."""
    return one == other or (one.crosses(other) if nested else one.overlaps(other))


def _taken(annotated: Iterable[Span], nested: bool) -> Callable[[Span], bool]:
    """Return the test whether a span competes with one of the annotated ones."""
    spans = sorted(annotated)
    if nested and spans:
        overlaps = OverlapIndex(spans)
        return lambda span: any(conflict(span, other, nested) for other, _ in overlaps.overlapping(span))
    starts = [s.start for s in spans]
    reach = [0, *accumulate((s.end for s in spans), max)]

    def taken(span: Span) -> bool:
        """Tell whether the furthest reach of what begins before the end of a span is an overlap."""
        return reach[bisect_left(starts, span.end)] > span.start

    return taken
