"""Export: what was confirmed in a project leaves as one file, is read back and compared before it takes its name.

All annotators' annotations are exported unless a selection says otherwise (see selection.py), as they were when the
export began, whatever is labelled meanwhile. In a format that cannot say whose a span is, equal spans of several
annotators are written once, the longest of those that share words stands, and the report names the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from annotator.atomic_file import replace_together
from annotator.errors import ExportError, Message, join_messages
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.writer import CLITICS, NESTED, SCHEMES, FolderWriter, WriteOptions
from annotator.formats.registry import find_writer, writers
from annotator.services.digest import digest
from annotator.services.exporting.idle_options import check_options_apply
from annotator.services.exporting.pseudonym_key import check_key_path, write_key
from annotator.services.exporting.pseudonyms import Pseudonymiser, PseudonymOptions
from annotator.services.exporting.report import REPORT_NAME, ExportReport, write_report
from annotator.services.exporting.selection import EVERYTHING, Selection, Selector
from annotator.services.exporting.verify import ExportVerifier, OnWritten
from annotator.services.output_paths import check_output_name, check_output_paths
from annotator.storage.project import Project

Progress = Callable[[int, int], None]


def export_project(
    project: Project,
    out: Path,
    format: str,
    *,
    clitics: str = "word",
    include_debris: bool = False,
    scheme: str = "IOB2",
    nested: str = "outer",
    docstart: bool = False,
    strict: bool = False,
    selection: Selection = EVERYTHING,
    pseudonyms: PseudonymOptions | Pseudonymiser | None = None,
    names: Mapping[str, str] | None = None,
    written: OnWritten | None = None,
    report_path: Path | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Write the confirmed annotations of a project to a file, in a format by its name.

    clitics, include_debris, scheme, nested and docstart are those of WriteOptions, refused where the format has no
    use for them. strict refuses an export in which a span would not stand exactly, a note would be lost, or spans
    of several annotators of a document would not say whose they are. selection says whose labels and which
    documents leave, pseudonyms which names are replaced by stand-ins; a Pseudonymiser serves several files, and who
    made it writes its key. names are what annotators are called in the file, by id, where these are not their own
    names. written is told of each document as it is written, with the entities that then stand in the file. The
    report goes to report_path, by default export-report.json beside the file. progress is told (steps done, steps
    in all); an exception that it raises stops the export. Raises ProjectError if the project is damaged, ExportError
    where the file cannot be written or does not read back as the project has it; whatever goes wrong, what was there
    before stays as it was: export, key and report take their names together. Raises UserError that says where it is if
    it cannot be put back.
    """
    check_output_name(out)
    writer = find_writer(format)
    _refuse_unknown("clitic policy", clitics, CLITICS)
    _refuse_unknown("scheme of tags", scheme, SCHEMES)
    _refuse_unknown("way with nested spans", nested, NESTED)
    check_options_apply(format, {"clitics": clitics, "scheme": scheme, "nested": nested, "docstart": docstart})
    if selection.include_suggestions and not getattr(writer, "holds_suggestions", False):
        raise ExportError(
            "{format} cannot mark suggestions as such; leave them out, or choose one of: {known}.",
            format=format,
            known=", ".join(name for name, other in writers().items() if getattr(other, "holds_suggestions", False)),
        )
    selector = Selector(project, selection)
    selector.check_not_empty()
    options = WriteOptions(
        clitics,
        include_debris,
        scheme,
        nested,
        docstart,
        selector.names | dict(names or {}),
        tuple(label.id for label in project.tagset.labels),
        selection.include_suggestions,
    )
    report_path = report_path or out.with_name(REPORT_NAME)
    report = ExportReport(out, report_path, format, options, selection, selector.chosen)
    tell = progress or _tell_nobody
    total = project.documents.count()
    key_file = pseudonyms.key_file if isinstance(pseudonyms, PseudonymOptions) else None
    check_output_paths(project.path, out, report_path, *([key_file] if key_file else []))
    if key_file:
        check_key_path(key_file, out)
    before = total if isinstance(pseudonyms, PseudonymOptions) else 0
    try:
        with project.read_transaction():
            project.refuse_damage(lambda: tell(0, before + 2 * total))
            names_of = (
                Pseudonymiser(project, pseudonyms, selection, lambda seen: tell(seen, before + 2 * total))
                if isinstance(pseudonyms, PseudonymOptions)
                else pseudonyms
            )
            report.pseudonyms = names_of.counts() if names_of else None
            with replace_together() as files, TemporaryFile() as spool:
                # The key takes its name first: without it nobody could say whom an export names.
                key_part = files.file(key_file) if key_file else None
                part = files.folder(out, writer.folder) if isinstance(writer, FolderWriter) else files.file(out)
                report_part = files.file(report_path, last=True)
                proof = ExportVerifier(writer, options, spool, report)
                documents = selector.documents(report.selected, lambda seen: tell(before + seen, before + 2 * total))
                if names_of and report.pseudonyms:
                    documents = names_of.documents(documents, report.pseudonyms)
                proof.write(documents, part, altered=names_of is not None, written=written)
                if strict and (refusal := _refusal(report)):
                    raise ExportError(refusal)
                before += total
                for checked in proof.compare(part, project.documents.each):
                    tell(before + checked, before + report.documents)
                report.sha256 = digest(part)
                write_report(report, proof.deviations(), report_part)
                if names_of and key_part:
                    write_key(names_of.key(), key_part)
            report.kept = tuple(files.kept)
    except OSError as error:
        why = error.strerror or error
        raise ExportError("{out} cannot be written: {why}; nothing was replaced.", out=out, why=why) from error
    except ExportError as error:
        raise ExportError(
            "{out} was not written, and nothing was replaced. {why}", out=out, why=error.args[0]
        ) from error
    return report


def _tell_nobody(done: int, total: int) -> None:
    """Take the progress where nobody asked for it."""


def _refuse_unknown(what: str, chosen: str, known: Sequence[str]) -> None:
    """Raise ExportError that lists what is known, where what was chosen is not among it."""
    if chosen not in known:
        raise ExportError(
            "There is no {what} called {name}; choose one of: {known}.", what=what, name=chosen, known=", ".join(known)
        )


def _refusal(report: ExportReport) -> Message | None:
    """Say in a sentence or more what a strict export will not do, or None where all can stand as it is."""
    said = []
    lost = report.reasons[DeviationKind.ALTERED] + report.reasons[DeviationKind.LEFT_OUT]
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(lost.items()))
    if lost:
        said.append(
            Message(
                "{lost} of {confirmed} confirmed spans cannot stand in {format} exactly ({told}); export without "
                "--strict to see them in the report, or as json.",
                lost=lost.total(),
                confirmed=report.confirmed,
                format=report.format,
                told=told,
            )
        )
    if report.notes_left_out:
        said.append(
            Message(
                "{lost} of {notes} notes and doubts cannot stand in {format}; export without --strict to see them "
                "in the report, or as json.",
                lost=report.notes_left_out.total(),
                notes=report.notes,
                format=report.format,
            )
        )
    if report.unnamed:
        said.append(
            Message(
                "{format} cannot say whose {spans} spans are that stand in documents of several annotators; export "
                "without --strict, those of one annotator, what they agree on, or as json.",
                format=report.format,
                spans=report.unnamed,
            )
        )
    return join_messages(said) if said else None
