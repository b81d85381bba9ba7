"""The pane of documents: titles on up to two lines; below, facts, and a tick or the number of open suggestions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.tables.document_rows import DocumentRow
from annotator.ui.article.utf16_offsets import Utf16Map
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, date_text, digits, isolate, number_text
from annotator.ui.base.note_icons import draw_note_icons
from annotator.ui.base.painting import pill, sized, text_line, tick
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme, scaled_fonts
from annotator.ui.documents.document_model import OPEN_ROLE, ROW_ROLE, DocumentModel, duplicate_text, title_of
from annotator.ui.documents.filter_bar import FilterBar
from annotator.ui.widgets.row_list import RowList

_NAMES = {
    DocumentOrder.IMPORTED: QT_TRANSLATE_NOOP("orders", "Import order"),
    DocumentOrder.NEWEST: QT_TRANSLATE_NOOP("orders", "Newest first"),
    DocumentOrder.ENTITIES: QT_TRANSLATE_NOOP("orders", "Most names first"),
    DocumentOrder.UNCERTAIN: QT_TRANSLATE_NOOP("orders", "Lowest confidence first"),
    DocumentOrder.NEW_NAMES: QT_TRANSLATE_NOOP("orders", "Most new names first"),
}


class OrderBox(Retranslated, QComboBox):
    """The choice of sort order; ordered carries the chosen DocumentOrder."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("order")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for order in _NAMES:
            self.addItem("", order.value)
        self.activated.connect(lambda row: self.ordered.emit(DocumentOrder(self.itemData(row))))
        self.retranslate()

    def show_order(self, order: DocumentOrder) -> None:
        """Show the order in use, without emitting ordered."""
        self.setCurrentIndex(self.findData(order.value))

    def retranslate(self) -> None:
        """Update the names of the orders to the current language."""
        for row, name in enumerate(_NAMES.values()):
            self.setItemText(row, QCoreApplication.translate("orders", name))
        self.setAccessibleName(self.tr("Sort articles"))
        set_tooltip(self, self.tr("Duplicates come last, except in import order."))


