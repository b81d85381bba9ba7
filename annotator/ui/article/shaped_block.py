"""One paragraph, laid out by Qt, with the geometry of its characters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRawFont, QTextLayout, QTextLine, QTextOption

from annotator.ui.article.invisible_characters import Mark, display_text, find_marks
from annotator.ui.article.utf16_offsets import Utf16Map
from annotator.ui.base.typography import TextStyle

_TOUCHING = 0.5
"""Glyph runs closer than this, in pixels, are joined into one extent."""
_BESIDE = 1.0
"""The gap in pixels that a tag keeps from letters at its sides."""
_LETTER, _LOW, _SHALLOW = 0.33, 0.6, 0.2
"""The height from which a glyph is a letter, and how far common ones reach up and down, in text heights."""

_LETTERS = "\u0620-\u064a\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
_BREAK = re.compile(f"(?<=[{_LETTERS}]) (?=[{_LETTERS}])")
"""A space between Arabic letters. What is before it in the text is to the right of it, in any mixture of scripts."""
_EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that set the direction of other ones. With them, _BREAK says nothing about the order on the line."""

_glyph_boxes: dict[tuple[float, ...], dict[int, tuple[float, float, float, float] | None]] = {}
"""The ink of glyphs, by metrics of their font and index: QRawFont is slow. There are some hundreds for each size."""


@dataclass(frozen=True, slots=True)
class Extent:
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
        option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._lines = list(self._break_lines(width))
        self._extents: dict[tuple[int, int], tuple[Extent, ...]] = {}
        self._marks: list[tuple[int, Mark]] | None = None
        self._ink: dict[tuple[float, ...], list[tuple[float, float]]] = {}
        self._breaks: dict[int, list[int]] = {}

    def _break_lines(self, width: float) -> Iterable[QTextLine]:
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            # The style sets the baseline: a taller fallback font (emoji) must not push lines apart.
            top = line.lineNumber() * self.style.pitch + self.style.baseline - line.ascent()
            line.setPosition(QPointF(0, top))
            yield line
        self._layout.endLayout()

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
        start = self._lines[line].textStart()
        end = start + self._lines[line].textLength()
        return self.start + self._map.to_code_point(start), self.start + self._map.to_code_point(end)

    def line_of(self, position: int) -> int:
        """Return the line of the character at a position; the last line for the end of the paragraph."""
        unit = self._map.to_utf16(min(max(position, self.start), self.end) - self.start)
        line = self._layout.lineForTextPosition(unit)
        return line.lineNumber() if line.isValid() else 0

    def extents(self, start: int, end: int) -> tuple[Extent, ...]:
        """Return the parts of lines that the characters between two positions cover, each from left to right.

        Spaces at the end of a line are left out, and so is what is outside the paragraph.
        """
        key = (start, end)
        if key not in self._extents:
            self._extents[key] = tuple(self._find_extents(max(start, self.start), min(end, self.end)))
        return self._extents[key]

    def _find_extents(self, start: int, end: int) -> Iterable[Extent]:
        """Read the glyph runs of each line and join those that touch.

        Qt's cursorToX() is wrong where right-to-left and left-to-right text meet; the glyph runs are not.
        """
        if start >= end:
            return
        for number in range(self.line_of(start), self.line_of(end - 1) + 1):
            line_start, line_end = self.line_range(number)
            first, last = max(start, line_start), min(end, line_end)
            if last == line_end and number + 1 < len(self._lines):
                last = first + len(self._text[first - self.start : last - self.start].rstrip(" "))
            boxes = sorted((left, right) for left, right, _ in self._runs(number, first, last))
            merged: list[tuple[float, float]] = []
            for left, right in boxes:
                if merged and left <= merged[-1][1] + _TOUCHING:
                    merged[-1] = (merged[-1][0], max(merged[-1][1], right))
                else:
                    merged.append((left, right))
            yield from (Extent(number, left, right) for left, right in merged)

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

        The area is in pixels from the left edge of the column and the top of the line. The result is not sorted.
        """
        key = (line, *(round(side, 2) for side in (area.left(), area.top(), area.right(), area.bottom())))
        if key not in self._ink:
            found: list[tuple[float, float]] = []
            for number in range(line, min(line + 2, len(self._lines))):
                below = (number - line) * self.style.pitch
                start, length = self._units_between(number, area.left(), area.right())
                found += self._find_ink(number, start, length, area.top() - below, area.bottom() - below)
            self._ink[key] = found
        return self._ink[key]

    def _units_between(self, number: int, left: float, right: float) -> tuple[int, int]:
        """Return the UTF-16 offset and length of the words of a line that may have ink between two x.

        Measuring the glyphs of a whole line takes three times as long.
        """
        if number not in self._breaks:
            self._breaks[number] = self._find_breaks(number)
        line, breaks = self._lines[number], self._breaks[number]
        # Letters reach beyond their place.
        reach = self.style.font.pixelSize() / 2
        # Qt returns the position before the line for an x to the right of it, and any within Latin text and numbers.
        first, last = sorted((line.xToCursor(right + reach), line.xToCursor(left - reach)))
        start = breaks[max(bisect_right(breaks, first) - 1, 0)]
        end = breaks[min(bisect_left(breaks, last), len(breaks) - 1)]
        return start, end - start

    def _find_breaks(self, number: int) -> list[int]:
        """Return the UTF-16 offsets of the ends of a line, and of the spaces at which it may be divided."""
        line, (start, end) = self._lines[number], self.line_range(number)
        start, end = start - self.start, end - self.start
        found = () if _EMBEDDING.search(self._text) else _BREAK.finditer(self._text, start, end)
        spaces = [self._map.to_utf16(each.start()) for each in found]
        return [line.textStart(), *spaces, line.textStart() + line.textLength()]

    def _find_ink(self, line: int, start: int, length: int, top: float, bottom: float) -> Iterable[tuple[float, float]]:
        """Yield the left and right of each glyph of some UTF-16 units of a line that has ink between two heights."""
        slot = line * self.style.pitch
        top, bottom = top + slot, bottom + slot
        for run in self._lines[line].glyphRuns(start, length):
            font = run.rawFont()
            # QRawFont.familyName() crashes on the boxes that Qt shows for characters that no font has.
            name = (font.pixelSize(), font.weight(), font.ascent(), font.xHeight(), font.averageCharWidth())
            boxes = _glyph_boxes.setdefault(name, {})
            for index, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                if index not in boxes:
                    boxes[index] = self._measure_glyph(font, index)
                box = boxes[index]
                if box is not None:
                    y = place.y()
                    if y + box[1] < bottom and y + box[3] > top:
                        x = place.x()
                        yield x + box[0] - _BESIDE, x + box[2] + _BESIDE

    def _measure_glyph(self, font: QRawFont, index: int) -> tuple[float, float, float, float] | None:
        """Return left, top, right and bottom of a glyph; None if it has no ink, or is a letter that no tag can meet."""
        # QRawFont.boundingRect() rounds up to whole pixels, but an emoji has no path.
        rect = font.pathForGlyph(index).boundingRect()
        rect = font.boundingRect(index) if rect.isEmpty() else rect
        em = self.style.font.pixelSize()
        is_common = rect.height() > _LETTER * em and rect.top() > -_LOW * em and rect.bottom() < _SHALLOW * em
        if rect.isEmpty() or is_common:
            return None
        return rect.left(), rect.top(), rect.right(), rect.bottom()

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
