"""The article view: what lies where, what the mouse means, and that text stands still whatever is laid beneath it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QHelpEvent, QImage, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge
from annotator.session import ReviewItem
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.palette import DARK_PAGE
from annotator.ui.base.plain_text import tooltip
from annotator.ui.base.typography import Density, TagMode
from tests.ui.article.page_texts import SENTENCES, TAGSET, item, items_over, long_text, make_document, words

TEXT = "\n".join(SENTENCES)
ODD_LETTERS = (
    "مكروجداالله لأ \u0651\u064e\u0640abcXY 0123٤٥.,:;()«»\n\n😀👩\u200d👧"
    "\u200f\u200e\u202b\u202a\u202c\u202e\u202d\u2067\u2069"
    "\u00a0\ufeff\ufffe\u2028\r\t\u00ad\0\x07\u200c\ufffc\u0939\u093f한\U0001f1e6\U0001f1ea"
)
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    made = ArticleView()
    qtbot.addWidget(made)
    made.animated = False
    made.resize(700, 600)
    made.set_tagset(TAGSET, "ar")
    show(made, TEXT)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(view: ArticleView, text: str) -> None:
    view.set_document(make_document(text), words(text))


def center(view: ArticleView, span: Span) -> QPointF:
    """Return the middle of the glyphs of a span's first line in the viewport."""
    page, geometry = view.scene.page, view.geometry_now()
    place = page.place_of(span.start)
    extent = page.shape(place.block).extents(span.start, span.end)[0]
    style = page.shape(place.block).style
    y = geometry.origin.y() + place.top + style.baseline - 5
    return QPointF(geometry.origin.x() + (extent.left + extent.right) / 2, y)


def mouse(view: ArticleView, kind: QEvent.Type, point: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    button = NO_BUTTON if kind is QEvent.Type.MouseMove else LEFT
    buttons = NO_BUTTON if kind is QEvent.Type.MouseButtonRelease else LEFT
    place = QPointF(view.viewport().mapToGlobal(point.toPoint()))
    QApplication.sendEvent(view.viewport(), QMouseEvent(kind, point, place, button, buttons, modifiers))


def drag(view: ArticleView, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, start, modifiers)
    mouse(view, QEvent.Type.MouseMove, (start + end) / 2, modifiers)
    mouse(view, QEvent.Type.MouseMove, end, modifiers)
    mouse(view, QEvent.Type.MouseButtonRelease, end, modifiers)


def click(view: ArticleView, point: QPointF) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, point)
    mouse(view, QEvent.Type.MouseButtonRelease, point)


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def span_of(phrase: str, text: str = TEXT) -> Span:
    return Span(text.index(phrase), text.index(phrase) + len(phrase))


def test_the_middle_of_every_word_is_that_word(view: ArticleView) -> None:
    for token in view.tokens:
        if token.text.strip("\u200f"):
            view.bring_into_view(token.span)
            found = view.geometry_now().token_at(center(view, token.span), view.tokens)
            assert found == token


def test_beyond_the_end_of_a_line_the_nearest_word_is_meant(view: ArticleView) -> None:
    first = view.tokens[0]
    point = center(view, first.span)
    far_right = view.geometry_now().token_at(QPointF(view.viewport().width() - 1, point.y()), view.tokens)
    assert far_right == first


