"""Return the keyboard focus to the article when a dialog closes or the focused part disappears."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class FocusReturn(QObject):
    """Returns the focus to a window, to the widget that had it, or else to the home widget."""

    def __init__(self, window: QWidget, home: Callable[[], QWidget]) -> None:
        """Watch a window; home returns the widget that gets the focus if no other has it."""
        super().__init__(window)
        self._window = window
        self._home = home

    def watch_dialog(self, dialog: QDialog) -> None:
        """Return the focus when a dialog of the window closes."""
        dialog.finished.connect(lambda _result: self._return_focus_later())

    def focus_home(self) -> None:
        """Focus the home widget."""
        self._home().setFocus()

    def _return_focus_later(self) -> None:
        """Return the focus after the last events of the dialog, unless another dialog was opened by then."""
        visible = self._visible_dialogs()
        QTimer.singleShot(0, self, lambda: self._return_focus() if self._visible_dialogs() <= visible else None)

    def _visible_dialogs(self) -> set[QDialog]:
        return {dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()}

    def _return_focus(self) -> None:
        """Take the focus, unless another window of the program has it.

        Not every window system returns it to the window that opened the dialog.
        """
        if QApplication.activeWindow() is None and QApplication.activeModalWidget() is None:
            self._window.activateWindow()
        kept = self._window.focusWidget()
        if kept is None or not kept.isVisible() or not kept.isEnabled():
            self.focus_home()
