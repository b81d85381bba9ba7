"""The colours of the bundled tagsets can be distinguished in both themes and with any colour-vision deficiency.

Colour is never alone - every box carries its label's name - but it should help everyone. Measured minima of
CIEDE2000 over all pairs, both themes and the four visions: camel 22.0, the ten labels of security that have a
plain digit 14.1, all fifteen 9.6, wojood's twenty-one 8.9. Those of security were then sought near hues that please and
remind of what they stand for (green for a place, red for an armed group), as saturated as hours of reading bear.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from annotator.domain.tagset.colour_science import VISIONS, Lab, blend, contrast, difference, lab
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.storage.tables.tagsets import THEMES, list_tagsets, load_tagset

PAPER = {"light": "#ffffff", "dark": "#1e1e1e"}
INK = {"light": "#000000", "dark": "#ffffff"}


def least_difference(labels: list[Label]) -> float:
    """Return the smallest difference between two labels' colours in any theme under any vision."""
    return min(
        difference(lab(one.colour[theme], vision), lab(other.colour[theme], vision))
        for one, other in combinations(labels, 2)
        for theme in THEMES
        for vision in VISIONS
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_ciede2000(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference(Lab(*one), Lab(*other)) == pytest.approx(expected, abs=1e-4)
    assert difference(Lab(*other), Lab(*one)) == pytest.approx(expected, abs=1e-4)


def test_camel_is_told_apart_at_a_glance() -> None:
    assert least_difference(list(load_tagset("camel").labels)) >= 22


def test_the_ten_labels_of_security_with_a_digit_are_told_apart() -> None:
    labels = [label for label in load_tagset("security").labels if len(label.key) == 1]
    assert len(labels) == 10
    assert least_difference(labels) >= 14


def test_all_labels_of_security_are_told_apart() -> None:
    assert least_difference(list(load_tagset("security").labels)) >= 9.5


def test_all_labels_of_wojood_differ() -> None:
    assert least_difference(list(load_tagset("wojood").labels)) >= 8.8


@pytest.mark.parametrize("name", list_tagsets())
def test_every_colour_bears_a_readable_tag_and_stands_out_from_the_page(name: str) -> None:
    tagset: Tagset = load_tagset(name)
    for label in tagset.labels:
        for theme in THEMES:
            fill = label.colour[theme]
            assert max(contrast(fill, "#ffffff"), contrast(fill, "#000000")) >= 4.5
            assert contrast(fill, PAPER[theme]) >= 3, (label.id, theme)


@pytest.mark.parametrize("name", list_tagsets())
def test_the_article_stays_readable_on_a_tinted_box(name: str) -> None:
    for label in load_tagset(name).labels:
        for theme in THEMES:
            box = blend(label.colour[theme], PAPER[theme], 0.3)
            assert contrast(INK[theme], box) >= 7, (label.id, theme)


def test_a_label_of_camel_has_the_same_colour_in_security() -> None:
    security = load_tagset("security")
    for label in load_tagset("camel").labels:
        same = security.find(label.id)
        assert same is not None
        assert same.colour == label.colour
