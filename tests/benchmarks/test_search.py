"""How fast 100,000 articles are searched: made of real ones by exchanging words, so that each is another."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from annotator.domain.model.document import Document, document_id
from annotator.services.search.concordance import Concordance, Page, Query, complete_index
from annotator.services.search.match import Mode
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

ARTICLES = 100_000
EXCHANGED = 0.12
"""The share of words that become other words."""


def altered(corpora: Path) -> Iterator[Document]:
    """Yield the articles."""
    source = json.loads((corpora / "saudinewsnet" / "2015-08-08.json").read_text(encoding="utf-8"))
    texts = [f"{each['title']}\n\n{each['content']}".replace("\r", "") for each in source if each.get("content")]
    words = " ".join(texts).split()
    chance = random.Random(1)
    for number in range(ARTICLES):
        kept = texts[number % len(texts)].split(" ")
        text = " ".join(chance.choice(words) if chance.random() < EXCHANGED else word for word in kept)
        yield Document(document_id(text), text)


@pytest.fixture(scope="module")
def project(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Yield an open project of the articles, without an index."""
    folder = tmp_path_factory.mktemp("search")
    with Project.create(folder / "large.annot", load_tagset("security")) as project:
        project.documents.add_many(altered(corpora))
        yield project
    shutil.rmtree(folder)


def test_filling_the_index(benchmark: BenchmarkFixture, project: Project) -> None:
    benchmark.pedantic(complete_index, [project], rounds=1)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "query",
    [
        Query("السعودية"),
        Query("كركوك"),
        Query("قم"),
        Query("في", Mode.SPELLING),
        Query("بغداد", Mode.EXACT),
        Query(r"وزار[ةه]\s+ال\w+", Mode.REGEX),
        Query(r"\b\d{4}\b", Mode.REGEX),
        Query(label="LOC"),
    ],
    ids=lambda query: f"{query.mode}-{query.text or query.label}",
)
def test_first_page(benchmark: BenchmarkFixture, project: Project, query: Query) -> None:
    def search() -> Page:
        """Answer as the window does."""
        assert project.search_index.missing() == []
        made = Concordance(project, "", query)
        return made.page(made.candidates(), 0)

    benchmark(search)
