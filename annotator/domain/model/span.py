"""A place in a text, counted in code points."""

from __future__ import annotations

from typing import NamedTuple, Self


class _Ends(NamedTuple):
    """The two ends of a span."""

    start: int
    end: int


class Span(_Ends):
    """A half-open range of code points, start <= i < end; it is never empty.

    A corpus has very many of them, so they are plain tuples, which compare and sort in one step. Raises ValueError when
    start is negative or end does not lie behind start.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Refuse an empty or negative range."""
        if 0 <= start < end:
            return tuple.__new__(cls, (start, end))
        raise ValueError(f"a span needs 0 <= start < end, not {start}:{end}")

    def __len__(self) -> int:
        """Tell the length in code points."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Tell whether other lies wholly inside this span (an equal span does)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Tell whether the two spans overlap or stand directly side by side."""
        return self.start <= other.end and other.start <= self.end

    def crosses(self, other: Span) -> bool:
        """Tell whether the spans overlap and neither covers the other."""
        return self.overlaps(other) and not self.covers(other) and not other.covers(self)

    def of(self, text: str) -> str:
        """Return the characters of text that the span covers."""
        return text[self.start : self.end]
