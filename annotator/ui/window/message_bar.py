"""The bar above the article for user errors and notices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from annotator.ui.base.i18n import with_direction_mark
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated


class MessageBar(Retranslated, QWidget):
    """Shows one message until it is closed or replaced, a passing one until the next decision.

    focusReleased is emitted when it is closed.
    """

    focusReleased = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = PlainLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._callback: Callable[[], None] | None = None
        self._is_passing = False
        self.action = QPushButton(self)
        self.action.clicked.connect(self._run_callback)
        self._close = QPushButton(self)
        self._close.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self.retranslate()
        self.hide()

    def show_message(
        self, text: str, action: str = "", callback: Callable[[], None] | None = None, *, passing: bool = False
    ) -> None:
        """Show a message. action is the text of the button that calls callback, if there is one."""
        self._is_passing = passing
        self._text.setText(with_direction_mark(text))
        self._callback = callback
        self.action.setText(action)
        self.action.setVisible(callback is not None)
        self.show()

    def pass_by(self) -> None:
        """Hide a passing message, because work goes on."""
        if self._is_passing and self.isVisible():
            had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
            self.hide()
            if had_focus:
                self.focusReleased.emit()

    def _run_callback(self) -> None:
        callback, self._callback = self._callback, None
        self._leave()
        if callback is not None:
            callback()

    def _leave(self) -> None:
        self.hide()
        self.focusReleased.emit()

    def text(self) -> str:
        """Return the message that is shown, or was last."""
        return self._text.text()

    def retranslate(self) -> None:
        """Write the button in the current language."""
        self._close.setText(self.tr("Close"))
