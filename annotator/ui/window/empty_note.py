"""What stands in the middle of a page that has nothing on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea

from annotator.ui.base.plain_text import PlainLabel

_EDGE = 48
"""How far it keeps from the sides of the page, in device-independent pixels."""


class PlaceholderLabel(PlainLabel):
    """A quiet sentence over an empty page; nothing where there is nothing to say. The mouse goes through it."""

    def __init__(self, page: QAbstractScrollArea) -> None:
        """Watch a page without saying anything."""
        super().__init__(page.viewport())
        self.setObjectName("emptyNote")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        page.viewport().installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say something, or nothing any more."""
        self.setText(text)
        self.setVisible(bool(text))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay in the middle when the page gets another size."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Lie over the page, but for its edges."""
        page = self.parentWidget()
        if page is not None:
            self.setGeometry(page.rect().adjusted(_EDGE, 0, -_EDGE, -page.height() // 4))
