"""The button above the article that shows whether it has a note or flag, and opens the note."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from annotator.ui.base.i18n import isolate
from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.note_icons import bubble, flag
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme

_SIGN = 14.0


class NoteButton(Retranslated, QAbstractButton):
    """A pale bubble without a note, a full one with a note, and a flag if the article is flagged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note, self._doubtful = "", False
        self._theme: Theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def show_note(self, note: str, doubtful: bool) -> None:
        """Show the note and flag of the article."""
        if (note, doubtful) != (self._note, self._doubtful):
            self._note, self._doubtful = note, doubtful
            self.updateGeometry()
            self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for one icon or for both."""
        return QSize(52 if self._doubtful else 30, 28)

    def retranslate(self) -> None:
        """Write the tooltip in the current language."""
        doubt = self.tr("This article is flagged.") if self._doubtful else ""
        none = with_key(self.tr("Article note"), key_hint(self, "notes.on_article"))
        note = isolate(self._note) if self._note else none
        said = "\n".join(part for part in (doubt, note) if part)
        set_tooltip(self, said)
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the background for hover and focus, and the icons from the reading side."""
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        signs = [(bubble, theme.accent if self._note else theme.faint)]
        if self._doubtful:
            signs.append((flag, theme.danger))
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number, (draw, colour) in enumerate(signs):
            away = 8 + number * (_SIGN + 8)
            left = box.right() - away - _SIGN if rtl else box.left() + away
            draw(painter, QRectF(left, box.center().y() - _SIGN / 2, _SIGN, _SIGN), colour)
        painter.end()
