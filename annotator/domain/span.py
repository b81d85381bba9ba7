"""A place in a text, counted in code points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, start <= i < end; it is never empty.

    Raises ValueError when start is negative or end does not lie behind start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or negative range."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}:{self.end}")

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
