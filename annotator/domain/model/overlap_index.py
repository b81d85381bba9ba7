"""An index of spans that finds those which overlap a given span."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.domain.model.span import Span


class OverlapIndex:
    """Spans, each with a key, found by the places they overlap.

    Adding, removing and finding cost time in proportion to the logarithm of the number of spans, and to what is found.
    Spans are kept apart by their length in powers of two: of each length only those that begin near a place can reach
    it, so one span as long as the text does not make every search walk through all others.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Index some spans with an empty key."""
        self._by_length: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for span in spans:
            self._by_length[len(span).bit_length()].append((*span, ""))
        for entries in self._by_length.values():
            entries.sort()

    def copy(self) -> OverlapIndex:
        """Return an index of the same spans."""
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
        """Yield the spans that share a code point with a span, and their keys, in no particular order."""
        for bits, entries in self._by_length.items():
            longest = (1 << bits) - 1
            first = bisect_left(entries, (span.start - longest + 1,))
            for start, end, key in entries[first : bisect_left(entries, (span.end,))]:
                if end > span.start:
                    yield Span(start, end), key
