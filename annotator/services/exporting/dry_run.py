"""Export to a temporary file and discard it, to show beforehand what the report of the export will say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZipFile, is_zipfile

from annotator.formats.base.writer import FolderWriter
from annotator.services.exporting.prepare import prepare_export
from annotator.services.exporting.report import REPORT_NAME, ExportReport
from annotator.services.exporting.request import ExportRequest
from annotator.services.exporting.selection import Selection, SelectionCounts, Selector
from annotator.services.progress import Progress, no_progress
from annotator.storage.file.temporary_folder import temporary_folder
from annotator.storage.project import Project

_HEAD = 16_384  # bytes
_LINES = 60
_LONGEST = 400  # code points of a line that is shown


@dataclass(frozen=True, slots=True)
class DryRun:
    """The report of an export that was discarded, and the first lines of its file; none if it is not text."""

    report: ExportReport
    head: tuple[str, ...]


def dry_run(
    project: Project, request: ExportRequest, *, first: int | None = None, progress: Progress = no_progress
) -> DryRun:
    """Return what an export would write and report; nothing is verified, and no key file is written.

    first is how many of the selected documents are written, None for all. progress is called with the documents looked
    at and all documents; an exception that it raises stops the dry run. Raises ExportError as the export would for what
    the format cannot do.
    """
    if first is not None:
        request = replace(request, selection=_first_documents(project, request.selection, first))
    prepared = prepare_export(project, request)
    total = project.documents.count()
    with project.read_transaction(), temporary_folder() as folder, TemporaryFile() as spool:
        part = folder / "part"
        if isinstance(prepared.writer, FolderWriter):
            part.mkdir()
        pseudonymiser = prepared.pseudonymiser()
        report = prepared.new_report(part, part.with_name(REPORT_NAME))
        prepared.write(part, spool, report, pseudonymiser=pseudonymiser, on_selected=lambda seen: progress(seen, total))
        return DryRun(report, _head(part))


def _first_documents(project: Project, selection: Selection, first: int) -> Selection:
    """Return the selection of the first documents that a selection takes."""
    taken = islice(Selector(project, selection).documents(SelectionCounts()), first)
    return replace(selection, document_ids=frozenset(annotated.document.id for annotated in taken))


def _head(part: Path) -> tuple[str, ...]:
    """Return the first lines of a file, or of the first file in a zip; nothing if it is not text."""
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
