"""The list of documents: what a row counts by default, and documents that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.review.document_order import DocumentOrder
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project


def test_a_row_counts_suggestions_of_every_score_by_default(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        session = Session(project, PEOPLE[0])
        for text in TEXTS:
            session.open(document_id(text))
            assert session.progress[0] > 0
            assert project.documents.row(document_id(text), PEOPLE[0].id).pending == session.progress[0]


@pytest.mark.parametrize("order", DocumentOrder)
def test_an_unknown_document_has_no_position(tmp_path: Path, order: DocumentOrder) -> None:
    with Project.open(make_project(tmp_path / "p.annot")) as project:
        for position in (project.documents.position, project.documents.count_before):
            with pytest.raises(KeyError):
                position("unknown", order)
