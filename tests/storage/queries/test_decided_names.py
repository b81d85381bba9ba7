"""Names that were decided on, counted over documents and annotators."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Value, VerdictValue, Write
from annotator.domain.model.span import Span
from annotator.storage.project import Project
from annotator.storage.queries.decided_names import DecidedName
from annotator.storage.tables.tagsets import load_tagset


def write(
    project: Project, who: str, document: Document, kind: EditKind, cell: CellKind, key: str, value: Value
) -> None:
    writes = (Write(document.id, cell, key, None, value),)
    project.log.append(Edit(project.log.new_id(), who, document.id, kind, writes))


def confirm(project: Project, who: str, document: Document, name: str, label: str) -> None:
    start = document.text.index(name)
    annotation = Annotation(f"{who}{start}", Span(start, start + len(name)), label, who)
    write(project, who, document, EditKind.ADD, CellKind.ANNOTATION, annotation.id, annotation.to_value())


def refuse(project: Project, who: str, document: Document, name: str, label: str, verdict: str = "rejected") -> None:
    start = document.text.index(name)
    value: VerdictValue = {"verdict": verdict, "suggester": "lexicon", "version": "1", "score": 0.5}
    write(project, who, document, EditKind.REJECT, CellKind.VERDICT, f"{start}:{start + len(name)}:{label}", value)


def test_places_are_counted_not_people(tmp_path: Path) -> None:
    texts = ("😀 زار سالم ديالى", "ديالى وبغداد", "في ديالى")
    documents = [Document(document_id(text), text) for text in texts]
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        project.documents.add_many(documents)
        for who in ("a", "b"):
            project.annotators.add(Annotator(who, who))
            confirm(project, who, documents[0], "ديالى", "LOC")
        assert project.decided_names() == [DecidedName("ديالى", "LOC", 1, 0)]
        confirm(project, "a", documents[1], "ديالى", "LOC")
        confirm(project, "a", documents[1], "بغداد", "LOC")
        refuse(project, "b", documents[2], "ديالى", "LOC")
        refuse(project, "a", documents[2], "ديالى", "LOC")
        refuse(project, "b", documents[1], "وبغداد", "LOC", "corrected")
        refuse(project, "b", documents[0], "سالم", "ORG", "skipped")
        assert project.decided_names() == [
            DecidedName("بغداد", "LOC", 1, 0),
            DecidedName("ديالى", "LOC", 2, 1),
            DecidedName("وبغداد", "LOC", 0, 1),
        ]


def test_nothing_decided(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        assert project.decided_names() == []