_HEIGHT = 82
_TITLE_LINE, _FACTS_LINE = 22, 22
_PAD = 14
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_MENUS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _two_lines(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """Return a text as one or two lines of a width in device-independent pixels; the second may be too long."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    end = Utf16Map(text).to_code_point(line.textLength())
    return tuple(part for part in (text[:end].strip(), text[end:].strip()) if part)


class DocumentDelegate(QStyledItemDelegate):
    """Paints a document right to left in both languages, because titles are Arabic."""

    theme: Theme = LIGHT
    zoom = 1.0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw background, title, date and source, and the state at the far side."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, DocumentRow):
            return
        theme, box = self.theme, QRectF(option.rect)
        large, small = round(14 * self.zoom), round(12 * self.zoom)
        chosen = bool(index.data(OPEN_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, is_open=chosen)
        font = option.font
        title_font = sized(font, large, bold=chosen)
        title_line, facts_line = round(_TITLE_LINE * self.zoom), round(_FACTS_LINE * self.zoom)
        lines = _two_lines(title_of(row), title_font, box.width() - 2 * _PAD)
        top = box.center().y() - (len(lines) * title_line + facts_line) / 2
        inner = QRectF(box.left() + _PAD, top, box.width() - 2 * _PAD, title_line)
        ink = theme.muted if row.done or not row.title.strip() else theme.text
        for text in lines:
            text_line(painter, inner, text, title_font, ink)
            inner.translate(0, title_line)
        below = " · ".join(part for part in (isolate(date_text(row.date)), row.source) if part)
        if row.repeats:
            below = isolate(duplicate_text(row))
        line = QRectF(inner.left(), inner.top() + 1, inner.width(), facts_line)
        used = self._state(painter, line, row, sized(font, small), theme.panel if chosen else theme.pill)
        colours = (theme.muted, theme.danger)
        middle, notes, doubts = line.center().y(), row.notes > 0, row.doubts > 0
        used += draw_note_icons(painter, line.left() + used + 6, middle, colours, note=notes, doubt=doubts)
        text_line(painter, line.adjusted(used + 8, 0, 0, 0), below, sized(font, small), theme.muted)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, *, is_open: bool) -> None:
        """Draw the background: a bar at the reading edge of the open article, a frame around selected ones."""
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(QLineF(box.left() + _PAD, box.bottom() - 0.5, box.right() - _PAD, box.bottom() - 0.5))
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_open:
            painter.fillRect(box, QColor(self.theme.selected))
            painter.fillRect(QRectF(box.right() - 3, box.top(), 3, box.height()), QColor(self.theme.accent))
        elif is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(self.theme.hover))
        if is_selected and (not is_open or (option.widget is not None and option.widget.hasFocus())):
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _state(self, painter: QPainter, line: QRectF, row: DocumentRow, font: QFont, ground: str) -> float:
        if row.done:
            tick(painter, QRectF(line.left() + 2, line.center().y() - 7, 14, 14), self.theme.good)
            return 16
        if not row.pending:
            return 0
        text = digits(row.pending)
        width = max(22.0, QFontMetricsF(font).horizontalAdvance(text) + 14)
        height = 20 * self.zoom
        pill(
            painter,
            QRectF(line.left(), line.center().y() - height / 2, width, height),
            text,
            font,
            ground,
            self.theme.muted,
            edge=self.theme.line if self.theme.high_contrast else "",
        )
        return width


class DocumentList(RowList):
    """Rows of documents, with multiple selection. When it loses the focus, the open document is selected again.

    renameRequested is emitted for F2, which elsewhere in the window opens the note on the article.
    """

    opened = Signal(QModelIndex)
    renameRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEIGHT, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._handle_click)
        self.activated.connect(self.opened)
        self._open_row = -1

    def mark(self, row: int) -> None:
        """Select only the open document and bring it into view; a row below 0 selects none."""
        self._open_row = row
        super().mark(row)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Select only the open document again, unless a menu for the selection is opened."""
        super().focusOutEvent(event)
        if event.reason() not in _MENUS:
            self.mark(self._open_row)

    def event(self, event: QEvent) -> bool:
        """Keep F2 from the window's shortcuts: in lists it renames, as in file managers."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_rename(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit renameRequested for F2."""
        if _is_rename(event):
            self.renameRequested.emit()
        else:
            super().keyPressEvent(event)

    def _handle_click(self, index: QModelIndex) -> None:
        """Open the clicked article; with Ctrl or Shift only select it."""
        if not QGuiApplication.keyboardModifiers() & (_CTRL | _SHIFT):
            self.opened.emit(index)


def _is_rename(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F2 and event.modifiers() == Qt.KeyboardModifier.NoModifier


class DocumentPane(Retranslated, QWidget):
    """The document list with its heading, filter and order; chosen carries the id of an opened document."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = DocumentModel(self)
        self._heading = PlainLabel(self)
        self._heading.setObjectName("heading")
        self._filtered: tuple[int, int] | None = None
        self.filter = FilterBar(self)
        self.order = OrderBox(self)
        self._delegate = DocumentDelegate(self)
        self.view = DocumentList(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.opened.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addWidget(self.filter)
        layout.addWidget(self.order)
        layout.addWidget(self.filter.strip)
        layout.addWidget(self.view, 1)
        self.model.modelReset.connect(self.retranslate)
        self.model.rowsInserted.connect(self.retranslate)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Set the text size; 1 is the default."""
        self.setStyleSheet(scaled_fonts(zoom))
        self._delegate.zoom = zoom
        self.view.set_row_height(round(_HEIGHT * zoom))

    def show_current(self, document_id: str, row: int) -> None:
        """Mark a document as the open one and bring its row into view; row is -1 if it has none."""
        self.model.set_open(document_id)
        self.view.mark(row)

    def selected(self) -> list[int]:
        """Return the selected rows in their order."""
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def show_filtered(self, counts: tuple[int, int] | None) -> None:
        """Show how many documents match the filter, and of how many; None without a filter."""
        self._filtered = counts
        self.retranslate()

    def heading(self) -> str:
        """Return the heading."""
        return self._heading.text()

    def retranslate(self) -> None:
        """Update the heading to the current language."""
        count = number_text(self.model.rowCount()) if self.model.rowCount() else ""
        if self._filtered:
            count = self.tr("{0} of {1}").format(*map(number_text, self._filtered))
        self._heading.setText("  ·  ".join(filter(None, (self.tr("Articles"), count))))
        self.view.setAccessibleName(self.tr("Articles"))

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, DocumentRow):
            self.chosen.emit(row.id)
