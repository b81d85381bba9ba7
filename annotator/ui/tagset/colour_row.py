"""The colours of a label, one for each theme: shown, chosen, and checked for contrast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.tagset.label_colours import (
    LEAST_CONTRAST,
    LEAST_DIFFERENCE,
    ThemeColours,
    distinct_colours,
    is_legible,
    most_similar,
    page_contrast,
)
from annotator.domain.tagset.tagset import Label
from annotator.ui.base.i18n import digits, isolate, with_direction_mark
from annotator.ui.base.label_style import colours_in
from annotator.ui.base.painting import sized, swatch
from annotator.ui.base.palette import DARK_PAGE, LIGHT_PAGE, label_colours
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.theme import LIGHT, Theme

_OFFERED = 6
_PAGES = {"light": LIGHT_PAGE, "dark": DARK_PAGE}


class ColourButton(QAbstractButton):
    """Shows a colour as the article does: a word in a box on the page of a theme."""

    def __init__(self, scheme: str, parent: QWidget) -> None:
        """Make the button for the colour of a theme; scheme is "light" or "dark"."""
        super().__init__(parent)
        self.scheme, self.colours, self.theme = scheme, label_colours("#808080", _PAGES[scheme]), LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for a word."""
        return QSize(116, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page, and a word on it in the colours of the label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        page = _PAGES[self.scheme]
        colours = self.colours
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QColor(self.theme.accent if self.hasFocus() else self.theme.line))
        painter.setBrush(page.page)
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(10, 7, -10, -7)
        painter.setPen(colours.stroke)
        painter.setBrush(colours.fill)
        painter.drawRoundedRect(inner, 4, 4)
        painter.setPen(page.text)
        painter.setFont(sized(self.font(), 14))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), "كركوك")
        painter.end()


class ColourPairButton(QAbstractButton):
    """Offers a pair of colours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pair: ThemeColours = {"light": "#808080", "dark": "#808080"}
        self.theme: Theme = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for a swatch."""
        return QSize(28, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour of the current theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 5, -4, -5)
        swatch(painter, box, self.pair[self.theme.scheme], solid=True)
        if self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self.theme.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class ColourRow(QWidget):
    """The two colours of a label; chosen carries another pair."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the row; show_label() fills it."""
        super().__init__(parent)
        self._pair: ThemeColours = {}
        self._others: Mapping[str, ThemeColours] = {}
        self.buttons = {scheme: ColourButton(scheme, self) for scheme in _PAGES}
        self.offers = [ColourPairButton(self) for _ in range(_OFFERED)]
        self._captions = {scheme: PlainLabel(self) for scheme in _PAGES}
        self._offered, self._judgement = PlainLabel(self), PlainLabel(self)
        self._judgement.setWordWrap(True)
        for label in (*self._captions.values(), self._offered, self._judgement):
            label.setObjectName("quiet")
        for scheme, button in self.buttons.items():
            button.theme = theme
            button.clicked.connect(lambda _checked=False, scheme=scheme: self._ask(scheme))
        for offer in self.offers:
            offer.theme = theme
            offer.clicked.connect(lambda _checked=False, offer=offer: self.chosen.emit(offer.pair))
        self._lay_out()
        self.retranslate()

    def show_label(self, label: Label, labels: Sequence[Label], others: Mapping[str, ThemeColours]) -> None:
        """Show the colours of a label among all labels of its tagset; others are those of the other labels, by name."""
        self._pair, self._others = label.colour, others
        for scheme, button in self.buttons.items():
            button.colours = colours_in(labels, label.id, _PAGES[scheme])
            button.update()
        for offer, offered in zip(self.offers, distinct_colours(list(others.values()), _OFFERED), strict=False):
            offer.pair = offered
            set_tooltip(offer, f"{offered['light']} · {offered['dark']}")
            offer.update()
        self._judgement.setText(with_direction_mark(self.judgement()))

    def judgement(self) -> str:
        """Return what is wrong with the colours: low contrast, or too similar to another label."""
        parts = [self._unfit(scheme, colour) for scheme, colour in self._pair.items() if not is_legible(colour, scheme)]
        name, apart = most_similar(self._pair, self._others)
        if name and apart < LEAST_DIFFERENCE:
            parts.append(self.tr("Similar to {0}, at least with colour blindness.").format(isolate(name)))
        return " ".join(parts) or self.tr("Easy to see and distinct from the other labels, also with colour blindness.")

    def _unfit(self, scheme: str, colour: str) -> str:
        """Return why a colour does not suit a page: too little contrast, or too much to read text in its box."""
        page = self.tr("light page") if scheme == "light" else self.tr("dark page")
        ratio = page_contrast(colour, scheme)
        if ratio >= LEAST_CONTRAST:
            return self.tr("Too strong on the {0}: the article is hard to read in a box of this colour.").format(page)
        said = self.tr("Low contrast on the {0}: {1}. Use {2} or more.")
        return said.format(page, digits(f"{ratio:.1f}"), digits(f"{LEAST_CONTRAST:.0f}"))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self._captions["light"].setText(self.tr("light"))
        self._captions["dark"].setText(self.tr("dark"))
        self._offered.setText(self.tr("Distinct colours"))
        for scheme, button in self.buttons.items():
            button.setAccessibleName(
                self.tr("Colour on the light page") if scheme == "light" else self.tr("Colour on the dark page")
            )
        for number, offer in enumerate(self.offers, start=1):
            offer.setAccessibleName(digits(self.tr("Distinct colours {0}").format(number)))
        if self._pair:
            self._judgement.setText(with_direction_mark(self.judgement()))

    def _ask(self, scheme: str) -> None:
        colour = QColorDialog.getColor(
            QColor(self._pair[scheme]),
            self,
            self.buttons[scheme].accessibleName(),
            QColorDialog.ColorDialogOption.DontUseNativeDialog,
        )
        if colour.isValid():
            self.chosen.emit({**self._pair, scheme: colour.name()})

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for scheme, button in self.buttons.items():
            row.addWidget(button)
            row.addWidget(self._captions[scheme])
            row.addSpacing(6)
        row.addStretch(1)
        row.addWidget(self._offered)
        for offer in self.offers:
            row.addWidget(offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._judgement)
