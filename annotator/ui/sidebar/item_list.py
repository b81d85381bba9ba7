"""The list of spans in the side panel: colour, text and label, the focused one marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.tagset.tagset import Tagset
from annotator.session import ReviewItem
from annotator.ui.base.i18n import percent_text
from annotator.ui.base.item_text import label_name
from annotator.ui.base.note_icons import draw_note_icons
from annotator.ui.base.painting import sized, swatch, text_line
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.sidebar.item_model import ITEM_ROLE, ItemModel
from annotator.ui.widgets.row_list import RowList

_HEIGHT = 32
_PAD = 16


class ItemDelegate(QStyledItemDelegate):
    """Paints an item on one line: colour and text at the right, label at the left."""

    theme: Theme = LIGHT
    zoom = 1.0
    tagset: Tagset | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the background, the colour, the text and the label."""
        item = index.data(ITEM_ROLE)
        if not isinstance(item, ReviewItem):
            return
        box = QRectF(option.rect)
        state = option.state
        font = option.font
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, QColor(self.theme.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(self.theme.hover))
        label = self.tagset.find(item.label) if self.tagset else None
        colour = label.colour[self.theme.scheme] if label else self.theme.muted
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        swatch(
            painter,
            QRectF(inner.right() - 12, inner.center().y() - 6, 12, 12),
            colour,
            solid=not item.is_suggestion,
            skipped=item.skipped,
            edge=self.theme.text if self.theme.high_contrast else "",
        )
        name = label_name(item.label, self.tagset)
        small = sized(font, round(12 * self.zoom))
        left = inner.left() + self._draw_confidence(painter, inner, item, small)
        width = min(QFontMetricsF(small).horizontalAdvance(name) + 2, inner.width() * 0.45)
        text_line(painter, QRectF(left, box.top(), width, box.height()), name, small, self.theme.muted, rtl=False)
        width += left - inner.left()
        colours = (self.theme.muted, self.theme.danger)
        noted = bool(item.note)
        signs = draw_note_icons(
            painter, inner.left() + width + 6, inner.center().y(), colours, note=noted, doubt=item.doubtful
        )
        room = inner.adjusted(width + signs + 8, 0, -12 - 8, 0)
        text_line(painter, room, str(index.data()), sized(font, round(14 * self.zoom), bold=chosen), self.theme.text)
        painter.restore()

    def _draw_confidence(self, painter: QPainter, box: QRectF, item: ReviewItem, font: QFont) -> float:
        """Draw the confidence of a suggestion at the left, in a column for all rows, and return the width of that."""
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(percent_text(1)) + 8
        if item.is_suggestion:
            text_line(painter, QRectF(box.left(), box.top(), width, box.height()), percent_text(item.score), font,
                      self.theme.muted, rtl=False)  # fmt: skip
        return width


class ItemList(RowList):
    """Shows the items of the open document; chosen carries the clicked one."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEIGHT, parent)
        self.items = ItemModel(self)
        self._delegate = ItemDelegate(self)
        self.setModel(self.items)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(ITEM_ROLE)))
        self.activated.connect(lambda index: self.opened.emit(index.data(ITEM_ROLE)))

    def set_document(self, text: str, tagset: Tagset | None) -> None:
        """Clear the items for a new document."""
        self._delegate.tagset = tagset
        self.items.set_document(text, tagset)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Set the text size; 1 is the default."""
        self._delegate.zoom = zoom
        self.set_row_height(round(_HEIGHT * zoom))

    def show_focus(self, item: ReviewItem | None) -> None:
        """Mark the item in focus and bring it into view."""
        self.mark(self.items.row_of(item))
