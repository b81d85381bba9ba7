"""Projects of finished articles with labels, for the page of the label check."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.storage.project import Project
from tests.services.label_check.projects import parse
from tests.ui.conftest import ANNOTATOR, make_project


def labelled_project(path: Path, texts: tuple[str, ...]) -> Path:
    """Make a project of finished articles with the labels in brackets."""
    parsed = [parse(text) for text in texts]
    with Project.open(make_project(path, tuple(text for text, _ in parsed))) as project:
        project.annotators.add(ANNOTATOR)
        for text, found in parsed:
            name = document_id(text)
            writes = [Write(name, CellKind.STATUS, "", None, {"status": "done"})]
            for number, (span, label) in enumerate(found):
                value = Annotation("", span, label, ANNOTATOR.id).to_value()
                writes.append(Write(name, CellKind.ANNOTATION, f"{name[:8]}{number}", None, value))
            project.log.append(Edit(project.log.new_id(), ANNOTATOR.id, name, EditKind.IMPORT, tuple(writes)))
    return path
