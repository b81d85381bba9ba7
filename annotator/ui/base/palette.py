"""The colours of the page and its spans, derived from a theme and the labels' own colours."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.domain.tagset.label_colours import distinct_fills
from annotator.ui.base.theme import DARK, LIGHT, Theme

_WASH = 0.8
"""The strength of the fill of a suggestion."""
READABLE = 4.5
"""The minimum contrast of text and background (WCAG 2, level AA)."""


_PASSING = {
    ("light", False): ("#c9dcf6", "#ffeaa0", "#b98a00"),
    ("dark", False): ("#2b466b", "#5c4a12", "#c9a227"),
    ("light", True): ("#b8d4ff", "#ffe14d", "#7a5600"),
    ("dark", True): ("#1b4788", "#5c4a00", "#ffd447"),
}
"""The backgrounds of selection and match and the edge of a match, by scheme and high contrast."""


@dataclass(frozen=True, slots=True)
class LabelColours:
    """The colours of one label's spans: fill if confirmed, wash if suggested, band, outline, and the two of the tag.

    The band has the label's own colour, which differs from those of other labels more than any pale fill can.
    """

    fill: QColor
    wash: QColor
    band: QColor
    stroke: QColor
    ink: QColor
    tag: QColor
    on_tag: QColor


@dataclass(frozen=True, slots=True)
class PagePalette:
    """The colours of the page, all opaque. scheme ("light" or "dark") selects among a label's own colours."""

    scheme: str
    page: QColor
    text: QColor
    headline: QColor
    quiet: QColor
    dim: QColor
    mark: QColor
    selection: QColor
    match: QColor
    match_edge: QColor
    focus: QColor
    high_contrast: bool = False

    @classmethod
    def of(cls, theme: Theme) -> PagePalette:
        """Return the page colours that go with a theme of the window."""
        page, text = QColor(theme.page), QColor(theme.text)
        dark, strong = theme.scheme == "dark", theme.high_contrast
        passing = _PASSING[theme.scheme, strong]
        return cls(
            scheme=theme.scheme,
            page=page,
            text=text,
            headline=mix(text, QColor("#ffffff" if dark else "#000000"), 0.5),
            quiet=readable(mix(text, page, 0.2), page, 7.0),
            dim=readable(mix(text, page, 0.5), page, 7.0 if strong else READABLE),
            mark=mix(text, page, 0.2 if strong else 0.45),
            selection=QColor(passing[0]),
            match=QColor(passing[1]),
            match_edge=QColor(passing[2]),
            focus=text,
            high_contrast=strong,
        )

    @property
    def line(self) -> float:
        """Return the width of span outlines in pixels."""
        return 1.5 if self.high_contrast else 1.0

    @property
    def ring(self) -> float:
        """Return the width of the frame around the item in focus in pixels."""
        return 3.0 if self.high_contrast else 2.0


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours by WCAG 2, from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return a mix of two colours: share 0 is the first, 1 the second."""
    parts = zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in parts))


def readable(colour: QColor, ground: QColor, least: float = READABLE) -> QColor:
    """Return a colour moved towards black or white just far enough to be legible as text on the background."""
    pole = QColor("#ffffff" if _luminance(ground) < 0.18 else "#000000")
    for step in range(21):
        moved = mix(colour, pole, step / 20)
        if contrast(moved, ground) >= least:
            return moved
    return pole


def label_fills(colours: tuple[str, ...], palette: PagePalette) -> tuple[str, ...]:
    """Return the fill of each label of a tagset on a page; colours and fills are "#rrggbb"."""
    least = 7.0 if palette.high_contrast else READABLE
    # Even the muted text of dates and captions is legible on a fill.
    return distinct_fills(colours, palette.page.name(), palette.quiet.name(), least)


def label_colours(colour: str, palette: PagePalette, fill: str = "") -> LabelColours:
    """Return the colours of a label's spans on a page; colour is "#rrggbb".

    fill is the label's among the fills of its tagset. Without it the fill is a tint of the colour.
    """
    base, ground, strong = QColor(colour), palette.page, palette.high_contrast
    ink = readable(base, ground, 7.2 if strong else READABLE + 0.4)
    # The strongest tint on which even the muted text of dates and captions is legible.
    least = 7.0 if strong else READABLE
    tints = (mix(ground, base, share / 100) for share in (range(10, 2, -1) if strong else range(34, 8, -1)))
    own = QColor(fill) if fill else next((each for each in tints if contrast(palette.quiet, each) >= least), ground)
    return LabelColours(
        fill=own,
        wash=mix(ground, own, _WASH),
        band=base,
        stroke=ink if strong else readable(base, ground, 3.6),
        ink=ink,
        tag=ink,
        on_tag=ground,
    )


def _luminance(colour: QColor) -> float:
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LIGHT_PAGE = PagePalette.of(LIGHT)
DARK_PAGE = PagePalette.of(DARK)
