"""The base class of the dialogs: what Enter does in them, and where they open."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog

FRAME_MARGINS = QMargins(8, 38, 8, 10)
"""What the desktop draws around a window, at most, in device-independent pixels. It is not known before it is shown."""


def place_on_screen(size: QSize, parent: QRect, screen: QRect) -> QRect:
    """Return where a window of this size is to be, without its frame: centred on its parent, the frame on the screen.

    If the screen is too small, the title bar is on it.
    """
    room = screen.marginsRemoved(FRAME_MARGINS)
    placed = QRect(QPoint(), size)
    placed.moveCenter(parent.center())
    placed.moveRight(min(placed.right(), room.right()))
    placed.moveBottom(min(placed.bottom(), room.bottom()))
    placed.moveLeft(max(placed.left(), room.left()))
    placed.moveTop(max(placed.top(), room.top()))
    return placed


class Dialog(QDialog):
    """Enter presses the focused button; in a field it presses the default button. It opens with its title bar visible.

    QDialog itself presses the default button even if a button with autoDefault off, a check box or a tool button
    has the focus. Enter on Cancel would then start an import or export.
    """

    def showEvent(self, event: QShowEvent) -> None:
        """Centre the window on its parent.

        Qt does so too, but lets the title bar of a high window end up above the screen.
        """
        parent = self.parentWidget()
        places = parent is not None and not event.spontaneous() and not self.testAttribute(Qt.WidgetAttribute.WA_Moved)
        if parent is not None and places and QGuiApplication.platformName() != "offscreen":
            around, screen = parent.window().frameGeometry(), parent.screen().availableGeometry()
            # Before the first time, the frame is not known, and what move() sets is the place without it.
            inside = self.geometry().topLeft() - self.frameGeometry().topLeft()
            self.move(place_on_screen(self.size(), around, screen).topLeft() - inside)
        super().showEvent(event)
        if places:
            # This was no choice of the user: the next time, the window is centred again.
            self.setAttribute(Qt.WidgetAttribute.WA_Moved, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter; pass every other key to Qt."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)
