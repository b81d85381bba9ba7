"""The boxes beneath the text and the tags below it.

The text is drawn over the boxes and does not depend on them: a format change inside a word would reshape joined
letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.base.label_style import LabelStyle, SpanStyle, TagText
from annotator.ui.base.note_icons import draw_note_icons
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.typography import TagMode

DEEPEST = 2
"""The depth at which boxes stop shrinking: three levels can be distinguished by size."""
_SIDEWAYS = 0.8
"""How much a nested box shrinks at its sides, relative to its height: letters are close there."""
_BAND = 2.5
"""The height of the band along the upper edge of a box, in pixels."""
_TAG_PAD, _TAG_GAP, _TAB = 3.0, 3.0, 6.0
"""The space around a tag's text, that between two tags, and the width of a tag without a text, in pixels."""
_FARTHEST = 6.0
"""How far a tag without a text may be from its box, in heights of a tag."""
_SIGN = 0.7
"""The height of the icons of notes and flags in a tag, relative to the tag."""


class Piece(NamedTuple):
    """The part of a span's box on one line, in viewport pixels. A side is open if the box continues on another line.

    band is how many pixels of its upper edge are in the label's colour, from the right.
    """

    line: int
    rect: QRectF
    open_left: bool
    open_right: bool
    band: float


class Box(NamedTuple):
    """An item with the pieces of its box, in reading order."""

    item: ReviewItem
    pieces: Sequence[Piece]
    starts_here: bool


class Tag(NamedTuple):
    """The tag with an item's label, and its place in the viewport. Without a text it is a small tab of the box."""

    item: ReviewItem
    line: int
    text: TagText | None
    rect: QRectF


def find_pieces(
    shape: ShapedBlock, span: Span, depth: int, origin: tuple[float, float], inset: float, ratio: float, share: float
) -> list[Piece]:
    """Return the pieces of a span's box within a block.

    origin is the top left corner of the block in the viewport. inset is the number of pixels by which a box shrinks
    with each depth. ratio is the device pixels per pixel; edges are aligned to their grid. share is the part of the
    box, from its start, whose upper edge has the colour of the label.
    """
    shrink = inset * min(depth, DEEPEST)
    style = shape.style
    extents = shape.extents(span.start, span.end)
    outset = style.font.pixelSize() * 0.09
    right = (outset if shape.is_space(span.start - 1) else 0.0) - shrink * _SIDEWAYS
    left = (outset if shape.is_space(span.end) else 0.0) - shrink * _SIDEWAYS
    x, y = origin
    rects = [
        on_grid(
            x + extent.left - left,
            y + extent.line * style.pitch + style.box_top + shrink,
            x + extent.right + right,
            y + extent.line * style.pitch + style.box_bottom - shrink,
            ratio,
        )
        for extent in extents
    ]
    coloured = sum(map(QRectF.width, rects)) * share
    pieces = []
    for extent, rect in zip(extents, rects, strict=True):
        band = min(coloured, rect.width())
        coloured -= band
        pieces.append(
            Piece(
                extent.line,
                rect,
                extent.line != extents[-1].line or span.end > shape.end,
                extent.line != extents[0].line or span.start < shape.start,
                band,
            )
        )
    return pieces


def on_grid(left: float, top: float, right: float, bottom: float, ratio: float) -> QRectF:
    """Return a rectangle with its edges moved to device pixels, so that lines along them are crisp."""
    left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
    right, bottom = round(right * ratio) / ratio, round(bottom * ratio) / ratio
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


@dataclass(slots=True)
class TagRow:
    """The place for the tags of one line.

    top is that in the viewport. measure returns the left and right of what letters use between two x.
    """

    top: float
    measure: Callable[[float, float], list[tuple[float, float]]]
    tags: list[tuple[float, float]] = field(default_factory=list)

    def place(self, piece: QRectF, width: float, slack: float) -> float | None:
        """Take the place of a tag and return its left edge, or None if letters and other tags are everywhere.

        A tag begins where its box does, or as near to that as letters allow. At least half of it is below its box, but
        it may be slack pixels further.
        """
        right = piece.right()
        least = piece.left() + min(width, piece.width()) / 2 - slack
        taken = [*self.tags, *self.measure(least - width, right)]
        while right >= least:
            in_the_way = [start for start, end in taken if start < right and right - width < end]
            if not in_the_way:
                self.tags.append((right - width - _TAG_GAP, right + _TAG_GAP))
                return right - width
            right = min(in_the_way)
        return None


