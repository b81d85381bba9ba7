"""The bar beneath the article in which a note is written; it never asks, and nothing that is typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from annotator.ui.base.key_map import isolate_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated

_LINES = (2, 5)
"""The field is never lower and never higher than so many lines."""


class NoteField(QTextEdit):
    """A few lines of text; Enter and Escape are done with it, Shift+Enter begins a line."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field, each of whose lines runs as its first letter does."""
        super().__init__(parent)
        self.setObjectName("note")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Be done on Enter and Escape, and take every other key."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.done.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """Be as high as the text, within bounds."""
        line, margins = self.fontMetrics().lineSpacing(), 2 * round(self.document().documentMargin())
        text = round(self.document().size().height())
        self.setFixedHeight(min(max(text, _LINES[0] * line + margins), _LINES[1] * line + margins) + 8)


class NoteBar(Retranslated, QWidget):
    """Shows the note on one thing; closed says that it is done.

    keeper is called with the text, and whether the thing is doubtful, when the keyboard goes elsewhere, whatever the
    reason; the bar closes then, unless it was the whole window that was left. Where keeper raises, the bar stays open
    with what was typed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self.setObjectName("noting")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.keeper: Callable[[str, bool], None] | None = None
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
        """Show a note, about saying on what, and put the keyboard behind it."""
        self._about.setText(about)
        self.field.setAccessibleName(about)
        self.field.setPlainText(text)
        self.doubtful.setChecked(doubtful)
        self.show()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def about(self) -> str:
        """Return what is said of the thing that the note is on."""
        return self._about.text()

    def finish(self) -> None:
        """Keep the note, close and let the keyboard go back."""
        self._close(let_go=True)

    def keep(self) -> None:
        """Keep what stands there."""
        if self.keeper is not None:
            self.keeper(self.field.toPlainText(), self.doubtful.isChecked())

    def leave(self) -> None:
        """Keep the note and close; the keyboard is elsewhere already."""
        self._close(let_go=False)

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self.doubtful.setText(self.tr("Flag"))
        enter, line = isolate_key("Enter"), isolate_key("Shift+Enter")
        self._keys.setText(self.tr("{0} saves · {1} new line").format(enter, line))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Be done on Enter and Escape also where the box has the keyboard."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def _close(self, *, let_go: bool) -> None:
        """Keep the note and hide; let_go gives the keyboard back."""
        if self.isHidden():
            return
        self.keep()
        self.hide()
        if let_go:
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the note when the keyboard goes elsewhere, and close where it stays within the window."""
        if event.type() is QEvent.Type.FocusOut and not self.isHidden():
            new = QApplication.focusWidget()
            if new is None or new.window() is not self.window():
                self.keep()
            elif new is not watched and not self.isAncestorOf(new):
                self.leave()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        """Put what the note is on, the keys and the box in a line over the field."""
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
