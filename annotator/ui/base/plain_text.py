"""Labels and tooltips that show a text as it is.

Qt takes a text that looks like HTML for HTML and reads the files that it names, devices and pipes too. A title with
<img src="file:///dev/zero"> would end the program. So every label and every tooltip of the window is made here.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import Qt as GuiQt  # The same namespace, with the functions that QtGui adds to it.
from PySide6.QtWidgets import QLabel, QWidget

_MOST = 2000
"""Characters of a tooltip: beyond that it would cover the screen."""


class PlainLabel(QLabel):
    """A label that shows its text as it is."""

    def __init__(self, parent: QWidget | None = None, text: str = "") -> None:
        """Make a label."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if text:
            self.setText(text)


class LinkLabel(PlainLabel):
    """A label whose text is HTML written by this program, with a link; texts from outside are escaped in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty label."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Give the link the colour of another theme: Qt chooses it only when a text is set."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            text = self.text()
            self.clear()
            self.setText(text)


def caption(text: str) -> str:
    """Return a text for a button or a menu, where a single & would mark the key of the letter after it."""
    return text.replace("&", "&&")


def cut(text: str) -> str:
    """Return as much of a text as a tooltip has room for."""
    return text if len(text) <= _MOST else text[:_MOST] + "…"


def tooltip(text: str) -> str:
    """Return a tooltip that shows a text as it is and wraps long lines; an empty text makes none."""
    # Rich text even if nothing has to be escaped: Qt wraps no other.
    return GuiQt.convertFromPlainText(cut(text), Qt.WhiteSpaceMode.WhiteSpaceNormal) if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows a text as it is; a screen reader gets the text itself."""
    widget.setToolTip(tooltip(text))
    # Without a description Qt would pass on the tooltip, tags and all.
    widget.setAccessibleDescription(text)
