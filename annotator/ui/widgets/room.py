"""How large windows open: as they should be, or as the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""What the system draws around a window, in device-independent pixels."""


def resize_to_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, or less where a button would lie beyond the edge of the screen."""
    window.resize(QSize(width, height).boundedTo(available_size(window)))


def available_size(window: QWidget) -> QSize:
    """Return how large a window may be; without a display, as for pictures, there is no edge."""
    if QGuiApplication.platformName() == "offscreen":
        return QSize(16_777_215, 16_777_215)
    return window.screen().availableSize() - _FRAME
