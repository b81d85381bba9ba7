"""Buttons of dialogs that Enter in a field does not press."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton, QWidget


def plain_button(parent: QWidget, act: Callable[[], object] | None = None) -> QPushButton:
    """Return a button that does something when it is pressed, and is not the one that Enter presses."""
    button = QPushButton(parent)
    button.setAutoDefault(False)
    if act is not None:
        button.clicked.connect(lambda _checked=False: act())
    return button


def set_menu(button: QPushButton, menu: QMenu) -> None:
    """Give a button another menu, and let go of the one it had."""
    old = button.menu()
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()
