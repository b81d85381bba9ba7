"""How long filters over 100,000 documents take, and the list of 100,000 notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from tests.benchmarks.conftest import Measure
from tests.benchmarks.sizes import make_large_project

pytestmark = pytest.mark.long
DOCUMENTS = 100_000
DONE, BEGUN = 20_000, 21_000
VIEWER = Viewer("me", 0.5)
FILTERS = {
    "to do": DocumentFilter(progress=frozenset({Progress.NOTHING})),
    "begun": DocumentFilter(progress=frozenset({Progress.DOING})),
    "done": DocumentFilter(progress=frozenset({Progress.DONE})),
    "doubtful": DocumentFilter(doubtful=True),
    "with notes": DocumentFilter(noted=True),
    "with suggestions": DocumentFilter(pending=True),
    "mine": DocumentFilter(whose=MINE),
    "not begun by anybody": DocumentFilter(whose=UNBEGUN),
    "dates": DocumentFilter(since=datetime.date(2020, 1, 1), until=datetime.date(2020, 6, 30)),
    "words": DocumentFilter(words="1234"),
    "several": DocumentFilter(frozenset({Progress.NOTHING, Progress.DOING}), pending=True, words="خبر"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Yield a project in which a fifth of the documents is done, a thousand are begun, and 100,000 spans have notes."""
    path = make_large_project(tmp_path_factory.mktemp("filters") / "large.annot", DOCUMENTS)
    with Project.open(path) as opened:
        ids = list(opened.documents.ids())
        with opened._connection.transaction() as db:
            db.execute("insert into annotators (id, name, stamp) values ('me', 'Ali', '0')")
            db.conn.executemany(
                'insert into spans (document, annotator, key, start, "end", label, origin) '
                "values (?, 'me', ?, ?, ?, 'LOC', 'manual')",
                [(i, f"{i}{n}", n * 2, n * 2 + 1) for i in ids[:BEGUN] for n in range(5)],
            )
            db.conn.executemany(
                "insert into statuses (document, annotator, key, status) values (?, 'me', '', 'done')",
                [(i,) for i in ids[:DONE]],
            )
            db.conn.executemany(
                "insert into notes (document, annotator, key, text, doubtful) values (?, 'me', ?, 'أهو هو؟', ?)",
                [(i, f"{i}{n}", n % 2) for i in ids[:DONE] for n in range(5)],
            )
            db.conn.executemany(
                "insert into assignments (document, annotator, key, assigned) values (?, '', ?, 1)",
                [(i, who) for n, i in enumerate(ids) for who in (("me", "you") if n % 5 == 0 else ("you",))],
            )
            db.execute(
                "insert or replace into best_scores "
                "select id, (select min(id) from suggestion_kinds), 0.9 from articles"
            )
        yield opened


@pytest.mark.parametrize("order", [DocumentOrder.IMPORTED, DocumentOrder.UNCERTAIN])
@pytest.mark.parametrize("name", FILTERS)
def test_filter(measure: Measure, project: Project, name: str, order: DocumentOrder) -> None:
    found = project.filtered_documents.ids(FILTERS[name], order, VIEWER)
    assert len(found) < DOCUMENTS
    measure(lambda: project.filtered_documents.ids(FILTERS[name], order, VIEWER), 5)


def test_one_document_looked_at_again(measure: Measure, project: Project) -> None:
    asked, (first,) = FILTERS["several"], project.documents.page_ids(DONE, 1)
    measure(lambda: project.filtered_documents.ids(asked, DocumentOrder.IMPORTED, VIEWER, among=[first]), 50)


def test_list_of_notes(measure: Measure, project: Project) -> None:
    assert len(project.note_index.find()) == 5 * DONE
    measure(project.note_index.find, 5)


def test_page_of_notes(measure: Measure, project: Project) -> None:
    numbers = project.note_index.find()[50_000:50_100]
    assert len(project.note_index.read(numbers)) == 100
    measure(lambda: project.note_index.read(numbers), 20)
