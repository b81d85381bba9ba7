"""Colours for a new label: apart from the others', for eyes that lack a kind of cone too, and clear on the page.

A label has one colour for each theme, of about one hue. What may be offered stands out from the page as WCAG 2 asks of
graphics (3:1) and leaves the article readable on a box tinted with it; of these the ones are offered whose smallest
difference (CIEDE2000) to any label's, under four visions, is largest.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from annotator.domain.tagset.colour_science import VISIONS, Lab, blend, contrast, difference, lab

ThemeColours = Mapping[str, str]
"""The colour of a label in each theme, "#rrggbb"."""

PAPER: ThemeColours = {"light": "#ffffff", "dark": "#1e1e1e"}
_INK: ThemeColours = {"light": "#000000", "dark": "#ffffff"}
_TONES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "light": ((0.30, 0.85), (0.40, 0.70), (0.48, 0.85), (0.36, 0.35)),
    "dark": ((0.62, 0.85), (0.70, 0.65), (0.55, 0.75), (0.66, 0.30)),
}
"""Lightness and saturation of the colours that are tried at every hue."""
_HUES = 36

LEAST_CONTRAST = 3.0
LEAST_DIFFERENCE = 6.0
"""Below this two labels' colours are much alike to somebody; the bundled tagsets keep above it."""


def min_difference(colour: ThemeColours, others: Iterable[ThemeColours]) -> float:
    """Return the smallest difference (CIEDE2000) of a label's colours to others', in both themes, for every vision."""
    return min((_apart(colour[t], other[t]) for other in others for t in PAPER), default=100.0)


def most_similar(colour: ThemeColours, others: Mapping[str, ThemeColours]) -> tuple[str, float]:
    """Return the name of the label whose colours are most like these, and how different they are; "" for no others."""
    ranked = [(min_difference(colour, [pair]), name) for name, pair in others.items()]
    apart, name = min(ranked, default=(100.0, ""))
    return name, apart


def page_contrast(colour: str, theme: str) -> float:
    """Return the contrast of a colour with the page of a theme, 1 to 21."""
    return contrast(colour, PAPER[theme])


def is_legible(colour: str, theme: str) -> bool:
    """Tell whether a colour stands out from the page, and the article can be read on a box tinted with it."""
    tinted = blend(colour, PAPER[theme], 0.3)
    return page_contrast(colour, theme) >= LEAST_CONTRAST and contrast(_INK[theme], tinted) >= 7


def distinct_colours(others: Sequence[ThemeColours], count: int) -> list[ThemeColours]:
    """Return up to count pairs of colours, each as far as possible from others' and from those before it."""
    held = list(others)
    pairs = _candidates()
    apart = {i: min_difference(pair, held) for i, pair in enumerate(pairs)}
    found: list[ThemeColours] = []
    for _ in range(min(count, len(pairs))):
        best = max(apart, key=lambda i: (apart[i], -i))
        found.append(pairs[best])
        del apart[best]
        apart = {i: min(old, min_difference(pairs[i], [pairs[best]])) for i, old in apart.items()}
    return found


@cache
def _candidates() -> tuple[ThemeColours, ...]:
    """Return pairs of colours to choose from, every two tones of each hue."""
    pairs: list[ThemeColours] = []
    for step in range(_HUES):
        hue = step / _HUES
        fit = {theme: [c for c in _tones(hue, theme) if is_legible(c, theme)] for theme in PAPER}
        pairs.extend({"light": light, "dark": dark} for light in fit["light"] for dark in fit["dark"])
    return tuple(pairs)


def _tones(hue: float, theme: str) -> list[str]:
    """Return the colours of a hue in a theme."""
    found = []
    for lightness, saturation in _TONES[theme]:
        parts = colorsys.hls_to_rgb(hue, lightness, saturation)
        found.append("#" + "".join(f"{round(part * 255):02x}" for part in parts))
    return found


@cache
def _seen(colour: str) -> tuple[Lab, ...]:
    """Return a colour as each vision sees it."""
    return tuple(lab(colour, vision) for vision in VISIONS)


@cache
def _apart(one: str, other: str) -> float:
    """Return the smallest difference of two colours under any vision."""
    return min(difference(a, b) for a, b in zip(_seen(one), _seen(other), strict=True))
