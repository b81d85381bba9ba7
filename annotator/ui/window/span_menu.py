"""The short context menu of a span, of a selection or of a word, next to what it is about."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget, QWidgetAction

from annotator.domain.tagset.tagset import Label
from annotator.session import ReviewItem
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.i18n import current_language
from annotator.ui.base.key_sequences import pressed_key, same_key
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.shortcuts.menus import KeyMenu, Menus
from annotator.ui.sidebar.label_chips import LabelChip
from annotator.ui.window.decision_controller import DecisionController

_CLOSE = 6.0
"""The distance in pixels within which a right click means a word."""
_APART = 6
"""The distance of the menu from its span in device-independent pixels."""
_CHIP = QSize(168, 28)
"""The maximum width and the height of a label in the grid, in device-independent pixels."""
_ROWS = 7
"""The most rows of the grid without scrolling."""


class LabelGrid(QWidget):
    """The labels with their colours and keys, in rows of a few. chosen carries the clicked one.

    Arrow keys go from label to label; left carries -1 or 1 when they leave the grid at its beginning or end.
    """

    chosen = Signal(str)
    left = Signal(int)

    def __init__(self, labels: tuple[Label, ...], current: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(False)
        self.chips: list[LabelChip] = []
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(8, 2, 8, 2)
        grid.setSpacing(2)
        for label in labels:
            chip = LabelChip(label, inner)
            chip.theme, chip.current, chip.walk = theme, label.id == current, self._walk
            chip.setAccessibleName(label.name(current_language()))
            set_tooltip(chip, label.name(current_language()))
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, label_id=label.id: self.chosen.emit(label_id))
            self.chips.append(chip)
        width = min(max((chip.wanted() + 12 for chip in self.chips), default=0), _CHIP.width())
        self.columns = 3 if len(labels) <= 3 * _ROWS else 4
        for number, chip in enumerate(self.chips):
            chip.setFixedSize(width, _CHIP.height())
            grid.addWidget(chip, number // self.columns, number % self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        rows = -(-len(labels) // self.columns)
        if rows <= _ROWS:
            column.addWidget(inner)
        else:
            area = QScrollArea(self)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(inner)
            area.setFixedSize(
                inner.sizeHint().width() + area.verticalScrollBar().sizeHint().width(),
                _ROWS * (_CHIP.height() + 2) + 2,
            )
            column.addWidget(area)
        if self.chips:
            # A menu gives the focus to this widget when the arrows reach it.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setFocusProxy(self.chips[0])

    def _walk(self, chip: LabelChip, step: int) -> None:
        at = self.chips.index(chip) + step
        if 0 <= at < len(self.chips):
            self.chips[at].setFocus()
        else:
            self.left.emit(step)


class ShortMenu(KeyMenu):
    """A menu in which the keys of labels give them; labelPressed carries the label."""

    labelPressed = Signal(str)

    def __init__(self, labels: tuple[Label, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = labels

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a label on its key. A menu would take a digit for the first letter of an entry."""
        key = pressed_key(event.keyCombination())
        label = next((label for label in self._labels if key and label.key and same_key(label.key, key)), None)
        if label is not None:
            self.labelPressed.emit(label.id)
        else:
            super().keyPressEvent(event)


class SpanMenu(QObject):
    """Shows the actions for the place that was clicked: those of the menus, and a grid of the labels."""

    def __init__(self, article: ArticleView, decisions: DecisionController, menus: Menus) -> None:
        super().__init__(article)
        self._article = article
        self._decisions = decisions
        self._menus = menus
        self._theme: Theme = LIGHT
        article.contextMenuRequested.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme

    def make(self, item: ReviewItem | None) -> ShortMenu:
        """Return the menu for an item, or for the selection."""
        labels = self._menus.labels()
        menu, actions = ShortMenu(labels, self._article), self._menus.actions
        if item is None and self._article.selection is None:
            menu.addActions([actions["gestures.undo"], actions["gestures.redo"]])
            return menu
        if item is not None:
            names = ("gestures.confirm", "gestures.reject", "gestures.skip")
            menu.addActions([actions[name] for name in (names if item.is_suggestion else names[1:2])])
            menu.addSeparator()
        self._add_labels(menu, labels, item.label if item else "")
        menu.addSeparator()
        menu.addMenu(self._boundaries(menu))
        if item is not None:
            menu.addAction(actions["notes.on_span"])
        menu.addAction(actions["searching.everywhere"])
        return menu

    def _boundaries(self, menu: ShortMenu) -> KeyMenu:
        """Return the submenu of the boundaries; the one of the menu bar belongs to that."""
        inner = KeyMenu(self._menus.title("label/boundaries"), menu)
        inner.addActions([action for name, action in self._menus.actions.items() if name.startswith("edges.")])
        return inner

    def _add_labels(self, menu: ShortMenu, labels: tuple[Label, ...], current: str) -> None:
        def give(label_id: str) -> None:
            menu.close()
            self._menus.give_label(label_id)

        def leave(step: int) -> None:
            others = [action for action in menu.actions() if not action.isSeparator()]
            menu.setFocus()
            menu.setActiveAction(others[(others.index(holder) + step) % len(others)])

        grid = LabelGrid(labels, current, self._theme, menu)
        holder = QWidgetAction(menu)
        holder.setText(self._menus.title("label/labels"))
        holder.setDefaultWidget(grid)
        menu.addAction(holder)
        grid.chosen.connect(give)
        grid.left.connect(leave)
        menu.labelPressed.connect(give)

    def _open(self, item: ReviewItem | None, point: QPoint) -> None:
        article = self._article
        if item is not None:
            self._decisions.focus(item)
        else:
            self._select_word(point)
        span = item.span if item is not None else article.selection
        menu = self.make(item)
        menu.ensurePolished()
        taken = article.span_rect(span) if span is not None else None
        screen = QGuiApplication.screenAt(point) or article.screen()
        if taken is not None:
            point = place_beside(taken, menu.sizeHint(), screen.availableGeometry(), point.x())
        menu.exec(point)
        menu.deleteLater()

    def _select_word(self, point: QPoint) -> None:
        """Select the word at a point of the screen, unless it is selected already; elsewhere nothing."""
        article = self._article
        place = article.viewport().mapFromGlobal(point).toPointF()
        word = article.geometry_now().token_at(place, article.tokens, within=_CLOSE)
        selection = article.selection
        if word is not None and (selection is None or not selection.overlaps(word.span)):
            article.show_selection(word.span)


def place_beside(taken: QRect, size: QSize, screen: QRect, x: int) -> QPoint:
    """Return the top left corner of a menu that covers no part of a span, if the screen has room for that.

    Below the span is best, then above it, and then at the side with more room. x is where the pointer is.
    """
    width, height = size.width(), size.height()
    left = min(max(x - width // 2, screen.left()), screen.right() + 1 - width)
    top = min(max(taken.center().y() - height // 2, screen.top()), screen.bottom() + 1 - height)
    room_left, room_right = taken.left() - _APART - screen.left(), screen.right() - taken.right() - _APART
    beside_left, beside_right = QPoint(taken.left() - _APART - width, top), QPoint(taken.right() + 1 + _APART, top)
    places = [
        QPoint(left, taken.bottom() + 1 + _APART),
        QPoint(left, taken.top() - _APART - height),
        *((beside_left, beside_right) if room_left >= room_right else (beside_right, beside_left)),
    ]
    return next((place for place in places if screen.contains(QRect(place, size))), QPoint(left, top))
