"""Convert between Python's code points and the UTF-16 units of JavaScript and Java.

A character beyond U+FFFF is one code point and two units.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """The UTF-16 offsets of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [index for index, char in enumerate(text) if char > "\uffff"] if not text.isascii() else []
        self._starts = [index + before for before, index in enumerate(self._wide)]

    def unit(self, point: int) -> int:
        """Return the unit at which a code point begins."""
        return point + bisect_left(self._wide, point)

    def point(self, unit: int) -> int | None:
        """Return the code point that begins at a unit, or None if the unit is the second half of one."""
        before = bisect_left(self._starts, unit)
        if before and self._starts[before - 1] + 1 == unit:
            return None
        return unit - before
