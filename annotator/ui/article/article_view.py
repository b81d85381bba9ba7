"""The article view: the page with selection, focus and mouse.

The view changes no annotation. It emits what was clicked or dragged, and controllers act on that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.ui.article import accessible
from annotator.ui.article.article_page import ArticlePage
from annotator.ui.article.invisible_characters import describe, find_marks
from annotator.ui.article.mouse_handler import MouseHandler
from annotator.ui.base.plain_text import tooltip


class ArticleView(ArticlePage):
    """The page with a selection, an item in focus, and signals for the mouse."""

    itemClicked = Signal(str, bool)
    """key, is_suggestion"""
    itemDoubleClicked = Signal(str, bool)
    """key, is_suggestion"""
    selectionChanged = Signal(object)
    """Span or None"""
    spaceClicked = Signal()
    """an empty place of the page was clicked, and nothing was selected"""
    contextMenuRequested = Signal(object, QPoint)
    """Item or None, global point"""
    boundaryDragged = Signal(str, object)
    """key of the item in focus, the Span that it was dragged to"""
    hovered = Signal(object)
    """the Item under the pointer, or None"""

    selectionMade = Signal(object)
    """the Span that was selected by a drag or a double-click, once that has ended"""
    zoomRequested = Signal(int)
    """1 for larger, -1 for smaller text (Ctrl and the wheel)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._mouse = MouseHandler(self)
        self._format_tooltip: Callable[[ReviewItem], str] = lambda item: tooltip(item.label)

    def set_document(self, document: Document, tokens: Sequence[Token]) -> None:
        """Show a document from its top, without items, focus or selection."""
        self.set_selection(None)
        self._mouse.forget()
        super().set_document(document, tokens)

    def set_tooltip_formatter(self, formatter: Callable[[ReviewItem], str]) -> None:
        """Set the function that returns the tooltip of an item as rich text."""
        self._format_tooltip = formatter

    def set_focus_item(self, item: ReviewItem | None, *, scroll: bool = True) -> None:
        """Focus an item and bring it into view unless scroll is False; or focus nothing."""
        scene = self.scene
        left = [scene.preview] if scene.preview is not None else []
        left += [each.span for each in (scene.focus, item) if each is not None]
        scene.focus, scene.preview = item, None
        if item is not None and scroll:
            self.bring_into_view(item.span)
        self.redraw(*left)

    @property
    def focus_item(self) -> ReviewItem | None:
        """Return the item in focus."""
        return self.scene.focus

    @property
    def selection(self) -> Span | None:
        """Return the selected span, or None."""
        return self.scene.selection

    def set_selection(self, span: Span | None) -> None:
        """Select a span and bring it into view, or select nothing."""
        self.show_selection(span)
        if span is not None:
            self.bring_into_view(span)

    def show_selection(self, span: Span | None) -> None:
        """Select a span without scrolling. selectionChanged is emitted if it is another one."""
        if span != self.scene.selection:
            changed = [each for each in (self.scene.selection, span) if each is not None]
            self.scene.selection = span
            self.redraw(*changed)
            self.selectionChanged.emit(span)

    def announce(self, name: str, description: str) -> None:
        """Announce to screen readers what is in focus."""
        accessible.announce(self, name, description)

    def word_in_line(self, place: Span, lines: int) -> Span | None:
        """Return the word nearest to a place some lines below, or above if negative. None beyond the ends."""
        page, geometry = self.scene.page, self.geometry_now()
        if not page.blocks:
            return None
        start = page.place_of(place.start)
        goal = page.neighbour(start, lines)
        if goal is None:
            return None
        x = geometry.edge_rect(place.start, trailing=False).left()
        token = geometry.token_at(QPointF(x, goal.top + goal.pitch / 2 + geometry.origin.y()), self.tokens)
        return token.span if token is not None else None

    def line_of(self, position: int) -> Span | None:
        """Return the code points of the line of a character, or None on an empty page."""
        page = self.scene.page
        if not page.blocks:
            return None
        place = page.place_of(position)
        return Span(*page.shape(place.block).line_range(place.line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._glide.stop()
            self._mouse.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue a drag, or report what is under the pointer."""
        by_character = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._mouse.move(event.position(), by_character=by_character)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Report a double click on an item; elsewhere select the word."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        item = self.geometry_now().item_at(event.position())
        if item is not None:
            self.itemDoubleClicked.emit(item.key, item.is_suggestion)
            return
        token = self.geometry_now().token_at(event.position(), self.tokens)
        if token is not None:
            self.show_selection(token.span)
            self.selectionMade.emit(token.span)

    def span_rect(self, span: Span) -> QRect:
        """Return what the visible lines of a span take of the screen, with their tags; at least a point of the page."""
        geometry, page = self.geometry_now(), self.scene.page
        first, last = page.place_of(span.start), page.place_of(max(span.end - 1, span.start))
        start, end = geometry.edge_rect(span.start, trailing=False), geometry.edge_rect(span.end, trailing=True)
        left, right = min(start.left(), end.left()), max(start.left(), end.left())
        if (first.block, first.line) != (last.block, last.line):
            left, right = geometry.origin.x(), geometry.origin.x() + page.width
        top = first.top + geometry.origin.y()
        area = QRectF(left, top, right - left, last.top + last.pitch + geometry.origin.y() - top).toAlignedRect()
        area &= self.viewport().rect()
        return QRect(self.viewport().mapToGlobal(area.topLeft()), area.size())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu of what is at the point, or of the focus or the selection if the menu key was pressed."""
        focus = self.scene.focus
        span = focus.span if focus is not None else self.scene.selection
        if event.reason() is QContextMenuEvent.Reason.Keyboard and span is not None:
            self.bring_into_view(span)
            self.contextMenuRequested.emit(focus, self.span_rect(span).center())
            return
        item = self.geometry_now().item_at(QPointF(event.pos()))
        self.contextMenuRequested.emit(item, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl request larger or smaller text."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.zoomRequested.emit(1 if turned > 0 else -1)
            return
        self._glide.stop()
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a tooltip for an item or an invisible character."""
        if isinstance(event, QHelpEvent):
            item = self.geometry_now().item_at(QPointF(event.pos()))
            text = self._format_tooltip(item) if item is not None else self._name_odd_characters(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() is QEvent.Type.Leave:
            self._mouse.hover(None)
        return super().viewportEvent(event)

    def _name_odd_characters(self, point: QPointF) -> str:
        token = self.geometry_now().token_at(point, self.tokens) if self.scene.shows_marks else None
        if token is None:
            return ""
        near = self.document.text[max(0, token.span.start - 1) : token.span.end + 1]
        return tooltip("\n".join(describe(near[offset]) for offset, _ in find_marks(near)))
