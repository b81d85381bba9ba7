"""The list of labels in the tagset editor: colour, name, id, use and shortcut."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.base.i18n import current_language, digits, number_text
from annotator.ui.base.painting import keycap, sized, swatch, text_line
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.tagset.label_model import LABEL_ROLE, LabelRow

_HEIGHT = 46
_PAD = 12
_SWATCH = 14


class LabelDelegate(QStyledItemDelegate):
    """Paints a LabelRow in the direction of the language."""

    theme: Theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(200, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        row = index.data(LABEL_ROLE)
        if not isinstance(row, LabelRow):
            return
        theme, label = self.theme, row.label
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, QColor(theme.selected if chosen else theme.hover if hovered else theme.page))
        if option.state & QStyle.StateFlag.State_HasFocus:
            edge = box.right() - 3 if rtl else box.left()
            painter.fillRect(QRectF(edge, box.top(), 3, box.height()), QColor(theme.accent))

        def place(from_side: float, top: float, width: float, height: float) -> QRectF:
            left = box.right() - from_side - width if rtl else box.left() + from_side
            return QRectF(left, box.top() + top, width, height)

        swatch(painter, place(_PAD, (_HEIGHT - _SWATCH) / 2, _SWATCH, _SWATCH), label.colour[theme.scheme], solid=True)
        small = sized(option.font, 12)
        key = digits(label.key).replace("Alt+", "Alt ")
        key_width = max(20.0, QFontMetricsF(small).horizontalAdvance(key) + 8) if key else 0.0
        count = "" if row.annotations is None else number_text(row.annotations)
        count_width = QFontMetricsF(small).horizontalAdvance(count) + 4
        first = _PAD + _SWATCH + 10
        wide = box.width() - first - _PAD - max(56.0, key_width + 8)
        name = label.name(current_language())
        bold = sized(option.font, 14, bold=row.changed)
        text_line(painter, place(first, 4, wide, 22), f"{name} •" if row.changed else name, bold, theme.text, rtl=rtl)
        below = wide - count_width - 8
        text_line(painter, place(first, 24, below, 18), f"\u2066{label.id}\u2069", small, theme.muted, rtl=rtl)
        text_line(painter, place(first + below + 8, 24, count_width, 18), count, small, theme.muted, rtl=rtl)
        if key:
            box_of_key = place(box.width() - _PAD - key_width, (_HEIGHT - 20) / 2, key_width, 20)
            keycap(painter, box_of_key, key, small, theme.line, theme.muted)
        painter.restore()


class LabelList(QListView):
    """Shows a LabelModel; stepped carries -1 or 1 to move the current label up or down."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels")
        self._delegate = LabelDelegate(self)
        self._delegate.theme = theme
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit stepped for Alt with an arrow, which Qt would treat as the arrow alone."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
