"""A hard page, pixel by pixel: letters are Qt's own whatever lies beneath, tags never touch text, lines are crisp."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import mean

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.tokenizer import tokenize
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.invisible_characters import display_text
from annotator.ui.article.layout import PageLayout
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.article.span_painter import Box, Tag
from annotator.ui.base.palette import LIGHT_PAGE, PagePalette, contrast
from annotator.ui.base.theme import THEMES, load_fonts
from annotator.ui.base.typography import PageStyle, Role
from tests.ui.article.hard_page import BODY, TEXT, hard_document, hard_items, span_of
from tests.ui.article.page_texts import long_text
from tests.ui.pixels import pixels

SIZE = QSize(640, 1240)
EVERY_THEME = pytest.mark.parametrize("theme", list(THEMES))
SCALES = pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
OUTER = "قيادة قوات حرس الحدود بمحافظة أربيل في إقليم كردستان العراق"
MIDDLE = "محافظة أربيل في إقليم كردستان العراق"
INNER = "كردستان العراق"
Change = Callable[[list[ReviewItem], int], list[ReviewItem]]


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    made = ArticleView()
    qtbot.addWidget(made)
    made.animated = False
    made.resize(SIZE)
    made.set_tagset(load_tagset("security"), "ar")
    made.set_document(hard_document(), tokenize(TEXT))
    made.set_marks_visible(False)
    made.show()
    qtbot.waitExposed(made)
    return made


def picture(view: ArticleView, scale: float = 1.0) -> QImage:
    """Return what a screen with so many device pixels per pixel shows."""
    image = QImage(view.viewport().size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    view.viewport().render(image, QPoint())
    return image


def pieces(view: ArticleView) -> tuple[list[Box], list[Tag]]:
    """Return all boxes and tags of the page."""
    page, geometry = view.scene.page, view.geometry_now()
    boxes: list[Box] = []
    tags: list[Tag] = []
    for index in range(len(page.blocks)):
        shape = page.shape(index)
        here = geometry.boxes(index, shape, range(shape.line_count))
        boxes += here
        tags += geometry.tags(index, shape, here)
    return boxes, tags


def differing(one: QImage, other: QImage) -> QRegion:
    """Return the pixels in which two pictures of one size differ."""
    assert one.size() == other.size()
    region = QRegion()
    for y in range(one.height()):
        if one.constScanLine(y) == other.constScanLine(y):
            continue
        row = [x for x in range(one.width()) if one.pixel(x, y) != other.pixel(x, y)]
        region += QRegion(row[0], y, 1, 1)
        for x in row:
            region += QRegion(x, y, 1, 1)
    return region


def area(view: ArticleView, keys: set[str]) -> QRegion:
    """Return the boxes and tags of some items with the pixel around them that anti-aliasing may touch."""
    boxes, tags = pieces(view)
    rects = [piece.rect for box in boxes if box.item.key in keys for piece in box.pieces]
    rects += [tag.rect for tag in tags if tag.item.key in keys]
    region = QRegion()
    for rect in rects:
        region += QRegion(rect.toAlignedRect().adjusted(-1, -1, 1, 1))
    return region


def confirm(items: list[ReviewItem], at: int) -> list[ReviewItem]:
    return [*items[:at], replace(items[at], is_suggestion=not items[at].is_suggestion), *items[at + 1 :]]


def relabel(items: list[ReviewItem], at: int) -> list[ReviewItem]:
    return [*items[:at], replace(items[at], label="MISC"), *items[at + 1 :]]


def remove(items: list[ReviewItem], at: int) -> list[ReviewItem]:
    return [*items[:at], *items[at + 1 :]]


def shorten(items: list[ReviewItem], at: int) -> list[ReviewItem]:
    span = items[at].span
    if len(span) == 1:
        return remove(items, at)
    made = [*items[:at], replace(items[at], span=Span(span.start, span.end - 1)), *items[at + 1 :]]
    return sorted(made, key=ReviewItem.order)


@pytest.mark.parametrize("change", [confirm, relabel, remove, shorten])
@pytest.mark.parametrize(
    "words", ["كردستان العراق", "داعش", "الأمنية اعتقلت قيادياً", "ق", "جن", "17/4/2020", "لأنّ الأمن"]
)
def test_a_change_to_a_span_moves_nothing_beside_it(view: ArticleView, change: Change, words: str) -> None:
    items = hard_items()
    at = next(n for n, item in enumerate(items) if item.span == span_of(words))
    here = items[at].span
    around = {item.key for item in items if item.span.overlaps(here)}
    # Tags of one line make room for one another.
    line = view.scene.page.place_of(here.start)
    around |= {i.key for i in items if view.scene.page.place_of(i.span.start).top == line.top}
    view.set_items(items)
    before, allowed = picture(view), area(view, around)
    view.update_items(change(items, at))
    after, allowed = picture(view), allowed.united(area(view, around))
    changed = differing(before, after)
    assert not changed.isEmpty()
    assert changed.subtracted(allowed).isEmpty()


def ink_alone(view: ArticleView) -> QImage:
    """Return the page's letters in black on white, without boxes, tags or marks, as PagePainter draws them."""
    image = QImage(SIZE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    page, geometry = view.scene.page, view.geometry_now()
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("black"))
        for index, shape, lines in page.visible_lines(0, SIZE.height()):
            for line in lines:
                shape.draw_line(painter, line, geometry.block_origin(index))
    return image