def test_text_pixels_outside_boxes_and_tags_stay_when_a_span_comes(view: ArticleView) -> None:
    before = picture(view)
    place = item(span_of("كركوك"), suggested=False)
    view.set_items([place])
    after = picture(view)
    page, geometry = view.scene.page, view.geometry_now()
    shape = page.shape(0)
    (box,) = geometry.boxes(0, shape, range(shape.line_count))
    (tag,) = geometry.tags(0, shape, [box])
    touched = [piece.rect.adjusted(-1, -1, 1, 1) for piece in box.pieces] + [tag.rect.adjusted(-1, -1, 1, 1)]
    changed = [
        QPointF(x, y)
        for y in range(before.height())
        for x in range(before.width())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert all(any(rect.contains(point) for rect in touched) for point in changed)


def test_dark_letters_stay_where_they_are_over_a_box(view: ArticleView) -> None:
    before = picture(view)
    view.set_items([item(span_of("كركوك"), suggested=False)])
    after = picture(view)
    ink = [
        (x, y)
        for y in range(before.height())
        for x in range(before.width())
        if before.pixelColor(x, y).lightness() < 60
    ]
    assert len(ink) > 500
    assert all(after.pixelColor(x, y).lightness() < 75 for x, y in ink)


def test_taking_a_span_away_gives_the_first_picture_back(view: ArticleView) -> None:
    before = picture(view)
    place = item(span_of("كركوك"))
    view.update_items([place])
    assert picture(view) != before
    view.update_items([])
    assert picture(view) == before


def test_confirmed_suggested_and_skipped_look_different_without_colour(view: ArticleView) -> None:
    span = span_of("كركوك")
    looks = [
        ReviewItem(span, "LOC", is_suggestion=True, key="k"),
        ReviewItem(span, "LOC", is_suggestion=False, key="k"),
        ReviewItem(span, "LOC", is_suggestion=True, key="k", skipped=True),
    ]
    pictures = []
    for look in looks:
        view.set_items([look])
        pictures.append(picture(view).convertToFormat(QImage.Format.Format_Grayscale8))
    assert pictures[0] != pictures[1]
    assert pictures[0] != pictures[2]
    view.set_focus_item(looks[2])
    assert picture(view).convertToFormat(QImage.Format.Format_Grayscale8) != pictures[2]


def test_tags_do_not_lie_on_one_another_or_on_boxes(view: ArticleView) -> None:
    view.set_spacing(Density.SPACIOUS, TagMode.BELOW)
    whole = span_of("القوات في كركوك")
    view.set_items([item(whole, "ORG"), item(span_of("كركوك")), item(Span(whole.start, whole.start + 6))])
    shape = view.scene.page.shape(0)
    geometry = view.geometry_now()
    boxes = geometry.boxes(0, shape, range(shape.line_count))
    tags = [tag.rect for tag in geometry.tags(0, shape, boxes)]
    assert len(tags) == 3
    for index, rect in enumerate(tags):
        assert not any(rect.intersects(other) for other in tags[index + 1 :])
        assert not any(rect.intersects(piece.rect) for box in boxes for piece in box.pieces)


def test_nested_boxes_lie_within_one_another(view: ArticleView) -> None:
    outer, middle, inner = span_of("القوات في كركوك وديالى"), span_of("في كركوك"), span_of("كركوك")
    view.set_items([item(outer, "ORG"), item(middle), item(inner, "ORG")])
    shape = view.scene.page.shape(0)
    boxes = view.geometry_now().boxes(0, shape, range(shape.line_count))
    rects = [box.pieces[0].rect for box in boxes]
    assert [box.item.span for box in boxes] == [outer, middle, inner]
    assert rects[0].contains(rects[1])
    assert rects[1].contains(rects[2])
    assert rects[0].top() < rects[1].top() < rects[2].top()


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_selects_whole_words_in_either_direction(view: ArticleView, qtbot: QtBot, backwards: bool) -> None:
    ends = [center(view, span_of("القوات")), center(view, span_of("وديالى"))]
    if backwards:
        ends.reverse()
    with qtbot.waitSignal(view.selectionChanged):
        drag(view, ends[0], ends[1])
    assert view.selection == span_of("القوات في كركوك وديالى")


def test_a_drag_with_alt_selects_letters(view: ArticleView) -> None:
    name = span_of("ديالى")
    geometry = view.geometry_now()
    start = geometry.edge_rect(name.start, trailing=False).center()
    end = geometry.edge_rect(name.end, trailing=True).center()
    drag(view, start - QPointF(1, 0), end + QPointF(1, 0), ALT)
    assert view.selection == name


def test_a_click_on_an_item_names_it_and_does_not_select(view: ArticleView, qtbot: QtBot) -> None:
    outer, inner = item(span_of("القوات في كركوك"), "ORG", suggested=False), item(span_of("كركوك"))
    view.set_items([outer, inner])
    with qtbot.waitSignal(view.itemClicked) as clicked:
        click(view, center(view, inner.span))
    assert clicked.args == [inner.key, True]
    with qtbot.waitSignal(view.itemClicked) as clicked:
        click(view, center(view, span_of("القوات")))
    assert clicked.args == [outer.key, False]
    assert view.selection is None


def test_a_click_on_a_tag_means_its_item(view: ArticleView, qtbot: QtBot) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    shape, geometry = view.scene.page.shape(0), view.geometry_now()
    (tag,) = geometry.tags(0, shape, geometry.boxes(0, shape, range(shape.line_count)))
    with qtbot.waitSignal(view.itemClicked) as clicked:
        click(view, tag.rect.center())
    assert clicked.args == [place.key, True]


def test_a_click_on_a_word_selects_it_and_one_on_nothing_gives_it_up(view: ArticleView, qtbot: QtBot) -> None:
    click(view, center(view, span_of("كركوك")))
    assert view.selection == span_of("كركوك")
    nothing = QPointF(3, view.viewport().height() - 3)
    with qtbot.assertNotEmitted(view.spaceClicked), qtbot.waitSignal(view.selectionChanged) as told:
        click(view, nothing)
    assert told.args == [None]
    with qtbot.waitSignal(view.spaceClicked):
        click(view, nothing)


def test_a_double_click_names_the_item(view: ArticleView, qtbot: QtBot) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    with qtbot.waitSignal(view.itemDoubleClicked) as clicked:
        mouse(view, QEvent.Type.MouseButtonDblClick, center(view, place.span))
    assert clicked.args == [place.key, True]


@pytest.mark.parametrize(
    ("edge", "target", "expected"),
    [
        ("end", "الدين", "كركوك وديالى وصلاح الدين"),
        ("start", "القوات", "القوات في كركوك وديالى"),
        ("end", "كركوك", "كركوك"),
    ],
)
def test_a_knob_pulls_an_end_by_words(view: ArticleView, qtbot: QtBot, edge: Edge, target: str, expected: str) -> None:
    focus = item(span_of("كركوك وديالى"))
    view.set_items([focus])
    view.set_focus_item(focus)
    knob = view.geometry_now().knobs()[edge]
    with qtbot.waitSignal(view.boundaryDragged) as dragged:
        drag(view, knob, center(view, span_of(target)))
    assert dragged.args == [focus.key, span_of(expected)]
    assert view.selection is None


def test_a_knob_with_alt_pulls_an_end_by_letters(view: ArticleView, qtbot: QtBot) -> None:
    focus = item(span_of("وديالى"))
    view.set_items([focus])
    view.set_focus_item(focus)
    geometry = view.geometry_now()
    goal = geometry.edge_rect(focus.span.start + 1, trailing=False).center()
    with qtbot.waitSignal(view.boundaryDragged) as dragged:
        drag(view, geometry.knobs()["start"], goal, ALT)
    assert dragged.args == [focus.key, span_of("ديالى")]


def test_an_end_that_was_not_moved_is_not_told_of(view: ArticleView, qtbot: QtBot) -> None:
    focus = item(span_of("كركوك"))
    view.set_items([focus])
    view.set_focus_item(focus)
    knob = view.geometry_now().knobs()["end"]
    with qtbot.assertNotEmitted(view.boundaryDragged):
        drag(view, knob, center(view, focus.span))
    assert view.scene.preview is None


def test_the_item_under_the_pointer_is_told_once(view: ArticleView, qtbot: QtBot) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    with qtbot.waitSignal(view.hovered) as told:
        mouse_over(view, center(view, place.span))
    assert told.args == [place]
    with qtbot.assertNotEmitted(view.hovered):
        mouse_over(view, center(view, place.span) + QPointF(1, 0))
    with qtbot.waitSignal(view.hovered) as told:
        mouse_over(view, QPointF(3, 590))
    assert told.args == [None]


def mouse_over(view: ArticleView, point: QPointF) -> None:
    place = QPointF(view.viewport().mapToGlobal(point.toPoint()))
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(QEvent.Type.MouseMove, point, place, NO_BUTTON, NO_BUTTON, PLAIN)
    )


