"""The export command."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.export_options import export_options, export_request
from annotator.cli.group import PROJECT
from annotator.cli.options import Values, writer_names
from annotator.cli.output import STDOUT, echo, echo_json, warn_if_outdated
from annotator.cli.progress_bar import ProgressBar

if TYPE_CHECKING:
    from annotator.services.corpus.corpus_report import CorpusReport
    from annotator.services.exporting.report import ExportReport
    from annotator.services.exporting.request import ExportRequest
    from annotator.storage.project import Project


@click.command("export", short_help="Write confirmed annotations to a file or dataset folder.")
@click.argument("project", type=PROJECT)
@click.argument("out", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    shell_complete=Values(writer_names),
    help="Output format. [default: from OUT's extension]",
)
@export_options
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def export_(project: Path, out: Path, format_: str | None, as_json: bool, **options: Any) -> None:
    """Write confirmed annotations to the file OUT, to a folder with --split, or with - to standard output.

    The format follows from the file extension, or from --format. Every file is read back and compared with the project
    before it is saved. Spans that the format cannot hold exactly are listed in export-report.json, next to OUT.

    \b
    Examples:
      annotator export news.annot corpus.conll
      annotator export news.annot corpus.json --resolve majority
      annotator export news.annot corpus --split 80/10/10 --format conll
      annotator export news.annot - --format jsonl | head -n 1

    Formats: brat, conll, conllu, csv, doccano, gate, huggingface (folder), json, jsonl, label-studio, parquet, prodigy,
    spacy, tei, webanno, xmi. JSON and JSON Lines keep every span of every annotator. CoNLL is flat unless --nested
    columns is given. brat, gate, tei, webanno and xmi are written as zip files.

    Several annotators: --resolve majority keeps spans that more than half of the voters gave. The voters of an article
    are the annotators who marked it done or, if nobody did, everyone who worked on it. --resolve adjudicated exports
    the gold layer of the articles that an adjudicator settled (see "annotator adjudicate"). An adjudicator's own labels
    are no longer gold; "annotator adjudicate --take NAME" makes them so.

    Pseudonyms: --pseudonymise replaces each labelled name, and its other mentions, by the same pseudonym throughout the
    project, and adjusts all offsets. Names that nobody labelled stay, and so do ambiguous single words (counted in the
    report). Notes, addresses, authors and other fields are dropped. People may still be recognisable from the text.

    Splits: near-duplicates stay in the same split. With --split-by hash, articles never change splits when more are
    added; for the other rules, pass the earlier --manifest.
    """
    from annotator.storage.project import Project

    name = format_ or out.suffix.removeprefix(".")
    request = export_request(name, options)
    if out == STDOUT:
        _print_export(project, request, as_json)
        return
    if not name:
        raise click.UsageError(f"Cannot tell the format from {out}. Add --format, for example --format conll.")
    with Project.open_to_read(project) as opened, ProgressBar("Exporting") as progress:
        report = _export(opened, out, request, progress)
        warn_if_outdated(opened)
    if as_json:
        echo_json(report.to_json())
    else:
        for line in report.lines():
            echo(line)


def _print_export(path: Path, request: ExportRequest, as_json: bool) -> None:
    """Write an export to standard output when it is complete and verified, and the counts to standard error."""
    from annotator.errors import ExportError, Message
    from annotator.formats.base.writer import FolderWriter
    from annotator.services.exporting.export import export_project
    from annotator.storage.project import Project

    if not request.format:
        raise click.UsageError("Standard output has no file extension. Add --format, for example --format conll.")
    if as_json:
        raise click.UsageError("--json cannot be used with -, because both write to standard output.")
    if request.corpus or isinstance(request.find_writer(), FolderWriter):
        raise click.UsageError("A folder cannot be written to standard output. Give a path.")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "export"
        with Project.open_to_read(path) as opened, ProgressBar("Exporting") as progress:
            try:
                report = export_project(opened, file, request, progress=progress)
            except ExportError as error:
                # The reason alone: nobody named the temporary file.
                why = error.message.fields.get("why")
                if isinstance(why, Message):
                    raise ExportError(why) from error
                raise
            warn_if_outdated(opened)
        with file.open("rb") as source:
            shutil.copyfileobj(source, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    report.path = Path("standard output")
    lines = report.lines()
    lines[-1] = "Verified. For a list of differences, export to a file."
    for line in lines:
        echo(line, err=True)


def _export(project: Project, out: Path, request: ExportRequest, progress: ProgressBar) -> ExportReport | CorpusReport:
    """Write a file or a dataset folder; a file does not need the modules of folders, so they are not imported."""
    if request.corpus:
        from annotator.services.corpus.export_corpus import export_corpus

        return export_corpus(project, out, request, progress=progress)
    from annotator.services.exporting.export import export_project

    return export_project(project, out, request, progress=progress)
