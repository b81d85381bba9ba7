"""Small projects whose labels are to be checked. Brackets in a text mark a label: [LOC بغداد]."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from annotator.domain.label_check.case import Case, CaseKind
from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.services.label_check.check import CheckRequest, check_labels
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

ME = Annotator("1" * 32, "سلمى")
OTHER = Annotator("2" * 32, "عمر")
_MARKED = re.compile(r"\[(\w+) ([^\]]+)\]")


def parse(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    """Return the text and the labelled spans of a text with brackets."""
    text, found, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        found.append((Span(len(text), len(text) + len(match[2])), match[1]))
        text += match[2]
        at = match.end()
    return text + marked[at:], found


def add(project: Project, marked: str, annotator: Annotator = ME, *, done: bool = True) -> str:
    """Add an article with the labels of an annotator, and return its id."""
    text, found = parse(marked)
    name = document_id(text)
    project.documents.add(Document(name, text, title=text[:12]))
    project.annotators.add(annotator)
    writes = [
        Write(name, CellKind.ANNOTATION, f"{name[:8]}{annotator.id[:1]}{i}", None, annotation.to_value())
        for i, (span, label) in enumerate(found)
        for annotation in [Annotation("", span, label, annotator.id)]
    ]
    if done:
        writes.append(Write(name, CellKind.STATUS, "", None, {"status": "done"}))
    project.log.append(Edit(project.log.new_id(), annotator.id, name, EditKind.IMPORT, tuple(writes)))
    return name


def make_project(path: Path, texts: Iterable[str], tagset: str = "security") -> Project:
    """Make an open project of articles that the annotator ME has finished."""
    project = Project.create(path, load_tagset(tagset), founder=ME)
    for marked in texts:
        add(project, marked)
    return project


def cases(project: Project, *kinds: CaseKind, annotator: str = ME.id) -> list[Case]:
    """Return the cases of some kinds."""
    return list(check_labels(project, CheckRequest(annotator, frozenset(kinds))).cases)


def places(case: Case, project: Project) -> list[tuple[str, str, str]]:
    """Return (text, label, corrected to) of each place of a case; "" if nothing is to be there."""
    found = []
    for place in case.places:
        text = project.documents.get(place.document).text
        wanted = f"{place.fix.label} {place.fix.span.of(text)}" if place.fix and place.fix.label else ""
        found.append((place.span.of(text), place.label, wanted))
    return found