def test_letters_are_those_of_a_plain_qt_layout(view: ArticleView) -> None:
    """Each paragraph is drawn as one QTextLayout of the whole paragraph would draw it: joined and in order."""
    image = QImage(SIZE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    page, geometry = view.scene.page, view.geometry_now()
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("black"))
        for index, block in enumerate(page.blocks):
            style = page.style_of(block)
            layout = QTextLayout(display_text(TEXT[block.start : block.end]), style.font)
            option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(page.width)
                line.setPosition(QPointF(0, line.lineNumber() * style.pitch + style.baseline - line.ascent()))
            layout.endLayout()
            layout.draw(painter, geometry.block_origin(index))
    view.set_items(hard_items())
    assert ink_alone(view) == image


@EVERY_THEME
def test_no_letter_changes_when_spans_come(view: ArticleView, theme: str) -> None:
    """Where a letter is fully in its colour without spans it is so with all of them laid beneath."""
    view.set_palette(PagePalette.of(THEMES[theme]))
    palette, boxless = view.scene.palette, picture(view)
    view.set_items(hard_items())
    spans = picture(view)
    inks = {palette.text.rgb(), palette.headline.rgb()}
    before, after = pixels(boxless), pixels(spans)
    letters = np.isin(before, list(inks))
    assert letters.sum() > 2000
    assert (before[letters] == after[letters]).all()


@SCALES
@pytest.mark.parametrize("zoom", [0.7, 1.0, 2.0])
def test_tags_lie_between_the_lines_and_never_on_letters(view: ArticleView, zoom: float, scale: float) -> None:
    view.set_zoom(zoom)
    view.verticalScrollBar().setValue(0)
    bare = picture(view, scale)
    view.set_items(hard_items())
    _, tags = pieces(view)
    assert len(tags) == len(hard_items())
    seen = [tag for tag in tags if tag.rect.bottom() < bare.height() / scale]
    assert len(seen) > 5
    for tag in seen:
        inner = QRectF(tag.rect.topLeft() * scale, tag.rect.size() * scale).toAlignedRect() & bare.rect()
        assert inner.isValid()
        assert (pixels(bare.copy(inner.adjusted(0, 0, -1, -1))) == view.scene.palette.page.rgb()).all(), tag.item
    for number, tag in enumerate(seen):
        assert not any(tag.rect.intersects(other.rect) for other in seen[number + 1 :])


def test_three_nested_and_two_crossing_spans_have_edges_of_their_own(view: ArticleView) -> None:
    view.set_items(hard_items())
    boxes, _ = pieces(view)
    outer, middle, inner = (
        next(box for box in boxes if box.item.span == span_of(words)).pieces[-1].rect
        for words in (OUTER, MIDDLE, INNER)
    )
    for one, other in ((outer, middle), (middle, inner)):
        assert other.top() - one.top() >= 1
        assert one.bottom() - other.bottom() >= 1
        assert other.left() - one.left() >= 1
    crossing = [span_of("القوات الأمنية اعتقلت"), span_of("الأمنية اعتقلت قيادياً"), span_of("اعتقلت قيادياً في")]
    tops = [next(box for box in boxes if box.item.span == span).pieces[0].rect.top() for span in crossing]
    assert len(set(tops)) == 3


