"""A field for a whole number that shows the chosen digits and accepts ٠١٢٣ and 0123."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.base.i18n import current_language, digits

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class NumberField(QLineEdit):
    """A number within limits; valueChanged carries the new one, and the up and down arrows change it by one.

    If a word for the least number is set, the empty field means that number and shows the word. Unlike QSpinBox it
    reads any digits in any locale, and looks like every other field.
    """

    valueChanged = Signal(int)

    def __init__(self, least: int, most: int, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, number
        self.setValidator(_Digits(most, self))
        self.textChanged.connect(lambda _text: self._read())
        self._show()

    def value(self) -> int:
        """Return the number; while the text is not a valid one, the last number that was."""
        return self._value

    def setValue(self, number: int) -> None:
        """Set the number, or the nearest within the limits."""
        self.setText(self._text(min(max(number, self._least), self._most)))

    def set_special_value_text(self, word: str) -> None:
        """Let the empty field mean the least number, and show a word for it."""
        self.setPlaceholderText(word)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the number with the arrow and page keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setValue(self._value + step)
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the number again if the field was left empty."""
        self._show()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Show the number again when the language or the digits change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        """Show the number at the side where the language starts; Qt would put digits at the left in Arabic too."""
        side = Qt.AlignmentFlag.AlignRight if current_language() == "ar" else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.setText(self._text(self._value))

    def _text(self, number: int) -> str:
        return "" if self.placeholderText() and number == self._least else digits(number)

    def _read(self) -> None:
        text = self.text() or (str(self._least) if self.placeholderText() else "")
        if text.isdecimal() and self._least <= int(text) <= self._most and int(text) != self._value:
            self._value = int(text)
            self.valueChanged.emit(self._value)


class _Digits(QValidator):
    """Accepts digits of any script up to a number, and rewrites them in the chosen digits."""

    def __init__(self, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = most

    def validate(self, text: str, position: int) -> object:
        """Return whether a text is valid, the text in the chosen digits, and the position of the cursor."""
        fits = not text or (text.isdecimal() and int(text) <= self._most)
        return (QValidator.State.Acceptable if fits else QValidator.State.Invalid), digits(text), position
