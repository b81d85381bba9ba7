"""The typography of the page: fonts and leading of each part of an article, in device-independent pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QFont, QFontMetricsF

TEXT_FAMILY = "Noto Naskh Arabic"
TEXT_PIXELS = 21.0
"""The text size of the body at zoom 1."""
MEASURE = 70
"""The average number of characters on a line of the body."""
_SAMPLE = "وقالت مصادر أمنية إن القوات انتشرت في محيط المدينة صباح اليوم، وأقامت حواجز على الطرق المؤدية إليها"


class Role(Enum):
    """The role of a paragraph on a news page, as far as it looks different."""

    TITLE = "title"
    DATE = "date"
    CAPTION = "caption"
    DEBRIS = "debris"
    BODY = "body"


_SIZES = {Role.TITLE: 1.55, Role.DATE: 0.86, Role.CAPTION: 0.9, Role.DEBRIS: 0.86, Role.BODY: 1.0}
_AFTER = {Role.TITLE: 0.3, Role.DATE: 0.5, Role.CAPTION: 0.5, Role.DEBRIS: 0.3, Role.BODY: 0.55}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How lines of one role are set.

    A line owns a slot of height pitch. From its top: the boxes between box_top and box_bottom with the baseline in
    them, then the row of tags from tag_top. The room is there even if the line has no spans, so nothing moves when one
    is added. character is the mean advance of a letter, after the space below a paragraph.
    """

    role: Role
    font: QFont
    pitch: float
    baseline: float
    box_top: float
    box_bottom: float
    tag_top: float
    character: float
    after: float


class PageStyle:
    """All styles of the page at one font and zoom; inset and tag_height are the same in every role."""

    def __init__(self, family: str = TEXT_FAMILY, pixels: float = TEXT_PIXELS) -> None:
        """Measure a font; pixels is the text size of the body."""
        self.family = family
        self.pixels = pixels
        self.inset = pixels * 0.09
        self.tag_pixels = max(9.0, pixels * 0.53)
        self.tag_height = self.tag_pixels * 1.36
        self._styles = {role: self._measure(role) for role in Role}
        self.measure = MEASURE * self._styles[Role.BODY].character

    def of(self, role: Role) -> TextStyle:
        """Return the style of a role."""
        return self._styles[role]

    def _measure(self, role: Role) -> TextStyle:
        font = QFont(self.family)
        font.setPixelSize(max(6, round(self.pixels * _SIZES[role])))
        font.setBold(role is Role.TITLE)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(font)
        gap = self.pixels * 0.1
        # Ascent and descent of an Arabic font include letters with all diacritics: tags start below the lowest.
        baseline = gap + metrics.ascent()
        bottom = baseline + metrics.descent()
        tag_top = bottom + 3
        return TextStyle(
            role=role,
            font=font,
            pitch=round(tag_top + self.tag_height + gap),
            baseline=baseline,
            box_top=gap,
            box_bottom=bottom,
            tag_top=tag_top,
            character=metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE),
            after=self.pixels * _AFTER[role],
        )
