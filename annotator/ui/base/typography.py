"""The typography of the page: fonts and leading of each part of an article, in device-independent pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import partial
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

TEXT_FAMILY = "Noto Naskh Arabic"
TEXT_PIXELS = 20.0
"""The text size of the body at zoom 1."""
MEASURE = 77
"""The number of average characters that fit on a line of the body. A newspaper column has 65 to 75."""
_CLEAR = 0.3
"""The least distance of tags and letters in pixels."""
_ROUNDING = 2.0
_SAMPLE = "وقالت مصادر أمنية إن القوات انتشرت في محيط المدينة صباح اليوم، وأقامت حواجز على الطرق المؤدية إليها"


class Role(Enum):
    """The role of a paragraph on a news page, as far as it looks different."""

    TITLE = "title"
    DATE = "date"
    CAPTION = "caption"
    DEBRIS = "debris"
    BODY = "body"


class Density(StrEnum):
    """How far lines are apart. Only spacious lines have a row of their own for tags."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
    SPACIOUS = "spacious"


class TagMode(StrEnum):
    """How the label of a span is written: in full below the box, as the key of the label, or not at all."""

    BELOW = "below"
    MARK = "mark"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class _Spacing:
    """The lengths of a density. title and tag are in heights of body text, pitch in those of the line's own text."""

    pitch: float
    title: float
    tag: float
    margin: float
    after: float


_SPACINGS = {
    Density.COMFORTABLE: _Spacing(1.5, 1.4, 0.45, 0.6, 0.5),
    Density.COMPACT: _Spacing(1.3, 1.3, 0.45, 0.4, 0.35),
    Density.SPACIOUS: _Spacing(0.0, 1.55, 0.53, 1.2, 1.0),
}
_SIZES = {Role.TITLE: 0.0, Role.DATE: 0.86, Role.CAPTION: 0.9, Role.DEBRIS: 0.86, Role.BODY: 1.0}
_AFTER = {Role.TITLE: 0.3, Role.DATE: 0.5, Role.CAPTION: 0.5, Role.DEBRIS: 0.3, Role.BODY: 0.55}

_HIGHEST, _TALL, _DEEP, _LOWEST = "أ", "ا ط ك", "م ج ع و", "ي"
"""Letters that reach highest and lowest without vowel marks, and the ones whose height and depth are usual."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How lines of one role are set.

    A line owns a slot of height pitch. From its top: the boxes between box_top and box_bottom with the baseline in
    them, then the tags from tag_top to tag_bottom. All of it depends on the text alone and never on spans, so nothing
    moves when a span comes or goes. In dense styles the tags lie in the leading: tag_bottom is below pitch, and a tag
    goes where the next line has no ink. Vowel marks on tall letters reach rise above the slot, at most. character is
    the mean advance of a letter, after the space below a paragraph.
    """

    role: Role
    font: QFont
    font_key: str
    pitch: float
    baseline: float
    box_top: float
    box_bottom: float
    tag_top: float
    tag_bottom: float
    rise: float
    character: float
    after: float

    @property
    def is_dense(self) -> bool:
        """Return True if tags have no row of their own, so that letters may be in their way."""
        return self.tag_top < self.box_bottom

    @property
    def overhang(self) -> float:
        """Return how far tags reach into the next line's slot, at most: they are moved to whole pixels."""
        return max(0.0, self.tag_bottom + _ROUNDING - self.pitch)


class PageStyle:
    """All styles of the page at one font, zoom and density; inset and tag_height are the same in every role."""

    def __init__(
        self,
        family: str = TEXT_FAMILY,
        pixels: float = TEXT_PIXELS,
        density: Density = Density.COMFORTABLE,
        tags: TagMode = TagMode.BELOW,
    ) -> None:
        """Measure a font; pixels is the text size of the body."""
        self.family = family
        self.pixels = pixels
        self.density = density
        self.tags = tags
        self.inset = pixels * 0.09
        self._spacing = _SPACINGS[density]
        self.margin = pixels * self._spacing.margin
        self.tag_pixels = max(9.0, pixels * self._spacing.tag)
        self.tag_height = self.tag_pixels * (1.36 if density is Density.SPACIOUS else 1.05)
        self._styles = {(role, tall): self._measure(role, tall=tall) for role in Role for tall in (False, True)}
        self.measure = MEASURE * self._styles[Role.BODY, False].character

    def of(self, role: Role, *, vocalised: bool = False) -> TextStyle:
        """Return the style of a role. Vocalised text gets more room, because its marks are above and below letters."""
        return self._styles[role, vocalised]

    def _measure(self, role: Role, *, tall: bool) -> TextStyle:
        font = QFont(self.family)
        font.setPixelSize(max(6, round(self.pixels * (_SIZES[role] or self._spacing.title))))
        font.setBold(role is Role.TITLE)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(font)
        is_compact = self.density is Density.COMPACT
        if tall or self.density is Density.SPACIOUS:
            # Ascent and descent of an Arabic font include letters with all diacritics: tags start below the lowest.
            gap = self.pixels * (0.1 if self.density is Density.SPACIOUS else 0.02)
            baseline, box_top = gap + metrics.ascent(), gap
            box_bottom = baseline + metrics.descent()
            # Between compact lines tags lie in the leading, where there are no letters and vowel marks.
            tag_top = baseline + _reach(font, _DEEP).bottom() + _CLEAR if is_compact else box_bottom
            tag_top += 3 if self.density is Density.SPACIOUS else 0
            pitch = float(ceil(box_bottom + gap if is_compact else tag_top + self.tag_height + gap))
        else:
            highest, high, deep, lowest = map(partial(_reach, font), (_HIGHEST, _TALL, _DEEP, _LOWEST))
            # Whole pixels keep the letters crisp.
            baseline = float(round(-highest.top()))
            box_top, box_bottom = baseline + (highest.top() + high.top()) / 2, baseline + lowest.bottom()
            # The tag hides the lower edge of its box, and ends above the tall letters of the next line.
            tag_top = baseline + deep.bottom() + _CLEAR
            # Between compact lines a tag ends above the other letters: many names do not fit there, but marks do.
            above = deep.top() if is_compact else high.top()
            needed = float(ceil(tag_top + self.tag_height + _CLEAR - (baseline + above)))
            needed = needed if is_compact or self.tags is TagMode.BELOW else 0.0
            pitch = max(float(round(font.pixelSize() * self._spacing.pitch)), needed)
        tag_bottom = tag_top + self.tag_height
        return TextStyle(
            role=role,
            font=font,
            font_key=font.key(),
            pitch=pitch,
            baseline=baseline,
            box_top=box_top,
            box_bottom=box_bottom,
            tag_top=tag_top,
            tag_bottom=tag_bottom,
            rise=max(0.0, metrics.ascent() - baseline),
            character=metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE),
            after=max(self.pixels * _AFTER[role] * self._spacing.after, tag_bottom + _ROUNDING - pitch),
        )


def _reach(font: QFont, letters: str) -> QRectF:
    """Return the ink of some letters around a baseline at 0. QFontMetricsF rounds it up to whole pixels."""
    path = QPainterPath()
    path.addText(0, 0, font, letters)
    return path.boundingRect()
