"""Labels and tooltips that show text as plain text.

Qt renders a text that looks like HTML, and reads the files that it names, devices and pipes too: a title with <img
src="file:///dev/zero"> would crash the program. So every label and tooltip of the window is created here.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import Qt as GuiQt  # The same namespace, with the functions that QtGui adds to it.
from PySide6.QtWidgets import QLabel, QWidget

_MOST = 2000
"""The maximum length of a tooltip in characters; a longer one would cover the screen."""


class PlainLabel(QLabel):
    """A label that never interprets its text as HTML."""

    def __init__(self, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if text:
            self.setText(text)


class LinkLabel(PlainLabel):
    """A label with a link, whose HTML the program writes itself; texts from outside are escaped in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)

    def changeEvent(self, event: QEvent) -> None:
        """Set the text again after a change of theme: Qt chooses the colour of a link only then."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            text = self.text()
            self.clear()
            self.setText(text)


def caption(text: str) -> str:
    """Return a text for a button or menu with & doubled: a single one would underline the next letter."""
    return text.replace("&", "&&")


def cut(text: str) -> str:
    """Return a text shortened to what a tooltip has room for."""
    return text if len(text) <= _MOST else text[:_MOST] + "…"


def tooltip(text: str) -> str:
    """Return a tooltip that shows a plain text and wraps long lines; "" for an empty text."""
    # Rich text even if nothing has to be escaped: Qt does not wrap plain text.
    return GuiQt.convertFromPlainText(cut(text), Qt.WhiteSpaceMode.WhiteSpaceNormal) if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    """Set the tooltip of a widget to a plain text, and its accessible description to the same text."""
    widget.setToolTip(tooltip(text))
    # Without a description Qt would give screen readers the tooltip with its tags.
    widget.setAccessibleDescription(text)
