"""The lanes of a difference: what each annotator gave there, one row for each version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.tagset.tagset import Tagset
from annotator.ui.base.i18n import current_language, digits, isolate
from annotator.ui.base.item_text import label_name
from annotator.ui.base.painting import keycap, row_ground, sized, swatch, text_line, tick
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex

_HEIGHT = 36
_PAD = 16
_KEY = 20
_NAME = 168
"""The width of the column of names."""
_LANE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One version of a difference.

    number is the digit of its key with Ctrl, 0 if it has none. who has the names of those who gave it. parts are the
    words and the label of each span; () means that they labelled nothing there. is_settled is True for the version that
    was settled.
    """

    number: int
    who: str
    parts: tuple[tuple[str, str], ...]
    is_settled: bool = False


class LaneModel(QAbstractListModel):
    """One row for each lane."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes: Sequence[LaneRow] = ()
        self.tagset: Tagset | None = None

    def set_lanes(self, lanes: Sequence[LaneRow], tagset: Tagset | None) -> None:
        """Show other lanes."""
        self.beginResetModel()
        self.lanes, self.tagset = lanes, tagset
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lanes."""
        return 0 if parent.isValid() else len(self.lanes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the lane, or its content as text."""
        if not index.isValid() or not index.row() < len(self.lanes):
            return None
        lane = self.lanes[index.row()]
        if role == _LANE_ROLE:
            return lane
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_of(lane)
        return None

    def text_of(self, lane: LaneRow) -> str:
        """Return who gave what: "Salma, Omar: Place, كركوك"."""
        comma = "، " if current_language() == "ar" else ", "
        said = comma.join(f"{label_name(label, self.tagset)}{comma}{isolate(words)}" for words, label in lane.parts)
        parts = [said or self.tr("no label"), self.tr("settled") if lane.is_settled else ""]
        return f"{isolate(lane.who)}: {comma.join(filter(None, parts))}"


class LaneDelegate(QStyledItemDelegate):
    """Paints a lane on one line: its key, who gave it, and the words with their label."""

    theme: Theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row from the right, where reading starts."""
        lane = index.data(_LANE_ROLE)
        model = index.model()
        if not isinstance(lane, LaneRow) or not isinstance(model, LaneModel):
            return
        box, theme = QRectF(option.rect), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_ground(painter, box, option.state, theme)
        small = sized(option.font, 12)
        right = box.right() - _PAD
        if lane.number:
            key = QRectF(right - _KEY, box.center().y() - _KEY / 2, _KEY, _KEY)
            keycap(painter, key, digits(lane.number), small, theme.line, theme.muted)
        right -= _KEY + 10
        text_line(painter, QRectF(right - _NAME, box.top(), _NAME, box.height()), lane.who, small, theme.muted)
        right -= _NAME + 12
        left = box.left() + _PAD
        if lane.is_settled:
            tick(painter, QRectF(left, box.center().y() - 7, 14, 14), theme.good)
        left += 22
        if not lane.parts:
            room = QRectF(left, box.top(), right - left, box.height())
            text_line(painter, room, self.tr("no label"), small, theme.muted)
        for words, label in lane.parts:
            right = self._draw_part(painter, QRectF(left, box.top(), right - left, box.height()), words, label, model)
            right -= 20
        painter.restore()

    def _draw_part(self, painter: QPainter, room: QRectF, words: str, label: str, model: LaneModel) -> float:
        """Draw a span with its label at the right of a box. Return the left edge of what was drawn."""
        theme, tagset = self.theme, model.tagset
        known = tagset.find(label) if tagset else None
        colour = known.colour[theme.scheme] if known else theme.muted
        edge = theme.text if theme.high_contrast else ""
        swatch(painter, QRectF(room.right() - 12, room.center().y() - 6, 12, 12), colour, solid=True, edge=edge)
        room = room.adjusted(0, 0, -20, 0)
        font, small = sized(painter.font(), 15), sized(painter.font(), 12)
        name = label_name(label, tagset)
        width = QFontMetricsF(small).horizontalAdvance(name) + 2
        drawn = text_line(painter, room.adjusted(min(width + 10, room.width() / 2), 0, 0, 0), words, font, theme.text)
        room = room.adjusted(0, 0, -drawn - 10, 0)
        return room.right() - text_line(painter, room, name, small, theme.muted)


class LaneList(RowList):
    """The lanes of the difference in focus. taken carries the row of the lane that was clicked twice."""

    pointed = Signal(int)
    """the row that was clicked"""
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create an empty list."""
        super().__init__(_HEIGHT, parent)
        self.setObjectName("lanes")
        self.lanes = LaneModel(self)
        self._delegate = LaneDelegate(self)
        self.setModel(self.lanes)
        self.setItemDelegate(self._delegate)
        # The keys belong to the article: the arrows move through the lanes from there.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda index: self.pointed.emit(index.row()))
        self.doubleClicked.connect(lambda index: self.taken.emit(index.row()))

    def show_lanes(self, lanes: Sequence[LaneRow], focus: int, tagset: Tagset | None) -> None:
        """Show lanes, with one of them in focus."""
        self.lanes.set_lanes(lanes, tagset)
        self.mark(focus if lanes else -1)

    def reserve(self, lanes: int) -> None:
        """Make the list as high as this many lanes, so that the article above does not move from one to the next."""
        self.setFixedHeight(min(max(lanes, 2), 6) * _HEIGHT + 2)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()
