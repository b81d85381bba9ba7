"""A field for a whole number: it shows digits as chosen, and takes ٠١٢٣ and 0123 alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.base.i18n import current_language, digits

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class NumberField(QLineEdit):
    """A number from least to most; valueChanged tells the new one. The arrows up and down go on by one.

    Where a word for the least is set, the empty field means the least and shows that word. Unlike Qt's own it
    reads any digits whatever the locale, and has the height and the margins of every other field.
    """

    valueChanged = Signal(int)

    def __init__(self, least: int, most: int, number: int, parent: QWidget | None = None) -> None:
        """Make a field with a number in it."""
        super().__init__(parent)
        self._least, self._most, self._value = least, most, number
        self.setValidator(_Digits(most, self))
        self.textChanged.connect(lambda _text: self._read())
        self._show()

    def value(self) -> int:
        """Return the number; while nothing that may be one stands there, the last that did."""
        return self._value

    def setValue(self, number: int) -> None:
        """Show a number, or the nearest that is allowed."""
        self.setText(self._text(min(max(number, self._least), self._most)))

    def set_word_for_least(self, word: str) -> None:
        """Let the empty field mean the least number, and say so with a word."""
        self.setPlaceholderText(word)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down by keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setValue(self._value + step)
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the number again where the field was left empty."""
        self._show()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Write the number anew when language or digits change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        """Write the number where the language begins; left alone, digits would stand at the left in Arabic too."""
        side = Qt.AlignmentFlag.AlignRight if current_language() == "ar" else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.setText(self._text(self._value))

    def _text(self, number: int) -> str:
        """Return what stands for a number."""
        return "" if self.placeholderText() and number == self._least else digits(number)

    def _read(self) -> None:
        """Take what stands there, if it is allowed."""
        text = self.text() or (str(self._least) if self.placeholderText() else "")
        if text.isdecimal() and self._least <= int(text) <= self._most and int(text) != self._value:
            self._value = int(text)
            self.valueChanged.emit(self._value)


class _Digits(QValidator):
    """Lets digits of any kind in, written in the form in use, as long as they are not too much."""

    def __init__(self, most: int, parent: QWidget) -> None:
        """Allow numbers up to one."""
        super().__init__(parent)
        self._most = most

    def validate(self, text: str, position: int) -> object:
        """Return whether a text will do, and the text in the digits in use."""
        fits = not text or (text.isdecimal() and int(text) <= self._most)
        return (QValidator.State.Acceptable if fits else QValidator.State.Invalid), digits(text), position
