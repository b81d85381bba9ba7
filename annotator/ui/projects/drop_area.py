"""A place to drop files on: a project opens, articles begin a project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated


class DropArea(Retranslated, QWidget):
    """Takes files and folders; dropped carries their paths."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the place, with a dashed border that the style sheet draws."""
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._text = PlainLabel(self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 20)
        column.addWidget(self._text)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the text in the language in use."""
        self._text.setText(self.tr("Drop a project here to open it, or articles to begin a project with them"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Light up for files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Go dark again."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Pass on what was dropped."""
        self._light(False)
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _light(self, on: bool) -> None:
        """Show that what is held would be taken."""
        self.setProperty("lit", on)
        self.style().unpolish(self)
        self.style().polish(self)
