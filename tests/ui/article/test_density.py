"""How much of an article a screen shows, and how labels and confidence are seen at each density."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.page.regions import find_regions
from annotator.text.tokenizer import tokenize
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.typography import Density, PageStyle, Role, TagMode
from annotator.ui.window.main_window import MainWindow
from tests.benchmarks.reading import ARTICLE_SIZES, count_screens, seed_article
from tests.ui.article.page_texts import SENTENCES
from tests.ui.conftest import FIRST
from tests.ui.pixels import pixels
from tests.ui.window.test_main_window import press

MakeWindow = Callable[..., MainWindow]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
EVERY_SPACING = pytest.mark.parametrize(("density", "tags"), list(product(Density, TagMode)))
PLAIN = "قال وزير الدفاع العراقي إن القوات الأمنية اعتقلت قيادياً في كركوك، ثم عاد إلى بغداد أمس مع الوفد الأممي. " * 4


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    made = ArticleView()
    qtbot.addWidget(made)
    made.animated = False
    made.resize(640, 500)
    made.set_tagset(load_tagset("security"), "ar")
    made.set_document(Document(document_id(PLAIN), PLAIN), tokenize(PLAIN))
    made.show()
    qtbot.waitExposed(made)
    return made


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def brightness(image: QImage) -> NDArray[np.int32]:
    """Return how bright each pixel of the first lines is, from 0 to 255."""
    return (pixels(image.convertToFormat(QImage.Format.Format_Grayscale8))[:90] & 0xFF).astype(np.int32)


def spans(count: int) -> list[ReviewItem]:
    """Return annotations and suggestions on single words."""
    chosen = [token.span for token in tokenize(PLAIN) if len(token.text) > 4][::2][:count]
    labels = [label.id for label in load_tagset("security").labels]
    return [ReviewItem(s, labels[n % len(labels)], n % 2 == 0, f"k{n}", 0.4 + n % 6 / 10) for n, s in enumerate(chosen)]


def line_tops(view: ArticleView) -> list[float]:
    page = view.scene.page
    return [
        page.top(index) + line * page.shape(index).style.pitch
        for index in range(len(page.blocks))
        for line in range(page.shape(index).line_count)
    ]


@pytest.mark.parametrize(("size", "most"), [((1440, 900), 2.0), ((1280, 720), 2.7)])
def test_the_seed_article_takes_at_most_two_screens(
    corpora: Path, qtbot: QtBot, size: tuple[int, int], most: float
) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(*ARTICLE_SIZES[size])
    text = seed_article(corpora)
    assert len(text) > 2_800
    view.set_document(Document(document_id(text), text, regions=tuple(find_regions(text))), tokenize(text))
    view.show()
    qtbot.waitExposed(view)
    found = {}
    for density in Density:
        view.set_spacing(density, TagMode.BELOW)
        found[density] = count_screens(view)
    assert found[Density.COMFORTABLE].screens <= most
    assert found[Density.COMPACT].screens <= 0.91 * found[Density.COMFORTABLE].screens
    assert found[Density.COMFORTABLE].screens < found[Density.SPACIOUS].screens


@EVERY_SPACING
def test_no_line_moves_when_spans_come_and_go(view: ArticleView, density: Density, tags: TagMode) -> None:
    view.set_spacing(density, tags)
    before, tops, height = picture(view), line_tops(view), view.scene.page.height
    view.update_items(spans(20))
    assert (line_tops(view), view.scene.page.height) == (tops, height)
    assert picture(view) != before
    view.update_items([])
    assert picture(view) == before


@EVERY_SPACING
@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.7])
def test_tags_are_on_no_letter_and_on_no_other_tag(
    view: ArticleView, density: Density, tags: TagMode, zoom: float
) -> None:
    view.set_zoom(zoom)
    view.set_spacing(density, tags)
    bare = picture(view)
    items = [replace(item, doubtful=number % 5 == 0) for number, item in enumerate(spans(20))]
    view.set_items(items)
    shape, geometry = view.scene.page.shape(0), view.geometry_now()
    found = geometry.tags(0, shape, geometry.boxes(0, shape, range(shape.line_count)))
    assert len(found) == (sum(item.doubtful for item in items) if tags is TagMode.OFF else len(items))
    for tag in found:
        inner = tag.rect.toAlignedRect().adjusted(0, 0, -1, -1) & bare.rect()
        assert inner.isEmpty() or (pixels(bare.copy(inner)) == view.scene.palette.page.rgb()).all(), tag
    assert not any(one.rect.intersects(other.rect) for one, other in combinations(found, 2))


def test_nearly_all_tags_have_the_name_of_their_label_between_comfortable_lines(view: ArticleView) -> None:
    view.set_items(spans(20))
    shape, geometry = view.scene.page.shape(0), view.geometry_now()
    found = geometry.tags(0, shape, geometry.boxes(0, shape, range(shape.line_count)))
    names = [tag for tag in found if tag.text is not None and len(tag.text.static.text()) > 3]
    assert len(names) >= 0.8 * len(found)


def test_a_tag_is_clicked_where_it_reaches_into_the_next_line(view: ArticleView) -> None:
    view.set_items(spans(20))
    shape, geometry = view.scene.page.shape(0), view.geometry_now()
    for tag in geometry.tags(0, shape, geometry.boxes(0, shape, range(shape.line_count))):
        assert geometry.item_at(tag.rect.center()) == tag.item
        assert shape.style.overhang > 0


def test_vocalised_text_gets_more_room(qapp: object) -> None:
    style = PageStyle()
    for role in Role:
        assert style.of(role, vocalised=True).pitch > style.of(role).pitch
    view = ArticleView()
    text = f"{SENTENCES[2]}\n{PLAIN}\nسجّلت الشرطةُ عدداً من الحوادث في المدينة أمس"
    view.set_document(Document(document_id(text), text), tokenize(text))
    assert [block.vocalised for block in view.scene.page.blocks] == [True, False, False]


def looks(item: ReviewItem) -> dict[str, ReviewItem]:
    """Return the states of a span. A rejected suggestion has no box."""
    return {
        "suggested": item,
        "skipped": replace(item, skipped=True),
        "confirmed": replace(item, is_suggestion=False, score=1.0),
        "doubtful": replace(item, is_suggestion=False, score=1.0, doubtful=True),
    }


@EVERY_SPACING
@pytest.mark.parametrize("theme", ["light", "dark", "light-contrast", "dark-contrast"])
def test_every_state_is_seen_without_colour(view: ArticleView, density: Density, tags: TagMode, theme: str) -> None:
    from annotator.ui.base.palette import PagePalette
    from annotator.ui.base.theme import THEMES

    view.set_palette(PagePalette.of(THEMES[theme]))
    view.set_spacing(density, tags)
    at = PLAIN.index("العراقي")
    grey = {"rejected": brightness(picture(view))}
    for name, item in looks(ReviewItem(Span(at, at + 7), "LOC", True, "k", 0.9)).items():
        view.set_items([item])
        grey[name] = brightness(picture(view))
    for (one, first), (other, second) in combinations(grey.items(), 2):
        assert (abs(first - second) > 24).sum() >= 20, (one, other)


@EVERY_SPACING
def test_confidence_is_seen_in_the_article(view: ArticleView, density: Density, tags: TagMode) -> None:
    view.set_spacing(density, tags)
    at = PLAIN.index("العراقي")
    item = ReviewItem(Span(at, at + 7), "LOC", True, "k", 0.9)
    lengths = []
    for score in (0.3, 0.6, 0.9):
        view.set_items([replace(item, score=score)])
        image, shape = picture(view), view.scene.page.shape(0)
        (box,) = view.geometry_now(1.0).boxes(0, shape, range(shape.line_count))
        rect, band = box.pieces[0].rect, view.scene.label_style.colours("LOC").band
        y = round(rect.top()) + 1
        lengths.append(sum(image.pixelColor(x, y) == band for x in range(round(rect.left()), round(rect.right()))))
        assert lengths[-1] == pytest.approx(rect.width() * score, abs=5)
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_line_spacing_and_tags_are_choices_that_stay(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    window = make_window(language, project_path)
    style = window.article.scene.page.style
    assert (style.density, style.tags) == (Density.COMFORTABLE, TagMode.BELOW)
    assert window.menus.actions["look.comfortable"].isChecked() and window.menus.actions["look.tags_below"].isChecked()
    press(window, Qt.Key.Key_D, CTRL_SHIFT)
    # There is no room for most names.
    assert window.menus.actions["look.compact"].isChecked() and window.menus.actions["look.tags_as_marks"].isChecked()
    press(window, Qt.Key.Key_T, CTRL_SHIFT)
    assert window.menus.actions["look.tags_off"].isChecked()
    window.close()
    again = make_window(language, project_path)
    style = again.article.scene.page.style
    assert (style.density, style.tags) == (Density.COMPACT, TagMode.OFF)
    assert again.menus.actions["look.compact"].isChecked() and again.menus.actions["look.tags_off"].isChecked()
    for _ in range(2):
        press(again, Qt.Key.Key_D, CTRL_SHIFT)
    style = again.article.scene.page.style
    assert (style.density, style.tags) == (Density.COMFORTABLE, TagMode.BELOW)


def test_larger_text_enlarges_the_list_and_the_panel(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)

    def sizes() -> tuple[int, ...]:
        side = window.workspace.side
        QCoreApplication.processEvents()
        return (
            window.workspace.documents.view.rowHeight(0),
            side.items.rowHeight(0),
            side.labels.chip("LOC").sizeHint().height(),
            side._counter.fontMetrics().height(),
            window.workspace.header._where.fontMetrics().height(),
        )

    usual = sizes()
    for _ in range(3):
        press(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert all(now >= 1.2 * before for now, before in zip(sizes(), usual, strict=True))
    assert window.workspace.side.labels.chip("LOC").current
    press(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert sizes() == usual


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_full_title_is_above_an_article_that_does_not_begin_with_it(
    make_window: MakeWindow, project_path: Path, language: str
) -> None:
    header = make_window(language, project_path).workspace.header
    title = "عنوان طويل لا يظهر في نص المقالة، ويزيد على ما يسعه سطر واحد من القائمة في عمودها الضيّق، ولا يُقطع هنا"
    assert header.title_text() == ""
    header.show_document(Document("1", FIRST, title=title), 0, 2)
    # Only the layout: a job that ends now would show the open article again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert header.title_text() == title
    label = header.title
    assert label.height() >= label.heightForWidth(label.width())
    header.show_document(Document("2", f"\n{title}\n\n{FIRST}", title=title), 1, 2)
    assert header.title_text() == ""