def test_the_context_menu_is_asked_for_with_the_item(view: ArticleView, qtbot: QtBot) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    point = center(view, place.span).toPoint()
    with qtbot.waitSignal(view.contextMenuRequested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, QPoint(5, 6))
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args == [place, QPoint(5, 6)]


def test_the_word_above_and_below_is_in_the_next_line_across_paragraphs(view: ArticleView) -> None:
    place = span_of("كركوك")
    below = view.word_in_line(place, 1)
    assert below is not None
    assert view.scene.page.place_of(below.start).top > view.scene.page.place_of(place.start).top
    above = view.word_in_line(below, -1)
    assert above is not None
    assert view.scene.page.place_of(above.start).top == view.scene.page.place_of(place.start).top
    assert view.word_in_line(place, -1) is None
    assert view.word_in_line(view.tokens[-1].span, 1) is None


def test_the_focus_is_brought_into_view_and_nothing_moves_where_it_already_is(view: ArticleView) -> None:
    text = long_text(30_000)
    show(view, text)
    items = items_over(view.tokens, 200)
    view.set_items(items)
    for chosen in (items[150], items[151], items[3], items[199], items[0]):
        view.set_focus_item(chosen)
        assert 0 < center(view, chosen.span).y() < view.viewport().height()
    bar = view.verticalScrollBar()
    view.set_focus_item(items[100])
    resting = bar.value()
    view.set_focus_item(items[100])
    assert bar.value() == resting


