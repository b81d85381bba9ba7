"""Real projects filled with annotations for the tests of the work over a whole project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.edit import CellKind, Edit, EditKind, GoldValue, Write
from annotator.domain.team.adjudication_state import DOCUMENT_KEY
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

PEOPLE = [Annotator("a1", "سعاد"), Annotator("a2", "Omar"), Annotator("a3", "سعاد")]


def make_project(path: Path, documents: Iterable[AnnotatedDocument] = ()) -> Project:
    """Return a new, open project with the security tagset, three people, and these documents as annotated."""
    project = Project.create(path, load_tagset("security"))
    for person in PEOPLE:
        project.annotators.add(person)
    for each in documents:
        project.documents.add(each.document)
        for annotation in each.annotations:
            add_annotation(project, each.document.id, annotation)
    return project


def add_annotation(project: Project, document_id: str, annotation: Annotation) -> None:
    """Append the edit that adds an annotation."""
    write = Write(document_id, CellKind.ANNOTATION, annotation.id, None, annotation.to_value())
    edit = Edit(project.log.new_id(), annotation.annotator, document_id, EditKind.ADD, (write,))
    project.log.append(edit)


def finish(project: Project, document_id: str, who: str) -> None:
    """Append the edit by which somebody calls a document done."""
    write = Write(document_id, CellKind.STATUS, "", None, {"status": "done"})
    project.log.append(Edit(project.log.new_id(), who, document_id, EditKind.STATUS, (write,)))


def settle(project: Project, document_id: str, who: str, spans: Iterable[tuple[int, int, str]] = ()) -> None:
    """Append the edit by which an adjudicator settles a document with some labelled spans; "" is for nothing there."""
    keyed = {f"{start}:{end}": label for start, end, label in spans} | {DOCUMENT_KEY: ""}
    values: list[tuple[str, GoldValue]] = [
        (key, {"label": label, "by": who, "rests": {}}) for key, label in keyed.items()
    ]
    writes = tuple(Write(document_id, CellKind.GOLD, key, None, value) for key, value in values)
    project.log.append(Edit(project.log.new_id(), who, document_id, EditKind.SETTLE, writes))
