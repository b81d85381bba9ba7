"""Who worked on which documents, and where annotations of one annotator overlap."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project


def test_a_document_has_overlaps_if_annotations_of_one_annotator_overlap(tmp_path: Path) -> None:
    spans = {TEXTS[0]: [Span(0, 5), Span(3, 4)], TEXTS[1]: [Span(0, 5), Span(5, 9)], TEXTS[2]: [Span(0, 5)]}
    with Project.open(make_project(tmp_path / "p.annot", nested=True)) as project:
        mine, theirs = (Session(project, person) for person in PEOPLE[:2])
        for text, places in spans.items():
            mine.open(document_id(text))
            for span in places:
                mine.annotate(span, "LOC")
        theirs.open(document_id(TEXTS[2]))
        theirs.annotate(Span(3, 4), "LOC")
        ids = [document_id(text) for text in TEXTS]
        assert project.contributions.with_overlaps(ids) == ids[:1]
        assert project.contributions.with_overlaps(ids[1:]) == []
