"""One paragraph, laid out by Qt, with the geometry of its characters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextLine, QTextOption

from annotator.ui.article.invisible_characters import Mark, display_text, find_marks
from annotator.ui.article.utf16_offsets import Utf16Map
from annotator.ui.article.word_ink import NO_INK, PartInk, WordInk, word_ink
from annotator.ui.base.typography import TextStyle

_TOUCHING = 0.5
"""Glyph runs closer than this, in pixels, are joined into one extent."""
_LETTERS = "\u0620-\u064a\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
_MARKS = "\u064b-\u0652\u0670"
_BREAK = re.compile(f" (?:(?<=[{_LETTERS}{_MARKS}] )|(?<=[{_LETTERS}{_MARKS}][.:،؛] ))(?=[{_LETTERS}])")
"""A space between Arabic words. What is before it in the text is to the right of it, in any mixture of scripts.

The space comes first in the pattern, so that the search goes from one to the next.
"""
_NEUTRAL = " .,:;!?()«»\"'،؛؟…“”"
"""Spaces and punctuation that are set from right to left next to an Arabic letter, in a right-to-left paragraph."""
_PLAIN = re.compile(f"[{_LETTERS}](?:[{_LETTERS}{_MARKS}{_NEUTRAL}]*[{_LETTERS}{_MARKS}])?")
"""Words that are set from right to left, whatever is around them."""
_EMBEDDING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that set the direction of other ones. With them, _BREAK says nothing about the order on the line."""

_WORD = re.compile(f"[{_LETTERS}](?:.{{0,40}}[{_LETTERS}{_MARKS}])?[.:،؛]? ?", re.DOTALL)
"""A part of a line that looks the same wherever it is: its ends are set from right to left, whatever is around it."""


@cache
def _right_to_left() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class Extent(NamedTuple):
    """A part of one line from left to right, in pixels from the left edge of the column.

    line counts within the block.
    """

    line: int
    left: float
    right: float

    def distance(self, x: float) -> float:
        """Return how far x is outside the part; 0 within it."""
        return max(self.left - x, x - self.right, 0.0)


