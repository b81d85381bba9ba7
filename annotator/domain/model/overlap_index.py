"""An index of spans that finds those which overlap a given span."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.domain.model.span import Span


class OverlapIndex:
    """An index of (span, key) pairs, to find those that overlap a given span.

    Adding, removing and finding take time in proportion to the logarithm of the number of spans, plus the number found.
    Spans are grouped by length in powers of two. Of each group, only those that begin near a position can reach it, so
    a single span as long as the text does not make every search visit all others.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._by_length: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for span in spans:
            self._by_length[len(span).bit_length()].append((*span, ""))
        for entries in self._by_length.values():
            entries.sort()

    def copy(self) -> OverlapIndex:
        """Return an independent copy."""
        other = OverlapIndex()
        other._by_length.update({bits: list(entries) for bits, entries in self._by_length.items()})
        return other

    def add(self, span: Span, key: str = "") -> None:
        """Add a span."""
        insort(self._by_length[len(span).bit_length()], (*span, key))

    def remove(self, span: Span, key: str = "") -> None:
        """Remove a span that was added with this key."""
        entries = self._by_length[len(span).bit_length()]
        del entries[bisect_left(entries, (*span, key))]

    def overlapping(self, span: Span) -> Iterator[tuple[Span, str]]:
        """Yield the spans that share a code point with a span, and their keys, in any order."""
        for bits, entries in self._by_length.items():
            longest = (1 << bits) - 1
            first = bisect_left(entries, (span.start - longest + 1,))
            for start, end, key in entries[first : bisect_left(entries, (span.end,))]:
                if end > span.start:
                    yield Span(start, end), key
