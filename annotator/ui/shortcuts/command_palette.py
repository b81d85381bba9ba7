"""The command palette: type some letters of a command, press Enter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.text.normalise import normalise_key
from annotator.ui.base.key_map import isolate_key, shown_keys
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.widgets.placeholder_label import PlaceholderLabel


class CommandPalette(Dialog):
    """A field above a list of actions with their shortcuts; after accept, chosen has the action."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All commands"))
        self.chosen: QAction | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Command name"))
        self.field.setAccessibleName(self.tr("Command name"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._take)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take)
        self.empty = PlaceholderLabel(self.list)
        self._actions = list(actions)
        for number, action in enumerate(actions):
            item = QTreeWidgetItem(self.list, [re.sub("&(.)", r"\1", action.text()), isolate_key(shown_keys(action))])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setForeground(1, self.palette().placeholderText())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        resize_to_screen(self, 520, 440)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._narrow("")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the field move through the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                self._step(step)
                return True
        return False

    def _shown(self) -> list[QTreeWidgetItem]:
        rows = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [row for row in rows if row is not None and not row.isHidden()]

    def _narrow(self, text: str) -> None:
        words = normalise_key(text).split()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                name = normalise_key(item.text(0))
                item.setHidden(not all(word in name for word in words))
        shown = self._shown()
        if shown:
            self.list.setCurrentItem(shown[0])
        self.empty.show_text("" if shown else self.tr("No results"))

    def _step(self, by: int) -> None:
        shown, current = self._shown(), self.list.currentItem()
        if shown:
            at = shown.index(current) if current in shown else 0
            self.list.setCurrentItem(shown[max(0, min(len(shown) - 1, at + by))])

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.chosen = self._actions[item.data(0, Qt.ItemDataRole.UserRole)]
            self.accept()
