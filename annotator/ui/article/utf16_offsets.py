"""Convert code points (Python, the database, every span) to UTF-16 units (Qt) and back. No other module does."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """The offsets of one text in both units; a character beyond U+FFFF takes two UTF-16 units."""

    __slots__ = ("_points", "_units", "length")

    def __init__(self, text: str) -> None:
        """Find the characters of two units; length is the length in UTF-16 units."""
        self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index for index, point in enumerate(self._points)]
        self.length = len(text) + len(self._points)

    def to_utf16(self, position: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return position + bisect_left(self._points, position)

    def to_code_point(self, unit: int) -> int:
        """Return the code point offset of a UTF-16 offset; the middle of a surrogate pair counts as its start."""
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] + 1 == unit:
            return self._points[before - 1]
        return unit - before
