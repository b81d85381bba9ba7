"""What a screen reader learns of the page: that it is a document, its text, and what is in focus now."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from annotator.ui.page.article_page import ArticlePage


class AccessiblePage(QAccessibleWidget):
    """Tells assistive technology of an article page; name and description are the widget's own."""

    def __init__(self, page: ArticlePage) -> None:
        """Speak for a page."""
        super().__init__(page, QAccessible.Role.Document, "")

    def text(self, kind: QAccessible.Text) -> str:
        """Return the article's text as the value; everything else as Qt has it."""
        page = self.widget()
        if kind is QAccessible.Text.Value and isinstance(page, ArticlePage):
            return page.document.text
        return super().text(kind)


@cache
def install() -> None:
    """Let Qt ask here, once for the whole program, how article pages are told of."""
    QAccessible.installFactory(_make)


def announce(widget: QWidget, name: str, description: str) -> None:
    """Give a widget an accessible name and description, and have a screen reader speak them."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.NameChanged))
    spoken = QAccessibleAnnouncementEvent(widget, "، ".join(part for part in (name, description) if part))
    QAccessible.updateAccessibility(spoken)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Return the interface of an article page, and leave all other objects to Qt."""
    return AccessiblePage(thing) if isinstance(thing, ArticlePage) else None
