"""The boxes beneath the text and the tags below it.

The text is drawn over the boxes and does not depend on them: a format change inside a word would reshape joined
letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.base.label_style import LabelStyle
from annotator.ui.base.note_icons import draw_note_icons
from annotator.ui.base.palette import PagePalette

DEEPEST = 2
"""The depth at which boxes stop shrinking: three levels can be distinguished by size."""
_SIDEWAYS = 0.8
"""How much a nested box shrinks at its sides, relative to its height: letters are close there."""
_DASHES = [3.2, 2.2]
_DOTS = [1.0, 2.4]
_SIGN = 0.56
"""The height of the icons of notes and flags in a tag, relative to the tag."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span's box on one line, in viewport pixels. A side is open if the box continues on another line."""

    line: int
    rect: QRectF
    open_left: bool = False
    open_right: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """An item with the pieces of its box, in reading order."""

    item: ReviewItem
    pieces: tuple[Piece, ...]
    starts_here: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag with an item's label, and its place in the viewport."""

    item: ReviewItem
    rect: QRectF


def find_pieces(
    shape: ShapedBlock, span: Span, depth: int, origin: QPointF, inset: float, ratio: float
) -> tuple[Piece, ...]:
    """Return the pieces of a span's box within a block.

    origin is the top left corner of the block in the viewport. inset is the number of pixels by which a box shrinks
    with each depth. ratio is the device pixels per pixel; edges are aligned to their grid.
    """
    shrink = inset * min(depth, DEEPEST)
    style = shape.style
    extents = shape.extents(span.start, span.end)
    outset = style.font.pixelSize() * 0.09
    right = outset if shape.is_space(span.start - 1) else 0.0
    left = outset if shape.is_space(span.end) else 0.0
    pieces = []
    for extent in extents:
        top = origin.y() + extent.line * style.pitch
        rect = QRectF(
            QPointF(origin.x() + extent.left - left + shrink * _SIDEWAYS, top + style.box_top + shrink),
            QPointF(origin.x() + extent.right + right - shrink * _SIDEWAYS, top + style.box_bottom - shrink),
        )
        first, last = extent.line == extents[0].line, extent.line == extents[-1].line
        pieces.append(
            Piece(
                extent.line,
                on_grid(rect, ratio),
                open_left=not last or span.end > shape.end,
                open_right=not first or span.start < shape.start,
            )
        )
    return tuple(pieces)


def on_grid(rect: QRectF, ratio: float) -> QRectF:
    """Move the edges of a rectangle to device pixels, so that lines along them are crisp."""
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    right, bottom = round(rect.right() * ratio) / ratio, round(rect.bottom() * ratio) / ratio
    return QRectF(left, top, max(right - left, 1.0), bottom - top)


def outline(piece: Piece, grow: float, radius: float) -> QPainterPath:
    """Return the outline of a piece, grown by some pixels, without its open sides."""
    box = piece.rect.adjusted(-grow, -grow, grow, grow)
    radius = min(radius, box.width() / 2, box.height() / 2)
    path = QPainterPath()
    if not piece.open_left and not piece.open_right:
        path.addRoundedRect(box, radius, radius)
        return path
    if piece.open_left and piece.open_right:
        path.moveTo(box.topLeft())
        path.lineTo(box.topRight())
        path.moveTo(box.bottomLeft())
        path.lineTo(box.bottomRight())
        return path
    near, far = (box.right(), box.left()) if piece.open_right else (box.left(), box.right())
    bend = radius if far < near else -radius
    path.moveTo(near, box.top())
    path.lineTo(far + bend, box.top())
    path.quadTo(far, box.top(), far, box.top() + radius)
    path.lineTo(far, box.bottom() - radius)
    path.quadTo(far, box.bottom(), far + bend, box.bottom())
    path.lineTo(near, box.bottom())
    return path


