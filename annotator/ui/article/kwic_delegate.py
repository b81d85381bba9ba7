"""A list row with a keyword in context: the keyword centred, boxed as in the article, right to left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.text.context import Context
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.base.i18n import current_language
from annotator.ui.base.label_style import colours_in
from annotator.ui.base.painting import sized, text_line, tick
from annotator.ui.base.palette import LabelColours, PagePalette
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.base.typography import Density, PageStyle, Role, TextStyle

KWIC_ROLE = Qt.ItemDataRole.UserRole + 1
HEIGHT = 48
TICK_WIDTH = 44
"""The width in pixels, at the right edge, in which a click ticks a row."""
_ABOUT_WIDTH = 220
_PAD = 16
_FADE = 28
_PIXELS = 18.0
_ENDLESS = 8000.0


@dataclass(frozen=True, slots=True)
class KwicRow:
    """One row: the line, its title, and a note.

    label is the id of the label whose colour the keyword has, "" for none; solid says that it is there, not only
    offered. offered is another span of the line that is proposed, and the label proposed for it; it is outlined.
    ticked is None where rows are not ticked, tickable says whether this one may be. With faint, the row has been dealt
    with.
    """

    context: Context
    title: str
    note: str = ""
    label: str = ""
    solid: bool = True
    offered: tuple[Span, str] | None = None
    faint: bool = False
    ticked: bool | None = None
    tickable: bool = True


@lru_cache(maxsize=1)
def _style() -> TextStyle:
    return PageStyle(pixels=_PIXELS, density=Density.SPACIOUS).of(Role.BODY)


@lru_cache(maxsize=256)
def _shaped(context: Context) -> ShapedBlock:
    """Return a laid-out line from a cache: the same few rows are painted again and again."""
    return ShapedBlock(context.line, 0, _style(), _ENDLESS)


class KwicDelegate(QStyledItemDelegate):
    """Paints a KwicRow: tick, line, and at the left the title with the note."""

    theme: Theme = LIGHT
    tagset: Tagset | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, LabelColours] = {}
        self._known_for: tuple[Tagset | None, PagePalette | None] = (None, None)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        row = index.data(KWIC_ROLE)
        if not isinstance(row, KwicRow):
            return
        box, state = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground(painter, box, state)
        right = box.right() - _PAD
        if row.ticked is not None:
            self._draw_tick(painter, QRectF(box.right() - _PAD - 16, box.center().y() - 8, 16, 16), row)
            right = box.right() - TICK_WIDTH
        about = QRectF(box.left() + _PAD, box.top() + 6, _ABOUT_WIDTH - _PAD, HEIGHT - 12)
        self._draw_line(painter, QRectF(QPointF(about.right() + _PAD, box.top()), QPointF(right, box.bottom())), row)
        _fade(painter, QRectF(about.right() + _PAD, box.top(), _FADE, HEIGHT), ground, leftward=True)
        _fade(painter, QRectF(right - _FADE, box.top(), _FADE, HEIGHT), ground, leftward=False)
        self._draw_about(painter, about, row, option)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> QColor:
        theme = self.theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = QColor(theme.selected if chosen else theme.hover if hovered else theme.page)
        painter.fillRect(box, ground)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(box.right() - 3, box.top(), 3, box.height()), QColor(theme.accent))
        return ground

    def _draw_tick(self, painter: QPainter, box: QRectF, row: KwicRow) -> None:
        """Draw a tick box; a row that already has the label shows a faint tick without a box."""
        theme = self.theme
        if not row.tickable:
            tick(painter, box, theme.muted)
            return
        painter.setPen(QPen(QColor(theme.accent if row.ticked else theme.muted), 1.2))
        painter.setBrush(QColor(theme.accent if row.ticked else theme.page))
        painter.drawRoundedRect(box, 4, 4)
        if row.ticked:
            tick(painter, box.adjusted(2, 2, -2, -2), theme.on_accent)

    def _draw_line(self, painter: QPainter, room: QRectF, row: KwicRow) -> None:
        shape, style = _shaped(row.context), _style()
        keyword = row.context.keyword
        if keyword is None:
            self._draw_start(painter, room, shape)
            return
        sides = _sides(shape, keyword)
        if sides is None:
            return
        left, right = sides
        x = room.center().x() - (left + right) / 2
        if right - left > room.width() - 2 * _FADE:
            x = room.right() - _FADE - right
        top = room.center().y() - (style.box_top + style.box_bottom) / 2
        painter.save()
        painter.setClipRect(room)
        box = QRectF(x, top + style.box_top, 0, style.box_bottom - style.box_top)
        if row.offered is not None and (other := _sides(shape, row.offered[0])) is not None:
            outline = box.adjusted(other[0] - 3, -1, other[1] + 3, 1)
            self._draw_box(painter, outline, row.offered[1], solid=False)
        self._draw_box(painter, box.adjusted(left, 0, right, 0), row.label, solid=row.solid)
        painter.setPen(QColor(self.theme.muted if row.faint else self.theme.text))
        shape.draw_line(painter, 0, QPointF(x, top))
        painter.restore()

    def _draw_start(self, painter: QPainter, room: QRectF, shape: ShapedBlock) -> None:
        """Draw a line without a keyword from its start, at the right."""
        style = _style()
        painter.save()
        painter.setClipRect(room)
        painter.setPen(QPen(QColor(self.theme.text)))
        top = room.center().y() - (style.box_top + style.box_bottom) / 2
        shape.draw_line(painter, 0, QPointF(room.right() - _FADE - _ENDLESS, top))
        painter.restore()

    def _draw_box(self, painter: QPainter, box: QRectF, label: str, *, solid: bool) -> None:
        """Draw the box of a span: filled if it has or will get the label, dashed if the label is only offered."""
        palette = PagePalette.of(self.theme)
        colours = self._colours(label, palette)
        fill, stroke = (colours.fill, colours.stroke) if colours else (palette.match, palette.match_edge)
        pen = QPen(stroke, 1.2)
        if not solid:
            pen.setDashPattern([3.2, 2.2])
        painter.setPen(pen)
        painter.setBrush(fill if solid or colours is None else colours.wash)
        painter.drawRoundedRect(box.adjusted(-2, 1, 2, -1), 4, 4)

    def _colours(self, label_id: str, palette: PagePalette) -> LabelColours | None:
        if not label_id:
            return None
        label = self.tagset.find(label_id) if self.tagset else None
        if self._known_for[0] is not self.tagset or self._known_for[1] != palette:
            self._known_for = (self.tagset, palette)
            self._known.clear()
        name = label.id if label else label_id
        if name not in self._known:
            self._known[name] = colours_in(self.tagset.labels if self.tagset else (), name, palette)
        return self._known[name]

    def _draw_about(self, painter: QPainter, box: QRectF, row: KwicRow, option: QStyleOptionViewItem) -> None:
        half = box.height() / 2
        title = QRectF(box.left(), box.top(), box.width(), half) if row.note else box
        text_line(painter, title, row.title, sized(option.font, 12), self.theme.muted)
        if row.note:
            below = QRectF(box.left(), box.top() + half, box.width(), half)
            note = row.note if current_language() == "ar" else f"\u2066{row.note}\u2069"
            colour = self.theme.muted if row.faint else self.theme.text
            text_line(painter, below, note, sized(option.font, 12, bold=not row.faint), colour)


def accessible_row_text(row: KwicRow) -> str:
    """Return the text for screen readers: the keyword, its line, the title and the note."""
    line, keyword = row.context.line, row.context.keyword
    near = line[max(0, keyword.start - 40) : keyword.end + 40] if keyword else line[:80]
    return " · ".join(filter(None, (row.context.word, near, row.title, row.note)))


def _sides(shape: ShapedBlock, span: Span) -> tuple[float, float] | None:
    """Return the left and the right end of a span in a line, in pixels, or None if it has no glyphs."""
    extents = shape.extents(span.start, span.end)
    return (min(e.left for e in extents), max(e.right for e in extents)) if extents else None


def _fade(painter: QPainter, box: QRectF, ground: QColor, *, leftward: bool) -> None:
    clear = QColor(ground)
    clear.setAlpha(0)
    gradient = QLinearGradient(box.topLeft(), box.topRight())
    gradient.setColorAt(0, ground if leftward else clear)
    gradient.setColorAt(1, clear if leftward else ground)
    painter.fillRect(box, gradient)
