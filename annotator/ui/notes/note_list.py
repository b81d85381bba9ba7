"""The delegate of the list of notes: text and subject above, article and annotator below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.tagset.tagset import Tagset
from annotator.storage.queries.note_index import NoteEntry
from annotator.ui.base.note_icons import SIGN, bubble, flag
from annotator.ui.base.painting import row_ground, sized, text_line
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.notes.note_model import REMARK_ROLE, subject_of, words_of

HEIGHT = 60
_PAD = 16
_ABOUT = 0.42
"""The part of a row's width for the subject of the note."""


class NoteDelegate(QStyledItemDelegate):
    """Paints a note right to left: icons and text above, article below, subject at the left."""

    theme: Theme = LIGHT
    tagset: Tagset = Tagset("", ())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        remark = index.data(REMARK_ROLE)
        if not isinstance(remark, NoteEntry):
            return
        theme, box, state, font = self.theme, QRectF(option.rect), option.state, option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_ground(painter, box, state, theme)
        inner = box.adjusted(_PAD, 9, -_PAD, -9)
        half = inner.height() / 2
        right = self._draw_signs(painter, inner, remark)
        small = sized(font, 12)
        subject = subject_of(remark, self.tagset)
        width = min(QFontMetricsF(small).horizontalAdvance(subject) + 2, inner.width() * _ABOUT)
        about = QRectF(inner.left(), inner.top(), width, half)
        text_line(painter, about, subject, small, theme.muted)
        room = QRectF(about.right() + 12, inner.top(), right - about.right() - 12, half)
        text_line(painter, room, words_of(remark), sized(font, 14), theme.text if remark.text else theme.muted)
        below = QRectF(inner.left(), inner.top() + half, right - inner.left(), half)
        text_line(painter, below, " · ".join(filter(None, (remark.title, remark.annotator.name))), small, theme.muted)
        painter.restore()

    def _draw_signs(self, painter: QPainter, inner: QRectF, remark: NoteEntry) -> float:
        middle = inner.top() + inner.height() / 4
        for wanted, draw, colour, away in (
            (bool(remark.text), bubble, self.theme.accent, SIGN),
            (remark.doubtful, flag, self.theme.danger, 2 * SIGN + 6),
        ):
            if wanted:
                draw(painter, QRectF(inner.right() - away, middle - SIGN / 2, SIGN, SIGN), colour)
        return inner.right() - 2 * SIGN - 16
