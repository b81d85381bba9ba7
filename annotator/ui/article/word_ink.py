"""The ink of words where tags may meet it: below the line that a tag belongs to, and above the next one.

Reading the glyphs of a line takes longer than drawing them. So each word is measured once for each text style.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QGlyphRun, QRawFont

from annotator.ui.base.typography import TextStyle

Ink = tuple[float, float, float, float]
"""The left, top, right and bottom of one glyph, in pixels from the right edge of a word and from its baseline."""

_LETTER, _LOW, _SHALLOW = 0.33, 0.6, 0.2
"""The height from which a glyph is a letter, and how far common ones reach up and down, in text heights."""
_BESIDE = 1.0
"""The gap in pixels that a tag keeps from letters at its sides. It is counted as ink."""
_ROUNDING = 1.1
"""How far a row of tags is moved at most, in pixels: to the next whole pixel of the screen."""
_KEPT_STYLES, _KEPT_WORDS = 24, 20_000


@dataclass(frozen=True, slots=True)
class PartInk:
    """The ink of a word that may reach into the row of tags below its own line, and into the one above it."""

    below: Sequence[Ink]
    above: Sequence[Ink]


NO_INK = PartInk((), ())
"""What most words have."""


class WordInk:
    """The ink of the words of one text style. kept has that of words that look the same everywhere, by their texts."""

    def __init__(self, pixels: float, lowest: float, highest: float) -> None:
        """Keep the ink above the one height and below the other one, both counted down from the baseline."""
        self._pixels = pixels
        self._lowest = lowest
        self._highest = highest
        self._glyphs: dict[tuple[float, ...], dict[int, Ink | None]] = {}
        self.kept: dict[str, PartInk] = {}

    def keep(self, word: str, ink: PartInk) -> None:
        """Keep the ink of a word."""
        if len(self.kept) >= _KEPT_WORDS:
            self.kept.clear()
        self.kept[word] = ink

    def measure(self, runs: Iterable[QGlyphRun], right: float, baseline: float) -> PartInk:
        """Return the ink of glyph runs."""
        found = list(self._find(runs, right, baseline))
        below = [ink for ink in found if ink[3] > self._lowest]
        above = [ink for ink in found if ink[1] < self._highest]
        return PartInk(below, above) if below or above else NO_INK

    def _find(self, runs: Iterable[QGlyphRun], right: float, baseline: float) -> Iterable[Ink]:
        for run in runs:
            font = run.rawFont()
            # QRawFont.familyName() crashes on the boxes that Qt shows for characters that no font has.
            name = (font.pixelSize(), font.weight(), font.ascent(), font.xHeight(), font.averageCharWidth())
            glyphs = self._glyphs.setdefault(name, {})
            for index, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                if index not in glyphs:
                    glyphs[index] = self._measure_glyph(font, index)
                box = glyphs[index]
                if box is not None:
                    x, y = place.x() - right, place.y() - baseline
                    yield x + box[0], y + box[1], x + box[2], y + box[3]

    def _measure_glyph(self, font: QRawFont, index: int) -> Ink | None:
        """Return the ink around a glyph's own origin; None if it has none, or is a letter that no tag can meet."""
        # QRawFont.boundingRect() rounds up to whole pixels, but an emoji has no path.
        rect = font.pathForGlyph(index).boundingRect()
        rect = font.boundingRect(index) if rect.isEmpty() else rect
        high, low = max(-_LOW * self._pixels, self._highest), min(_SHALLOW * self._pixels, self._lowest)
        is_common = rect.height() > _LETTER * self._pixels and rect.top() > high and rect.bottom() < low
        if rect.isEmpty() or is_common:
            return None
        return rect.left() - _BESIDE, rect.top(), rect.right() + _BESIDE, rect.bottom()


def word_ink(style: TextStyle) -> WordInk:
    """Return the ink of the words of a style, the same object for equal styles."""
    lowest = style.tag_top - style.baseline - _ROUNDING
    highest = style.tag_bottom - style.pitch - style.baseline + _ROUNDING
    return _word_ink(style.font_key, style.font.pixelSize(), lowest, highest)


@lru_cache(maxsize=_KEPT_STYLES)
def _word_ink(_font: str, pixels: float, lowest: float, highest: float) -> WordInk:
    return WordInk(pixels, lowest, highest)
