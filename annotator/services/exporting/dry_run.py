"""An export rehearsed: written aside and thrown away, to tell beforehand what cannot be written exactly.

The remarks are the writer's own, so what is told is what the export's report will say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile, is_zipfile

from annotator.errors import ExportError
from annotator.formats.base.writer import FolderWriter, WriteOptions
from annotator.formats.registry import find_writer
from annotator.services.exporting.pseudonyms import Pseudonymiser, PseudonymOptions
from annotator.services.exporting.report import REPORT_NAME, ExportReport
from annotator.services.exporting.selection import EVERYTHING, Selection, SelectionCounts, Selector
from annotator.services.exporting.verify import ExportVerifier
from annotator.storage.file.temporary_folder import temporary_folder
from annotator.storage.project import Project

Progress = Callable[[int, int], None]

_HEAD = 16_384  # bytes
_LINES = 60
_LONGEST = 400  # code points of a line that is shown


@dataclass(frozen=True, slots=True)
class DryRun:
    """The report of an export that did not take place, and the first lines of its file; none where it is not text."""

    report: ExportReport
    head: tuple[str, ...]


def dry_run(
    project: Project,
    format: str,
    *,
    selection: Selection = EVERYTHING,
    pseudonyms: PseudonymOptions | None = None,
    first: int | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> DryRun:
    """Rehearse an export of a project; options are those of WriteOptions that export_project() takes.

    first is how many of the documents that the selection takes are written, None for all. progress is told (documents
    looked at, documents in all); an exception that it raises stops the rehearsal. Raises ExportError as the export
    would for what the format cannot hold at all.
    """
    writer = find_writer(format)
    if selection.include_suggestions and not getattr(writer, "holds_suggestions", False):
        raise ExportError("{format} cannot mark suggestions as such; leave them out.", format=format)
    if first is not None:
        taken = islice(Selector(project, selection).documents(SelectionCounts()), first)
        selection = replace(selection, document_ids=frozenset(annotated.document.id for annotated in taken))
    selector = Selector(project, selection)
    labels = tuple(label.id for label in project.tagset.labels)
    how = WriteOptions(**options, names=selector.names, labels=labels, suggestions=selection.include_suggestions)
    total = project.documents.count()
    with project.read_transaction(), temporary_folder() as folder, TemporaryFile() as spool:
        part = folder / "part"
        if isinstance(writer, FolderWriter):
            part.mkdir()
        report = ExportReport(part, part.with_name(REPORT_NAME), format, how, selection, selector.chosen)
        documents = selector.documents(report.selected, lambda seen: progress(seen, total) if progress else None)
        if pseudonyms:
            names_of = Pseudonymiser(project, pseudonyms, selection, lambda _seen: None)
            report.pseudonyms = names_of.counts()
            documents = names_of.documents(documents, report.pseudonyms)
        ExportVerifier(writer, how, spool, report).write(documents, part, altered=pseudonyms is not None)
        return DryRun(report, _head(part))


def _head(part: Path) -> tuple[str, ...]:
    """Return the first lines of a file, or of the first file in a zip; none where it is no text."""
    if part.is_dir():
        return ()
    if is_zipfile(part):
        with ZipFile(part) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            data = archive.open(names[0]).read(_HEAD) if names else b""
    else:
        with part.open("rb") as file:
            data = file.read(_HEAD)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            return ()
        text = data[: error.start].decode("utf-8")
    if "\x00" in text:
        return ()
    return tuple(line if len(line) <= _LONGEST else line[:_LONGEST] + "…" for line in text.splitlines()[:_LINES])
