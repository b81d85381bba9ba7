"""The bar below the article in which a note is written. It saves without asking, so nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from annotator.ui.base.key_map import isolate_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated

_LINES = (2, 5)
"""The minimum and maximum height of the field in lines."""


class NoteField(QTextEdit):
    """A text field of a few lines; Enter and Escape finish it, Shift+Enter starts a line."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create an empty field; the direction of each line follows its first letter."""
        super().__init__(parent)
        self.setObjectName("note")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish on Enter and Escape, and handle every other key as usual."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.done.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        line, margins = self.fontMetrics().lineSpacing(), 2 * round(self.document().documentMargin())
        text = round(self.document().size().height())
        self.setFixedHeight(min(max(text, _LINES[0] * line + margins), _LINES[1] * line + margins) + 8)


class NoteBar(Retranslated, QWidget):
    """Shows one note for editing. closed is emitted when it is finished.

    on_save is called with the text and the flag when the focus leaves the bar, for whatever reason. Then the bar
    closes, unless the whole window lost the focus. If on_save raises, the bar stays open with what was typed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noting")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.on_save: Callable[[str, bool], None] | None = None
        self._about = PlainLabel(self)
        self._keys = PlainLabel(self)
        self._keys.setObjectName("quiet")
        self.doubtful = QCheckBox(self)
        self.field = NoteField(self)
        self.field.done.connect(self.finish)
        self._lay_out()
        self.retranslate()
        self.hide()
        for part in (self.field, self.doubtful):
            part.installEventFilter(self)

    def begin(self, about: str, text: str, doubtful: bool) -> None:
        """Show a note for editing; about says what it is on."""
        self._about.setText(about)
        self.field.setAccessibleName(about)
        self.field.setPlainText(text)
        self.doubtful.setChecked(doubtful)
        self.show()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def about(self) -> str:
        """Return what the note is on."""
        return self._about.text()

    def finish(self) -> None:
        """Save the note, close the bar and release the focus."""
        self._close(let_go=True)

    def keep(self) -> None:
        """Save the note."""
        if self.on_save is not None:
            self.on_save(self.field.toPlainText(), self.doubtful.isChecked())

    def leave(self) -> None:
        """Save the note and close the bar; the focus is elsewhere already."""
        self._close(let_go=False)

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.doubtful.setText(self.tr("Flag"))
        enter, line = isolate_key("Enter"), isolate_key("Shift+Enter")
        self._keys.setText(self.tr("{0} saves · {1} new line").format(enter, line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish on Enter and Escape in the box too."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def _close(self, *, let_go: bool) -> None:
        if self.isHidden():
            return
        self.keep()
        self.hide()
        if let_go:
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the note when the focus leaves the bar, and close the bar if it stays in the window."""
        if event.type() is QEvent.Type.FocusOut and not self.isHidden():
            new = QApplication.focusWidget()
            if new is None or new.window() is not self.window():
                self.keep()
            elif new is not watched and not self.isAncestorOf(new):
                self.leave()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._about)
        head.addWidget(self._keys, 1)
        head.addWidget(self.doubtful)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.field)
