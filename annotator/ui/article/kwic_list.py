"""A list of keywords in context, operated by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from annotator.domain.tagset.tagset import Tagset
from annotator.ui.article.kwic_delegate import HEIGHT, TICK_WIDTH, KwicDelegate
from annotator.ui.base.theme import Theme
from annotator.ui.widgets.row_list import RowList


class KwicList(RowList):
    """Shows a model of KwicRows. spaced, entered and deleted are emitted for keys, tickClicked for a tick."""

    spaced = Signal()
    entered = Signal()
    deleted = Signal()
    tickClicked = Signal(QModelIndex)

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.setObjectName("kwic")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._delegate = KwicDelegate(self)
        self._delegate.tagset = tagset
        self.setItemDelegate(self._delegate)
        self.set_theme(theme)

    def set_tagset(self, tagset: Tagset) -> None:
        """Use the label colours of a tagset."""
        self._delegate.tagset = tagset
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def chosen_rows(self) -> list[int]:
        """Return the selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit Space, Enter and Delete; Qt handles the other keys."""
        signal = {
            Qt.Key.Key_Space: self.spaced,
            Qt.Key.Key_Return: self.entered,
            Qt.Key.Key_Enter: self.entered,
            Qt.Key.Key_Delete: self.deleted,
            Qt.Key.Key_Backspace: self.deleted,
        }.get(Qt.Key(event.key()))
        if signal is not None:
            signal.emit()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move to the first and last row on Home and End; a table moves to the first and last column."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle the tick if it was clicked, and select elsewhere."""
        index = self._tick_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.setCurrentIndex(index)
            self.tickClicked.emit(index)
        else:
            super().mousePressEvent(event)

    def _tick_at(self, point: QPoint) -> QModelIndex:
        if point.x() < self.viewport().width() - TICK_WIDTH:
            return QModelIndex()
        return self.indexAt(point)

    def event(self, event: QEvent) -> bool:
        """Handle the keys of the list before the shortcuts of the window behind it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if event.key() in keys and not event.modifiers():
                event.accept()
                return True
        return super().event(event)