def test_a_span_over_a_line_break_is_open_where_it_goes_on(view: ArticleView) -> None:
    long = span_of(OUTER)
    view.set_items([item for item in hard_items() if item.span == long])
    (box,), (tag,) = pieces(view)
    assert [(piece.open_left, piece.open_right) for piece in box.pieces] == [(True, False), (False, True)]
    assert box.pieces[0].rect.center().y() < tag.rect.top() < box.pieces[1].rect.top()


@SCALES
@EVERY_THEME
def test_edges_of_boxes_are_crisp_at_every_scale(view: ArticleView, theme: str, scale: float) -> None:
    """Above and below a box's middle the page's own colour gives way to the outline's within one device pixel."""
    view.set_palette(PagePalette.of(THEMES[theme]))
    item = next(item for item in hard_items() if item.span == span_of("كركوك"))
    view.set_items([item])
    image = picture(view, scale)
    shown, page = view.geometry_now(scale), view.scene.page
    place = page.place_of(item.span.start)
    shape = page.shape(place.block)
    (box,) = shown.boxes(place.block, shape, range(shape.line_count))
    rect = box.pieces[0].rect
    assert (rect.top() * scale).is_integer() and (rect.left() * scale).is_integer()
    x, top = round((rect.left() + 6) * scale), round(rect.top() * scale)
    palette = view.scene.palette
    stroke = view.scene.label_style.colours("LOC").stroke
    assert image.pixelColor(x, top - 1) == palette.page
    assert contrast(image.pixelColor(x, top), palette.page) >= contrast(stroke, palette.page) * 0.75


def test_a_line_holds_about_seventy_characters(qapp: object) -> None:
    load_fonts()
    style = PageStyle()
    page = PageLayout(long_text(30_000), (), style, style.measure)
    full = []
    for index in range(len(page.blocks)):
        shape = page.shape(index)
        ranges = [shape.line_range(line) for line in range(shape.line_count)]
        full += [end - start for start, end in ranges[:-1]]
    assert 62 <= mean(full) <= 78


def test_leading_is_generous_and_the_head_stands_out(qapp: object) -> None:
    load_fonts()
    style = PageStyle()
    body, title = style.of(Role.BODY), style.of(Role.TITLE)
    assert body.pitch >= 1.5 * body.font.pixelSize()
    assert title.font.pixelSize() >= 1.4 * body.font.pixelSize()
    assert title.font.bold()
    for role in (Role.DATE, Role.CAPTION, Role.DEBRIS):
        assert style.of(role).font.pixelSize() < body.font.pixelSize()


@EVERY_THEME
def test_date_and_caption_are_quieter_than_the_body_and_debris_is_dimmest(theme: str) -> None:
    palette = PagePalette.of(THEMES[theme])
    strengths = [contrast(ink, palette.page) for ink in (palette.headline, palette.text, palette.quiet, palette.dim)]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[1] > strengths[2] > strengths[3]


def test_numbers_and_latin_words_keep_their_order_beside_arabic(qapp: object) -> None:
    load_fonts()
    style = PageStyle()
    text = BODY[1]
    shape = ShapedBlock(text, 0, style.of(Role.BODY), 2000)
    places = []
    for words in ("وقالت", "BBC", "طائرة", "F-16", "17/4/2020", "كركوك", "1,250", "(12.5%)", "03:45"):
        at = text.index(words)
        (extent,) = shape.extents(at, at + len(words))
        places.append(extent.right)
    assert places == sorted(places, reverse=True)
    for words in ("17/4/2020", "F-16", "03:45"):
        at = text.index(words)
        first, last = shape.extents(at, at + 1)[0], shape.extents(at + len(words) - 1, at + len(words))[0]
        assert first.left < last.left


def test_the_default_palette_is_light() -> None:
    assert PagePalette.of(THEMES["light"]) == LIGHT_PAGE
