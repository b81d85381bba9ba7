"""A row of a concordance: the keyword boxed in the middle of its line, what is before it at its right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from annotator.domain.model.span import Span
from annotator.text.context import Context
from annotator.ui.article.kwic_delegate import HEIGHT, KWIC_ROLE, KwicDelegate, KwicRow
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.theme import LIGHT, load_fonts

SIZE = QSize(1000, HEIGHT)
LONG, SHORT = "قالت مصادر أمنية إن القوات انتشرت مساء أمس في محيط مدينة " * 2, "ثم"


def row(before: str, word: str, after: str) -> KwicRow:
    line = f"{before} {word} {after}"
    return KwicRow(Context(line, Span(len(before) + 1, len(before) + 1 + len(word))), "عنوان")


def painted(shown: KwicRow) -> QImage:
    """Return the picture of a row."""
    model = QStandardItemModel(1, 1)
    item = QStandardItem()
    item.setData(shown, KWIC_ROLE)
    model.setItem(0, 0, item)
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, SIZE.width(), SIZE.height())
    option.direction = Qt.LayoutDirection.RightToLeft
    with QPainter(image) as painter:
        index: QModelIndex = model.index(0, 0)
        KwicDelegate().paint(painter, option, index)
    return image


def box(image: QImage) -> tuple[int, int]:
    """Return the first and the last column of the keyword's box."""
    ground = PagePalette.of(LIGHT).match.rgb()
    columns = [x for x in range(image.width()) if any(image.pixel(x, y) == ground for y in range(image.height()))]
    return columns[0], columns[-1]


def ink(image: QImage, left: int, right: int) -> int:
    """Count dark pixels between two columns."""
    dark = range(image.height())
    return sum(QColor(image.pixel(x, y)).lightness() < 100 for x in range(left, right) for y in dark)


@pytest.mark.parametrize(("before", "after"), [(LONG, LONG), (SHORT, LONG), (LONG, SHORT)])
def test_the_keyword_stands_in_the_middle_of_every_row(qapp: QApplication, before: str, after: str) -> None:
    load_fonts()
    middles = set()
    for word in ("بغداد", "قم", "عبد الرزاق"):
        left, right = box(painted(row(before, word, after)))
        middles.add(round((left + right) / 2))
    assert max(middles) - min(middles) <= 2
    room = (220 + 16 + SIZE.width() - 16) / 2
    assert abs(min(middles) - room) <= 12


def test_what_is_read_first_stands_at_the_right(qapp: QApplication) -> None:
    load_fonts()
    image = painted(row(LONG, "بغداد", SHORT))
    left, right = box(image)
    assert ink(image, right + 10, SIZE.width()) > 3 * ink(image, 240, left - 10) > 0
    image = painted(row(SHORT, "بغداد", LONG))
    left, right = box(image)
    assert 0 < 3 * ink(image, right + 10, SIZE.width()) < ink(image, 240, left - 10)


def test_a_proposed_span_is_outlined_around_the_present_one(qapp: QApplication) -> None:
    load_fonts()
    line = f"{LONG} مدينة بغداد {LONG}"
    at = len(LONG) + 1
    held = KwicRow(Context(line, Span(at + 6, at + 11)), "عنوان")
    longer = replace(held, offered=(Span(at, at + 11), ""))
    plain, outlined = painted(held), painted(longer)
    left, right = box(plain)
    differing = [
        x for x in range(plain.width()) if any(plain.pixel(x, y) != outlined.pixel(x, y) for y in range(plain.height()))
    ]
    # What is read first is at the right: the proposed span begins there and ends with the present one.
    assert differing[-1] > right + 20 and left - 6 <= differing[0] <= left + 2