def test_a_glide_ends_where_the_jump_would(view: ArticleView, qtbot: QtBot) -> None:
    show(view, long_text(5_000))
    items = items_over(view.tokens, 60)
    view.set_items(items)
    place = view.scene.page.place_of(items[24].span.start)
    assert place.top > view.viewport().height()
    view.set_focus_item(items[24])
    expected = view.verticalScrollBar().value()
    view.verticalScrollBar().setValue(0)
    view.animated = True
    view.set_focus_item(items[24])
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() == expected)


def test_the_line_at_the_top_stays_when_heights_become_known(view: ArticleView) -> None:
    show(view, long_text(60_000))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = view.geometry_now().token_at(QPointF(350, 300), view.tokens)
    assert seen is not None
    for _ in range(12):
        before = center(view, seen.span).y()
        value = bar.value()
        bar.setValue(value - 25)
        assert center(view, seen.span).y() - before == pytest.approx(25, abs=1)


def test_zooming_keeps_the_line_at_the_top(view: ArticleView) -> None:
    show(view, long_text(30_000))
    view.verticalScrollBar().setValue(4000)
    top = view.geometry_now().token_at(QPointF(350, 20), view.tokens)
    assert top is not None
    view.set_zoom(1.5)
    assert -60 < center(view, top.span).y() < 160
    view.set_zoom(1.0)
    assert -60 < center(view, top.span).y() < 120


def test_a_narrow_window_sets_the_text_in_a_narrow_column(view: ArticleView) -> None:
    wide = view.scene.page.width
    view.resize(300, 600)
    assert view.scene.page.width < 300 < wide
    assert view.geometry_now().origin.x() > 0


def test_a_long_text_without_line_ends_is_shown_to_its_last_word(view: ArticleView) -> None:
    text = long_text(50_000, paragraphs=False)
    show(view, text)
    last = view.tokens[-1]
    view.bring_into_view(last.span)
    assert view.geometry_now().token_at(center(view, last.span), view.tokens) == last
    assert picture(view).pixelColor(0, 0) == view.scene.palette.page


@pytest.mark.parametrize("text", ["", "\n\n", "😀", " ", "\u200f", "م"])
def test_the_smallest_documents_are_shown_and_can_be_clicked(view: ArticleView, text: str) -> None:
    show(view, "")
    empty = picture(view)
    show(view, text)
    # A mark of direction is shown by a sign of its own.
    assert (picture(view) != empty) is bool(text.strip())
    for point in (QPointF(350, 40), QPointF(3, 3), QPointF(600, 50)):
        for end in (point, point + QPointF(60, 30)):
            drag(view, point, end)
            assert view.selection is None or view.selection in {token.span for token in view.tokens}
    assert view.word_in_line(Span(0, 1), 1) is None
    if view.tokens:
        (word,) = view.tokens
        click(view, center(view, word.span))
        assert view.selection == word.span
    assert view.document.text == text


def test_one_emoji_can_be_selected_and_labelled(view: ArticleView) -> None:
    show(view, "😀")
    click(view, center(view, Span(0, 1)))
    assert view.selection == Span(0, 1)
    view.set_items([item(Span(0, 1))])
    shape = view.scene.page.shape(0)
    (box,) = view.geometry_now().boxes(0, shape, range(1))
    assert box.pieces[0].rect.width() > 8


def test_another_document_starts_without_items_focus_or_selection(view: ArticleView, qtbot: QtBot) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    view.set_focus_item(place)
    view.set_selection(span_of("وديالى"))
    with qtbot.waitSignal(view.selectionChanged) as told:
        show(view, "نص آخر")
    assert told.args == [None]
    assert view.focus_item is None
    assert view.scene.spans.items == []


