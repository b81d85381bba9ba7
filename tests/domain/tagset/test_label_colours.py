"""Offered colours differ from those in use, and are legible on the page."""

from __future__ import annotations

import pytest

from annotator.domain.tagset.colour_science import lab
from annotator.domain.tagset.label_colours import (
    distinct_colours,
    is_legible,
    min_difference,
    most_similar,
    page_contrast,
)
from annotator.storage.tables.tagsets import list_tagsets, load_tagset

BLUE, SKY, RED = (
    {"light": c, "dark": d} for c, d in (("#3648da", "#7972ff"), ("#3a4cd8", "#7a74ff"), ("#b00000", "#ff6060"))
)


@pytest.mark.parametrize("name", list_tagsets())
def test_offered_colours_are_legible_and_different_from_all_labels(name: str) -> None:
    held = [label.colour for label in load_tagset(name).labels]
    offered = distinct_colours(held, 6)
    assert len({tuple(pair.items()) for pair in offered}) == 6
    for pair in offered:
        assert all(is_legible(pair[theme], theme) for theme in ("light", "dark"))
        assert page_contrast(pair["light"], "light") >= 3
    least = {"camel": 14, "security": 7, "wojood": 5.5}[name]
    assert min_difference(offered[0], held) >= least
    assert min_difference(offered[1], [*held, offered[0]]) >= least * 0.7


def test_the_most_alike_label_is_named() -> None:
    assert most_similar(BLUE, {"SKY": SKY, "RED": RED})[0] == "SKY"
    assert most_similar(BLUE, {"SKY": SKY})[1] < 3
    assert most_similar(BLUE, {}) == ("", 100.0)


def test_too_light_a_colour_is_not_legible_on_a_light_page() -> None:
    assert not is_legible("#f0f0c0", "light")
    assert not is_legible("#202020", "dark")


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#ffffff", (100, 0, 0)),
        ("#000000", (0, 0, 0)),
        ("#ff0000", (53.2408, 80.0925, 67.2032)),
        ("#00ff00", (87.7347, -86.1827, 83.1793)),
        ("#0000ff", (32.2970, 79.1875, -107.8602)),
    ],
)
def test_colours_have_the_coordinates_that_are_published_for_them(
    colour: str, expected: tuple[float, float, float]
) -> None:
    """Bruce Lindbloom's calculator, sRGB and D65."""
    assert lab(colour) == pytest.approx(expected, abs=0.01)
