"""Legible whatever lies there: three levels of spans, spans over paragraphs, marks of odd characters."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.tokenizer import tokenize
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.palette import PagePalette, contrast
from annotator.ui.base.theme import THEMES, Theme
from tests.ui.pixels import pixels

EVERY_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
NESTED = "قال مصدر في قيادة شرطة محافظة كركوك العراقية إن الهدوء عاد."
LEVELS = ("قيادة شرطة محافظة كركوك", "محافظة كركوك", "كركوك")
ODDITIES = "\u200f\u200e\u00a0\u200b\u202b\u202c"
ODD = "وصل\u200f محمد\u200e إلى\u00a0بغداد\u200bأمس ثم\u202b عاد\u202c."


def shown(qtbot: QtBot, text: str, theme: Theme = THEMES["light"]) -> ArticleView:
    """Return a page of a text."""
    view = ArticleView()
    qtbot.addWidget(view)
    view.animated = False
    view.resize(QSize(760, 420))
    view.set_tagset(load_tagset("security"), "ar")
    view.set_palette(PagePalette.of(theme))
    view.set_document(Document(document_id(text), text), tokenize(text))
    view.show()
    qtbot.waitExposed(view)
    return view


def picture(view: ArticleView, scale: float = 1.0) -> QImage:
    """Return what a screen with so many device pixels per pixel shows."""
    image = QImage(view.viewport().size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    view.viewport().render(image, QPoint())
    return image


def rects(view: ArticleView, block: int = 0, scale: float = 1.0) -> dict[str, list[QRectF]]:
    """Return the pieces of each item's box in a paragraph."""
    shape = view.scene.page.shape(block)
    boxes = view.geometry_now(scale).boxes(block, shape, range(shape.line_count))
    return {box.item.key: [piece.rect for piece in box.pieces] for box in boxes}


def place(text: str, words: str, label: str, *, suggested: bool) -> ReviewItem:
    at = text.index(words)
    return ReviewItem(Span(at, at + len(words)), label, suggested, words, 0.9)


@EVERY_THEME
@pytest.mark.parametrize("suggested", [False, True], ids=["confirmed", "suggested"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_letters_stay_legible_in_three_boxes_whose_edges_can_be_told_apart(
    qtbot: QtBot, theme: Theme, suggested: bool, scale: float
) -> None:
    view = shown(qtbot, NESTED, theme)
    labels = ("FORCE", "ORG", "LOC")
    view.set_items([place(NESTED, w, label, suggested=suggested) for w, label in zip(LEVELS, labels, strict=True)])
    image, boxes = picture(view, scale), rects(view, scale=scale)
    outer, middle, inner = (boxes[words][0] for words in LEVELS)
    inside = QRectF(inner.topLeft() * scale, inner.size() * scale).toAlignedRect().adjusted(4, 3, -4, -3)
    colours = Counter(pixels(image.copy(inside.adjusted(0, 0, -1, -1))).ravel().tolist())
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    ink = view.scene.palette.text
    assert colours[ink.rgb()] >= 4, "the letters are there in their own colour"
    assert contrast(ink, ground) >= (7 if theme.high_contrast else 4.5)
    # Down through the upper edges, to the right of the innermost box's middle, where no letter reaches.
    x = round((inner.left() + 8) * scale)
    tops = [round(rect.top() * scale) for rect in (outer, middle, inner)]
    assert tops == sorted(set(tops))
    page = view.scene.palette.page
    if not suggested:
        strengths = [contrast(image.pixelColor(x, top), page) for top in tops]
        assert min(strengths) >= 2, strengths


def test_a_span_over_a_paragraph_s_end_is_drawn_in_both_and_named_once(qtbot: QtBot) -> None:
    text = "وصل وزير الدفاع\nالعراقي إلى بغداد"
    view = shown(qtbot, text)
    bare = picture(view)
    words = "الدفاع\nالعراقي"
    view.set_items([place(text, words, "TITLE", suggested=False)])
    (first,), (second,) = rects(view, 0)[words], rects(view, 1)[words]
    assert first.bottom() < second.top()
    image = picture(view)
    for rect in (first, second):
        middle = rect.toAlignedRect().adjusted(3, 3, -3, -3)
        assert bare.copy(middle) != image.copy(middle)
    page, geometry = view.scene.page, view.geometry_now()
    tags = []
    for block in range(2):
        shape = page.shape(block)
        tags += geometry.tags(block, shape, geometry.boxes(block, shape, range(shape.line_count)))
    assert len(tags) == 1


@pytest.mark.parametrize("character", ODDITIES, ids=ascii)
def test_an_odd_character_is_shown_as_a_small_mark_where_it_stands(qtbot: QtBot, character: str) -> None:
    view = shown(qtbot, ODD)
    view.set_marks_visible(False)
    bare = picture(view)
    view.set_marks_visible(True)
    marked = picture(view)
    changed = [(x, y) for y, x in np.argwhere(pixels(bare) != pixels(marked)).tolist()]
    at = ODD.index(character)
    where = view.geometry_now().edge_rect(at, trailing=False)
    around = QRect(round(where.left()) - 9, round(where.top()) - 2, 18, round(where.height()) + 4)
    near = [point for point in changed if around.contains(*point)]
    assert 4 <= len(near) <= 150, "a mark, and a small one"
    marks = [view.geometry_now().edge_rect(n, trailing=False).left() for n, c in enumerate(ODD) if c in ODDITIES]
    assert all(any(abs(x - left) <= 12 for left in marks) for x, _ in changed)
