"""A button that waits for a key: press it, press the new key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.ui.base.key_sequences import pressed


class KeyCaptureButton(QPushButton):
    """Once pressed it takes the next key of the keyboard, Tab and Enter too, and tells of it; Escape leaves."""

    pressedKey = Signal(str)  # noqa: N815
    """the key as the table of actions writes it"""
    waiting = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a button that waits for nothing yet."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._begin)
        self.toggled.connect(self.waiting)

    def event(self, event: QEvent) -> bool:
        """Take every key while one is waited for, before shortcuts and the walk by Tab can have it."""
        if self.isChecked() and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
                return True
            if event.type() is QEvent.Type.KeyRelease:
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Wait no longer when the keyboard goes elsewhere."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setChecked(False)
        super().focusOutEvent(event)

    def _begin(self, waits: bool) -> None:
        """Take the keyboard: on a Mac a click alone does not give it to a button."""
        if waits:
            self.setFocus()

    def _take(self, event: QKeyEvent) -> None:
        """Tell of the key that was pressed; a modifier alone is only its beginning."""
        key = pressed(event.keyCombination())
        if not key:
            return
        self.setChecked(False)
        if key != "Escape":
            self.pressedKey.emit(key)
