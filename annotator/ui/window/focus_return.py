"""When a dialog closes, or what had the keyboard goes away, the keyboard comes back to the article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class FocusReturn(QObject):
    """Brings the keyboard back to a window, and in it to where it was, or else home."""

    def __init__(self, window: QWidget, home: Callable[[], QWidget]) -> None:
        """Serve a window; home returns the part that takes the keyboard where no other has it."""
        super().__init__(window)
        self._window = window
        self._home = home

    def expect(self, dialog: QDialog) -> None:
        """Come back when a dialog of the window is over."""
        dialog.finished.connect(lambda _result: self._come_back_soon())

    def go_home(self) -> None:
        """Give the keyboard to the part that is home."""
        self._home().setFocus()

    def _come_back_soon(self) -> None:
        """Come back when all that ends with the dialog has ended, unless another one was opened by then."""
        beside = self._beside()
        QTimer.singleShot(0, self, lambda: self._come_back() if self._beside() <= beside else None)

    def _beside(self) -> set[QDialog]:
        """Return the dialogs that stand."""
        return {dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()}

    def _come_back(self) -> None:
        """Take the keyboard, unless another window of the program has it.

        Not every system gives it back by itself to the window that a dialog was opened from.
        """
        if QApplication.activeWindow() is None and QApplication.activeModalWidget() is None:
            self._window.activateWindow()
        kept = self._window.focusWidget()
        if kept is None or not kept.isVisible() or not kept.isEnabled():
            self.go_home()
