"""The metrics that documents are sorted by: computed, updated, paged in any order, repeats last."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import KNOTS, Calibrator
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder, uncertainty
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from annotator.storage.tables.document_metrics import ORDERS, MetricInputs
from annotator.storage.tables.tagsets import load_tagset

TEXTS = ("بغداد وديالى وكركوك", "بغداد ليست كركوك", "لا شيء هنا", "ديالى مرة أخرى")
NAMES = ("بغداد", "ديالى", "كركوك")
BY_SCORE = MetricInputs(Calibrator(), lambda name: False)


def suggest(text: str, scores: dict[str, float], version: str = "1") -> list[Suggestion]:
    return [
        Suggestion(Span(text.find(name), text.find(name) + len(name)), "LOC", score, "lexicon", version)
        for name, score in scores.items()
        if name in text
    ]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        for n, text in enumerate(TEXTS):
            day = datetime.date(2020, 1, 1 + n) if n < 3 else None
            project.documents.add(Document(document_id(text), text, title=f"T{n}", date=day))
        yield project


def connection(project: Project, scores: dict[str, float], version: str = "1") -> list[str]:
    ids = list(project.documents.ids())
    for i in ids:
        text = project.documents.get(i).text
        project.suggestions.replace(i, "lexicon", version, suggest(text, scores, version))
    return ids


def titles(project: Project, order: DocumentOrder) -> list[str]:
    return [row.title for row in project.documents.page(0, 10, order=order)]


def test_every_order_goes_by_its_number(project: Project) -> None:
    ids = connection(project, {"بغداد": 0.9, "ديالى": 0.5, "كركوك": 0.7})
    project.metrics.update(ids, MetricInputs(Calibrator(), {"بغداد", "كركوك"}.__contains__))
    assert titles(project, DocumentOrder.IMPORTED) == ["T0", "T1", "T2", "T3"]
    assert titles(project, DocumentOrder.NEWEST) == ["T2", "T1", "T0", "T3"]
    assert titles(project, DocumentOrder.ENTITIES) == ["T0", "T1", "T3", "T2"]
    assert titles(project, DocumentOrder.UNCERTAIN) == ["T3", "T0", "T1", "T2"]
    assert titles(project, DocumentOrder.NEW_NAMES) == ["T0", "T3", "T1", "T2"]


def test_repeated_articles_come_last_but_in_the_order_of_import_and_name_the_first(project: Project) -> None:
    ids = connection(project, {"بغداد": 0.9, "ديالى": 0.9, "كركوك": 0.9})
    project.metrics.update(ids, BY_SCORE)
    assert project.metrics.set_repeats({ids[1]: ids[0]}, 4) == 1
    assert project.metrics.set_repeats({ids[1]: ids[0]}, 4) == 0
    assert titles(project, DocumentOrder.ENTITIES) == ["T0", "T3", "T2", "T1"]
    assert titles(project, DocumentOrder.IMPORTED) == ["T0", "T1", "T2", "T3"]
    row = project.documents.row(ids[1])
    assert (row.repeats, row.repeats_title) == (ids[0], "T0")
    assert project.documents.row(ids[0]).repeats == ""
    assert project.metrics.set_repeats({}, 4) == 1
    assert project.metrics.repeats() == {}


def test_suggestions_that_come_in_while_documents_are_measured_are_not_taken_for_measured(project: Project) -> None:
    ids = connection(project, {})
    to_decide = DocumentFilter(pending=True)
    came_in: list[str] = []

    def write_beside(statement: str) -> None:
        """Store suggestions by another connection just before the measuring one takes the lock."""
        if statement.startswith("BEGIN IMMEDIATE") and not came_in:
            came_in.append(statement)
            connection(other, {"بغداد": 0.9}, version="2")

    with Project.open(project.path) as other:
        project._connection.db.conn.set_trace_callback(write_beside)
        project.metrics.update(ids, BY_SCORE, dict.fromkeys(ids, b"print"))
        project._connection.db.conn.set_trace_callback(None)
    assert came_in
    assert project.metrics.stale() == []
    assert project.filtered_documents.ids(to_decide, DocumentOrder.IMPORTED, Viewer("me", 0.5)) == ids[:2]


@pytest.mark.parametrize("order", list(DocumentOrder))
def test_a_page_begins_where_position_says(project: Project, order: DocumentOrder) -> None:
    ids = connection(project, {"بغداد": 0.9, "ديالى": 0.5})
    project.metrics.update(ids, BY_SCORE)
    project.metrics.set_repeats({ids[3]: ids[0]}, 4)
    whole = [row.id for row in project.documents.page(0, 10, order=order)]
    assert sorted(whole) == sorted(ids)
    for place, i in enumerate(whole):
        assert project.documents.position(i, order) == place
        assert [row.id for row in project.documents.page(place, 1, order=order)] == [i]
    with pytest.raises(KeyError):
        project.documents.position("nowhere", order)


def test_the_count_of_scores_follows_every_new_measure(project: Project) -> None:
    def counts() -> dict[float, int]:
        """Return how many suggestions there are of each score."""
        assert {key[:2] for key in project.metrics.scores()} == {("lexicon", "LOC")}
        return {score: count for (_, _, score), count in project.metrics.scores().items()}

    ids = connection(project, {"بغداد": 0.9, "ديالى": 0.5})
    project.metrics.update(ids, BY_SCORE)
    assert counts() == {0.9: 2, 0.5: 2}
    project.metrics.update(ids, BY_SCORE)
    assert counts() == {0.9: 2, 0.5: 2}
    project.suggestions.replace(ids[0], "lexicon", "2", [])
    project.metrics.update(ids[:1], BY_SCORE)
    assert counts() == {0.9: 1, 0.5: 1}
    flat = Calibrator({("lexicon", "*"): tuple(0.7 for _ in KNOTS)})
    project.metrics.update(ids, MetricInputs(flat, lambda name: False))
    assert counts() == {0.9: 1, 0.5: 1}, "what scores are worth is no matter of measuring"


def test_documents_are_stale_until_they_are_measured_with_a_fingerprint(project: Project) -> None:
    ids = connection(project, {"بغداد": 0.9})
    assert project.metrics.stale() == ids
    project.metrics.update(ids, BY_SCORE)
    assert project.metrics.stale() == ids
    project.metrics.update(ids, BY_SCORE, dict.fromkeys(ids, b"print"))
    assert project.metrics.stale() == []
    assert not project.metrics.repeats_are_current()
    project.metrics.set_repeats({}, 4)
    assert project.metrics.repeats_are_current()
    assert project.metrics.fingerprints() == [(i, b"print") for i in ids]
    project.suggestions.replace(ids[2], "lexicon", "2", [])
    assert project.metrics.stale() == [ids[2]]
    project.metrics.update(ids, BY_SCORE)
    assert project.metrics.stale() == []


def test_every_order_is_read_from_an_index(project: Project) -> None:
    db = project._connection.db
    for column in ORDERS.values():
        query = f"select document from document_numbers order by repeated, {column} desc, rowid limit 100 offset 900"  # noqa: S608
        plan = " ".join(row[3] for row in db.execute(f"explain query plan {query}"))
        assert "USING INDEX" in plan and "TEMP B-TREE" not in plan, plan


def test_uncertainty_is_greatest_where_both_answers_are_as_likely() -> None:
    assert uncertainty([0.5, 0.5]) == 1.0
    assert uncertainty([1.0, 0.0]) == 0.0
    assert uncertainty([0.75, 0.5]) == pytest.approx(0.75)
    assert uncertainty([]) == 0.0


def test_a_date_that_another_copy_brings_counts_in_the_order_of_dates(project: Project) -> None:
    last = project.documents.get(document_id(TEXTS[3]))
    stamp = project.replica.document_stamps()[last.id]
    project.replica.put_document(dataclasses.replace(last, date=datetime.date(2021, 1, 1)), stamp)
    assert titles(project, DocumentOrder.NEWEST) == ["T3", "T2", "T1", "T0"]
    project.replica.put_document(dataclasses.replace(last, date=datetime.date(2019, 1, 1)), stamp)
    assert titles(project, DocumentOrder.NEWEST) == ["T2", "T1", "T0", "T3"]
    assert [row.title for row in project.documents.page(0, 10)] == ["T0", "T1", "T2", "T3"]
