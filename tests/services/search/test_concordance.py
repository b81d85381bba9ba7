"""The concordance pages through every place, by text, label and annotator, with the words around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.services.search import concordance
from annotator.services.search.concordance import Concordance, Hit, Query, complete_index
from annotator.services.search.match import Mode
from annotator.storage.project import Project
from annotator.text.context import context
from tests.services.corpus.corpora import PEOPLE, add_annotation, make_project

ME, OTHER = PEOPLE[0], PEOPLE[1]
TEXTS = tuple(f"خبر {number}: وصل الوفد إلى بغداد ثم عاد من بَغداد إلى أربيل" for number in range(30))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an open project of thirty short articles, in the first of which two people labelled."""
    project = make_project(tmp_path / "p.annot")
    project.documents.add_many(Document(document_id(text), text, title=text[:7]) for text in TEXTS)
    complete_index(project)
    first = document_id(TEXTS[0])
    at = TEXTS[0].index("بغداد")
    add_annotation(project, first, Annotation("x", Span(at, at + 5), "LOC", ME.id))
    at = TEXTS[0].index("الوفد")
    add_annotation(project, first, Annotation("y", Span(at, at + 5), "ORG", OTHER.id))
    return project


def search(project: Project, query: Query, me: Annotator = ME) -> list[Hit]:
    """Return all hits, page by page."""
    made = Concordance(project, me.id, query)
    candidates, at = made.candidates(), 0
    hits: list[Hit] = []
    while at < len(candidates):
        page = made.page(candidates, at)
        assert page.next > at
        hits.extend(page.hits)
        at = page.next
    return hits


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query("بغداد"), 60),
        (Query("بغداد", Mode.SPELLING), 60),
        (Query("بغداد", Mode.EXACT), 30),
        (Query("غدا", Mode.SPELLING), 60),
        (Query("غدا"), 0),
        (Query(r"خبر [12]\d", Mode.REGEX), 20),
        (Query(label="LOC"), 1),
        (Query(annotator=OTHER.id), 1),
        (Query(label="LOC", annotator=OTHER.id), 0),
        (Query("بغداد", label="LOC"), 1),
        (Query("الوفد", label="LOC"), 0),
        (Query("موصل"), 0),
    ],
)
def test_queries(project: Project, query: Query, count: int) -> None:
    hits = search(project, query)
    assert len(hits) == count
    for hit in hits:
        assert hit.context.word == hit.span.of(project.documents.get(hit.document).text)
    project.close()


def test_pages_are_short_and_say_how_far_they_came(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "PAGE_HITS", 7)
    monkeypatch.setattr(concordance, "_CHUNK", 3)
    told: list[tuple[int, int]] = []
    made = Concordance(project, ME.id, Query("بغداد"))
    candidates = made.candidates()
    page = made.page(candidates, 0, lambda done, total: told.append((done, total)))
    assert (len(page.hits), page.next) == (8, 4)
    assert told == [(3, 30), (4, 30)]
    assert len(search(project, Query("بغداد"))) == 60
    project.close()


def test_hits_carry_the_label_at_their_place(project: Project) -> None:
    held = [hit.held.label if hit.held else "" for hit in search(project, Query("بغداد"))]
    assert held == ["LOC"] + [""] * 59
    assert [hit.held.annotator for hit in search(project, Query(label="ORG")) if hit.held] == [OTHER.id]
    assert not any(hit.held for hit in search(project, Query("بغداد"), OTHER))
    project.close()


@given(st.text(st.sampled_from("اب \n\u200f😀و"), min_size=1, max_size=60), st.data())
def test_contexts_keep_the_place_on_one_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = context(text, Span(start, end), reach=10)
    assert shown.word == text[start:end].replace("\n", " ")
    assert "\n" not in shown.line and len(shown.line) <= end - start + 20
    assert shown.line in text.replace("\n", " ")
