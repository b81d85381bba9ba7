"""A label's examples from the corpus: the most frequent names in a line each, and where annotators differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import MergeLabels
from annotator.services.search import label_examples
from annotator.services.search.label_examples import label_in_use
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.label_occurrences import OverlappingLabel
from tests.storage.strategies import PEOPLE, make_tagset

TEXTS = tuple(
    f"العنوان {n}\n\nقالت وزارة الدفاع في بغداد إن {name} عاد إلى أربيل." for n, name in enumerate(("سالم", "عمر"))
)


def place(text: str, name: str) -> Span:
    start = text.index(name)
    return Span(start, start + len(name))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", make_tagset()) as made:
        for text in TEXTS:
            made.documents.add(Document(document_id(text), text, title=text.partition("\n")[0]))
        for person in PEOPLE[:2]:
            session = Session(made, person)
            for text in TEXTS:
                session.open(document_id(text))
                session.annotate(place(text, "بغداد"), "LOC")
        session.annotate(place(TEXTS[1], "أربيل"), "LOC")
        yield made


def test_names_are_counted_and_each_has_a_line(project: Project) -> None:
    found = label_in_use(project, "LOC")
    assert (found.annotations, found.documents, found.looked_at) == (5, 2, 5)
    assert [(name.text, name.count) for name in found.names] == [("بغداد", 4), ("أربيل", 1)]
    example = found.names[1].example
    assert (example.document, example.context.word, example.title) == (document_id(TEXTS[1]), "أربيل", "العنوان 1")
    assert example.span.of(TEXTS[1]) == "أربيل"


def test_spellings_that_differ_in_marks_are_one_name(project: Project) -> None:
    text = "عاد من اربيل."
    project.documents.add(Document(document_id(text), text))
    session = Session(project, PEOPLE[0])
    session.open(document_id(text))
    session.annotate(place(text, "اربيل"), "LOC")
    assert [(name.text, name.count) for name in label_in_use(project, "LOC").names][1][1] == 2


def test_places_at_which_another_has_something_else_are_reported_newest_first(project: Project) -> None:
    omar = Session(project, PEOPLE[1])
    assert label_in_use(project, "LOC").disagreements == ()
    for text, label in zip(TEXTS, ("ORG", "PERS"), strict=True):
        omar.open(document_id(text))
        span = place(text, "بغداد")
        omar.annotate(span if label == "ORG" else Span(span.start, span.end + 3), label)
    found = label_in_use(project, "LOC").disagreements
    assert {each.example.document for each in found} == {document_id(text) for text in TEXTS}
    other = next(each for each in found if each.example.document == document_id(TEXTS[0]))
    span = place(TEXTS[0], "بغداد")
    assert other.held == (OverlappingLabel(PEOPLE[0].id, span, "LOC"), OverlappingLabel(PEOPLE[1].id, span, "ORG"))
    assert [each.example.document for each in label_in_use(project, "ORG").disagreements] == [document_id(TEXTS[0])]


def test_labels_that_were_merged_agree(project: Project) -> None:
    omar = Session(project, PEOPLE[1])
    omar.open(document_id(TEXTS[0]))
    omar.annotate(place(TEXTS[0], "بغداد"), "ORG")
    omar.change_tagset([MergeLabels("ORG", "LOC")])
    found = label_in_use(project, "LOC")
    assert (found.annotations, found.disagreements) == (5, ())


def test_of_many_only_a_sample_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_examples, "SAMPLE", 3)
    found = label_in_use(project, "LOC")
    assert (found.annotations, found.looked_at) == (5, 3)


def test_a_label_that_nobody_gave_has_no_examples(project: Project) -> None:
    found = label_in_use(project, "PERS")
    assert (found.annotations, found.names, found.disagreements) == (0, (), ())
