"""The window that shows the shortcuts in use, with a search."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.domain.tagset.tagset import Label
from annotator.ui.base.key_map import KeyMap
from annotator.ui.shortcuts.shortcut_list import ShortcutList
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import column_layout, push_button, resize_to_screen

_WALKING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class KeysDialog(Dialog):
    """Lists every command that has a shortcut, labelling first.

    wants_change is True if the user asked to change them.
    """

    def __init__(self, keys: KeyMap, labels: Iterable[Label], parent: QWidget | None = None) -> None:
        """Show the shortcuts in use; labels are those of the open project, whose shortcuts the tagset has."""
        super().__init__(parent)
        self.wants_change = False
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(self.tr("Command name or key"))
        self.field.setAccessibleName(self.tr("Command name or key"))
        self.field.installEventFilter(self)
        self.list = ShortcutList(keys, labels, self, only_with_keys=True)
        self.field.textChanged.connect(self.list.narrow)
        self.change = push_button(self, self.tr("Customise shortcuts…"), self._change)
        self.shut = push_button(self, self.tr("Close"), self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.change)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        column = column_layout(self, 12)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        resize_to_screen(self, 680, 720)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the keys that scroll from the field to the list."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if watched is self.field and is_key and event.key() in _WALKING:  # type: ignore[attr-defined]
            QCoreApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def _change(self) -> None:
        self.wants_change = True
        self.accept()