def test_the_picture_changes_with_palette_language_matches_and_marks(view: ArticleView) -> None:
    view.set_items([item(span_of("كركوك"))])

    def pictures() -> Iterator[QImage]:
        yield picture(view)
        view.set_tagset(TAGSET, "en")
        yield picture(view)
        view.set_matches([span_of("القوات")], span_of("القوات"))
        yield picture(view)
        view.set_marks_visible(False)
        view.bring_into_view(view.tokens[-1].span)
        yield picture(view)
        view.set_palette(DARK_PAGE)
        yield picture(view)

    seen = list(pictures())
    assert all(one != other for one, other in pairwise(seen))
    assert seen[-1].pixelColor(0, 0) == DARK_PAGE.page


def test_a_screen_reader_is_told_what_is_in_focus(view: ArticleView) -> None:
    view.announce("اقتراح، مكان، كركوك", "٣ من ١٧")
    assert view.accessibleName() == "اقتراح، مكان، كركوك"
    assert view.accessibleDescription() == "٣ من ١٧"
    spoken = QAccessible.queryAccessibleInterface(view)
    assert spoken.role() is QAccessible.Role.Document
    assert spoken.text(QAccessible.Text.Name) == "اقتراح، مكان، كركوك"
    assert spoken.text(QAccessible.Text.Value) == TEXT


def test_the_tooltip_is_what_the_formatter_says(view: ArticleView) -> None:
    place = item(span_of("كركوك"))
    view.set_items([place])
    view.set_tooltip_formatter(lambda each: f"<div dir='rtl'>{each.label} {each.score}</div>")
    point = center(view, place.span).toPoint()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    assert QToolTip.text() == "<div dir='rtl'>LOC 0.9</div>"
    QToolTip.hideText()


def test_odd_characters_are_named_in_a_tooltip(view: ArticleView) -> None:
    span = span_of("(Reuters)")
    view.bring_into_view(span)
    point = center(view, Span(span.start + 1, span.end - 1)).toPoint()
    mark = center(view, Span(span.end - 1, span.end)).toPoint()
    for place in (point, mark):
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text() == tooltip("U+00A0 NO-BREAK SPACE")
    QToolTip.hideText()


@pytest.mark.parametrize(("turn", "asked"), [(120, 1), (-120, -1)])
def test_ctrl_and_the_wheel_ask_for_another_size(view: ArticleView, qtbot: QtBot, turn: int, asked: int) -> None:
    control, point = Qt.KeyboardModifier.ControlModifier, QPointF(50, 50)
    with qtbot.waitSignal(view.zoomRequested) as told:
        event = QWheelEvent(
            point, point, QPoint(), QPoint(0, turn), NO_BUTTON, control, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(view.viewport(), event)
    assert told.args == [asked]
    assert view.verticalScrollBar().value() == 0


def test_a_drag_held_below_the_rim_scrolls_on_and_goes_on_selecting(view: ArticleView, qtbot: QtBot) -> None:
    show(view, long_text(6_000))
    first = view.tokens[0]
    mouse(view, QEvent.Type.MouseButtonPress, center(view, first.span))
    mouse(view, QEvent.Type.MouseMove, QPointF(350, view.viewport().height() + 60))
    chosen = view.selection
    assert chosen is not None
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 150)
    mouse(view, QEvent.Type.MouseButtonRelease, QPointF(350, view.viewport().height() + 60))
    assert view.selection is not None
    assert view.selection.start == first.span.start
    assert view.selection.end > chosen.end


@pytest.mark.parametrize("seed", range(12))
def test_any_text_with_any_spans_is_drawn_and_can_be_clicked(view: ArticleView, seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice(ODD_LETTERS) for _ in range(chance.randint(1, 250)))
    show(view, text)
    starts = [chance.randrange(len(text)) for _ in range(15)]
    items = [
        item(Span(start, min(len(text), start + chance.randint(1, 40))), chance.choice(["LOC", "ORG", "unknown"]))
        for start in starts
    ]
    view.set_items(items)
    view.set_focus_item(chance.choice(items))
    view.set_matches([Span(0, 1)], Span(0, 1))
    picture(view)
    for _ in range(5):
        start, end = (QPointF(chance.uniform(0, 700), chance.uniform(0, 600)) for _ in range(2))
        click(view, start)
        drag(view, start, end, chance.choice([PLAIN, ALT]))
        selection = view.selection
        assert selection is None or 0 <= selection.start < selection.end <= len(text)
    picture(view)


