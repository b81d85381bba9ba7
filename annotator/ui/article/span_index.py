"""The spans of a document, ordered so that those of a paragraph are found at once, with their nesting depth."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.ui.base.list_diff import changed_part


class SpanIndex:
    """Items by position.

    The depth is 0 for an outermost span, and higher for each span it must be distinguished from.
    """

    def __init__(self, items: Iterable[ReviewItem] = ()) -> None:
        self.items = sorted(items, key=lambda item: (item.span.start, -item.span.end))
        self._starts = [item.span.start for item in self.items]
        self._reach = list(accumulate((item.span.end for item in self.items), max))

    def update(self, items: Sequence[ReviewItem]) -> list[ReviewItem]:
        """Replace the items, given in order. Return those that were added, removed or changed."""
        start, old_stop, new_stop = changed_part(self.items, items)
        changed = [*self.items[start:old_stop], *items[start:new_stop]]
        self.items = list(items)
        self._starts[start:old_stop] = [item.span.start for item in items[start:new_stop]]
        reach = self._reach[start - 1] if start else 0
        new = list(accumulate((item.span.end for item in items[start:new_stop]), max, initial=reach))
        self._reach[start:old_stop], reach = new[1:], new[-1]
        for number in range(new_stop, len(items)):
            before, reach = self._reach[number], max(reach, items[number].span.end)
            if reach == before:
                break
            self._reach[number] = reach
        return changed

    def overlapping(self, start: int, end: int) -> list[ReviewItem]:
        """Return the items that overlap a range of code points, in order."""
        first = bisect_right(self._reach, start)
        stop = bisect_left(self._starts, end)
        return [item for item in self.items[first:stop] if item.span.end > start]

    def with_depths(self, start: int, end: int) -> list[tuple[ReviewItem, int]]:
        """Return the items of a range, each with its depth among them."""
        found = self.overlapping(start, end)
        return list(zip(found, depths([item.span for item in found]), strict=True))

    def at(self, position: int) -> ReviewItem | None:
        """Return the item at a position; if several, the shortest."""
        found = self.overlapping(position, position + 1)
        return min(found, key=lambda item: len(item.span), default=None)


def depths(spans: Sequence[Span]) -> list[int]:
    """Return the depth of each span; spans are ordered by start, longest first.

    A span is deeper than all that contain it, and has another depth than those it crosses.
    """
    result: list[int] = []
    active: list[tuple[Span, int]] = []
    for span in spans:
        active = [(other, depth) for other, depth in active if other.end > span.start]
        if not active:
            active.append((span, 0))
            result.append(0)
            continue
        taken = {depth for _, depth in active}
        least = max((depth + 1 for other, depth in active if other.covers(span)), default=0)
        depth = next(d for d in range(least, least + len(taken) + 1) if d not in taken)
        active.append((span, depth))
        result.append(depth)
    return result
