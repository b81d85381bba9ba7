"""What the window promises about suggestions depends on what their scores are worth now, not before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.services.document_metrics import metric_inputs
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, make_tagset

TEXTS = tuple(" ".join("بغداد" for _ in range(30)) + f" {n}" for n in range(3))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project with three articles of 30 suggestions each, all with the same high score."""
    with Project.create(tmp_path / "p.annot", make_tagset()) as made:
        for text in TEXTS:
            made.documents.add(Document(document_id(text), text))
            offered = [Suggestion(Span(6 * n, 6 * n + 5), "LOC", 0.9, "s", "1") for n in range(30)]
            made.suggestions.replace(document_id(text), "s", "1", offered)
        made.metrics.update([document_id(text) for text in TEXTS], metric_inputs(made))
        yield made


def test_after_all_were_rejected_nothing_good_is_promised(project: Project) -> None:
    session = Session(project, PEOPLE[0])
    first, second, third = map(document_id, TEXTS)
    session.open(first)
    before = session.confidence.expected(0.5)
    assert before is not None
    assert (before.shown, before.hidden) == (90, 0)
    assert before.precision == pytest.approx(0.9)
    for document in (first, second):
        session.open(document)
        while session.focus:
            session.reject()
    session.open(third)
    at_any, at_half = session.confidence.expected(0.0), session.confidence.expected(0.5)
    assert at_any is not None and at_half is not None
    worth = session.confidence.reliability.confidence("s", "LOC", 0.9)
    assert worth < 0.4
    assert at_any.shown == 30
    assert at_any.precision == pytest.approx(worth)
    assert (at_half.shown, at_half.hidden, at_half.precision) == (0, 30, None)
    assert at_half.missed == pytest.approx(30 * worth)
    while session.focus:
        session.reject()
    session.open(first)
    assert session.confidence.expected(0.0) is None


def test_the_precision_is_that_of_the_decisions_of_all_annotators(project: Project) -> None:
    mine, other = (Session(project, person) for person in PEOPLE[:2])
    first = document_id(TEXTS[0])
    assert mine.confidence.measured(0.0) == MeasuredPrecision()
    for session in (mine, other):
        session.open(first)
    mine.confirm()
    for _ in range(3):
        mine.reject()
    other.confirm()
    mine.open(first)
    assert mine.confidence.measured(0.0) == MeasuredPrecision(2, 5)
    assert mine.confidence.measured(1.0) == MeasuredPrecision()
    assert mine.confidence.by_suggester == {"s": MeasuredPrecision(2, 5)}


def test_what_another_decided_is_still_to_decide(project: Project) -> None:
    other = Session(project, PEOPLE[1])
    other.open(document_id(TEXTS[0]))
    other.confirm_all()
    mine = Session(project, PEOPLE[0])
    mine.open(document_id(TEXTS[0]))
    left = mine.confidence.expected(0.0)
    assert left is not None
    assert left.shown == 90
    assert left.precision is not None and left.precision > 0.9
