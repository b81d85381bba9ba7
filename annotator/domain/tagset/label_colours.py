"""Colours to offer for a new label: legible on the page, and different from those of other labels for every vision.

A label has one colour for each theme, of about the same hue. Candidates have the contrast with the page that WCAG 2
requires of graphics (3:1), and the article remains readable on a box tinted with them. The best candidate is the one
whose smallest difference (CIEDE2000) to any other label, under normal and three deficient visions, is largest.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from annotator.domain.tagset.colour_science import VISIONS, Lab, Vector, blend, contrast, difference, lab, srgb

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


_LIGHTNESS = {True: (18, 22, 26, 30, 34, 38), False: (95, 91, 87, 83, 79, 75)}
"""Lightness of the fills on a dark and on a light page; the ones on which text is not legible are left out."""
_CHROMA = (0.3, 0.65, 1.0)
_HUE_SHIFTS = (-0.3, 0.0, 0.3)
_MOST_CHROMA = 55.0
_MANY_LABELS = 24
"""So many labels are compared once, fewer ones twice: the time grows with the square of their number."""


@cache
def distinct_fills(colours: tuple[str, ...], page: str, ink: str, least: float) -> tuple[str, ...]:
    """Return a fill for the spans of each label, "#rrggbb": of its hue, legible, and different from all others.

    On each fill, text in the colour ink has at least the contrast least. The fills maximise the smallest distance to
    one another and to the page, under normal and three deficient visions. Distances are Euclidean in a space with
    compressed chroma, which CIEDE2000 resembles for pale colours and which is fifty times as fast.
    """
    dark = lab(page).lightness < 50
    choices = [_fill_choices(colour, page, ink, least, dark) for colour in colours]
    ground = _fill(page)
    chosen: dict[int, _Fill] = {}
    for _ in range(1 if len(colours) > _MANY_LABELS else 2):
        for number, options in enumerate(choices):
            others = [ground, *(fill for other, fill in chosen.items() if other != number)]
            chosen[number] = _find_farthest(options, others)
    return tuple(chosen[number][0] for number in range(len(colours)))


_Fill = tuple[str, tuple[Vector, ...]]
"""A colour, and what each vision sees in the space of distances."""


def _fill_choices(colour: str, page: str, ink: str, least: float, dark: bool) -> list[_Fill]:
    base = lab(colour)
    hue, chroma = math.atan2(base.b, base.a), min(math.hypot(base.a, base.b), _MOST_CHROMA)
    found = {
        srgb(Lab(lightness, share * chroma * math.cos(hue + shift), share * chroma * math.sin(hue + shift)))
        for lightness in _LIGHTNESS[dark]
        for share in _CHROMA
        for shift in _HUE_SHIFTS
    }
    legible = [fill for fill in sorted(found) if contrast(ink, fill) >= least]
    return [_fill(fill) for fill in legible or [page]]


@cache
def _fill(colour: str) -> _Fill:
    return colour, tuple(map(_compressed, _lab_of_each_vision(colour)))


def _compressed(colour: Lab) -> Vector:
    chroma = math.hypot(colour.a, colour.b)
    share = math.log1p(0.045 * chroma) / (0.045 * chroma) if chroma else 0.0
    offset = (colour.lightness - 50) ** 2
    weight = 1 + 0.015 * offset / math.sqrt(20 + offset)
    return colour.lightness / weight, colour.a * share, colour.b * share


def _find_farthest(options: Sequence[_Fill], others: Sequence[_Fill]) -> _Fill:
    """Return the first of the options that are farthest from the nearest of the others."""
    farthest, most = options[0], -1.0
    seen = [vectors for _, vectors in others]
    for option in options:
        nearest = math.inf
        for place, vectors in enumerate(seen):
            distance = min(map(math.dist, option[1], vectors))
            if distance < nearest:
                nearest = distance
                if nearest <= most:
                    # What is near to this option is likely near to the next one, which resembles it.
                    seen.insert(0, seen.pop(place))
                    break
        else:
            farthest, most = option, nearest
    return farthest
