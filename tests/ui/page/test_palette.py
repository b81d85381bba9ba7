"""Every text on the page can be read on what lies beneath it, in every palette and for every label."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from annotator.storage.tagsets import list_tagsets, load_tagset
from annotator.ui.page.palette import DARK_PAGE, LIGHT_PAGE, PagePalette, contrast, label_colours, mix, readable
from annotator.ui.theme import DARK, LIGHT

HIGH_CONTRAST = PagePalette.of(replace(LIGHT, name="high-contrast", page="#ffffff", text="#000000"))
PALETTES = [LIGHT_PAGE, DARK_PAGE, HIGH_CONTRAST]


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "high-contrast"])
def test_all_text_is_readable_on_the_page_and_on_passing_grounds(palette: PagePalette) -> None:
    for ink in (palette.text, palette.headline, palette.quiet, palette.dim):
        assert contrast(ink, palette.page) >= 4.5
    for ground in (palette.selection, palette.match):
        assert contrast(palette.text, ground) >= 4.5
        assert contrast(palette.quiet, ground) >= 4.5


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "high-contrast"])
@pytest.mark.parametrize("name", list_tagsets())
def test_text_and_tags_are_readable_in_the_colours_of_every_label(palette: PagePalette, name: str) -> None:
    for label in load_tagset(name).labels:
        colours = label_colours(label.colour[palette.scheme], palette)
        for ground in (colours.fill, colours.wash):
            assert contrast(palette.text, ground) >= 4.5, label.id
            assert contrast(palette.quiet, ground) >= 4.5, label.id
        assert contrast(colours.fill, palette.page) >= 1.2, label.id
        assert contrast(colours.ink, palette.page) >= 4.5, label.id
        assert contrast(colours.on_tag, colours.tag) >= 4.5, label.id
        assert contrast(colours.stroke, palette.page) >= 3, label.id


def test_high_contrast_outlines_are_stronger() -> None:
    for label in load_tagset("security").labels:
        assert contrast(label_colours(label.colour["light"], HIGH_CONTRAST).stroke, HIGH_CONTRAST.page) >= 7


def test_schemes_follow_the_theme() -> None:
    assert (PagePalette.of(LIGHT).scheme, PagePalette.of(DARK).scheme) == ("light", "dark")


def test_a_readable_colour_is_left_as_it_is() -> None:
    assert readable(QColor("#000080"), QColor("white")) == mix(QColor("#000080"), QColor("black"), 0)
