"""A label looks the same wherever it is shown: in the article, in lists, in the editor for labels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.article.kwic_delegate import KwicDelegate
from annotator.ui.base.label_style import LabelStyle
from annotator.ui.base.painting import swatch
from annotator.ui.base.palette import DARK_PAGE, LIGHT_PAGE, PagePalette
from annotator.ui.base.theme import DARK, LIGHT, Theme
from annotator.ui.base.typography import Density, PageStyle
from annotator.ui.tagset.colour_row import ColourRow

SIZE = QSize(14, 14)


def drawn(*, solid: bool, skipped: bool = False) -> QImage:
    """Return the picture of a swatch in grey, which shows its form without its colour."""
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        swatch(painter, QRectF(1, 1, 12, 12), "#707070", solid=solid, skipped=skipped)
    return image


def test_a_swatch_shows_confirmed_suggested_and_skipped_without_colour(qapp: QApplication) -> None:
    states = [drawn(solid=True), drawn(solid=False), drawn(solid=False, skipped=True)]
    for number, one in enumerate(states):
        for other in states[number + 1 :]:
            differing = sum(one.pixel(x, y) != other.pixel(x, y) for x in range(14) for y in range(14))
            assert differing > 14 * 14 / 10


@pytest.mark.parametrize(("theme", "page"), [(LIGHT, LIGHT_PAGE), (DARK, DARK_PAGE)], ids=["light", "dark"])
def test_lists_of_places_and_the_editor_for_labels_have_the_fills_of_the_article(
    qtbot: QtBot, theme: Theme, page: PagePalette
) -> None:
    tagset = load_tagset("security")
    article = LabelStyle(tagset, "en", page, PageStyle())
    delegate = KwicDelegate()
    delegate.tagset, delegate.theme = tagset, theme
    row = ColourRow(theme)
    qtbot.addWidget(row)
    for label in tagset.labels:
        assert delegate._colours(label.id, page) == article.colours(label.id)
        row.show_label(label, tagset.labels, {})
        assert row.buttons[theme.scheme].colours == article.colours(label.id)


@pytest.mark.parametrize("density", Density)
def test_tags_are_large_enough_to_read(qapp: QApplication, density: Density) -> None:
    style = LabelStyle(load_tagset("security"), "ar", LIGHT_PAGE, PageStyle(density=density))
    assert style.font.pixelSize() >= 9
