"""The layout of the page: its paragraphs, their heights, and which are laid out by Qt.

Only visible paragraphs are laid out; the height of all others is estimated from their length. A paragraph longer than
any in a newspaper is split into sections at sentence ends, so that none is slow.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from annotator.domain.model.document import Region, RegionKind
from annotator.domain.model.span import Span
from annotator.ui.article.invisible_characters import LINE_ENDS, OTHER_LINE_ENDS
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.base.typography import PageStyle, Role, TextStyle

LONGEST_BLOCK = 8000
"""The longest paragraph in code points that is laid out as one block."""
SECTION = 4000
"""The approximate length in code points of the sections of a longer paragraph."""
KEPT_SHAPES = 400
"""The number of blocks that stay laid out after they leave the view."""

_SENTENCE_END = re.compile(r"[.!?؟…][\"»”')\]]*\s+")
_SPACE = re.compile(r"\s+")
_FATHA = "\u064e"
"""The vowel mark that is most frequent in vocalised text, on one of six characters. Other text has hardly any."""
_VOCALISED = 25
"""A paragraph with a fatha on one of so many characters gets the lines of vocalised text."""
_ROLES = {
    RegionKind.TITLE: Role.TITLE,
    RegionKind.DATE: Role.DATE,
    RegionKind.CAPTION: Role.CAPTION,
    RegionKind.DEBRIS: Role.DEBRIS,
}


@dataclass(slots=True)
class Block:
    """A paragraph or a section of one: its place in the text, its role, and the space above it in text heights."""

    start: int
    end: int
    above: float = 0.0
    last: bool = True
    role: Role = Role.BODY
    vocalised: bool = False
    dimmed: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line on the page: its block, its number in that, its top in pixels from the top of the page, its height."""

    block: int
    line: int
    top: float
    pitch: float


