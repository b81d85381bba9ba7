"""A page that is painted in parts looks as if it was painted at once, whatever reaches out of its line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.tokenizer import tokenize
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.painter import PagePainter
from annotator.ui.base.typography import Density
from tests.ui.article.page_texts import items_over
from tests.ui.pixels import pixels

RARELY_VOCALISED = (
    "قالت المصادر إنّ الأُمّ أُكِّدَت لُّ إِلٍّ يٍّ في العراقيٍّ بيان إلى أُمٍّ كُلٌّ من الإِدارة، ثم عادت قوات أمنية إلى المدينة أمس. "
) * 6
VOCALISED = "وَقَالَتِ الأُمُّ لِأَبْنَائِهَا كُلِّهِمْ إِلٍّ يٍّ فِي بَيَانٍ " * 9
HALF_A_LINE = 11


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("text", [RARELY_VOCALISED, VOCALISED], ids=["rarely", "vocalised"])
def test_no_part_of_a_letter_is_cut_when_parts_of_the_page_are_painted(
    qtbot: QtBot, density: Density, text: str
) -> None:
    view = page_of(qtbot, text, density)
    view.set_items(items_over(tokenize(text), 12))
    whole = paint(view, [view.viewport().rect()])
    area = view.viewport().rect()
    parts = [QRect(0, top, area.width(), HALF_A_LINE) for top in range(0, area.height(), HALF_A_LINE)]
    assert np.array_equal(pixels(paint(view, parts)), pixels(whole))


@pytest.mark.parametrize("density", Density)
def test_a_page_after_changes_looks_as_if_it_was_painted_at_once(qtbot: QtBot, density: Density) -> None:
    text = RARELY_VOCALISED
    tokens = tokenize(text)
    items = items_over(tokens, 40)
    long = replace(items[9], span=Span(items[9].span.start, items[16].span.end), key="long")
    changes = [
        items[:20] + items[21:],
        [*items[:5], replace(items[5], is_suggestion=False), *items[6:]],
        [replace(item, label="PERS") if number in (7, 11) else item for number, item in enumerate(items)],
        [*items[:9], long, *items[9:]],
        [],
        items,
    ]
    changed, fresh = (page_of(qtbot, text, density) for _ in range(2))
    changed.set_items(items)
    for each in changes:
        paint(changed, [changed.viewport().rect()])
        changed.update_items(each)
        fresh.set_items(each)
        fresh.scene.drawings.clear()
        whole = [fresh.viewport().rect()]
        assert np.array_equal(pixels(paint(changed, whole)), pixels(paint(fresh, whole)))


def test_a_weak_suggestion_is_only_underlined_and_has_a_frame_and_a_tag_in_focus(qtbot: QtBot) -> None:
    view = page_of(qtbot, RARELY_VOCALISED, Density.COMFORTABLE)
    whole = [view.viewport().rect()]
    weak = replace(items_over(tokenize(RARELY_VOCALISED), 12)[2], weak=True)
    firm = replace(items_over(tokenize(RARELY_VOCALISED), 12)[4])
    view.set_items([firm])
    before = pixels(paint(view, whole))
    view.update_items([weak, firm])
    underlined = pixels(paint(view, whole))
    rows, columns = (np.unique(each) for each in np.nonzero(underlined != before))
    box = view.geometry_now(1.0).boxes(0, view.scene.page.shape(0), range(4))[0]
    assert box.item == weak
    assert box.pieces[0].rect.bottom() - 4 <= rows.min() <= rows.max() <= box.pieces[0].rect.bottom()
    assert box.pieces[0].rect.left() - 1 <= columns.min() <= columns.max() <= box.pieces[0].rect.right() + 1
    view.set_focus_item(weak)
    in_focus = pixels(paint(view, whole))
    rows = np.unique(np.nonzero(in_focus != underlined)[0])
    assert rows.min() <= box.pieces[0].rect.top() + 2 and rows.max() > box.pieces[0].rect.bottom() + 2
    view.set_focus_item(None)
    assert np.array_equal(pixels(paint(view, whole)), underlined)


def page_of(qtbot: QtBot, text: str, density: Density) -> ArticleView:
    """Return a view of a text, without items."""
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.set_tagset(load_tagset("security"), "ar")
    view.set_document(Document(document_id(text), text), tokenize(text))
    view.set_spacing(density, view.scene.page.style.tags)
    return view


def paint(view: ArticleView, parts: list[QRect]) -> QImage:
    """Paint parts of a page one after another, as in a paint event."""
    image = QImage(QSize(view.viewport().size()), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        page = PagePainter(painter, view.scene, view.geometry_now(1.0))
        for part in parts:
            painter.setClipRect(part)
            page.draw(QRectF(part))
    return image
