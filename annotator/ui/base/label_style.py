"""How each label looks on the page: its colours and the text of its tag."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText, QTextOption

from annotator.domain.tagset.tagset import Label, Tagset
from annotator.ui.base.i18n import digits
from annotator.ui.base.palette import LabelColours, PagePalette, label_colours, label_fills, mix
from annotator.ui.base.theme import UI_FAMILY
from annotator.ui.base.typography import PageStyle

UNKNOWN = "#707070"
"""The colour of a label that is not in the tagset."""
_WIDEST_TAG = 7.0
"""The maximum width of a tag, in heights of its text."""


_HATCHING, _HATCH = Qt.BrushStyle.BDiagPattern, 0.45
"""The pattern in the boxes of skipped suggestions, and how far its colour is mixed with that of the page."""
_DASHES = [3.2, 2.2]
_DOTS = [1.0, 2.4]


@dataclass(frozen=True, slots=True)
class SpanStyle:
    """How the spans of a label look in one state. hatching is drawn over the ground of a skipped suggestion.

    underline is drawn below a weak suggestion, instead of all else.
    """

    ground: QColor
    hatching: QBrush | None
    band: QColor
    outline: QPen
    underline: QPen
    tag_ground: QColor
    tag_outline: QPen
    tag_ink: QColor


class TagText(NamedTuple):
    """The text of a tag, ready to draw, with its size in pixels."""

    static: QStaticText
    width: float
    height: float


def colours_in(labels: Collection[Label], label_id: str, palette: PagePalette) -> LabelColours:
    """Return the colours of a label among the labels of its tagset; grey for one that is not among them."""
    bases = {label.id: label.colour.get(palette.scheme, UNKNOWN) for label in labels}
    fills = dict(zip(bases, label_fills(tuple(bases.values()), palette), strict=True))
    return label_colours(bases.get(label_id, UNKNOWN), palette, fills.get(label_id, ""))


class LabelStyle:
    """Colours and prepared tag texts of a tagset, in one language, palette and page style."""

    def __init__(self, tagset: Tagset, language: str, palette: PagePalette, style: PageStyle) -> None:
        """Keep what the style depends on; colours and tags are prepared on first use."""
        self._labels = {label.id: label for label in tagset.labels}
        self._language = language
        self._palette = palette
        self.font = QFont(UI_FAMILY)
        self.font.setPixelSize(round(style.tag_pixels))
        self.font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self.font)
        # Arabic letters hang low in the font box: centred text would look too low.
        self._lift = self.font.pixelSize() * 0.07
        self._colours: dict[str, LabelColours] = {}
        self._spans: dict[tuple[str, bool, bool], SpanStyle] = {}
        self._texts: dict[tuple[str, bool], TagText] = {}
        self._marks: dict[str, TagText] = {}

    def colours(self, label_id: str) -> LabelColours:
        """Return the colours of a label; grey for one that is not in the tagset."""
        if label_id not in self._colours:
            self._colours[label_id] = colours_in(self._labels.values(), label_id, self._palette)
        return self._colours[label_id]

    def span(self, label_id: str, *, is_suggestion: bool, skipped: bool) -> SpanStyle:
        """Return the colours and pens of a span: solid if confirmed, dashed if suggested, dotted if skipped."""
        key = (label_id, is_suggestion, skipped)
        if key not in self._spans:
            self._spans[key] = self._make_span(label_id, is_suggestion=is_suggestion, skipped=skipped)
        return self._spans[key]

    def _make_span(self, label_id: str, *, is_suggestion: bool, skipped: bool) -> SpanStyle:
        colours, page = self.colours(label_id), self._palette.page
        outline = QPen(colours.stroke, self._palette.line * (1 if is_suggestion else 1.5))
        underline = QPen(colours.stroke, self._palette.line * 1.5)
        underline.setDashPattern(_DOTS)
        underline.setCapStyle(Qt.PenCapStyle.FlatCap)
        tag = QPen(colours.stroke if is_suggestion else colours.tag, 1.0)
        if is_suggestion:
            outline.setDashPattern(_DOTS if skipped else _DASHES)
            outline.setCapStyle(Qt.PenCapStyle.FlatCap)
            tag.setDashPattern(_DASHES)
        return SpanStyle(
            ground=colours.wash if is_suggestion else colours.fill,
            hatching=QBrush(mix(colours.stroke, page, _HATCH), _HATCHING) if skipped else None,
            band=colours.band,
            outline=outline,
            underline=underline,
            tag_ground=page if is_suggestion else colours.tag,
            tag_outline=tag,
            tag_ink=colours.ink if is_suggestion else colours.on_tag,
        )

    def tag(self, label_id: str, *, asks: bool) -> TagText:
        """Return the text of a tag, ready to draw; asks puts a question mark before it."""
        key = (label_id, asks)
        if key not in self._texts:
            self._texts[key] = self._prepare(self._words(label_id), asks)
        return self._texts[key]

    def mark(self, label_id: str) -> TagText:
        """Return the shortest text for a label, ready to draw: its key, or the first letter of its name."""
        if label_id not in self._marks:
            label = self._labels.get(label_id)
            key = digits(label.key.replace("Alt+", "A")) if label else ""
            self._marks[label_id] = self._make_text(key or self._words(label_id)[:1])
        return self._marks[label_id]

    def draw_tag(self, painter: QPainter, text: TagText, left: float, top: float, height: float) -> None:
        """Draw a tag's text with the painter's pen and this style's font, vertically centred in a row."""
        painter.drawStaticText(QPointF(left, top + (height - text.height) / 2 - self._lift), text.static)

    def _words(self, label_id: str) -> str:
        label: Label | None = self._labels.get(label_id)
        return label.name(self._language) if label else label_id

    def _prepare(self, words: str, asks: bool) -> TagText:
        mode = Qt.TextElideMode.ElideRight
        words = self._metrics.elidedText(words, mode, _WIDEST_TAG * self._metrics.height())
        rightward = self._language != "ar"
        question = ("? " if rightward else "؟ ") if asks else ""
        return self._make_text(question + words)

    def _make_text(self, words: str) -> TagText:
        rightward = self._language != "ar"
        text = QStaticText(words)
        text.setTextFormat(Qt.TextFormat.PlainText)
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.LeftToRight if rightward else Qt.LayoutDirection.RightToLeft,
        )
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        text.setTextOption(option)
        text.prepare(font=self.font)
        return TagText(text, text.size().width(), text.size().height())