def place_tags(boxes: Sequence[Box], label_style: LabelStyle, top: Callable[[int], float], height: float) -> list[Tag]:
    """Return the tags of a block's boxes, each below the start of its box, without overlap.

    top returns the top of the row of tags of a line.
    """
    edges: dict[int, float] = {}
    tags = []
    for box in boxes:
        if box.starts_here and box.pieces:
            line = box.pieces[0].line
            width = label_style.tag(box.item.label, asks=box.item.is_suggestion).size().width() + 8
            width += _signs_width(box.item, height)
            right = max(piece.rect.right() for piece in box.pieces if piece.line == line)
            right = min(right, edges.get(line, right + 3) - 3)
            edges[line] = right - width
            tags.append(Tag(box.item, QRectF(right - width, top(line), width, height)))
    return tags


class SpanPainter:
    """Draws boxes, frames and tags with one painter."""

    def __init__(self, painter: QPainter, label_style: LabelStyle, palette: PagePalette) -> None:
        """Use an active painter."""
        self._painter = painter
        self._label_style = label_style
        self._palette = palette

    def draw_boxes(self, boxes: Iterable[Box]) -> None:
        """Draw all fills, then all outlines: solid for what is confirmed, dashed for suggested, dotted for skipped."""
        painter = self._painter
        boxes = list(boxes)
        for box in boxes:
            colours = self._label_style.colours(box.item.label)
            ground = colours.wash if box.item.is_suggestion else colours.fill
            for piece in box.pieces:
                path = QPainterPath()
                path.addRoundedRect(piece.rect, 3.0, 3.0)
                painter.fillPath(path, ground)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            self._draw_outline(box)

    def _draw_outline(self, box: Box) -> None:
        line = self._palette.line
        pen = QPen(self._label_style.colours(box.item.label).stroke, line)
        if box.item.is_suggestion:
            pen.setDashPattern(_DOTS if box.item.skipped else _DASHES)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        for piece in box.pieces:
            self._painter.drawPath(outline(piece, -line / 2, 3.0))

    def draw_focus(self, boxes: Iterable[Box]) -> None:
        """Draw the double frame around the item in focus."""
        painter, ring = self._painter, self._palette.ring
        for box in boxes:
            colours = self._label_style.colours(box.item.label)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for piece in box.pieces:
                painter.setPen(QPen(colours.stroke, 2.0))
                painter.drawPath(outline(piece, -1.0, 2.5))
                painter.setPen(QPen(self._palette.focus, ring))
                painter.drawPath(outline(piece, ring / 2, 4.0))

    def draw_knobs(self, knobs: Iterable[QPointF]) -> None:
        """Draw the knobs that move the boundaries of the item in focus."""
        self._painter.setPen(QPen(self._palette.focus, 2.0))
        self._painter.setBrush(self._palette.page)
        for knob in knobs:
            self._painter.drawEllipse(knob, 3.5, 3.5)

    def draw_tags(self, tags: Iterable[Tag]) -> None:
        """Draw tags, each at its place."""
        for tag in tags:
            self._draw_tag(tag.item, tag.rect)

    def _draw_tag(self, item: ReviewItem, rect: QRectF) -> None:
        """Draw one tag: light text on the label colour if confirmed, else the label colour on the page."""
        painter = self._painter
        colours = self._label_style.colours(item.label)
        ground: QColor = self._palette.page if item.is_suggestion else colours.tag
        pen = QPen(colours.stroke if item.is_suggestion else colours.tag, 1.0)
        if item.is_suggestion:
            pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0)
        painter.setPen(colours.ink if item.is_suggestion else colours.on_tag)
        text = self._label_style.tag(item.label, asks=item.is_suggestion)
        self._label_style.draw_tag(
            painter, text, rect.left() + 4 + _signs_width(item, rect.height()), rect.top(), rect.height()
        )
        if item.note or item.doubtful:
            ink = colours.ink if item.is_suggestion else colours.on_tag
            middle, size = rect.center().y(), rect.height() * _SIGN
            draw_note_icons(
                painter, rect.left() + 4, middle, (ink, ink), note=bool(item.note), doubt=item.doubtful, size=size
            )


def _signs_width(item: ReviewItem, height: float) -> float:
    return (bool(item.note) + item.doubtful) * height * _SIGN * 4 / 3
