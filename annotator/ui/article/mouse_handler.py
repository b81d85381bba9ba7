"""Mouse input on the page: click, select, or drag a boundary of the item in focus."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QBasicTimer, QObject, QPointF, Qt, QTimerEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge
from annotator.session import ReviewItem

if TYPE_CHECKING:
    from annotator.ui.article.article_view import ArticleView

_SCROLL_INTERVAL_MS = 30
_CLOSE = 6.0
"""The distance in pixels within which a click selects a word."""


class _Drag(Enum):
    """What happens between press and release."""

    NONE = "none"
    PRESSED = "pressed"
    SELECTING = "selecting"
    PULLING = "pulling"


class MouseHandler(QObject):
    """Turns the mouse events of a view into clicks, selections and boundary drags."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._timer = QBasicTimer()
        self.forget()

    def forget(self) -> None:
        """Cancel a drag, because another document is shown."""
        self._drag = _Drag.NONE
        self._from = QPointF()
        self._last = QPointF()
        self._by_character = False
        self._first: Span | None = None
        self._edge: Edge = "start"
        self._hovered: ReviewItem | None = None
        self._timer.stop()

    def press(self, point: QPointF) -> None:
        """Remember where the button was pressed."""
        self._from, self._by_character = point, False
        edge = self._view.geometry_now().knob_at(point)
        if edge is None:
            self._drag = _Drag.PRESSED
        else:
            self._drag, self._edge = _Drag.PULLING, edge

    def move(self, point: QPointF, *, by_character: bool) -> None:
        """Continue a drag, or report what is under the pointer if no button is pressed."""
        self._last, self._by_character = point, by_character
        if self._drag is _Drag.NONE:
            self.hover(point)
        elif self._drag is _Drag.PRESSED and self._is_far(point):
            self._drag = _Drag.SELECTING
            self._first = self._place_at(self._from)
        if self._drag is _Drag.SELECTING:
            self._select_to(point)
        elif self._drag is _Drag.PULLING:
            self._pull_to(point)
        self._autoscroll(point)

    def release(self, point: QPointF) -> None:
        """End a drag; a press without a drag is a click."""
        view, drag = self._view, self._drag
        self._drag = _Drag.NONE
        self._timer.stop()
        if drag is _Drag.PRESSED:
            self._click(point)
        elif drag is _Drag.SELECTING and view.selection is not None:
            view.selectionMade.emit(view.selection)
        elif drag is _Drag.PULLING:
            focus, preview = view.scene.focus, view.scene.preview
            view.scene.preview = None
            view.viewport().update()
            if focus is not None and preview is not None and preview != focus.span:
                view.boundaryDragged.emit(focus.key, preview)

    def hover(self, point: QPointF | None) -> None:
        """Report the item under the pointer, if it changed."""
        view = self._view
        geometry = view.geometry_now()
        item = geometry.item_at(point) if point is not None else None
        shape = Qt.CursorShape.IBeamCursor
        if point is not None and geometry.knob_at(point) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif item is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)
        if item != self._hovered:
            self._hovered = item
            view.hovered.emit(item)

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: ARG002
        """Scroll while a drag is held above or below the page."""
        view = self._view
        below = self._last.y() - view.viewport().height()
        step = self._last.y() if self._last.y() < 0 else max(below, 0.0)
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + round(step / 2))
        self.move(self._last, by_character=self._by_character)

    def _click(self, point: QPointF) -> None:
        """Report a clicked item; elsewhere select the word, or clear the selection."""
        view = self._view
        geometry = view.geometry_now()
        item = geometry.item_at(point)
        if item is not None:
            view.itemClicked.emit(item.key, item.is_suggestion)
            return
        word = geometry.token_at(point, view.tokens, within=_CLOSE)
        if word is None and view.selection is None:
            view.spaceClicked.emit()
        view.show_selection(word.span if word is not None else None)

    def _is_far(self, point: QPointF) -> bool:
        return (point - self._from).manhattanLength() >= QApplication.startDragDistance()

    def _place_at(self, point: QPointF) -> Span | None:
        token = self._view.geometry_now().token_at(point, self._view.tokens)
        return token.span if token is not None else None

    def _select_to(self, point: QPointF) -> None:
        view = self._view
        if self._by_character:
            geometry = view.geometry_now()
            start, end = sorted((geometry.position_at(self._from), geometry.position_at(point)))
        else:
            last = self._place_at(point)
            if self._first is None or last is None:
                return
            start, end = min(self._first.start, last.start), max(self._first.end, last.end)
        view.show_selection(Span(start, end) if start < end else None)

    def _pull_to(self, point: QPointF) -> None:
        view = self._view
        focus = view.scene.focus
        if focus is None:
            return
        if self._by_character:
            start = end = view.geometry_now().position_at(point)
        else:
            word = self._place_at(point)
            if word is None:
                return
            start, end = word.start, word.end
        span = focus.span
        start, end = (start, span.end) if self._edge == "start" else (span.start, end)
        if start < end:
            view.scene.preview = Span(start, end)
            view.viewport().update()

    def _autoscroll(self, point: QPointF) -> None:
        outside = not 0 <= point.y() <= self._view.viewport().height()
        if outside and self._drag in (_Drag.SELECTING, _Drag.PULLING):
            if not self._timer.isActive():
                self._timer.start(_SCROLL_INTERVAL_MS, self)
        else:
            self._timer.stop()
