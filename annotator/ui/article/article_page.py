"""The scrolling page: a document with its spans.

Heights of paragraphs become known only when they are laid out; the line at the top does not move then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QEasingCurve, QPointF, QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.session import ReviewItem
from annotator.ui.article.geometry import PageGeometry, Scene
from annotator.ui.article.layout import PageLayout, PageLine
from annotator.ui.article.painter import PagePainter
from annotator.ui.article.span_index import SpanIndex
from annotator.ui.base.label_style import LabelStyle
from annotator.ui.base.palette import LIGHT_PAGE, PagePalette
from annotator.ui.base.theme import load_fonts
from annotator.ui.base.typography import TEXT_FAMILY, TEXT_PIXELS, Density, PageStyle, TagMode

_NOTHING = Document(id="", text="")
_NO_TAGSET = Tagset("", ())
_RESTING = 0.36
"""The position of the focus in the viewport after scrolling."""
_SCROLL_MS = 140
_MOST_AREAS = 4
"""So many separate parts of the page are drawn one by one, more as one."""
_SIDE_MARGIN = 28.0


class ArticlePage(QAbstractScrollArea):
    """Shows one document. ArticleView adds mouse and keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_fonts()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.animated = True
        self.document = _NOTHING
        self.tokens: Sequence[Token] = ()
        self.tagset, self._language = _NO_TAGSET, "ar"
        self._family, self._zoom = TEXT_FAMILY, 1.0
        self._density, self._tags = Density.COMFORTABLE, TagMode.BELOW
        self._anchor = 0
        self._settling = False
        self._painted: tuple[int, float] | None = None
        self._held: tuple[int, tuple[int, float]] | None = None
        self._glide = QVariantAnimation(self, duration=_SCROLL_MS, easingCurve=QEasingCurve(QEasingCurve.Type.OutCubic))
        self._glide.valueChanged.connect(lambda value: self.verticalScrollBar().setValue(round(value)))
        style = PageStyle(self._family, TEXT_PIXELS)
        page = PageLayout("", (), style, style.measure)
        self.scene = Scene(page, LIGHT_PAGE, LabelStyle(self.tagset, self._language, LIGHT_PAGE, style))

    def set_document(self, document: Document, tokens: Sequence[Token]) -> None:
        """Show a document from its top, without items; tokens are all of its tokens in order."""
        self._glide.stop()
        self.document, self.tokens = document, tokens
        style = self.scene.page.style
        page = PageLayout(document.text, document.regions, style, self._column_width(style))
        self.scene = Scene(page, self.scene.palette, self.scene.label_style, shows_marks=self.scene.shows_marks)
        self._anchor, self._painted, self._held = 0, None, None
        self._settle(0.0)
        self.viewport().update()

    def set_items(self, items: Sequence[ReviewItem]) -> None:
        """Replace the annotations and suggestions."""
        self.scene.spans = SpanIndex(items)
        self.viewport().update()

    def update_items(self, items: Sequence[ReviewItem]) -> None:
        """Show these items, given in order. Only the lines of added, removed and changed ones are redrawn."""
        start, end = self._in_view()
        changed = self.scene.spans.update(items)
        self.redraw(*(item.span for item in changed if item.span.start < end and item.span.end > start))

    def set_tagset(self, tagset: Tagset, language: str) -> None:
        """Use the label colours and names of a tagset; language is "ar" or "en"."""
        self.tagset, self._language = tagset, language
        self._update_label_style()

    def set_palette(self, palette: PagePalette) -> None:
        """Use other colours."""
        self.scene.palette = palette
        self._update_label_style()

    def set_zoom(self, zoom: float) -> None:
        """Set the text size; 1 is the default."""
        self._zoom = min(max(zoom, 0.4), 5.0)
        self._restyle()

    def set_font_family(self, family: str) -> None:
        """Use another font."""
        self._family = family
        self._restyle()

    def set_spacing(self, density: Density, tags: TagMode) -> None:
        """Set how far lines are apart, and how labels are written. The line at the top stays."""
        if (density, tags) == (self._density, self._tags):
            return
        self._density, self._tags = density, tags
        self._restyle()

    def set_matches(self, matches: Sequence[Span], current: Span | None = None) -> None:
        """Show search matches, which are in order and do not overlap, and scroll to the current one."""
        self.scene.matches, self.scene.current_match = matches, current
        if current is not None:
            self.bring_into_view(current)
        self.viewport().update()

    def set_marks_visible(self, visible: bool) -> None:
        """Show or hide the marks at invisible characters."""
        self.scene.shows_marks = visible
        self.viewport().update()

    def bring_into_view(self, span: Span) -> None:
        """Scroll so that the line in which a span starts is visible. Do not scroll if it is already."""
        page, height = self.scene.page, self.viewport().height()
        if not page.blocks:
            return
        self._settle(self.verticalScrollBar().value(), page.block_of(span.start))
        place, top = page.place_of(span.start), self._resting_top()
        if top <= place.top and place.top + place.pitch <= top + height:
            return
        self._scroll_to(place.top - _RESTING * height, place.block)

    def scroll_page(self, step: int) -> bool:
        """Scroll down by a page, or up if step is negative. Return False if that moved nothing.

        The last line of the page becomes its first, or the first its last, so that a reader finds the place again.
        """
        page, top, height = self.scene.page, self._resting_top(), self.viewport().height()
        lines = self._whole_lines()
        if lines is None:
            return False
        first, last = lines
        target = last.top if step > 0 else first.top + first.pitch - height
        if step > 0 and target <= top + 1:
            target = top + height / 2
        before = page.top(first.block)
        self._settle(self.verticalScrollBar().value(), first.block, reach=(target, target + height))
        shift = page.top(first.block) - before
        top, target = top + shift, target + shift
        target = min(max(target, 0.0), float(self.verticalScrollBar().maximum()))
        if abs(target - top) < 1:
            return False
        self._scroll_to(target, page.index_at(target))
        return True

    def visible_text(self) -> Span | None:
        """Return the code points of the lines that are wholly visible, once an animation has ended; None if none is."""
        lines, page = self._whole_lines(), self.scene.page
        if lines is None:
            return None
        first, last = (page.shape(line.block).line_range(line.line) for line in lines)
        return Span(first[0], last[1])

    def _whole_lines(self) -> tuple[PageLine, PageLine] | None:
        """Return the first and the last line that are wholly visible."""
        page, top, height = self.scene.page, self._resting_top(), self.viewport().height()
        if not page.blocks:
            return None
        page.shape_between(top, top + height)
        first, last = page.place_at(top), page.place_at(top + height)
        below = page.neighbour(first, 1) if first.top < top - 1 else first
        above = page.neighbour(last, -1) if last.top + last.pitch > top + height + 1 else last
        if below is None or above is None or above.top < below.top:
            return (first, first)
        return below, above

    def _resting_top(self) -> float:
        """Return the height at the top of the viewport, once an animation has ended."""
        if self._glide.state() is QVariantAnimation.State.Running:
            return float(self._glide.endValue())
        return float(self.verticalScrollBar().value())

    def _scroll_to(self, target: float, anchor: int) -> None:
        """Scroll to a height, with an animation if it is near; the anchor is a block that is visible there."""
        page, bar, height = self.scene.page, self.verticalScrollBar(), self.viewport().height()
        self._glide.stop()
        if not self.animated or not self.isVisible() or abs(target - bar.value()) > 1.5 * height:
            self._settle(target, anchor)
            return
        before = page.top(anchor)
        self._settle(bar.value(), anchor, reach=(target, target + height))
        target += page.top(anchor) - before
        self._glide.setStartValue(float(bar.value()))
        self._glide.setEndValue(min(max(target, 0.0), float(bar.maximum())))
        self._glide.start()

    def geometry_now(self, ratio: float = 0.0) -> PageGeometry:
        """Return the geometry at the current scroll position.

        ratio is the number of device pixels per pixel, by default the screen's.
        """
        left = round((self.viewport().width() - self.scene.page.width) / 2)
        origin = QPointF(left, -self.verticalScrollBar().value())
        return PageGeometry(self.scene, origin, ratio or self.viewport().devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the exposed part of the page."""
        with QPainter(self.viewport()) as painter:
            # A picture of the window may have a higher resolution than the screen.
            ratio = painter.deviceTransform().m11()
            page = PagePainter(painter, self.scene, self.geometry_now(ratio))
            areas = list(cast("Iterable[QRect]", event.region()))
            if len(areas) > _MOST_AREAS or not float(ratio).is_integer():
                # An edge between two areas may lie within a pixel of the screen.
                areas = [event.rect()]
            for area in areas:
                painter.setClipRect(area)
                page.draw(QRectF(area))
        self._painted = self._place_on_screen(self._anchor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the column again if its width changed; the line at the top stays."""
        super().resizeEvent(event)
        if self._column_width(self.scene.page.style) != self.scene.page.width:
            self._restyle()
        self._settle(self.verticalScrollBar().value())
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        """Lay out what has become visible, and redraw."""
        if not self._settling:
            self._settle(self.verticalScrollBar().value())

    def _place_on_screen(self, block: int) -> tuple[int, float] | None:
        """Return a block and the y of its first line in the viewport; None on an empty page."""
        page = self.scene.page
        return (block, page.top(block) - self.verticalScrollBar().value()) if page.blocks else None

    def _move_picture(self) -> None:
        """Move what is on the screen to its new place, and schedule a repaint of what comes into view."""
        viewport, painted = self.viewport(), self._painted
        now = self._place_on_screen(painted[0]) if painted else None
        moved = now[1] - painted[1] if painted and now else float("inf")
        if (
            moved
            and abs(moved) < viewport.height()
            and moved.is_integer()
            and viewport.devicePixelRatioF().is_integer()
        ):
            # With a rectangle, Qt does not move the child widgets.
            viewport.scroll(0, int(moved), viewport.rect())
            self._painted = now
        elif moved:
            viewport.update()

    def _column_width(self, style: PageStyle) -> float:
        return float(round(max(min(style.measure, self.viewport().width() - 2 * _SIDE_MARGIN), 80.0)))

    def _update_label_style(self) -> None:
        scene = self.scene
        scene.label_style = LabelStyle(self.tagset, self._language, scene.palette, scene.page.style)
        self.viewport().update()

    def _restyle(self) -> None:
        page, held = self.scene.page, self.reading_place()
        style = PageStyle(self._family, TEXT_PIXELS * self._zoom, self._density, self._tags)
        page.restyle(style, self._column_width(style))
        self._update_label_style()
        self.scroll_to_reading_place(*held)

    def reading_place(self) -> tuple[int, float]:
        """Return the first code point of the line at the top, and how far that line is scrolled out, in ems."""
        page, top = self.scene.page, float(self.verticalScrollBar().value())
        if not page.blocks or top <= 0:
            return 0, 0.0
        if self._held is not None and self._held[0] == top:
            # Nobody scrolled since. The line may begin earlier now, if the page became wider or narrower meanwhile.
            return self._held[1]
        place = page.place_at(top)
        return page.shape(place.block).line_range(place.line)[0], (top - place.top) / page.style.pixels

    def scroll_to_reading_place(self, held: int, past: float) -> None:
        """Scroll to a reading_place() of this document, which holds at any text size and width."""
        page = self.scene.page
        self._glide.stop()
        if page.blocks and 0 <= held < len(self.document.text) and (held or past):
            place = page.place_of(held)
            self._settle(place.top + past * page.style.pixels, place.block)
            self._held = (self.verticalScrollBar().value(), (held, past))
        else:
            self._settle(0.0)

    def _settle(self, top: float, anchor: int | None = None, reach: tuple[float, float] | None = None) -> None:
        """Scroll to a height, and lay out what is visible there and within reach.

        Heights are estimates until a block is laid out, so that moves what is below. The anchor block keeps its place
        on the screen.
        """
        page, height = self.scene.page, self.viewport().height()
        if anchor is None:
            near = page.blocks and top - height < page.top(self._anchor) < top + height
            anchor = self._anchor if near else page.index_at(top)
        wanted = [(top, top + height), *([reach] if reach else [])]
        bar = self.verticalScrollBar()
        moved = True
        while moved and page.blocks:
            before = page.top(anchor)
            moved = sum(page.shape_between(*part) for part in wanted) > 0
            shift = page.top(anchor) - before
            top += shift
            wanted = [(first + shift, last + shift) for first, last in wanted]
        # If the page ends before top, blocks come into view above it, which may have other heights, too.
        moved = True
        while moved and top > page.height - height:
            moved = page.shape_between(page.height - height, page.height)
        self._settling = True
        bar.setRange(0, max(0, round(page.height) - height))
        bar.setPageStep(height)
        bar.setSingleStep(round(page.style.pixels * 2))
        bar.setValue(round(top))
        self._settling = False
        self._anchor = page.index_at(bar.value())
        self._move_picture()

    def _in_view(self) -> tuple[int, int]:
        """Return the range of code points of the paragraphs in view and of their neighbours."""
        page, top = self.scene.page, self.verticalScrollBar().value()
        if not page.blocks:
            return 0, 0
        first, last = page.index_at(top) - 1, page.index_at(top + self.viewport().height()) + 1
        return page.blocks[max(first, 0)].start, page.blocks[min(last, len(page.blocks) - 1)].end

    def redraw(self, *spans: Span) -> None:
        """Schedule a repaint of the lines of spans and of the rows of tags around them, as far as they are in view."""
        page, up, (start, end) = self.scene.page, self.verticalScrollBar().value(), self._in_view()
        height = page.height
        for span in spans:
            # A span out of view has no position until its paragraph is laid out, which is slow for thousands.
            if span.start >= end or span.end <= start:
                continue
            first, last = page.place_of(span.start), page.place_of(span.end - 1)
            top, bottom = first.top - first.pitch / 2 - up, last.top + last.pitch * 1.5 - up
            self.viewport().update(QRectF(0, top, self.viewport().width(), bottom - top).toAlignedRect())
        if page.height != height:
            self.viewport().update()
