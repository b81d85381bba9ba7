"""The context menu of a span, of a selection or of plain text."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from annotator.session import ReviewItem
from annotator.ui.article.article_view import ArticleView
from annotator.ui.shortcuts.menus import KeyMenu, Menus
from annotator.ui.window.decision_controller import DecisionController

_MOST = 16
"""The number of labels up to which they are in the menu itself."""


class SpanMenu(QObject):
    """Shows the actions for the place that was clicked; they are those of the menus."""

    def __init__(self, article: ArticleView, decisions: DecisionController, menus: Menus) -> None:
        super().__init__(article)
        self._article = article
        self._decisions = decisions
        self._menus = menus
        article.contextMenuRequested.connect(self._open)

    def make(self, item: ReviewItem | None) -> QMenu:
        """Return the menu for an item, or for the selection."""
        menu = KeyMenu(self._article)
        if item is not None:
            if item.is_suggestion:
                menu.addAction(self._menus.actions["gestures.confirm"])
                menu.addAction(self._menus.actions["gestures.skip"])
            menu.addAction(self._menus.actions["gestures.reject"])
            menu.addSeparator()
        if item is not None or self._article.selection is not None:
            menu.addAction(self._menus.actions["edges.turn_clitic"])
            menu.addAction(self._menus.actions["searching.everywhere"])
        if item is not None or self._article.selection is not None:
            self._offer_labels(menu)
            menu.addSeparator()
        if item is not None:
            for name in ("notes.on_span", "notes.doubt_span", "tagsets.guideline"):
                menu.addAction(self._menus.actions[name])
        menu.addAction(self._menus.actions["gestures.undo"])
        menu.addAction(self._menus.actions["gestures.redo"])
        return menu

    def _offer_labels(self, menu: QMenu) -> None:
        """Add the labels to a menu, as a submenu if there are too many for a screen."""
        actions = self._menus.label_actions()
        where = KeyMenu(self._menus.title("label/labels"), menu) if len(actions) > _MOST else menu
        where.addActions(actions)
        if where is not menu:
            menu.addMenu(where)

    def _open(self, item: ReviewItem | None, point: QPoint) -> None:
        if item is not None:
            self._decisions.focus(item)
        menu = self.make(item)
        menu.exec(point)
        menu.deleteLater()
