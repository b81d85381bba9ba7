"""Every text on the page can be read on what lies beneath it, in every palette and for every label."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from annotator.domain.tagset.colour_science import VISIONS
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.palette import DARK_PAGE, LIGHT_PAGE, PagePalette, contrast, label_colours, mix, readable
from annotator.ui.base.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST
from tests.benchmarks.reading import smallest_difference, tagset_colours

STRONG = [PagePalette.of(LIGHT_CONTRAST), PagePalette.of(DARK_CONTRAST)]
EVERY_PALETTE = pytest.mark.parametrize(
    "palette", [LIGHT_PAGE, DARK_PAGE, *STRONG], ids=["light", "dark", "light-contrast", "dark-contrast"]
)


def least(palette: PagePalette) -> float:
    """Return the least contrast that a palette promises."""
    return 7 if palette.high_contrast else 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)


@EVERY_PALETTE
def test_all_text_is_readable_on_the_page_and_on_passing_grounds(palette: PagePalette) -> None:
    for ink in (palette.text, palette.headline, palette.quiet, palette.dim):
        assert contrast(ink, palette.page) >= least(palette)
    for ground in (palette.selection, palette.match):
        assert contrast(palette.text, ground) >= least(palette)
        assert contrast(palette.quiet, ground) >= 4.5


@EVERY_PALETTE
@pytest.mark.parametrize("name", list_tagsets())
def test_text_and_tags_are_readable_in_the_colours_of_every_label(palette: PagePalette, name: str) -> None:
    for label in load_tagset(name).labels:
        colours = label_colours(label.colour[palette.scheme], palette)
        for ground in (colours.fill, colours.wash):
            assert contrast(palette.text, ground) >= least(palette), label.id
            assert contrast(palette.quiet, ground) >= least(palette), label.id
        assert contrast(colours.ink, palette.page) >= least(palette), label.id
        assert contrast(colours.on_tag, colours.tag) >= least(palette), label.id
        assert contrast(colours.stroke, palette.page) >= (7 if palette.high_contrast else 3), label.id
        if not palette.high_contrast:
            assert contrast(colours.fill, palette.page) >= 1.2, label.id


@EVERY_PALETTE
@pytest.mark.parametrize("name", list_tagsets())
def test_text_is_readable_on_the_fills_of_every_tagset(palette: PagePalette, name: str) -> None:
    for label, colours in tagset_colours(name, palette).items():
        for ground in (colours.fill, colours.wash):
            assert contrast(palette.text, ground) >= (7 if palette.high_contrast else 4.5), label
            assert contrast(palette.quiet, ground) >= least(palette), label
            assert ground != palette.page, label
        assert contrast(colours.band, palette.page) >= 2.8, label


@EVERY_PALETTE
@pytest.mark.parametrize("name", list_tagsets())
@pytest.mark.parametrize("vision", VISIONS)
def test_labels_differ_by_fill_and_more_by_the_band(palette: PagePalette, name: str, vision: str) -> None:
    """Twenty pale fills cannot be far apart for every vision. The bands, and the texts of the tags, always are."""
    colours = tagset_colours(name, palette)
    fills, washes, bands = (
        smallest_difference({label: getattr(each, part).name() for label, each in colours.items()}, vision)[0]
        for part in ("fill", "wash", "band")
    )
    assert bands >= 8.8
    assert fills >= (0.9 if name == "wojood" else 2.0)
    assert washes >= (0.7 if name == "wojood" else 1.5)
    if vision == "normal":
        assert fills >= 2.8


def test_lines_are_thicker_with_high_contrast() -> None:
    for palette in STRONG:
        assert palette.line > LIGHT_PAGE.line
        assert palette.ring > LIGHT_PAGE.ring


def test_schemes_follow_the_theme() -> None:
    assert (PagePalette.of(LIGHT).scheme, PagePalette.of(DARK).scheme) == ("light", "dark")


def test_a_readable_colour_is_left_as_it_is() -> None:
    assert readable(QColor("#000080"), QColor("white")) == mix(QColor("#000080"), QColor("black"), 0)
