"""A span of a text, in code points."""

from __future__ import annotations

from typing import NamedTuple, Self


class _Ends(NamedTuple):
    start: int
    end: int


class Span(_Ends):
    """A half-open range of code points, start <= i < end, never empty.

    It is a tuple, since a corpus has very many of them, and tuples compare and sort in one step. Raises ValueError if
    start is negative or end is not greater than start.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Raise ValueError for an empty or negative range."""
        if 0 <= start < end:
            return tuple.__new__(cls, (start, end))
        raise ValueError(f"a span needs 0 <= start < end, not {start}:{end}")

    def __len__(self) -> int:
        """Return the length in code points."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Return True if other lies within this span, or is equal."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return True if the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Return True if the two spans overlap or are adjacent."""
        return self.start <= other.end and other.start <= self.end

    def crosses(self, other: Span) -> bool:
        """Return True if the spans overlap and neither covers the other."""
        return self.overlaps(other) and not self.covers(other) and not other.covers(self)

    def of(self, text: str) -> str:
        """Return the part of text that the span covers."""
        return text[self.start : self.end]
