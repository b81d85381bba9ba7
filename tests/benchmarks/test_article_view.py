"""How long the article view takes, by the size of the article: pytest tests/benchmarks --benchmark-only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, Token
from annotator.session import ReviewItem
from annotator.ui.article.article_view import ArticleView
from tests.ui.article.page_texts import TAGSET, items_over, long_text, make_document, words

SIZES = [(3_000, 25), (60_000, 500), (600_000, 5_000)]
Article = tuple[Document, list[Token], list[ReviewItem]]
Maker = Callable[[int, int], Article]


@pytest.fixture(scope="module")
def article() -> Maker:
    made: dict[tuple[int, int, bool], Article] = {}

    def make(characters: int, spans: int, paragraphs: bool = True) -> Article:
        key = (characters, spans, paragraphs)
        if key not in made:
            document = make_document(long_text(characters, paragraphs=paragraphs))
            tokens = words(document.text)
            made[key] = document, tokens, items_over(tokens, spans)
        return made[key]

    return make


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    made = ArticleView()
    qtbot.addWidget(made)
    made.animated = False
    made.resize(900, 1000)
    made.set_tagset(TAGSET, "ar")
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("paragraphs", [True, False], ids=["paragraphs", "one-paragraph"])
@pytest.mark.parametrize(("characters", "spans"), SIZES)
def test_first_paint(
    benchmark: BenchmarkFixture, view: ArticleView, article: Callable[..., Article], characters: int, spans: int,
    paragraphs: bool,
) -> None:  # fmt: skip
    document, tokens, items = article(characters, spans, paragraphs)

    def open_it() -> None:
        view.set_document(document, tokens)
        view.set_items(items)
        view.viewport().repaint()

    benchmark.pedantic(open_it, rounds=15, warmup_rounds=1)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("characters", "spans"), SIZES)
def test_toggle_one_span(
    benchmark: BenchmarkFixture, view: ArticleView, article: Maker, characters: int, spans: int
) -> None:
    document, tokens, items = article(characters, spans)
    view.set_document(document, tokens)
    view.set_items(items)
    view.set_focus_item(items[len(items) // 2])
    without = [each for each in items if each is not items[len(items) // 2]]
    states = cycle([without, items])
    view.viewport().repaint()

    def toggle() -> None:
        view.update_items(next(states))
        QCoreApplication.processEvents()

    benchmark.pedantic(toggle, rounds=60, warmup_rounds=2)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("paragraphs", [True, False], ids=["paragraphs", "one-paragraph"])
@pytest.mark.parametrize(("characters", "spans"), SIZES)
def test_scroll_step(
    benchmark: BenchmarkFixture, view: ArticleView, article: Callable[..., Article], characters: int, spans: int,
    paragraphs: bool,
) -> None:  # fmt: skip
    document, tokens, items = article(characters, spans, paragraphs)
    view.set_document(document, tokens)
    view.set_items(items)
    bar = view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 120 if bar.value() < bar.maximum() else 0)
        QCoreApplication.processEvents()

    benchmark.pedantic(scroll, rounds=150, warmup_rounds=2)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("characters", "spans"), SIZES)
def test_focus_goes_to_the_next_span(
    benchmark: BenchmarkFixture, view: ArticleView, article: Maker, characters: int, spans: int
) -> None:
    document, tokens, items = article(characters, spans)
    view.set_document(document, tokens)
    view.set_items(items)
    following = cycle(items)

    def go() -> None:
        view.set_focus_item(next(following))
        QCoreApplication.processEvents()

    benchmark.pedantic(go, rounds=100, warmup_rounds=1)  # type: ignore[no-untyped-call]
