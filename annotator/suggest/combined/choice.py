"""Choose suggestions that can be accepted together, so that their confidences are worth most in all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.review.visibility import conflict, rank, reading_order

_HIDDEN = 1e-3
"""What a confidence below the threshold is worth: enough to be kept if it competes with nothing better."""


def choose(suggestions: Sequence[Suggestion], *, nested: bool) -> list[Suggestion]:
    """Return the best suggestions without a conflict, by start, longest first.

    Without nesting this is weighted interval scheduling: one pass by end, in which each suggestion either joins the
    best choice before its start or is left out. With nesting the better of two that conflict is taken first.
    """
    return _greedy(suggestions) if nested else _scheduled(suggestions)


def _scheduled(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    ordered = sorted(suggestions, key=lambda s: (s.span.end, rank(s)))
    ends = [s.span.end for s in ordered]
    best = [0.0]  # best[n] is what the best choice among the first n is worth.
    taken: list[bool] = []
    for number, suggestion in enumerate(ordered):
        joined = best[bisect_right(ends, suggestion.span.start, hi=number)] + _worth(suggestion)
        taken.append(joined > best[number])
        best.append(max(joined, best[number]))
    chosen = []
    number = len(ordered)
    while number:
        number -= 1
        if taken[number]:
            chosen.append(ordered[number])
            number = bisect_right(ends, ordered[number].span.start, hi=number)
    return chosen[::-1]


def _greedy(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    chosen: list[Suggestion] = []
    index = OverlapIndex()
    for suggestion in sorted(suggestions, key=rank):
        if not any(conflict(suggestion.span, other, nested=True) for other, _ in index.overlapping(suggestion.span)):
            chosen.append(suggestion)
            index.add(suggestion.span)
    return sorted(chosen, key=lambda s: reading_order(s.span))


def _worth(suggestion: Suggestion) -> float:
    """Return how far a confidence is above the threshold."""
    return max(suggestion.score - DEFAULT_THRESHOLD, 0.0) + _HIDDEN * suggestion.score
