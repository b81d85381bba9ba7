"""What an empty view shows in place of its rows: a sentence, and a button if there is something to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton

from annotator.ui.base.plain_text import PlainLabel

_EDGE, _GAP = 48, 16
"""The distances from the sides of the page and between text and button, in device-independent pixels."""


class PlaceholderLabel(PlainLabel):
    """A sentence centred on an empty page, and a button below it; the sentence is transparent to the mouse."""

    def __init__(self, page: QAbstractScrollArea) -> None:
        super().__init__(page.viewport())
        self._page = page
        self.setObjectName("emptyNote")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.button = QPushButton(page.viewport())
        self.button.setObjectName("primary")
        self.button.setAutoDefault(True)
        page.viewport().installEventFilter(self)
        self.hide()
        self.button.hide()

    def show_text(self, text: str, button: str = "") -> None:
        """Show a text, and a button if its text is given; hide the label if the text is empty.

        While the button is there, it gets the page's focus, so that Enter presses it.
        """
        self.setText(text)
        self.setVisible(bool(text))
        self.button.setText(button)
        # Not hasFocus(): while a dialog is open, the window only remembers which widget gets the focus again.
        has_button, had_focus = bool(text and button), self.window().focusWidget() is self.button
        # Qt takes None for "no proxy", which PySide's types do not say.
        self._page.setFocusProxy(self.button if has_button else None)  # type: ignore[arg-type]
        if had_focus and not has_button:
            self._page.setFocus()
        self.button.setVisible(has_button)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.parentWidget()
        if page is not None:
            self.setGeometry(page.rect().adjusted(_EDGE, 0, -_EDGE, -page.height() // 4))
            size, middle = self.button.sizeHint(), self.geometry().center()
            below = middle.y() + self.heightForWidth(self.width()) // 2 + _GAP
            self.button.setGeometry(QRect(QPoint(middle.x() - size.width() // 2, below), size))
