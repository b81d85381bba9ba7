"""Plots: every point inside the frame, ticks at round numbers around the data, SVG that is well-formed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.team.line_plot import (
    LinePlot,
    PlotFrame,
    Series,
    chosen_ticks,
    legend,
    line_colours,
    round_ticks,
    to_svg,
)

COLOURS = {"light": "#123456", "dark": "#abcdef"}
numbers = st.floats(-1e9, 1e9, allow_nan=False)
points = st.lists(st.tuples(numbers, numbers), max_size=20)


@given(points, st.booleans())
def test_every_point_is_inside_the_frame(some: list[tuple[float, float]], mirrored: bool) -> None:
    series = Series("x", some, COLOURS)
    xs, ys = [x for x, _ in some] or [0.0], [y for _, y in some] or [0.0]
    plot = LinePlot([series], chosen_ticks(xs, str), round_ticks(min(ys), max(ys), str))
    frame = PlotFrame(plot, 400, 200, mirrored=mirrored)
    for x, y in some:
        assert frame.left - 0.01 <= frame.x(x) <= frame.right + 0.01
        assert frame.top - 0.01 <= frame.y(y) <= frame.bottom + 0.01
    if len(set(xs)) > 1 and some:
        first, last = frame.x(min(xs)), frame.x(max(xs))
        assert (first >= last) if mirrored else (first <= last)


@given(numbers, st.floats(0, 1e9))
def test_ticks_are_around_the_data_and_few(lowest: float, span: float) -> None:
    highest = lowest + span
    ticks = [tick.at for tick in round_ticks(lowest, highest, str)]
    slack = max(abs(lowest), abs(highest), 1.0) * 1e-6
    assert ticks[0] <= lowest + slack and ticks[-1] >= highest - slack
    assert 2 <= len(ticks) <= 8 and ticks == sorted(ticks)


def test_ticks_at_round_numbers() -> None:
    assert [tick.text for tick in round_ticks(0.0, 1.0, "{:.1f}".format)] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert [tick.at for tick in round_ticks(0.0, 219.0, str)] == [0, 50, 100, 150, 200, 250]
    assert [tick.at for tick in chosen_ticks(range(11), str)] == [0, 2, 4, 6, 8, 10]


@given(st.lists(points, max_size=3), st.text(max_size=5))
def test_svg_is_well_formed_whatever_the_names(lines: list[list[tuple[float, float]]], name: str) -> None:
    name = "".join(character for character in name if character.isprintable())
    plot = LinePlot([Series(f"<{name}&", line, COLOURS) for line in lines], (), ())
    root = ElementTree.fromstring(to_svg(plot, f'"{name}"'))  # noqa: S314 - our own text
    assert len(root.findall("g/circle")) == sum(map(len, lines))
    assert plot.is_empty == (not any(lines))
    ElementTree.fromstring(legend(plot.series).replace("&nbsp;", " "))  # noqa: S314 - our own text


@pytest.mark.parametrize("count", [0, 1, 10, 70])
def test_as_many_colours_as_lines(count: int) -> None:
    colours = [colour["light"] for colour in line_colours(count)]
    assert len(colours) == count and len(set(colours[:20])) == min(count, 20)
