"""Map between the viewport and the document: boxes, tags, words, letters, and the knobs of the focus."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, hypot

from PySide6.QtCore import QPointF, QRectF

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge
from annotator.session import ReviewItem
from annotator.ui.article.layout import PageLayout
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.article.span_index import SpanIndex
from annotator.ui.article.span_painter import Box, Tag, TagRow, find_pieces, place_tags
from annotator.ui.base.label_style import LabelStyle
from annotator.ui.base.list_diff import changed_part
from annotator.ui.base.palette import PagePalette

_GRIP = 8.0
"""The distance in pixels within which the pointer grabs a knob."""
_STEP = 8
"""So many lines of a block are prepared together: nearly every paragraph of an article as a whole."""
_KEPT_DRAWINGS = 200
"""The number of parts of blocks with boxes and tags that stay ready to be drawn."""


@dataclass(frozen=True, slots=True)
class BlockDrawing:
    """The boxes and tags of some lines of a block, in pixels from a whole pixel of the screen near its top left corner.

    key and items, each with its depth, are all that they depend on: a drawing is used again after scrolling.
    """

    key: tuple[object, ...]
    items: list[tuple[ReviewItem, int]]
    boxes: list[Box]
    tags: list[Tag]


@dataclass(slots=True)
class Scene:
    """What is shown: the page, its spans, and the focus, selection and matches.

    preview is the span that a dragged boundary would give the item in focus.
    """

    page: PageLayout
    palette: PagePalette
    label_style: LabelStyle
    spans: SpanIndex = field(default_factory=SpanIndex)
    focus: ReviewItem | None = None
    preview: Span | None = None
    selection: Span | None = None
    matches: Sequence[Span] = ()
    current_match: Span | None = None
    shows_marks: bool = True
    drawings: dict[tuple[int, int], BlockDrawing] = field(default_factory=dict)
    """The last drawings, by block and first line."""

    def in_focus(self, item: ReviewItem) -> bool:
        """Return True if an item is the annotation or suggestion in focus."""
        focus = self.focus
        return focus is not None and focus.key == item.key and focus.is_suggestion == item.is_suggestion


class PageGeometry:
    """The geometry of a scene. origin is the top left corner of the text column in the viewport."""

    def __init__(self, scene: Scene, origin: QPointF, ratio: float) -> None:
        """Measure a scene; ratio is the number of device pixels per pixel."""
        self._scene = scene
        self.origin = origin
        self.ratio = ratio

    def block_origin(self, block: int) -> QPointF:
        """Return the top left corner of a block's first line."""
        return QPointF(self.origin.x(), self.origin.y() + self._scene.page.top(block))

    def drawings(self, block: int, shape: ShapedBlock, lines: range) -> list[tuple[QPointF, BlockDrawing]]:
        """Return the boxes and tags of some lines of a block, with the points of the viewport from which they count.

        There are also those of some lines around, so that they serve for several steps of scrolling.
        """
        scene, ratio, origin = self._scene, self.ratio, self.block_origin(block)
        items = scene.spans.with_depths(shape.start, shape.end)
        if not items:
            return []
        shift = QPointF(floor(origin.x() * ratio + 1e-6) / ratio, floor(origin.y() * ratio + 1e-6) / ratio)
        near = (round(origin.x() - shift.x(), 6), round(origin.y() - shift.y(), 6))
        focus = scene.focus.key if scene.focus and (scene.preview or scene.focus.weak) else None
        key = (shape, near, ratio, scene.label_style, scene.preview, focus)
        found = []
        for first in range(lines.start - lines.start % _STEP, lines.stop, _STEP):
            part = range(first, min(first + _STEP, shape.line_count))
            start, end = shape.line_range(part.start)[0], shape.line_range(part.stop - 1)[1]
            here = [(i, d) for i, d in items if scene.preview or (i.span.start < end and start < i.span.end)]
            made = scene.drawings.get((block, first))
            if made is None or made.key != key or made.items != here:
                geometry, last = PageGeometry(scene, self.origin - shift, ratio), made
                if last is None or last.key != key or scene.preview:
                    boxes = geometry._boxes(block, shape, part, here)
                    tags = geometry.tags(block, shape, boxes)
                else:
                    boxes, tags = geometry._change(last, block, shape, part, here)
                made = BlockDrawing(key, here, boxes, tags)
                if len(scene.drawings) >= _KEPT_DRAWINGS:
                    del scene.drawings[next(iter(scene.drawings))]
                scene.drawings[block, first] = made
            found.append((shift, made))
        return found

    def _change(
        self, last: BlockDrawing, block: int, shape: ShapedBlock, lines: range, items: list[tuple[ReviewItem, int]]
    ) -> tuple[list[Box], list[Tag]]:
        """Return the boxes and tags after a change of items. Only lines in which a changed one begins are computed."""
        start, old_stop, new_stop = changed_part(last.items, items)
        new = self._boxes(block, shape, lines, items[start:new_stop])
        boxes = [*last.boxes[:start], *new, *last.boxes[old_stop:]]
        moved = {box.pieces[0].line for box in (*last.boxes[start:old_stop], *new) if box.pieces}
        again = self.tags(block, shape, [box for box in boxes if box.pieces and box.pieces[0].line in moved])
        return boxes, [*(tag for tag in last.tags if tag.line not in moved), *again]

    def boxes(self, block: int, shape: ShapedBlock, lines: range) -> list[Box]:
        """Return the boxes of all items on some lines of a block, as far as they are there, outer before inner."""
        return self._boxes(block, shape, lines, self._scene.spans.with_depths(shape.start, shape.end))

    def _boxes(
        self, block: int, shape: ShapedBlock, lines: range, items: Iterable[tuple[ReviewItem, int]]
    ) -> list[Box]:
        scene, boxes, top = self._scene, list[Box](), self.block_origin(block)
        origin, inset = (top.x(), top.y()), scene.page.style.inset
        start, end = shape.line_range(lines[0])[0], shape.line_range(lines[-1])[1]
        for item, depth in items:
            span = scene.preview if scene.preview and scene.in_focus(item) else item.span
            if span.start < end and start < span.end:
                score = item.score if item.is_suggestion else 1.0
                pieces = find_pieces(shape, span, depth, origin, inset, self.ratio, score)
                if span.start < start or span.end > end:
                    pieces = [piece for piece in pieces if piece.line in lines]
                boxes.append(Box(item, pieces, span.start >= start))
        return boxes

    def tags(self, block: int, shape: ShapedBlock, boxes: Sequence[Box]) -> list[Tag]:
        """Return the tags of a block's boxes. A weak suggestion has one only while it is in focus."""
        boxes = [box for box in boxes if not box.item.weak or self._scene.in_focus(box.item)]
        style, page = shape.style, self._scene.page.style
        origin = self.block_origin(block)
        rows: dict[int, TagRow] = {}

        def row(line: int) -> TagRow:
            if line not in rows:
                slot = origin.y() + line * style.pitch
                # On whole pixels, and rather lower than higher: the letters above are closer.
                top = ceil((slot + style.tag_top) * self.ratio - 0.01) / self.ratio

                def measure(left: float, right: float) -> list[tuple[float, float]]:
                    area = QRectF(left - origin.x(), top - slot, right - left, page.tag_height)
                    ink = shape.ink_between(line, area) if style.is_dense else []
                    return [(origin.x() + start, origin.x() + end) for start, end in ink]

                rows[line] = TagRow(top, measure)
            return rows[line]

        return place_tags(boxes, self._scene.label_style, page.tags, row, page.tag_height)

    def item_at(self, point: QPointF) -> ReviewItem | None:
        """Return the item whose box or tag is at a point of the viewport; if several, the shortest."""
        page = self._scene.page
        if not page.blocks:
            return None
        place = page.place_at(point.y() - self.origin.y())
        shape = page.shape(place.block)
        # A tag reaches into the next line's slot.
        boxes = self.boxes(place.block, shape, range(max(0, place.line - 1), place.line + 1))
        tagged = [tag.item for tag in self.tags(place.block, shape, boxes) if tag.rect.contains(point)]
        boxed = [box.item for box in boxes if any(piece.rect.contains(point) for piece in box.pieces)]
        return min(tagged or boxed, key=lambda item: len(item.span), default=None)

    def token_at(self, point: QPointF, tokens: Sequence[Token], within: float = float("inf")) -> Token | None:
        """Return the token of the line at a point whose glyphs are nearest, but not farther than within pixels."""
        page = self._scene.page
        if not page.blocks or not tokens:
            return None
        y = point.y() - self.origin.y()
        place = page.place_at(y)
        if not place.top - within <= y <= place.top + place.pitch + within:
            return None
        shape, x = page.shape(place.block), point.x() - self.origin.x()
        start, end = shape.line_range(place.line)
        best: tuple[float, Token | None] = (within, None)
        for index in range(bisect_right(tokens, start, key=lambda token: token.end), len(tokens)):
            token = tokens[index]
            if token.start >= end:
                break
            for extent in shape.extents(token.start, token.end):
                if extent.line == place.line and extent.distance(x) < best[0]:
                    best = (extent.distance(x), token)
        return best[1]

    def position_at(self, point: QPointF) -> int:
        """Return the position between two letters nearest to a point; 0 on an empty page."""
        page = self._scene.page
        if not page.blocks:
            return 0
        place = page.place_at(point.y() - self.origin.y())
        return page.shape(place.block).position_at(place.line, point.x() - self.origin.x())

    def edge_rect(self, position: int, *, trailing: bool) -> QRectF:
        """Return the vertical line at one side of a character, as high as its box and 0 wide."""
        page = self._scene.page
        block = page.block_of(position - 1 if trailing and position else position)
        shape = page.shape(block)
        edge, origin, style = shape.edge(position, trailing=trailing), self.block_origin(block), shape.style
        top = origin.y() + edge.line * style.pitch + style.box_top
        return QRectF(origin.x() + edge.left, top, 0, style.box_bottom - style.box_top)

    def knobs(self) -> dict[Edge, QPointF]:
        """Return the points of the two knobs that move the boundaries of the item in focus."""
        scene = self._scene
        if scene.focus is None or not scene.page.blocks:
            return {}
        span = scene.preview or scene.focus.span
        return {
            "start": self.edge_rect(span.start, trailing=False).topLeft(),
            "end": self.edge_rect(span.end, trailing=True).topLeft(),
        }

    def knob_at(self, point: QPointF) -> Edge | None:
        """Return the boundary of the item in focus whose knob is within reach of a point."""
        reach = {edge: hypot(knob.x() - point.x(), knob.y() - point.y()) for edge, knob in self.knobs().items()}
        edge = min(reach, key=lambda each: reach[each], default=None)
        return edge if edge is not None and reach[edge] <= _GRIP else None
