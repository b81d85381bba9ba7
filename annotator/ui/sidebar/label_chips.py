"""The labels of the project as chips: swatch, name, how many, and the key that gives it."""

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
_EDGE, _SWATCH, _GAP, _LITTLE = 4, 12, 5, 4
"""The room at the ends of a chip, of the colour, behind it, and behind the name, in device-independent pixels."""
_NAME_PIXELS = (13, 12, 11)
"""How high the name is written: smaller before it is cut."""


class LabelChip(QAbstractButton):
    """One label that can be given by a click."""

    def __init__(self, label: Label, parent: QWidget) -> None:
        """Make the chip of a label."""
        super().__init__(parent)
        self.label = label
        self.count = 0
        self.current = False
        self.theme: Theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.walk: Callable[[LabelChip, int], None] = lambda _chip, _step: None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give the label on Enter as on Space; the arrows go to the next chip and the one before."""
        back = Qt.Key.Key_Right if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Left
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walk(self, -1 if event.key() in (Qt.Key.Key_Up, back) else 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for the height of a row of the grid."""
        return QSize(100, _HEIGHT)

    def wanted(self) -> int:
        """Return how wide the chip is at least where nothing is cut, with room for a count of two digits."""
        name = QFontMetricsF(sized(self.font(), _NAME_PIXELS[-1])).horizontalAdvance(self._name())
        return round(_SWATCH + _GAP + name + _LITTLE + self._count_width("00") + self._key_width() + 2 * _EDGE)

    def name_font(self) -> QFont:
        """Return the font in which the name has room beside the count and the key, the smallest where none has."""
        room = (
            self.width() - _SWATCH - _GAP - _LITTLE - self._count_width(self._count()) - self._key_width() - 2 * _EDGE
        )
        fonts = [sized(self.font(), pixels) for pixels in _NAME_PIXELS]
        return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(self._name()) <= room), fonts[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the chip, mirrored with the direction of the language."""
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
            """Return a box at a distance from the side where reading begins."""
            left = inner.right() - from_side - width if rtl else inner.left() + from_side
            return QRectF(left, inner.center().y() - height / 2, width, height)

        edge = theme.text if theme.high_contrast else ""
        swatch(painter, place(0, _SWATCH, _SWATCH), self.label.colour[theme.scheme], solid=True, edge=edge)
        small, count, key = sized(self.font(), 11), self._count(), self._key()
        key_width, count_width = self._key_width(), self._count_width(count)
        begin = _SWATCH + _GAP
        name_width = inner.width() - begin - _LITTLE - count_width - key_width
        text_line(painter, place(begin, name_width, _HEIGHT), self._name(), self.name_font(), theme.text, rtl=rtl)
        if count:
            box = place(inner.width() - key_width - count_width, count_width, _HEIGHT)
            text_line(painter, box, count, small, theme.muted, rtl=rtl)
        if key:
            keycap(painter, place(inner.width() - key_width, key_width, 20), key, small, theme.line, theme.muted)
        painter.end()

    def _name(self) -> str:
        """Return the name in the language in use."""
        return self.label.name(current_language())

    def _count(self) -> str:
        """Return how many annotations have the label, in the digits in use; nothing for none."""
        return digits(self.count) if self.count else ""

    def _key(self) -> str:
        """Return what stands on the key."""
        return digits(self.label.key).replace("Alt+", "Alt ")

    def _key_width(self) -> float:
        """Return how wide the key is drawn."""
        key = self._key()
        return max(20.0, QFontMetricsF(sized(self.font(), 11)).horizontalAdvance(key) + 5) if key else 0.0

    def _count_width(self, count: str) -> float:
        """Return how wide a count is, with the gap behind it."""
        return QFontMetricsF(sized(self.font(), 11)).horizontalAdvance(digits(count)) + 3 if count else 0.0


class LabelChips(Retranslated, QWidget):
    """All labels in two columns; chosen tells which one was clicked, reached which should be in view now."""

    chosen = Signal(str)
    reached = Signal(LabelChip)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty grid."""
        super().__init__(parent)
        self._chips: dict[str, LabelChip] = {}
        self._theme: Theme = LIGHT
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 0, 12, 0)
        self._grid.setSpacing(0)

    def set_tagset(self, tagset: Tagset | None) -> None:
        """Show the labels of a tagset, down the first column and then down the second."""
        for chip in self._chips.values():
            self._grid.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        labels = tagset.labels if tagset else ()
        rows = -(-len(labels) // _COLUMNS)
        for number, label in enumerate(labels):
            chip = LabelChip(label, self)
            chip.theme = self._theme
            chip.walk = self._walk
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus if number else Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, label_id=label.id: self.chosen.emit(label_id))
            self._grid.addWidget(chip, number % rows, number // rows)
            self._chips[label.id] = chip
        self.retranslate()

    def chip(self, label_id: str) -> LabelChip:
        """Return the chip of a label; raises KeyError where there is none."""
        return self._chips[label_id]

    def show_state(self, counts: Mapping[str, int], current: str) -> None:
        """Show how many annotations each label has here, and which label the focused span has."""
        for label_id, chip in self._chips.items():
            state = (counts.get(label_id, 0), label_id == current)
            if (chip.count, chip.current) != state:
                if state[1] and not chip.current:
                    self.reached.emit(chip)
                chip.count, chip.current = state
                chip.update()

    def _share(self) -> None:
        """Give each column as much of the room as its widest label wants."""
        chips = list(self._chips.values())
        rows = max(1, -(-len(chips) // _COLUMNS))
        for column in range(_COLUMNS):
            widths = [chip.wanted() for chip in chips[column * rows : (column + 1) * rows]]
            self._grid.setColumnStretch(column, max(widths, default=0))

    def _walk(self, chip: LabelChip, step: int) -> None:
        """Give the keyboard to a neighbour of a chip; all chips together are one stop on the way of Tab."""
        chips = list(self._chips.values())
        following = chips[(chips.index(chip) + step) % len(chips)]
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        following.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        following.setFocus()
        self.reached.emit(following)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self._theme = theme
        for chip in self._chips.values():
            chip.theme = theme
            chip.update()

    def retranslate(self) -> None:
        """Write names for tooltips and screen readers in the language in use."""
        for chip in self._chips.values():
            label, language = chip.label, current_language()
            chip.setAccessibleName(label.name(language))
            set_tooltip(chip, label.guideline.get(language, label.name(language)))
            chip.update()
        self._share()


_LEAST = 256
"""The minimum height of the labels in device-independent pixels, if there are so many: eight rows."""


class LabelScrollArea(QScrollArea):
    """Shows all labels where there is room, else scrolls, and brings into view the one that matters now."""

    def __init__(self, chips: LabelChips, parent: QWidget) -> None:
        """Make room for labels in a pane."""
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

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for all that may be had."""
        return QSize(self._chips.sizeHint().width(), self.maximumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Share the room anew when the pane gets another height, or when there are other labels."""
        if (watched is self._pane and event.type() is QEvent.Type.Resize) or (
            watched is self._chips and event.type() is QEvent.Type.LayoutRequest
        ):
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Take what the labels want, at most two fifths of the pane, or eight rows."""
        wanted = self._chips.sizeHint().height()
        self.setMinimumHeight(min(wanted, _LEAST))
        self.setMaximumHeight(min(wanted, max(_LEAST, self._pane.height() * 2 // 5)))

    def _bring_into_view(self, chip: LabelChip) -> None:
        """Scroll no farther than a label needs."""
        self.ensureWidgetVisible(chip, 0, 0)
