"""Contrast (WCAG 2), simulated colour-vision deficiency, and the colour difference CIEDE2000.

Deficiencies are simulated in linear sRGB with the matrices for severity 1.0 of Machado, Oliveira and Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009. CIEDE2000 follows
Sharma, Wu and Dalal, Color Research and Application 30(1), 2005; the tests check their reference pairs.

These are 60 lines of arithmetic and not a library, since coloraide takes 0.3 s to import, and three to seven times as
long for each colour.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Lab(NamedTuple):
    """A colour in CIE 1976 L*a*b*, white point D65."""

    lightness: float
    a: float
    b: float


Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

VISIONS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_SRGB_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)

_XYZ_TO_SRGB: Matrix = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
_LEAST_SHARE = 0.02


def linear(colour: str) -> Vector:
    """Return the linear red, green and blue, each 0 to 1, of a colour written #rrggbb."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def times(matrix: Matrix, vector: Vector) -> Vector:
    """Return the product of a matrix and a column vector."""
    # Written out, because the fills of a tagset take thousands of products.
    (a, b, c), (d, e, f), (g, h, i) = matrix
    x, y, z = vector
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


_WHITE = times(_SRGB_TO_XYZ, (1, 1, 1))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    low, high = sorted(times(_SRGB_TO_XYZ, linear(colour))[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def blend(colour: str, ground: str, opacity: float) -> str:
    """Return a colour painted over another one with some opacity, mixed in sRGB as Qt and browsers do."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c * opacity + g * (1 - opacity)):02x}" for c, g in pairs)


def lab(colour: str, vision: str = "normal") -> Lab:
    """Return the CIE L*a*b* values of a colour as somebody with this vision sees it."""
    red, green, blue = (min(1.0, max(0.0, c)) for c in times(VISIONS[vision], linear(colour)))
    ratios = [v / w for v, w in zip(times(_SRGB_TO_XYZ, (red, green, blue)), _WHITE, strict=True)]
    x, y, z = (math.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in ratios)
    return Lab(116 * y - 16, 500 * (x - y), 200 * (y - z))


def srgb(colour: Lab) -> str:
    """Return a colour written #rrggbb. Outside sRGB its chroma is lowered until it fits; lightness and hue stay."""
    fy = (colour.lightness + 16) / 116
    share = 1.0
    while True:
        parts = (fy + share * colour.a / 500, fy, fy - share * colour.b / 200)
        ratios = (t**3 if t > 6 / 29 else (116 * t - 16) * 27 / 24389 for t in parts)
        x, y, z = (ratio * w for ratio, w in zip(ratios, _WHITE, strict=True))
        channels = times(_XYZ_TO_SRGB, (x, y, z))
        if share < _LEAST_SHARE or all(-0.0005 <= c <= 1.0005 for c in channels):
            break
        share *= 0.9
    coded = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in (max(0.0, c) for c in channels))
    return "#" + "".join(f"{round(255 * min(1.0, c)):02x}" for c in coded)


def difference(one: Lab, other: Lab) -> float:
    """Return the difference CIEDE2000 of two colours; about 1 is just noticeable in a direct comparison."""
    mean_chroma = (math.hypot(one.a, one.b) + math.hypot(other.a, other.b)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    c1, c2 = math.hypot(one.a * stretch, one.b), math.hypot(other.a * stretch, other.b)
    h1 = math.degrees(math.atan2(one.b, one.a * stretch)) % 360
    h2 = math.degrees(math.atan2(other.b, other.a * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    if turn == -180:
        turn = 180.0
    d_light, d_chroma = other.lightness - one.lightness, c2 - c1
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (one.lightness + other.lightness) / 2, (c1 + c2) / 2
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    weight = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * weight
    rotation = -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2)))) * (
        2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    )
    l_part, c_part, h_part = d_light / s_light, d_chroma / s_chroma, d_hue / s_hue
    return math.sqrt(l_part**2 + c_part**2 + h_part**2 + rotation * c_part * h_part)
