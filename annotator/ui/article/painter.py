"""Paint the page: backgrounds, boxes, text, tags and marks, from bottom to top."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QRegion

from annotator.domain.model.span import Span
from annotator.ui.article.geometry import PageGeometry, Scene
from annotator.ui.article.invisible_characters import Mark
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.article.span_painter import SpanPainter, on_grid
from annotator.ui.base.typography import Role


class PagePainter:
    """Draws a scene."""

    def __init__(self, painter: QPainter, scene: Scene, geometry: PageGeometry) -> None:
        """Use an active painter and the geometry of the scene."""
        self._painter = painter
        self._scene = scene
        self._geometry = geometry
        self._spans = SpanPainter(painter, scene.label_style, scene.palette)

    def draw(self, clip: QRectF) -> None:
        """Draw what is in a rectangle of the viewport."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.fillRect(clip, self._scene.palette.page)
        page, up = self._scene.page, self._geometry.origin.y()
        for block, shape, lines in page.visible_lines(clip.top() - up, clip.bottom() - up):
            self._draw_block(block, shape, lines)
        self._spans.draw_knobs(self._geometry.knobs().values())

    def _draw_block(self, block: int, shape: ShapedBlock, lines: range) -> None:
        painter, spans, origin = self._painter, self._spans, self._geometry.block_origin(block)
        drawings = self._geometry.drawings(block, shape, lines)
        matches = self._find_matches(shape, lines, origin)
        for _, rect in matches:
            painter.fillRect(rect, self._scene.palette.match)
        for shift, drawing in drawings:
            painter.translate(shift)
            spans.draw_boxes(drawing.boxes)
            painter.translate(-shift)
        self._draw_match_edges(matches)
        for shift, drawing in drawings if self._scene.focus is not None else ():
            painter.translate(shift)
            spans.draw_focus(box for box in drawing.boxes if self._scene.in_focus(box.item))
            painter.translate(-shift)
        self._draw_selection(shape, origin)
        self._draw_text(block, shape, lines, origin)
        for shift, drawing in drawings:
            painter.translate(shift)
            spans.draw_tags(drawing.tags)
            painter.translate(-shift)
        if self._scene.shows_marks:
            self._draw_marks(shape, lines, origin)

    def _line_top(self, shape: ShapedBlock, line: int, origin: QPointF) -> float:
        return origin.y() + line * shape.style.pitch

    def _find_matches(self, shape: ShapedBlock, lines: range, origin: QPointF) -> list[tuple[Span, QRectF]]:
        """Return the search matches on the visible lines, with their rectangles."""
        start, end = shape.line_range(lines[0])[0], shape.line_range(lines[-1])[1]
        matches = self._scene.matches
        first = bisect_right(matches, start, key=lambda match: match.end)
        stop = bisect_left(matches, end, key=lambda match: match.start)
        return [(match, rect) for match in matches[first:stop] for rect in self._grounds(shape, match, origin)]

    def _draw_match_edges(self, matches: list[tuple[Span, QRectF]]) -> None:
        """Underline each match and outline the current one, so that they are visible on top of boxes."""
        if not matches:
            return
        palette = self._scene.palette
        self._painter.setPen(QPen(palette.match_edge, 2.0))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for match, rect in matches:
            if match == self._scene.current_match:
                self._painter.drawRect(rect.adjusted(1, 1, -1, -1))
            else:
                self._painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), palette.match_edge)

    def _draw_selection(self, shape: ShapedBlock, origin: QPointF) -> None:
        selection = self._scene.selection
        if selection is None or selection.start >= shape.end or selection.end <= shape.start:
            return
        for rect in self._grounds(shape, selection, origin):
            self._painter.fillRect(rect, self._scene.palette.selection)
            self._painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), self._scene.palette.focus)

    def _grounds(self, shape: ShapedBlock, span: Span, origin: QPointF) -> list[QRectF]:
        """Return the background rectangles of a span, as high as the innermost boxes."""
        style, inset, x, y = shape.style, self._scene.page.style.inset, origin.x(), origin.y()
        return [
            on_grid(
                x + extent.left,
                y + extent.line * style.pitch + style.box_top + inset,
                x + extent.right,
                y + extent.line * style.pitch + style.box_bottom - inset,
                self._geometry.ratio,
            )
            for extent in shape.extents(span.start, span.end)
        ]

    def _draw_text(self, index: int, shape: ShapedBlock, lines: range, origin: QPointF) -> None:
        """Draw the visible lines in the colour of their role.

        Debris within a line is dimmed by clipping: a second format inside a word would reshape joined letters.
        """
        palette = self._scene.palette
        colour = {
            Role.TITLE: palette.headline,
            Role.DATE: palette.quiet,
            Role.CAPTION: palette.quiet,
            Role.DEBRIS: palette.dim,
            Role.BODY: palette.text,
        }[shape.style.role]
        dimmed = self._scene.page.blocks[index].dimmed
        if not dimmed:
            self._draw_lines(shape, lines, origin, colour)
            return
        pale = QRegion()
        for span in dimmed:
            for extent in shape.extents(span.start, span.end):
                top = self._line_top(shape, extent.line, origin)
                box = QRectF(origin.x() + extent.left, top, extent.right - extent.left, shape.style.pitch)
                pale += QRegion(box.toAlignedRect())
        whole = QRegion(QRectF(0, origin.y(), 1e5, shape.height).toAlignedRect())
        for region, ink in ((whole - pale, colour), (pale, palette.dim)):
            self._painter.save()
            self._painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            self._draw_lines(shape, lines, origin, ink)
            self._painter.restore()

    def _draw_lines(self, shape: ShapedBlock, lines: range, origin: QPointF, colour: QColor) -> None:
        self._painter.setPen(colour)
        for line in lines:
            shape.draw_line(self._painter, line, origin)

    def _draw_marks(self, shape: ShapedBlock, lines: range, origin: QPointF) -> None:
        """Draw a mark at each invisible character: a flag for zero width, a ring for a no-break space."""
        for position, mark in shape.marks():
            place = shape.edge(position, trailing=False)
            if place.line not in lines:
                continue
            style, size = shape.style, self._scene.page.style.pixels * 0.13
            baseline = self._line_top(shape, place.line, origin) + style.baseline
            x = origin.x() + place.left
            self._painter.setPen(QPen(self._scene.palette.mark, 1.0))
            if mark is Mark.SPACE:
                width = sum(e.right - e.left for e in shape.extents(position, position + 1))
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.drawEllipse(QPointF(x - width / 2, baseline - size * 1.6), size * 0.7, size * 0.7)
                continue
            top = self._line_top(shape, place.line, origin) + style.box_top + size
            self._painter.drawLine(QPointF(x, top), QPointF(x, baseline))
            wings = {Mark.LEFTWARD: (-2, 0), Mark.RIGHTWARD: (2, 0), Mark.POINT: (-1, 1)}[mark]
            self._painter.setBrush(self._scene.palette.mark)
            tip = QPointF(x + wings[0] * size, top + (0 if mark is Mark.POINT else size))
            self._painter.drawPolygon(QPolygonF([QPointF(x, top + 2 * size), tip, QPointF(x + wings[1] * size, top)]))
