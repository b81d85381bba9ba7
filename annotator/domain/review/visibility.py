"""Which suggestions an annotator sees: undecided ones, and the best of several that conflict."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from annotator.domain.model.edit import VerdictValue
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict

_UNDECIDED: tuple[str, ...] = (Verdict.SKIPPED, Verdict.PENDING)


def visible_suggestions(
    suggestions: Iterable[Suggestion],
    annotated: Iterable[Span],
    verdicts: Mapping[str, VerdictValue],
    threshold: float,
    nested: bool,
    rejected: Container[Span] | None = None,
) -> list[Suggestion]:
    """Return the visible suggestions by start, longest first.

    A suggestion is visible if its score reaches the threshold, its key has no verdict (or "skipped"), its span was not
    rejected, and no annotation of the annotator conflicts with it. Of several that conflict, only the best by rank() is
    visible, so a higher threshold shows a subset of what a lower one shows. A caller that keeps
    rejected_spans(verdicts) can pass it as rejected.
    """
    taken = _taken(annotated, nested)
    hidden = rejected_spans(verdicts.items()) if rejected is None else rejected
    undecided = [
        s
        for s in suggestions
        if s.score >= threshold and is_undecided(verdicts.get(s.key)) and s.span not in hidden and not taken(s.span)
    ]
    return [s for group in overlapping_groups(undecided) for s in _best_of(group, nested)]


def is_undecided(verdict: VerdictValue | None) -> bool:
    """Return True if a suggestion with this verdict is still to decide."""
    return verdict is None or verdict["verdict"] in _UNDECIDED


def span_of_key(key: str) -> Span:
    """Return the span in a Suggestion.key."""
    start, end, _ = key.split(":", 2)
    return Span(int(start), int(end))


def is_rejection(verdict: VerdictValue | None) -> bool:
    """Return True for a rejection, after which no suggestion with that span is shown again, whatever its label."""
    return verdict is not None and verdict["verdict"] == Verdict.REJECTED


def is_uncounted(verdict: VerdictValue | None) -> bool:
    """Return True if a decision counts neither for nor against a suggester. Its verdict then names none.

    That is so for what was accepted without a look, with all that were left in a document, and for suggestions below
    the threshold, where nobody decides on those that are wrong.
    """
    return verdict is not None and not is_undecided(verdict) and verdict.get("suggester") == ""


def combined_verdicts(verdicts: Iterable[tuple[str, VerdictValue]]) -> dict[str, VerdictValue]:
    """Return the verdicts of several annotators as those of one; a rejection by anybody counts, skipping does not.

    verdicts are (Suggestion.key, value) of all annotators.
    """
    found: dict[str, VerdictValue] = {}
    for key, verdict in verdicts:
        if not is_undecided(verdict) and not is_rejection(found.get(key)):
            found[key] = verdict
    return found


def rejected_spans(verdicts: Iterable[tuple[str, VerdictValue]]) -> Counter[Span]:
    """Return the spans of rejected suggestions, each with the number of rejections."""
    return Counter(span_of_key(key) for key, verdict in verdicts if is_rejection(verdict))


def rank(suggestion: Suggestion) -> tuple[float, int, int, str, str]:
    """Return the sort key of conflicting suggestions: higher score, longer, earlier, suggester, label."""
    span = suggestion.span
    return (-suggestion.score, -len(span), span.start, suggestion.suggester, suggestion.label)


def reading_order(span: Span) -> tuple[int, int]:
    """Return the sort key of spans: start, then longest first."""
    return (span.start, -span.end)


def overlapping_groups(suggestions: Iterable[Suggestion]) -> Iterator[list[Suggestion]]:
    """Yield suggestions in groups, in text order; suggestions of different groups do not overlap."""
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


def _best_of(group: Sequence[Suggestion], nested: bool) -> list[Suggestion]:
    """Return the visible ones of a group by start, longest first."""
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
    """Return True if only one of two spans can be labelled: they overlap or, if nesting is allowed, cross."""
    return one == other or (one.crosses(other) if nested else one.overlaps(other))


def _taken(annotated: Iterable[Span], nested: bool) -> Callable[[Span], bool]:
    """Return a function that returns True if a span conflicts with one of the annotated ones."""
    spans = sorted(annotated)
    if nested and spans:
        overlaps = OverlapIndex(spans)
        return lambda span: any(conflict(span, other, nested) for other, _ in overlaps.overlapping(span))
    starts = [s.start for s in spans]
    reach = [0, *accumulate((s.end for s in spans), max)]

    def taken(span: Span) -> bool:
        return reach[bisect_left(starts, span.end)] > span.start

    return taken