def place_tags(
    boxes: Sequence[Box], label_style: LabelStyle, mode: TagMode, row: Callable[[int], TagRow], height: float
) -> list[Tag]:
    """Return the tags of a block's boxes, each below the start of its box, on no letter and on no other tag.

    row returns the place for the tags of a line. If the name of a label fits nowhere, its mark is used, then a tab.
    """
    tags = []
    for box in boxes:
        signs = _signs_width(box.item, height)
        if not box.starts_here or not box.pieces or (mode is TagMode.OFF and not signs):
            continue
        line = box.pieces[0].line
        piece = max((piece.rect for piece in box.pieces if piece.line == line), key=QRectF.right)
        for text, width in _tag_texts(box.item, label_style, mode, signs):
            left = row(line).place(piece, width, 0 if text else _FARTHEST * height)
            if left is not None:
                tags.append(Tag(box.item, line, text, QRectF(left, row(line).top, width, height)))
                break
    return tags


def _tag_texts(
    item: ReviewItem, label_style: LabelStyle, mode: TagMode, signs: float
) -> Iterable[tuple[TagText | None, float]]:
    """Yield the texts that a tag may have, the best one first, each with the width of the tag."""
    if mode is TagMode.BELOW:
        text = label_style.tag(item.label, asks=item.is_suggestion)
        yield text, text.width + 2 * _TAG_PAD + signs
    if mode is not TagMode.OFF:
        text = label_style.mark(item.label)
        yield text, text.width + 2 * _TAG_PAD + signs
    yield None, max(signs + _TAG_PAD, _TAB)


class SpanPainter:
    """Draws boxes, frames and tags with one painter."""

    def __init__(self, painter: QPainter, label_style: LabelStyle, palette: PagePalette) -> None:
        """Use an active painter."""
        self._painter = painter
        self._label_style = label_style
        self._palette = palette

    def draw_boxes(self, boxes: Sequence[Box]) -> None:
        """Draw all fills, then all outlines. The band along an upper edge is as long as the confidence.

        Weak suggestions are only underlined.
        """
        painter = self._painter
        self._underline(box for box in boxes if box.item.weak)
        boxes = [box for box in boxes if not box.item.weak]
        looks = [self._style_of(box.item) for box in boxes]
        painter.setPen(Qt.PenStyle.NoPen)
        for box, look in zip(boxes, looks, strict=True):
            for piece in box.pieces:
                for brush in (look.ground,) if look.hatching is None else (look.ground, look.hatching):
                    painter.setBrush(brush)
                    painter.drawRoundedRect(piece.rect, 3.0, 3.0)
                if piece.band > 0:
                    rect, band = piece.rect, piece.band
                    painter.fillRect(QRectF(rect.right() - band, rect.top(), band, _BAND), look.band)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box, look in zip(boxes, looks, strict=True):
            painter.setPen(look.outline)
            inset = -look.outline.widthF() / 2
            for piece in box.pieces:
                painter.drawPath(outline(piece, inset, 3.0))

    def _underline(self, boxes: Iterable[Box]) -> None:
        for box in boxes:
            pen = self._style_of(box.item).underline
            self._painter.setPen(pen)
            for piece in box.pieces:
                line = piece.rect.translated(0.0, -pen.widthF() / 2)
                self._painter.drawLine(line.bottomRight(), line.bottomLeft())

    def _style_of(self, item: ReviewItem) -> SpanStyle:
        return self._label_style.span(item.label, is_suggestion=item.is_suggestion, skipped=item.skipped)

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
        self._painter.setFont(self._label_style.font)
        for tag in tags:
            self._draw_tag(tag)

    def _draw_tag(self, tag: Tag) -> None:
        """Draw one tag: light text on the label colour if confirmed, else the label colour on the page."""
        painter, item, rect = self._painter, tag.item, tag.rect
        look = self._style_of(item)
        painter.setPen(look.tag_outline)
        painter.setBrush(look.tag_ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0)
        if tag.text is not None:
            painter.setPen(look.tag_ink)
            left = rect.left() + _TAG_PAD + _signs_width(item, rect.height())
            self._label_style.draw_tag(painter, tag.text, left, rect.top(), rect.height())
        if item.note or item.doubtful:
            ink = look.tag_ink
            middle, size = rect.center().y(), rect.height() * _SIGN
            draw_note_icons(
                painter,
                rect.left() + _TAG_PAD,
                middle,
                (ink, ink),
                note=bool(item.note),
                doubt=item.doubtful,
                size=size,
            )


def _signs_width(item: ReviewItem, height: float) -> float:
    return (bool(item.note) + item.doubtful) * height * _SIGN * 4 / 3
