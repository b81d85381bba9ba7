"""Suggestions: documents that a suggester has not run on, and scores that are worth less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import Calibrator, ScoreOutcome
from annotator.domain.tagset.changes import RenameLabel
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

TEXTS = ("بغداد", "كركوك", "ديالى")
IDS = [document_id(text) for text in TEXTS]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        for text in TEXTS:
            project.documents.add(Document(document_id(text), text))
        yield project


def answer(project: Project, document: str, *suggesters: str) -> None:
    for name in suggesters:
        found = [Suggestion(Span(0, 5), "LOC", 0.9, name, "1"), Suggestion(Span(0, 3), "ORG", 0.2, name, "1")]
        project.suggestions.replace(document, name, "1", found)


def test_documents_that_lack_an_answer_are_named_in_the_order_of_import(project: Project) -> None:
    assert project.suggestions.unanswered_documents(["one", "two"]) == IDS
    answer(project, IDS[1], "two", "one")
    answer(project, IDS[2], "one", "three")
    assert project.suggestions.unanswered_documents(["one", "two"]) == [IDS[0], IDS[2]]
    assert project.suggestions.unanswered_documents(["one", "one"]) == [IDS[0]]
    assert project.suggestions.unanswered_documents([]) == []


def test_suggestions_read_with_a_reliability_are_those_that_it_calibrates(project: Project) -> None:
    for document in IDS:
        answer(project, document, "one", "two")
    reliability = Calibrator({}, [ScoreOutcome("one", "LOC", 0.9, 1, 40), ScoreOutcome("two", "ORG", 0.2, 30, 30)])
    plain, read = project.suggestions.of_many(IDS), project.suggestions.of_many(IDS, reliability)
    assert read == {document: reliability.calibrated(plain[document]) for document in IDS}
    assert project.suggestions.of(IDS[0], reliability) == read[IDS[0]]
    assert {s.score for s in read[IDS[0]]} != {s.score for s in plain[IDS[0]]}
    assert all(s.given == p.score for s, p in zip(read[IDS[0]], plain[IDS[0]], strict=True))


def test_suggestions_have_the_present_id_of_a_renamed_label(project: Project) -> None:
    answer(project, IDS[0], "one")
    before = project.suggestions.of(IDS[0])
    assert Session(project, Annotator("id", "Ali")).change_tagset([RenameLabel("LOC", "RENAMED")])
    assert project.suggestions.of(IDS[0]) == [before[0]._replace(label="RENAMED"), before[1]]