def test_the_middle_of_every_word_of_real_articles_is_that_word(view: ArticleView, corpora: Path) -> None:
    folder = corpora / "seed"
    paths = sorted(folder.glob("*.txt"))
    assert paths
    for path in paths:
        show(view, path.read_text(encoding="utf-8"))
        for token in view.tokens:
            view.scene.page.place_of(token.span.start)
            assert view.geometry_now().token_at(center(view, token.span), view.tokens) == token


def test_a_new_focus_redraws_its_lines_and_those_of_the_last_one_alone(view: ArticleView) -> None:
    show(view, long_text(2_000))
    items = items_over(view.tokens, 30)
    view.set_items(items)
    view.set_focus_item(items[0])
    QApplication.processEvents()
    areas: list[int] = []
    painted = view.paintEvent

    def note(event: QPaintEvent) -> None:
        areas.append(sum(rect.height() for rect in cast("Iterable[QRect]", event.region())))
        painted(event)

    view.paintEvent = note  # type: ignore[method-assign]
    for each in (items[8], items[1], items[9], None):
        view.set_focus_item(each)
        QApplication.processEvents()
        assert areas and max(areas) < view.viewport().height() / 2
        areas.clear()


def test_boxes_and_tags_are_drawn_alike_wherever_their_paragraph_was_scrolled_to(view: ArticleView) -> None:
    show(view, long_text(6_000))
    items = items_over(view.tokens, 120)
    view.set_items(items)
    bar = view.verticalScrollBar()
    for top in (0, 37, 300, 120, 37, 501, 300):
        bar.setValue(top)
        kept = view.viewport().grab().toImage()
        view.scene.drawings.clear()
        assert view.viewport().grab().toImage() == kept
    view.update_items(items[1:])
    kept = view.viewport().grab().toImage()
    view.scene.drawings.clear()
    assert view.viewport().grab().toImage() == kept


def on_screen(view: ArticleView) -> QImage:
    """Return what the screen shows of the view, which may not be what it would draw now."""
    QApplication.processEvents()
    return view.screen().grabWindow(view.winId()).toImage()


def pixels(image: QImage, y: int) -> bytes:
    return bytes(cast("memoryview", image.constScanLine(y)))


def is_alike(one: QImage, other: QImage) -> bool:
    """Return True if no pixel differs by more than the edge of a curve does when it is drawn in two parts."""
    return one == other or all(
        abs(a - b) < 8 for y in range(one.height()) for a, b in zip(pixels(one, y), pixels(other, y), strict=True)
    )


def test_scrolling_moves_the_picture_and_draws_only_what_comes_into_view(view: ArticleView) -> None:
    text = long_text(20_000)
    show(view, text)
    # Where a dashed line is cut, Qt may begin its dashes elsewhere.
    view.set_items([replace(each, is_suggestion=False, doubtful=True) for each in items_over(view.tokens, 300)])
    view.set_focus_item(view.scene.spans.items[2])
    on_screen(view)
    regions: list[QRect] = []
    paint = view.paintEvent

    def note(event: QPaintEvent) -> None:
        regions.append(event.region().boundingRect())
        paint(event)

    view.paintEvent = note  # type: ignore[method-assign]
    bar, rng = view.verticalScrollBar(), random.Random(1)
    for step in (120, 37, 3000, -90, *(rng.randint(-500, 700) for _ in range(12))):
        regions.clear()
        before = bar.value()
        bar.setValue(before + step)
        shown = on_screen(view)
        moved = abs(bar.value() - before)
        assert sum(rect.height() for rect in regions) <= (moved if moved < 600 else 600) + 1
        view.viewport().update()
        assert is_alike(on_screen(view), shown)
    for span in (view.tokens[1].span, view.tokens[len(view.tokens) // 2].span, view.tokens[-1].span):
        view.bring_into_view(span)
        shown = on_screen(view)
        view.viewport().update()
        assert is_alike(on_screen(view), shown)


def test_a_span_over_many_lines_is_drawn_once(view: ArticleView, monkeypatch: pytest.MonkeyPatch) -> None:
    show(view, SENTENCES[0] * 40)
    view.set_items([item(Span(100, 2_000), suggested=False), item(Span(1_000, 1_010)), item(Span(1_990, 2_600))])
    whole = picture(view)
    monkeypatch.setattr("annotator.ui.article.geometry._STEP", 1_000)
    view.scene.drawings.clear()
    assert picture(view) == whole
