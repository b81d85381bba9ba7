"""Paragraphs, lines and the extents of characters, measured against Qt's own painting of a selection."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Region, RegionKind
from annotator.domain.model.span import Span
from annotator.ui.article.appearance import FONTS
from annotator.ui.article.invisible_characters import LINE_ENDS
from annotator.ui.article.layout import LONGEST_BLOCK, PageLayout, _line_ends
from annotator.ui.article.shaped_block import ShapedBlock
from annotator.ui.article.utf16_offsets import Utf16Map
from annotator.ui.article.word_ink import WordInk
from annotator.ui.base.theme import load_fonts
from annotator.ui.base.typography import Density, PageStyle, Role
from tests.ui.article.hard_page import BODY, LAST, TEXT
from tests.ui.article.page_texts import SENTENCES, long_text, words

WIDTH = 420


@pytest.fixture
def style(qapp: object) -> PageStyle:
    load_fonts()
    return PageStyle()


def painted_columns(shape: ShapedBlock, text: str, start: int, end: int) -> dict[int, tuple[int, int]]:
    """Let Qt paint the selection of a layout of its own; return the first and last painted column of each line."""
    layout = QTextLayout(text, shape.style.font)
    option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(WIDTH)
        line.setPosition(QPointF(0, line.lineNumber() * 60))
    layout.endLayout()
    selection = QTextLayout.FormatRange()
    offsets = Utf16Map(text)
    selection.start = offsets.to_utf16(start)
    selection.length = offsets.to_utf16(end) - selection.start
    colours = QTextCharFormat()
    colours.setBackground(QColor("red"))
    colours.setForeground(QColor(0, 0, 0, 0))
    selection.format = colours
    image = QImage(WIDTH + 20, layout.lineCount() * 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setPen(QColor("white"))
        layout.draw(painter, QPointF(10, 0), [selection])
    found = {}
    for number in range(layout.lineCount()):
        middle = round(layout.lineAt(number).y() + layout.lineAt(number).height() / 2)
        red = [x for x in range(image.width()) if image.pixelColor(x, middle) == QColor("red")]
        if red:
            found[number] = (red[0] - 10, red[-1] + 1 - 10)
    return found


@pytest.mark.parametrize("text", SENTENCES)
def test_extents_of_every_word_are_where_qt_paints_its_selection(text: str, style: PageStyle) -> None:
    shape = ShapedBlock(text, 0, style.of(Role.BODY), WIDTH)
    for token in words(text):
        expected = painted_columns(shape, text, token.span.start, token.span.end)
        extents = shape.extents(token.span.start, token.span.end)
        assert {extent.line for extent in extents if extent.right > extent.left} == set(expected)
        for line, (left, right) in expected.items():
            here = [extent for extent in extents if extent.line == line]
            assert min(e.left for e in here) == pytest.approx(left, abs=1.01), token
            assert max(e.right for e in here) == pytest.approx(right, abs=1.01), token


def test_letters_of_a_ligature_share_its_width(style: PageStyle) -> None:
    shape = ShapedBlock("لا", 0, style.of(Role.BODY), WIDTH)
    (lam,), (alef,), (both,) = shape.extents(0, 1), shape.extents(1, 2), shape.extents(0, 2)
    assert lam.right == both.right
    assert alef.left == both.left
    assert lam.left == pytest.approx(alef.right, abs=0.1)


def test_a_place_that_starts_after_the_joined_conjunction_is_cut_there(style: PageStyle) -> None:
    shape = ShapedBlock("كركوك وديالى", 0, style.of(Role.BODY), WIDTH)
    (whole,), (name,) = shape.extents(6, 12), shape.extents(7, 12)
    assert name.left == whole.left
    assert whole.right - 15 < name.right < whole.right - 3


def test_text_that_begins_in_latin_still_starts_at_the_right(style: PageStyle) -> None:
    shape = ShapedBlock("BBC قالت", 0, style.of(Role.BODY), WIDTH)
    (latin,), (arabic,) = shape.extents(0, 3), shape.extents(4, 8)
    assert latin.right == pytest.approx(WIDTH, abs=0.1)
    assert arabic.right < latin.left


def test_a_span_over_two_lines_has_an_extent_on_each_without_trailing_spaces(style: PageStyle) -> None:
    text = SENTENCES[0]
    shape = ShapedBlock(text, 100, style.of(Role.BODY), 260)
    assert shape.line_count > 2
    _, border = shape.line_range(0)
    extents = shape.extents(border - 4, border + 4)
    assert [extent.line for extent in extents] == [0, 1]
    assert all(extent.left >= 0 for extent in extents)
    assert extents[1].right == pytest.approx(260, abs=0.1)


@pytest.mark.parametrize("text", SENTENCES)
def test_lines_cover_the_paragraph_without_gap(text: str, style: PageStyle) -> None:
    shape = ShapedBlock(text, 7, style.of(Role.BODY), 200)
    ranges = [shape.line_range(line) for line in range(shape.line_count)]
    assert ranges[0][0] == 7
    assert ranges[-1][1] == 7 + len(text)
    assert all(one[1] == other[0] for one, other in pairwise(ranges))


@pytest.mark.usefixtures("qapp")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_blocks_hold_everything_but_line_ends(text: str) -> None:
    load_fonts()
    page = PageLayout(text, (), PageStyle(), WIDTH)
    covered = "".join(text[block.start : block.end] for block in page.blocks)
    assert covered == "".join(c for c in text if c not in "\n\r\v\f\x85\u2028\u2029")
    for index, block in enumerate(page.blocks):
        assert page.block_of(block.start) == index
        assert page.shape(index).line_count >= 1


@given(st.text(alphabet="اب \n", max_size=60))
def test_newlines_alone_are_found_as_line_ends_of_every_kind_are(text: str) -> None:
    assert list(_line_ends(text)) == [found.span() for found in LINE_ENDS.finditer(text)]


def test_a_text_without_line_ends_is_cut_at_sentences(style: PageStyle) -> None:
    text = long_text(60_000, paragraphs=False)
    page = PageLayout(text, (), style, WIDTH)
    assert all(block.end - block.start <= LONGEST_BLOCK for block in page.blocks)
    assert all(text[block.end - 2] in ".؟!" for block in page.blocks[:-1])
    assert "".join(text[block.start : block.end] for block in page.blocks) == text


def test_a_text_without_any_space_is_cut_somewhere(style: PageStyle) -> None:
    page = PageLayout("م" * 20_000, (), style, WIDTH)
    assert sum(block.end - block.start for block in page.blocks) == 20_000
    assert all(page.shape(index).line_count > 10 for index in range(len(page.blocks)))


def test_reckoned_heights_are_near_the_real_ones(style: PageStyle) -> None:
    page = PageLayout(long_text(20_000), (), style, style.measure)
    reckoned = page.height
    page.shape_between(0, 1e9)
    assert page.height == pytest.approx(reckoned, rel=0.15)


def test_regions_give_paragraphs_their_roles_and_dim_debris_within_a_line(style: PageStyle) -> None:
    text = "عنوان الخبر\n\n17 ابريل 2020\nتعليق (علي)\n+ الخط -\nنص الخبر اقرأ أيضاً بقية النص الطويل هنا"
    place = text.index
    regions = (
        Region(Span(0, 11), RegionKind.TITLE),
        Region(Span(place("17"), place("17") + 13), RegionKind.DATE),
        Region(Span(place("تعليق"), place("تعليق") + 11), RegionKind.CAPTION),
        Region(Span(place("+"), place("+") + 8), RegionKind.DEBRIS),
        Region(Span(place("اقرأ"), place("اقرأ") + 10), RegionKind.DEBRIS),
    )
    page = PageLayout(text, regions, style, WIDTH)
    assert [block.role for block in page.blocks] == [Role.TITLE, Role.DATE, Role.CAPTION, Role.DEBRIS, Role.BODY]
    assert page.blocks[-1].dimmed == [Span(place("اقرأ"), place("اقرأ") + 10)]
    assert page.shape(0).style.font.pixelSize() > page.shape(4).style.font.pixelSize() > 0


def test_tags_have_room_below_the_lowest_marks_and_above_the_next_line(style: PageStyle) -> None:
    for role in Role:
        text_style = style.of(role, vocalised=True)
        shape = ShapedBlock("رِيٍ جٍ لَّا اللَّهُ بِجِعٍ", 0, text_style, WIDTH)
        image = QImage(WIDTH, 120, QImage.Format.Format_Grayscale8)
        image.fill(255)
        with QPainter(image) as painter:
            shape.draw_line(painter, 0, QPointF(0, 0))
        ink = [y for y in range(120) if any(image.pixelColor(x, y).value() < 200 for x in range(200, WIDTH))]
        assert ink[0] >= text_style.box_top - 1
        assert ink[-1] < text_style.tag_top
        assert text_style.tag_top + style.tag_height <= text_style.pitch


def test_a_caret_never_stands_within_a_character(style: PageStyle) -> None:
    text = "\U0001f1ea\u0939 م😀 \U0001f1e6\u0939"
    shape = ShapedBlock(text, 0, style.of(Role.BODY), WIDTH)
    found = {shape.position_at(0, x) for x in range(WIDTH)}
    assert found <= set(range(len(text) + 1))
    assert {0, 1} <= found


def test_an_empty_document_is_an_empty_page(style: PageStyle, qtbot: QtBot) -> None:
    page = PageLayout("", (), style, WIDTH)
    assert page.blocks == []
    assert list(page.visible_lines(0, 1000)) == []
    assert page.shape_between(0, 1000) is False


@pytest.mark.parametrize(
    "text", [*SENTENCES, " ".join(SENTENCES), "قال \u202bABC نعم\u202c ثم abc ذهب إلى 12 بيت", "Latin only 12"]
)
def test_ink_in_an_area_is_that_of_the_whole_line_there(text: str, style: PageStyle) -> None:
    shape = ShapedBlock(text, 0, style.of(Role.BODY), 300)
    top, bottom = style.of(Role.BODY).tag_top, style.of(Role.BODY).tag_bottom
    for line in range(shape.line_count):
        whole = shape.ink_between(line, QRectF(-1e4, top, 2e4, bottom - top))
        for left in range(-20, 320, 35):
            right = left + 60
            near = shape.ink_between(line, QRectF(left, top, 60, bottom - top))
            assert {ink for ink in near if ink[0] < right and left < ink[1]} == {
                ink for ink in whole if ink[0] < right and left < ink[1]
            }


def glyph_extents(shape: ShapedBlock, start: int, end: int) -> list[tuple[int, float, float]]:
    """Return the extents of characters by their glyphs alone."""
    found = []
    for line in range(shape.line_of(start), shape.line_of(end - 1) + 1):
        first, last = (max(start, shape.line_range(line)[0]), min(end, shape.line_range(line)[1]))
        boxes = [(left, right) for left, right, _ in shape._runs(line, first, last)]
        found.append((line, min(left for left, _ in boxes), max(right for _, right in boxes)))
    return found


@pytest.mark.parametrize("text", [" ".join(SENTENCES), TEXT.replace("\n", " "), "قال (نعم). ثم 3.5% لا"])
@pytest.mark.parametrize("width", [150, WIDTH])
def test_words_that_are_not_read_glyph_by_glyph_are_where_their_glyphs_are(
    text: str, width: int, style: PageStyle
) -> None:
    shape = ShapedBlock(text, 0, style.of(Role.BODY), width)
    for span in [token.span for token in words(text)]:
        found = shape.extents(span.start, span.end)
        if len(found) == 1 and not text[span.start : span.end].isspace():
            (line, left, right) = glyph_extents(shape, span.start, span.end)[0]
            assert found[0].line == line
            assert (found[0].left, found[0].right) == pytest.approx((left, right))


def exact_ink(shape: ShapedBlock, line: int, top: float, bottom: float) -> list[tuple[float, float]]:
    """Return the ink of a line and the next one in a row, from all of their glyphs."""
    made = WordInk(shape.style.font.pixelSize(), -1e4, 1e4)
    found = []
    for number in range(line, min(line + 2, shape.line_count)):
        below = (number - line) * shape.style.pitch
        runs = shape._lines[number].glyphRuns()
        for left, high, right, low in made.measure(runs, 0.0, number * shape.style.pitch).below:
            if high < bottom - below and low > top - below:
                found.append((left, right))
    return found


@pytest.mark.parametrize("family", FONTS.values())
@pytest.mark.parametrize("density", Density)
def test_ink_that_is_known_from_other_places_is_that_of_the_glyphs(family: str, density: Density, qapp: object) -> None:
    load_fonts()
    page = PageStyle(family, density=density)
    style = page.of(Role.BODY)
    for text in (*SENTENCES, " ".join(SENTENCES), *BODY, " ".join(reversed(LAST.split())), "ق\u202bأ ABC ي\u202c نصّ أ"):
        for width in (1e4, 300, 170):
            shape = ShapedBlock(text, 0, style, width)
            for line in range(shape.line_count):
                area = QRectF(-1e4, style.tag_top, 3e4, page.tag_height)
                found = shape.ink_between(line, area)
                exact = exact_ink(shape, line, style.tag_top, style.tag_top + page.tag_height)
                assert sorted(left for left, _ in found) == pytest.approx(sorted(left for left, _ in exact), abs=0.1)
                assert sorted(right for _, right in found) == pytest.approx(sorted(x for _, x in exact), abs=0.1)
