"""A plot of lines: where its lines and ticks are in pixels, and the same as SVG for web pages.

The window draws a plot with Qt from the same positions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from annotator.domain.tagset.label_colours import ThemeColours, distinct_colours

_MOST_TICKS = 6
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 16.0, 12.0, 28.0
"""The margins in pixels, with room for the texts of the ticks."""
_LETTER = 6.5
"""About the width of a letter of a tick in pixels."""
MAIN_COLOURS: ThemeColours = {"light": "#1f2933", "dark": "#e6e9ed"}
"""The colours of the line for all annotators together."""


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, its points from left to right, and its colour in each theme. The main line is drawn thicker."""

    name: str
    points: Sequence[tuple[float, float]]
    colours: ThemeColours
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis, with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Some lines with the ticks of both axes. The axes reach from the first tick or point to the last."""

    series: Sequence[Series]
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]

    @property
    def is_empty(self) -> bool:
        """Return True if no line has a point."""
        return not any(series.points for series in self.series)


class PlotFrame:
    """Where the values of a plot are in a rectangle of a width and height in pixels; mirrored for right to left."""

    def __init__(self, plot: LinePlot, width: float, height: float, *, mirrored: bool = False) -> None:
        self.left, self.right = (_RIGHT, width - _LEFT) if mirrored else (_LEFT, width - _RIGHT)
        self.top, self.bottom = _TOP, height - _BOTTOM
        self._mirrored = mirrored
        self._x = _range([x for series in plot.series for x, _ in series.points], plot.x_ticks)
        self._y = _range([y for series in plot.series for _, y in series.points], plot.y_ticks)

    def x(self, value: float) -> float:
        """Return where a value of the horizontal axis is."""
        share = (value - self._x[0]) / (self._x[1] - self._x[0])
        return self.left + (1 - share if self._mirrored else share) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value of the vertical axis is."""
        share = (value - self._y[0]) / (self._y[1] - self._y[0])
        return self.bottom - share * (self.bottom - self.top)


@cache
def line_colours(count: int) -> Sequence[ThemeColours]:
    """Return colours for a number of lines; after 60, they begin again."""
    found = distinct_colours([MAIN_COLOURS], min(count, 60))
    return [found[number % len(found)] for number in range(count)]


def round_ticks(lowest: float, highest: float, text: Callable[[float], str]) -> list[Tick]:
    """Return about six ticks at round numbers, the first not above lowest and the last not below highest."""
    span = max(highest - lowest, 1e-9)
    step = _round_step(span / (_MOST_TICKS - 1))
    first = math.floor(lowest / step)
    last = max(first + 1, math.ceil(highest / step))
    return [Tick(number * step, text(number * step)) for number in range(first, last + 1)]


def chosen_ticks(values: Iterable[float], text: Callable[[float], str]) -> list[Tick]:
    """Return up to six ticks at some of the values, evenly chosen, the first and the last among them."""
    known = sorted(set(values))
    if len(known) > _MOST_TICKS:
        known = [known[round(n * (len(known) - 1) / (_MOST_TICKS - 1))] for n in range(_MOST_TICKS)]
    return [Tick(value, text(value)) for value in known]


def to_svg(plot: LinePlot, title: str, width: int = 560, height: int = 240) -> str:
    """Return a plot as an SVG element for a page with the colours --line and --soft; screen readers say the title."""
    frame = PlotFrame(plot, width, height)
    parts = []
    for tick in plot.y_ticks:
        y = frame.y(tick.at)
        parts.append(f'<line x1="{frame.left}" x2="{frame.right}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>')
        parts.append(_text(frame.left - 8, y + 4, "end", tick.text))
    for tick in plot.x_ticks:
        # A text at the edge is moved inwards, so that it is not cut off.
        half = len(tick.text) * _LETTER / 2
        parts.append(_text(min(max(half, frame.x(tick.at)), width - half), height - 8, "middle", tick.text))
    for series in sorted(plot.series, key=lambda one: one.is_main):
        colour = f"light-dark({series.colours['light']}, {series.colours['dark']})"
        points = [(frame.x(x), frame.y(y)) for x, y in series.points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        wide = 3 if series.is_main else 1.6
        inside = f"<title>{escape(series.name)}</title>"
        parts.append(
            f'<g style="stroke: {colour}; fill: {colour}">{inside}'
            f'<polyline points="{line}" fill="none" stroke-width="{wide}" stroke-linejoin="round"/>'
            + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{wide:.1f}"/>' for x, y in points)
            + "</g>"
        )
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def legend(series: Iterable[Series]) -> str:
    """Return the names of lines with their colours, as HTML."""
    names = [
        f'<span style="white-space: nowrap"><span style="color: light-dark({one.colours["light"]}, '
        f'{one.colours["dark"]})">&#9632;</span> <bdi>{escape(one.name)}</bdi></span>'
        for one in series
    ]
    return f"<p>{' &nbsp; '.join(names)}</p>"


def _text(x: float, y: float, anchor: str, text: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="11" fill="var(--soft)">{escape(text)}</text>'


def _range(values: Sequence[float], ticks: Sequence[Tick]) -> tuple[float, float]:
    known = [*values, *(tick.at for tick in ticks)] or [0.0]
    lowest, highest = min(known), max(known)
    return (lowest, highest) if highest > lowest else (lowest - 0.5, highest + 0.5)


def _round_step(least: float) -> float:
    """Return the least of 1, 2 and 5 times a power of ten that is not below a number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
