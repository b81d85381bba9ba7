"""Export confirmed annotations to a file, which is read back and compared before it gets its name.

Annotations are exported as they were when the export began, whatever is labelled meanwhile. If the format does not hold
annotators, equal spans of several annotators are written once. Of overlapping spans of several annotators the longest
is written, and the report lists the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from annotator.atomic_file import Replacements, replace_together
from annotator.errors import ExportError, Message, join_messages
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.writer import FolderWriter
from annotator.services.digest import digest
from annotator.services.exporting.prepare import OnWritten, PreparedExport, prepare_export
from annotator.services.exporting.pseudonym_key import check_key_path, write_key
from annotator.services.exporting.report import REPORT_NAME, ExportReport, write_report
from annotator.services.exporting.request import ExportRequest
from annotator.services.output_paths import check_output_name, check_output_paths
from annotator.services.progress import Progress, no_progress
from annotator.storage.project import Project

if TYPE_CHECKING:
    from annotator.services.exporting.pseudonyms import Pseudonymiser


def export_project(
    project: Project,
    out: Path,
    request: ExportRequest,
    *,
    report_path: Path | None = None,
    progress: Progress = no_progress,
) -> ExportReport:
    """Write one file, its report and its key file; return the report.

    Either all of them are replaced or none. The report goes to report_path, by default export-report.json next to the
    file. An exception that progress raises stops the export. Raises ProjectError if the project is damaged, and
    ExportError if the request cannot be fulfilled, or the file cannot be written or does not read back as the project
    has it. Raises UserError with the place of an earlier file that cannot be put back.
    """
    check_output_name(out)
    prepared = prepare_export(project, request)
    prepared.selector.check_not_empty()
    report_path = report_path or out.with_name(REPORT_NAME)
    key_file = request.pseudonyms.key_file if request.pseudonyms else None
    check_output_paths(project.path, out, report_path, *([key_file] if key_file else []))
    if key_file:
        check_key_path(key_file, out)
    total = project.documents.count()
    collected = total if request.pseudonyms else 0  # documents that are read for their names first

    def report_progress(done: int, steps: int) -> None:
        progress(collected + done, collected + steps)

    with export_errors(out), project.read_transaction():
        project.refuse_damage(lambda: progress(0, collected + 2 * total))
        pseudonymiser = prepared.pseudonymiser(lambda seen: progress(seen, collected + 2 * total))
        with replace_together() as files:
            # The key file takes its name first: without it nobody could say whom a pseudonym replaces.
            key_part = files.file(key_file) if key_file else None
            report = export_file(files, prepared, out, report_path, pseudonymiser, report_progress)
            if pseudonymiser and key_part:
                write_key(pseudonymiser.key(), key_part)
        report.kept = tuple(files.kept)
    return report


def export_file(
    files: Replacements,
    prepared: PreparedExport,
    out: Path,
    report_path: Path,
    pseudonymiser: Pseudonymiser | None,
    progress: Progress,
    on_written: OnWritten = lambda _document, _entities: None,
) -> ExportReport:
    """Write one file with its report among the files that are replaced together, and verify it.

    Raises ExportError if it does not read back as written, or the request is strict and the file differs from what was
    confirmed.
    """
    project, writer = prepared.project, prepared.writer
    total = project.documents.count()
    part = files.folder(out, writer.folder) if isinstance(writer, FolderWriter) else files.file(out)
    report_part = files.file(report_path, last=True)
    report = prepared.new_report(out, report_path)
    with TemporaryFile() as spool:
        verifier = prepared.write(
            part,
            spool,
            report,
            pseudonymiser=pseudonymiser,
            on_selected=lambda seen: progress(seen, 2 * total),
            on_written=on_written,
        )
        if prepared.request.strict and (refusal := _strict_refusal(report)):
            raise ExportError(refusal)
        for number, entities in enumerate(verifier.compare(part, project.documents.each), 1):
            report.entities += entities
            progress(total + number, total + report.documents)
        report.sha256 = digest(part)
        write_report(report, verifier.report_lines(), report_part)
    return report


@contextmanager
def write_errors(out: Path) -> Iterator[None]:
    """Raise ExportError instead of an OSError of the block, with the path that cannot be written."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, error) from error


@contextmanager
def export_errors(out: Path) -> Iterator[None]:
    """Raise ExportError, with the path that was not written, instead of each OSError and ExportError of the block."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, error) from error
    except ExportError as error:
        raise ExportError(
            "{out} was not written, and nothing was replaced. {why}", out=out, why=error.message
        ) from error


def _cannot_write(out: Path, error: OSError) -> ExportError:
    return ExportError("Cannot write {out}: {why}. Nothing was replaced.", out=out, why=error.strerror or error)


def _strict_refusal(report: ExportReport) -> Message | None:
    """Return what the format cannot store, one sentence each, or None if the file is exact."""
    messages = []
    lost = report.reasons[DeviationKind.ALTERED] + report.reasons[DeviationKind.LEFT_OUT]
    listed = ", ".join(f"{reason} {count}" for reason, count in sorted(lost.items()))
    if lost:
        messages.append(
            Message(
                "{format} cannot store {lost} of {confirmed} confirmed spans exactly ({listed}). Use json, or drop "
                "--strict to get a report.",
                lost=lost.total(),
                confirmed=report.confirmed,
                format=report.format,
                listed=listed,
            )
        )
    if report.notes_left_out:
        messages.append(
            Message(
                "{format} cannot store {lost} of {notes} notes and flags. Use json, or drop --strict to get a report.",
                lost=report.notes_left_out.total(),
                notes=report.notes,
                format=report.format,
            )
        )
    if report.unnamed:
        messages.append(
            Message(
                "{format} cannot store who made {spans} spans in articles of several annotators. Use json, "
                "--annotator or --resolve, or drop --strict.",
                format=report.format,
                spans=report.unnamed,
            )
        )
    return join_messages(messages) if messages else None
