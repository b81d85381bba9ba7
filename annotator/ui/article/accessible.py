"""Accessibility of the article page: a document with its text, its spans as children, and the focus.

The text is the accessible value: a text interface crashed PySide6 6.11. The spans are plain children.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from annotator.session import ReviewItem
from annotator.ui.article.article_page import ArticlePage
from annotator.ui.base.item_text import accessible_text

_KEPT: list[AccessibleSpan] = []
"""Qt keeps pointers to accessible interfaces and never says when it drops them, so Python must not free them."""


class AccessibleSpan(QAccessibleInterface):
    """The accessible child at a number in reading order: an annotation or suggestion."""

    def __init__(self, page: ArticlePage, number: int) -> None:
        """Represent the span with a number, from 0; which span that is may change."""
        super().__init__()
        self._page = page
        self._number = number
        _KEPT.append(self)

    def isValid(self) -> bool:
        """Return True if the page still has so many spans."""
        return self._item() is not None

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name of the span, "suggestion, Place, كركوك, 3 of 17"; no other text."""
        item = self._item()
        if item is None or kind is not QAccessible.Text.Name:
            return ""
        spans = self._page.scene.spans.items
        return accessible_text(item, self._page.document.text, self._page.tagset, (self._number + 1, len(spans)))

    def role(self) -> QAccessible.Role:
        """Return the role of a list item."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return the state: selected if the span is in focus."""
        state, item = QAccessible.State(), self._item()
        if item is not None:
            state.selectable = True
            state.selected = self._page.scene.in_focus(item)
        return state

    def rect(self) -> QRect:
        """Return the screen rectangle from the first to the last letter, or that of its first line."""
        item = self._item()
        if item is None:
            return QRect()
        geometry = self._page.geometry_now()
        start, end = (
            geometry.edge_rect(item.span.start, trailing=False),
            geometry.edge_rect(item.span.end, trailing=True),
        )
        box = start.united(end).toAlignedRect() if start.top() == end.top() else start.toAlignedRect()
        return QRect(self._page.viewport().mapToGlobal(box.topLeft()), box.size())

    def parent(self) -> QAccessibleInterface:
        """Return the page."""
        return QAccessible.queryAccessibleInterface(self._page)

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the native window of the page."""
        return self._page.window().windowHandle() if isValid(self._page) else None

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: a span is not a QObject."""
        return None

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def child(self, _number: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return that there is none."""
        return -1

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Do nothing: the texts follow from the span."""

    def _item(self) -> ReviewItem | None:
        if not isValid(self._page):
            return None
        items = self._page.scene.spans.items
        return items[self._number] if self._number < len(items) else None


class AccessiblePage(QAccessibleWidget):
    """The accessible interface of a page. Name and description are the widget's own, children are its spans."""

    def __init__(self, page: ArticlePage) -> None:
        super().__init__(page, QAccessible.Role.Document, "")
        self._spans: list[AccessibleSpan] = []

    def text(self, kind: QAccessible.Text) -> str:
        """Return the article's text as the value, and Qt's own answer for everything else."""
        page = self.widget()
        if kind is QAccessible.Text.Value and isinstance(page, ArticlePage):
            return page.document.text
        return super().text(kind)

    def childCount(self) -> int:
        """Return the number of spans."""
        page = self.widget()
        return len(page.scene.spans.items) if isinstance(page, ArticlePage) else 0

    def child(self, number: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the span with a number in reading order, or None."""
        page = self.widget()
        if not isinstance(page, ArticlePage) or not 0 <= number < self.childCount():
            return None
        while len(self._spans) <= number:
            self._spans.append(AccessibleSpan(page, len(self._spans)))
        return self._spans[number]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the span at a point of the screen, or None."""
        page = self.widget()
        if not isinstance(page, ArticlePage):
            return None
        item = page.geometry_now().item_at(page.viewport().mapFromGlobal(QPoint(x, y)).toPointF())
        items = page.scene.spans.items
        return self.child(items.index(item)) if item in items else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the number of a span."""
        return next((number for number, span in enumerate(self._spans) if span is child), -1)


@cache
def install() -> None:
    """Register the factory for accessible interfaces of article pages, once."""
    QAccessible.installFactory(_make)


def announce(widget: QWidget, name: str, description: str) -> None:
    """Set the accessible name and description of a widget, and announce them to screen readers."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.NameChanged))
    spoken = QAccessibleAnnouncementEvent(widget, ". ".join(part for part in (name, description) if part))
    QAccessible.updateAccessibility(spoken)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    return AccessiblePage(thing) if isinstance(thing, ArticlePage) else None