class ShapedBlock:
    """A paragraph laid out right to left. Every position is an offset in code points in the document."""

    def __init__(self, text: str, start: int, style: TextStyle, width: float) -> None:
        """Lay out the text of a paragraph, which begins at start in the document, in lines of a width in pixels."""
        self.start = start
        self.end = start + len(text)
        self.style = style
        self._text = text
        self._map = Utf16Map(text)
        self._layout = QTextLayout(display_text(text), style.font)
        self._layout.setTextOption(_right_to_left())
        self._layout.setCacheEnabled(True)
        self._lines = self._break_lines(width)
        self._starts = [*(self._map.to_code_point(line.textStart()) for line in self._lines), len(text)]
        self._extents: dict[tuple[int, int], tuple[Extent, ...]] = {}
        self._marks: list[tuple[int, Mark]] | None = None
        self._breaks: list[int] = []
        self._words: WordInk | None = None
        self._is_embedded: bool | None = None

    def _break_lines(self, width: float) -> list[QTextLine]:
        lines, layout, top = [], self._layout, self.style.baseline
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # The style sets the baseline: a taller fallback font (emoji) must not push lines apart.
            line.setPosition(QPointF(0, top - line.ascent()))
            lines.append(line)
            top += self.style.pitch
        layout.endLayout()
        return lines

    @property
    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    @property
    def height(self) -> float:
        """Return the height of all lines in pixels."""
        return len(self._lines) * self.style.pitch

    def is_space(self, position: int) -> bool:
        """Return True for a space at a position, and for any position outside the paragraph."""
        return not self.start <= position < self.end or self._text[position - self.start].isspace()

    def line_range(self, line: int) -> tuple[int, int]:
        """Return the start and end of a line in the document, with its trailing space."""
        return self.start + self._starts[line], self.start + self._starts[line + 1]

    def line_of(self, position: int) -> int:
        """Return the line of the character at a position; the last line for the end of the paragraph."""
        return max(bisect_right(self._starts, position - self.start, 0, len(self._lines)) - 1, 0)

    def extents(self, start: int, end: int) -> tuple[Extent, ...]:
        """Return the parts of lines that the characters between two positions cover, each from left to right.

        Spaces at the end of a line are left out, and so is what is outside the paragraph.
        """
        key = (start, end)
        if key not in self._extents:
            self._extents[key] = tuple(self._find_extents(max(start, self.start), min(end, self.end)))
        return self._extents[key]

    def _find_extents(self, start: int, end: int) -> Iterable[Extent]:
        """Find what the characters between two positions cover, line by line.

        Qt's cursorToX() is wrong where right-to-left and left-to-right text meet, and within ligatures; the glyph runs
        are not, but take longer.
        """
        if start >= end:
            return
        text, begin = self._text, self.start
        for number in range(self.line_of(start), self.line_of(end - 1) + 1):
            first, last = max(start - begin, self._starts[number]), min(end - begin, self._starts[number + 1])
            if last == self._starts[number + 1] and number + 1 < len(self._lines):
                last = first + len(text[first:last].rstrip(" "))
            if self._are_plain(number, first, last):
                line, units = self._lines[number], self._map.to_utf16
                left, right = line.cursorToX(units(last))[0], line.cursorToX(units(first))[0]  # type: ignore[index]
                yield Extent(number, left, right)
                continue
            boxes = sorted((left, right) for left, right, _ in self._runs(number, begin + first, begin + last))
            merged: list[tuple[float, float]] = []
            for left, right in boxes:
                if merged and left <= merged[-1][1] + _TOUCHING:
                    merged[-1] = (merged[-1][0], max(merged[-1][1], right))
                else:
                    merged.append((left, right))
            yield from (Extent(number, left, right) for left, right in merged)

    def _are_plain(self, number: int, first: int, last: int) -> bool:
        """Return True for whole Arabic words between spaces or punctuation."""
        text = self._text
        is_start = first == self._starts[number] or text[first - 1] in _NEUTRAL
        is_end = text[last : last + 1] in _NEUTRAL
        return is_start and is_end and _PLAIN.fullmatch(text, first, last) is not None and not self._find_embedding()

    def _find_embedding(self) -> bool:
        if self._is_embedded is None:
            # Many times as fast as a pattern, and each paragraph that comes into view asks.
            self._is_embedded = any(character in self._text for character in _EMBEDDING)
        return self._is_embedded

    def _runs(self, line: int, start: int, end: int) -> Iterable[tuple[float, float, bool]]:
        """Yield left, right and "is right-to-left" of each glyph run between two positions of one line."""
        if start >= end:
            return
        first, last = self._map.to_utf16(start - self.start), self._map.to_utf16(end - self.start)
        for run in self._lines[line].glyphRuns(first, last - first):
            box = run.boundingRect()
            yield box.left(), box.right(), run.isRightToLeft()

    def ink_between(self, line: int, area: QRectF) -> list[tuple[float, float]]:
        """Return the left and right of all ink of a line and the next one in an area, and of some ink around it.

        The area is in pixels from the left edge of the column and the top of the line: a row in which tags lie. The
        result is not sorted.
        """
        top, bottom = area.top() - self.style.baseline, area.bottom() - self.style.baseline
        left, right = area.left(), area.right()
        found = []
        for start, ink in self._parts_between(line, left, right):
            found += [(start + x, start + far) for x, y, far, deep in ink.below if y < bottom and deep > top]
        if line + 1 < len(self._lines):
            top, bottom = top - self.style.pitch, bottom - self.style.pitch
            for start, ink in self._parts_between(line + 1, left, right):
                found += [(start + x, start + far) for x, y, far, deep in ink.above if y < bottom and deep > top]
        return found

    def _parts_between(self, number: int, left: float, right: float) -> list[tuple[float, PartInk]]:
        """Return the ink of the parts of a line that may have some between two x, each with the x that it counts from.

        Only these are measured, and words only once: to measure the whole page takes longer than to draw it.
        """
        line, text, words, spaces = self._lines[number], self._text, self._words or self._find_words(), self._breaks
        units, points, is_embedded = self._map.to_utf16, self._map.to_code_point, self._find_embedding()
        kept, count, found = words.kept, len(spaces), list[tuple[float, PartInk]]()
        # Letters reach beyond their place.
        reach = self.style.font.pixelSize() / 2
        # Qt returns the position before the line for an x to the right of it, and any within Latin text and numbers.
        near, far = line.xToCursor(right + reach), line.xToCursor(left - reach)
        near, far = (near, far) if near < far else (far, near)
        first = bisect_right(spaces, points(near)) if near > 0 else 0
        last = bisect_left(spaces, points(far), first) if far > 0 else first
        begin, end = self._starts[number], self._starts[number + 1]
        if first and spaces[first - 1] >= begin:
            begin = spaces[first - 1] + 1
        for place in range(first, last + 1):
            stop = spaces[place] if place < count and spaces[place] < end else end
            word = "" if is_embedded else text[begin:stop]
            ink = kept.get(word)
            if ink is None:
                unit, is_word = units(begin), _WORD.fullmatch(word) is not None
                x = line.cursorToX(unit)[0] if is_word else 0.0  # type: ignore[index]
                baseline = number * self.style.pitch + self.style.baseline
                ink = words.measure(line.glyphRuns(unit, units(stop) - unit), x, baseline)
                if is_word:
                    words.keep(word, ink)
                if ink is not NO_INK:
                    found.append((x, ink))
            elif ink is not NO_INK:
                found.append((line.cursorToX(units(begin))[0], ink))  # type: ignore[index]
            begin = stop + 1
        return found

    def _find_words(self) -> WordInk:
        """Divide the text into parts, and return what is known of their ink."""
        self._breaks = [] if self._find_embedding() else [each.start() for each in _BREAK.finditer(self._text)]
        self._words = word_ink(self.style)
        return self._words

    def edge(self, position: int, *, trailing: bool) -> Extent:
        """Return the position of a caret, as an extent of width 0.

        It is at the near edge of the next character, or with trailing at the far edge of the previous one.
        """
        before = (trailing and position > self.start) or position >= self.end > self.start
        start = self._cursor(position, forward=False) if before else position
        end = position if before else self._cursor(position, forward=True)
        line = self.line_of(start)
        runs = list(self._runs(line, start, end))
        if not runs:
            x = self._lines[line].naturalTextRect().right()
            return Extent(line, x, x)
        left, right = min(run[0] for run in runs), max(run[1] for run in runs)
        x = right if runs[0][2] != before else left
        return Extent(line, x, x)

    def position_at(self, line: int, x: float) -> int:
        """Return the position between two letters of a line nearest to x. Diacritics stay with their letter."""
        position, end = self.line_range(line)
        best = (float("inf"), position)
        while position < end:
            following = self._cursor(position, forward=True)
            for left, right, rightward in self._runs(line, position, following):
                near, far = (right, left) if rightward else (left, right)
                best = min(best, (abs(x - near), position), (abs(x - far), following))
            position = following
        return best[1]

    def _cursor(self, position: int, *, forward: bool) -> int:
        """Return the next caret position, never between a letter and its diacritics."""
        unit = self._map.to_utf16(position - self.start)
        move = self._layout.nextCursorPosition if forward else self._layout.previousCursorPosition
        found = self.start + self._map.to_code_point(move(unit))
        if forward:
            # Qt may put a cursor between the surrogates of one character; the map returns its start then.
            return max(found, min(position + 1, self.end))
        return found

    def marks(self) -> list[tuple[int, Mark]]:
        """Return the positions of characters to be marked, each with its mark."""
        if self._marks is None:
            self._marks = [(self.start + offset, mark) for offset, mark in find_marks(self._text)]
        return self._marks

    def draw_line(self, painter: QPainter, line: int, origin: QPointF) -> None:
        """Draw one line with the painter's pen; origin is the top left corner of the block."""
        self._lines[line].draw(painter, origin)