class PageLayout:
    """All blocks of a document and their positions; y is in pixels from the top of the page."""

    def __init__(self, text: str, regions: Iterable[Region], style: PageStyle, width: float) -> None:
        """Split a text into blocks; width is that of the column in pixels."""
        self._text = text
        self.blocks = list(_cut(text))
        self._starts = [block.start for block in self.blocks]
        _assign_roles(self.blocks, regions)
        _find_vocalised(self.blocks, text)
        self.restyle(style, width)

    def restyle(self, style: PageStyle, width: float) -> None:
        """Lay out everything again in another style or width."""
        self.style = style
        self.width = max(width, 1.0)
        self._shapes: dict[int, ShapedBlock] = {}
        self._heights = list(self._estimate_heights())
        self._tops: list[float] = []

    @property
    def height(self) -> float:
        """Return the height of the page with its margins."""
        return self._all_tops()[-1] + self.margin

    @property
    def margin(self) -> float:
        """Return the height of the margin above and below the text."""
        return self.style.margin

    def top(self, block: int) -> float:
        """Return the y of the first line of a block."""
        return self._all_tops()[block] + self._space_above(block)

    def index_at(self, y: float) -> int:
        """Return the block at y, or the nearest one; 0 on an empty page."""
        return max(0, min(bisect_right(self._all_tops(), y) - 1, len(self.blocks) - 1))

    def block_of(self, position: int) -> int:
        """Return the block of a position, or the last one before it; 0 on an empty page."""
        return max(0, bisect_right(self._starts, position) - 1)

    def shape(self, index: int) -> ShapedBlock:
        """Return a block laid out. This may change its height, and move all blocks below."""
        shape = self._shapes.pop(index, None)
        if shape is None:
            block = self.blocks[index]
            style = self.style_of(block)
            shape = ShapedBlock(self._text[block.start : block.end], block.start, style, self.width)
            height = self._outer_height(block, shape.height)
            if height != self._heights[index]:
                self._heights[index] = height
                self._tops = []
            if len(self._shapes) >= KEPT_SHAPES:
                del self._shapes[next(iter(self._shapes))]
        self._shapes[index] = shape
        return shape

    def style_of(self, block: Block) -> TextStyle:
        """Return the style of a block's lines."""
        return self.style.of(block.role, vocalised=block.vocalised)

    def shape_between(self, top: float, bottom: float) -> bool:
        """Lay out all blocks between two heights. Return True if that moved anything."""
        if not self.blocks:
            return False
        before = self._all_tops()
        index = self.index_at(top)
        y = self._all_tops()[index]
        while y < bottom and index < len(self.blocks):
            self.shape(index)
            y += self._heights[index]
            index += 1
        return self._all_tops() is not before

    def visible_lines(self, top: float, bottom: float) -> Iterable[tuple[int, ShapedBlock, range]]:
        """Yield the blocks between two heights with their layouts and visible lines."""
        for index in range(self.index_at(top), len(self.blocks)):
            block_top, style = self.top(index), self.style_of(self.blocks[index])
            if block_top - style.rise > bottom:
                return
            shape = self.shape(index)
            first = max(0, math.floor((top - block_top - style.overhang) / style.pitch))
            last = min(shape.line_count, math.ceil((bottom - block_top + style.rise) / style.pitch))
            if first < last:
                yield index, shape, range(first, last)

    def place_of(self, position: int) -> PageLine:
        """Return the line of the character at a position."""
        index = self.block_of(position)
        shape = self.shape(index)
        line = shape.line_of(position)
        return PageLine(index, line, self.top(index) + line * shape.style.pitch, shape.style.pitch)

    def place_at(self, y: float) -> PageLine:
        """Return the line at a height, or the nearest one."""
        index = self.index_at(y)
        shape = self.shape(index)
        line = min(max(0, math.floor((y - self.top(index)) / shape.style.pitch)), shape.line_count - 1)
        return PageLine(index, line, self.top(index) + line * shape.style.pitch, shape.style.pitch)

    def neighbour(self, place: PageLine, lines: int) -> PageLine | None:
        """Return the line some lines below, or above if negative. None beyond the ends of the page."""
        block, line = place.block, place.line + lines
        while line < 0 and block > 0:
            block -= 1
            line += self.shape(block).line_count
        while block < len(self.blocks) - 1 and line >= self.shape(block).line_count:
            line -= self.shape(block).line_count
            block += 1
        shape = self.shape(block)
        if not 0 <= line < shape.line_count:
            return None
        return PageLine(block, line, self.top(block) + line * shape.style.pitch, shape.style.pitch)

    def _all_tops(self) -> Sequence[float]:
        """Return the top of each block, and the bottom of the last one."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=self.margin))
        return self._tops

    def _space_above(self, index: int) -> float:
        return self.blocks[index].above * self.style.pixels

    def _outer_height(self, block: Block, lines_height: float) -> float:
        style = self.style_of(block)
        after = style.after if block.last else style.overhang
        return round(lines_height + after + block.above * self.style.pixels)

    def _estimate_heights(self) -> Iterable[float]:
        kind: tuple[Role, bool] | None = None
        style = self.style.of(Role.BODY)
        characters = 1.0
        for block in self.blocks:
            # There are thousands of blocks, and nearly all have the same role.
            if kind != (block.role, block.vocalised):
                kind, style = (block.role, block.vocalised), self.style_of(block)
                # On average half a word does not fit at the end of a line.
                characters = max(self.width - 3 * style.character, 1.0) / style.character
            lines = max(math.ceil((block.end - block.start) / characters), 1)
            after = style.after if block.last else style.overhang
            yield round(lines * style.pitch + after + block.above * self.style.pixels)


def _cut(text: str) -> Iterable[Block]:
    """Yield the blocks of a text: paragraphs, and sections of very long ones. Blank lines become space above."""
    position = 0
    for start, end in _line_ends(text):
        if start - position > LONGEST_BLOCK:
            yield from _sections(text, position, start, _blank_lines(text, position))
        elif start > position:
            yield Block(position, start, _blank_lines(text, position))
        position = end
    if position < len(text):
        yield from _sections(text, position, len(text), _blank_lines(text, position))


def _line_ends(text: str) -> Iterator[tuple[int, int]]:
    if any(end in text for end in OTHER_LINE_ENDS):
        for found in LINE_ENDS.finditer(text):
            yield found.span()
        return
    # str.find() is many times as fast as the pattern, which matters in a text of 600,000 characters.
    start = text.find("\n")
    while start >= 0:
        end = start + 1
        while text.startswith("\n", end):
            end += 1
        yield start, end
        start = text.find("\n", end)


def _blank_lines(text: str, position: int) -> float:
    """Return the space for blank lines before a position, in heights of body text."""
    if position < 2 or not LINE_ENDS.match(text[position - 2]):
        return 0.0
    start = position
    while start > 0 and position - start < 4 and LINE_ENDS.match(text[start - 1]):
        start -= 1
    return 0.35 * max(0, position - start - 1) if start else 0.0


def _sections(text: str, start: int, end: int, above: float) -> Iterable[Block]:
    while end - start > LONGEST_BLOCK:
        cut = _border(text, start + SECTION, start + LONGEST_BLOCK)
        yield Block(start, cut, above, last=False)
        start, above = cut, 0.0
    yield Block(start, end, above)


def _border(text: str, least: int, most: int) -> int:
    """Return the first sentence end between two positions, else the first space, else the second position."""
    for pattern in (_SENTENCE_END, _SPACE):
        found = pattern.search(text, least, most)
        if found:
            return found.end()
    return most


def _assign_roles(blocks: list[Block], regions: Iterable[Region]) -> None:
    """Give each block the role of the region that covers most of it; mark debris within a line as dimmed."""
    for region in regions:
        index = max(0, bisect_right(blocks, region.span.start, key=lambda block: block.start) - 1)
        stop = bisect_left(blocks, region.span.end, key=lambda block: block.start)
        for block in blocks[index:stop]:
            shared = min(block.end, region.span.end) - max(block.start, region.span.start)
            if shared * 5 > (block.end - block.start) * 3:
                block.role = _ROLES[region.kind]
            elif shared > 0 and region.kind is RegionKind.DEBRIS:
                block.dimmed.append(region.span)


def _find_vocalised(blocks: list[Block], text: str) -> None:
    """Mark the blocks of vocalised text."""
    # str.count() is many times as fast as a pattern, and nearly all texts end here.
    if text.count(_FATHA) < 2:
        return
    for block in blocks:
        block.vocalised = text.count(_FATHA, block.start, block.end) * _VOCALISED > block.end - block.start
