"""Colours to offer for a new label: legible on the page, and different from those of other labels for every vision.

A label has one colour for each theme, of about the same hue. Candidates have the contrast with the page that WCAG 2
requires of graphics (3:1), and the article remains readable on a box tinted with them. The best candidate is the one
whose smallest difference (CIEDE2000) to any other label, under normal and three deficient visions, is largest.
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
"""Lightness and saturation of the candidates of every hue."""
_HUES = 36

LEAST_CONTRAST = 3.0
LEAST_DIFFERENCE = 6.0
"""Below this difference, somebody can confuse the colours of two labels; the bundled tagsets are above it."""


def min_difference(colour: ThemeColours, others: Iterable[ThemeColours]) -> float:
    """Return the smallest difference (CIEDE2000) of a label's colours to others, over both themes and all visions."""
    return min((_difference(colour[t], other[t]) for other in others for t in PAPER), default=100.0)


def most_similar(colour: ThemeColours, others: Mapping[str, ThemeColours]) -> tuple[str, float]:
    """Return the label with the most similar colours and the difference (CIEDE2000), or "" if there are no others."""
    ranked = [(min_difference(colour, [pair]), name) for name, pair in others.items()]
    least, name = min(ranked, default=(100.0, ""))
    return name, least


def page_contrast(colour: str, theme: str) -> float:
    """Return the contrast of a colour with the page in a theme, 1 to 21."""
    return contrast(colour, PAPER[theme])


def is_legible(colour: str, theme: str) -> bool:
    """Return True if a colour contrasts with the page, and the text is readable on a box tinted with it."""
    tinted = blend(colour, PAPER[theme], 0.3)
    return page_contrast(colour, theme) >= LEAST_CONTRAST and contrast(_INK[theme], tinted) >= 7


def distinct_colours(others: Sequence[ThemeColours], count: int) -> list[ThemeColours]:
    """Return up to count colours, each as different as possible from the others and from those before it."""
    held = list(others)
    pairs = _candidates()
    differences = {i: min_difference(pair, held) for i, pair in enumerate(pairs)}
    found: list[ThemeColours] = []
    for _ in range(min(count, len(pairs))):
        best = max(differences, key=lambda i: (differences[i], -i))
        found.append(pairs[best])
        del differences[best]
        differences = {i: min(old, min_difference(pairs[i], [pairs[best]])) for i, old in differences.items()}
    return found


@cache
def _candidates() -> tuple[ThemeColours, ...]:
    """Return the legible colours of every hue: each tone of the light theme with each of the dark one."""
    pairs: list[ThemeColours] = []
    for step in range(_HUES):
        hue = step / _HUES
        legible = {theme: [c for c in _tones(hue, theme) if is_legible(c, theme)] for theme in PAPER}
        pairs.extend({"light": light, "dark": dark} for light in legible["light"] for dark in legible["dark"])
    return tuple(pairs)


def _tones(hue: float, theme: str) -> list[str]:
    found = []
    for lightness, saturation in _TONES[theme]:
        parts = colorsys.hls_to_rgb(hue, lightness, saturation)
        found.append("#" + "".join(f"{round(part * 255):02x}" for part in parts))
    return found


@cache
def _lab_of_each_vision(colour: str) -> tuple[Lab, ...]:
    return tuple(lab(colour, vision) for vision in VISIONS)


@cache
def _difference(one: str, other: str) -> float:
    """Return the smallest difference (CIEDE2000) of two colours under any vision."""
    return min(difference(a, b) for a, b in zip(_lab_of_each_vision(one), _lab_of_each_vision(other), strict=True))
