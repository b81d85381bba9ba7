"""The labels of the project as chips: colour, name, count in brackets, and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QScrollArea, QWidget

from annotator.domain.tagset.tagset import Label, Tagset
from annotator.ui.base.i18n import current_language, digits
from annotator.ui.base.painting import keycap, sized, swatch, text_line
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme

_HEIGHT = 32
_COLUMNS = 2
_ONE_COLUMN = 1.2
"""The text size from which labels are in one column, so that their names are not cut."""
_EDGE, _SWATCH, _GAP, _LITTLE = 4, 12, 5, 4
"""The padding of a chip, the size of its colour, and the gaps after colour and name, in device-independent pixels."""
_NAME_PIXELS = (13, 12, 11)
"""The text sizes of a name: a smaller one is tried before the name is elided."""


class LabelChip(QAbstractButton):
    """One label, to be applied with a click."""

    def __init__(self, label: Label, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = label
        self.count = 0
        self.current = False
        self.theme: Theme = LIGHT
        self.zoom = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.walk: Callable[[LabelChip, int], None] = lambda _chip, _step: None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Apply the label on Enter as on Space. Arrow keys move to the next and the previous chip."""
        back = Qt.Key.Key_Right if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Left
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walk(self, -1 if event.key() in (Qt.Key.Key_Up, back) else 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of one row of the grid."""
        return QSize(100, self._height())

    def wanted(self) -> int:
        """Return the minimum width without elision, with room for a count of two digits."""
        name = QFontMetricsF(self._sized(_NAME_PIXELS[-1])).horizontalAdvance(self._name())
        return round(_SWATCH + _GAP + name + _LITTLE + self._count_width("(00)") + self._key_width() + 2 * _EDGE)

    def room(self) -> float:
        """Return the width that count and key leave to the name, in device-independent pixels."""
        taken = self._count_width(self._count()) + self._key_width()
        return self.width() - _SWATCH - _GAP - _LITTLE - taken - 2 * _EDGE

    def name_font(self) -> QFont:
        """Return the largest font in which the name fits next to count and key, or the smallest."""
        room = self.room()
        fonts = [self._sized(pixels) for pixels in _NAME_PIXELS]
        return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(self._name()) <= room), fonts[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip, mirrored in Arabic."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rtl = self.theme, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box = QRectF(self.rect())
        if self.current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selected if self.current else theme.hover))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(_EDGE, 0, -_EDGE, 0)

        def place(from_side: float, width: float, height: float) -> QRectF:
            left = inner.right() - from_side - width if rtl else inner.left() + from_side
            return QRectF(left, inner.center().y() - height / 2, width, height)

        edge = theme.text if theme.high_contrast else ""
        swatch(painter, place(0, _SWATCH, _SWATCH), self.label.colour[theme.scheme], solid=True, edge=edge)
        small, count, key = self._sized(11), self._count(), self._key()
        begin = _SWATCH + _GAP
        name = place(begin, self.room(), self._height())
        width = text_line(painter, name, self._name(), self.name_font(), theme.text, rtl=rtl)
        if count:
            # The count follows the name: next to the key, count and key would read as one number.
            box = place(begin + width + _LITTLE, self._count_width(count), self._height())
            text_line(painter, box, count, small, theme.muted, rtl=rtl)
        if key:
            key_width = self._key_width()
            cap = place(inner.width() - key_width, key_width, 20 * self.zoom)
            keycap(painter, cap, key, small, theme.line, theme.muted)
        painter.end()

    def _name(self) -> str:
        return self.label.name(current_language())

    def _count(self) -> str:
        return f"({digits(self.count)})" if self.count else ""

    def _key(self) -> str:
        return digits(self.label.key).replace("Alt+", "Alt ")

    def _key_width(self) -> float:
        key = self._key()
        least = 20.0 * self.zoom
        return max(least, QFontMetricsF(self._sized(11)).horizontalAdvance(key) + 5) if key else 0.0

    def _count_width(self, count: str) -> float:
        return QFontMetricsF(self._sized(11)).horizontalAdvance(digits(count)) + 3 if count else 0.0

    def _height(self) -> int:
        return round(_HEIGHT * self.zoom)

    def _sized(self, pixels: int) -> QFont:
        return sized(self.font(), round(pixels * self.zoom))


class LabelChips(Retranslated, QWidget):
    """All labels in two columns. chosen carries the clicked one, reached the one that should be in view."""

    chosen = Signal(str)
    reached = Signal(LabelChip)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, LabelChip] = {}
        self._theme: Theme = LIGHT
        self._zoom = 1.0
        self._tagset: Tagset | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 0, 12, 0)
        self._grid.setSpacing(0)

    def set_tagset(self, tagset: Tagset | None) -> None:
        """Show the labels of a tagset, by columns."""
        for chip in self._chips.values():
            self._grid.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        self._tagset = tagset
        labels = tagset.labels if tagset else ()
        rows = -(-len(labels) // self._columns)
        for number, label in enumerate(labels):
            chip = LabelChip(label, self)
            chip.theme = self._theme
            chip.zoom = self._zoom
            chip.walk = self._walk
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus if number else Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, label_id=label.id: self.chosen.emit(label_id))
            self._grid.addWidget(chip, number % rows, number // rows)
            self._chips[label.id] = chip
        self.retranslate()

    def chip(self, label_id: str) -> LabelChip:
        """Return the chip of a label. Raises KeyError if there is none."""
        return self._chips[label_id]

    def show_state(self, counts: Mapping[str, int], current: str) -> None:
        """Show the number of annotations of each label, and the label of the focused span."""
        for label_id, chip in self._chips.items():
            state = (counts.get(label_id, 0), label_id == current)
            if (chip.count, chip.current) != state:
                if state[1] and not chip.current:
                    self.reached.emit(chip)
                chip.count, chip.current = state
                chip.update()

    def _share(self) -> None:
        chips = list(self._chips.values())
        rows = max(1, -(-len(chips) // self._columns))
        for column in range(_COLUMNS):
            widths = [chip.wanted() for chip in chips[column * rows : (column + 1) * rows]]
            self._grid.setColumnStretch(column, max(widths, default=0))

    def _walk(self, chip: LabelChip, step: int) -> None:
        """Move the focus to a neighbour: all chips together are one tab stop."""
        chips = list(self._chips.values())
        following = chips[(chips.index(chip) + step) % len(chips)]
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        following.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        following.setFocus()
        self.reached.emit(following)

    @property
    def _columns(self) -> int:
        return 1 if self._zoom >= _ONE_COLUMN else _COLUMNS

    def set_zoom(self, zoom: float) -> None:
        """Set the text size; 1 is the default. Counts and the current label are to be shown again."""
        if zoom != self._zoom:
            self._zoom = zoom
            self.set_tagset(self._tagset)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        for chip in self._chips.values():
            chip.theme = theme
            chip.update()

    def retranslate(self) -> None:
        """Update tooltips and accessible names to the current language."""
        for chip in self._chips.values():
            label, language = chip.label, current_language()
            chip.setAccessibleName(label.name(language))
            set_tooltip(chip, label.guideline.get(language, label.name(language)))
            chip.update()
        self._share()


_LEAST = 256
"""The minimum height of the labels in device-independent pixels, if there are so many: eight rows."""


class LabelScrollArea(QScrollArea):
    """Shows all labels if there is room, else scrolls, and brings the current label into view."""

    def __init__(self, chips: LabelChips, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane, self._chips = parent, chips
        self.setObjectName("labelRoom")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(chips)
        self.setWidgetResizable(True)
        chips.reached.connect(self._bring_into_view)
        parent.installEventFilter(self)
        chips.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """Return the maximum height, so that the layout gives all there is."""
        return QSize(self._chips.sizeHint().width(), self.maximumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the height again when the pane is resized or the labels change."""
        if (watched is self._pane and event.type() is QEvent.Type.Resize) or (
            watched is self._chips and event.type() is QEvent.Type.LayoutRequest
        ):
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        wanted = self._chips.sizeHint().height()
        self.setMinimumHeight(min(wanted, _LEAST))
        self.setMaximumHeight(min(wanted, max(_LEAST, self._pane.height() * 2 // 5)))

    def _bring_into_view(self, chip: LabelChip) -> None:
        self.ensureWidgetVisible(chip, 0, 0)
