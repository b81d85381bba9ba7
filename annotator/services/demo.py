"""The demo: a project with the bundled sample articles and suggestions, and its exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import platformdirs

from annotator.domain.review.document_state import Documents
from annotator.errors import ProjectError
from annotator.formats.registry import find_writer
from annotator.resources import resource
from annotator.services.exporting.export import export_project
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.request import ExportRequest
from annotator.services.exporting.selection import Selection
from annotator.services.importing.importer import import_paths
from annotator.services.suggesting.suggest_project import suggest_project
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

TAGSET = "security"
FORMATS = ("conll", "json", "jsonl")


def default_demo_path() -> Path:
    """Return the path of the demo project that the window opens, in the user's data folder."""
    return platformdirs.user_data_path("annotator") / "demo.annot"


def make_folder(path: Path) -> None:
    """Create a folder unless it exists; raises ProjectError if that is not possible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            "Cannot create the folder {path}: {why}. Create it, or choose another.", path=path, why=error.strerror
        ) from error


def prepare_demo(path: Path) -> None:
    """Create the demo project, or update the existing one, keeping all decisions.

    Raises ProjectError if it cannot be written.
    """
    make_demo(path)
    with Project.open(path) as project:
        suggest_project(project)


def make_demo(path: Path) -> None:
    """Create the demo project with the sample articles, or add those that an existing one does not have.

    Raises ProjectError if it cannot be written.
    """
    make_folder(path.parent)
    opened = Project.open(path) if path.exists() else Project.create(path, load_tagset(TAGSET))
    with opened as project:
        import_paths(project, sorted(resource("samples").glob("*.txt")))


def suggestion_rows(project: Project) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield document, label, score, suggester and text of each suggestion, by import and position."""
    for document in project.documents.iter():
        for found in project.suggestions.of(document.id):
            text = found.span.of(document.text)
            yield document.id[:8], found.label, f"{found.score:.2f}", found.suggester, text


def export_demo(project: Project, folder: Path) -> list[ExportReport]:
    """Write the demo's exports into a folder, each with its own report; return the reports.

    In a demo nobody marks articles as done, so begun ones are exported too.
    """
    return [
        export_project(
            project,
            folder / f"demo{find_writer(name).suffix}",
            ExportRequest(name, selection=Selection(documents=Documents.LABELLED)),
            report_path=folder / f"export-report-{name}.json",
        )
        for name in FORMATS
    ]
