"""annotator import"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.exit_codes import FAILED, PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.options import RenamedOption, labels_option, reader_options
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from annotator.services.importing.importer import ImportReport

_LISTED = 20
"""How many skipped files and duplicates are named; the rest are only counted."""


@click.command("import")
@click.argument("project", type=PROJECT)
@click.argument("paths", type=click.Path(path_type=Path, readable=False), nargs=-1, required=True)
@click.option(
    "--annotator",
    "annotator_name",
    cls=RenamedOption,
    former=["--annotations-of"],
    metavar="NAME",
    help="Import the annotations in the files as the work of NAME.",
)
@click.option("--as-suggestions", is_flag=True, help="Import the annotations in the files as suggestions to review.")
@labels_option
@reader_options
@click.option("--json", "as_json", is_flag=True, help="Print the counts and every problem as JSON.")
@click.pass_context
def import_(
    ctx: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    annotator_name: str | None,
    as_suggestions: bool,
    labels: Path | None,
    reader: str | None,
    sentences: int,
    as_json: bool,
) -> None:
    """Add articles, and optionally their annotations.

    PATHS are files and folders: text, JSON, JSON Lines, CSV, CoNLL, saved web pages, feeds, zips of these, and the
    other formats that "annotator formats" lists. Text may be UTF-8, UTF-16 or Windows-1256. Files in a folder that no
    reader supports, such as pictures, are skipped and listed. A text that the project already has is not added again.

    Annotations in the files are not imported unless --annotator or --as-suggestions is given. Notes come with them.
    If a label is not in the project, nothing is imported: map it with --label-map.

    \b
    Examples:
      annotator import news.annot articles/
      annotator import news.annot gold.conll --annotator Salma

    Exit codes: 0 success, 1 some articles could not be imported, 2 none could.
    """
    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.importing.annotations import ImportTarget, find_annotator
    from annotator.services.importing.importer import import_paths
    from annotator.services.team.identity import holder_of
    from annotator.storage.project import Project

    if annotator_name and as_suggestions:
        raise click.UsageError("Use either --annotator or --as-suggestions.")
    if annotator_name is not None and not annotator_name.strip():
        raise click.UsageError("--annotator needs a name.")
    if labels and not (annotator_name or as_suggestions):
        raise click.UsageError("--label-map needs --annotator or --as-suggestions.")
    with Project.open(project) as opened, ProgressBar("Importing") as progress:
        target = None
        if annotator_name or as_suggestions:
            person = find_annotator(opened, annotator_name, holder_of(opened)) if annotator_name else None
            target = ImportTarget(person, read_label_map(labels) if labels else LabelMap())
        report = import_paths(
            opened,
            paths,
            progress=progress,
            target=target,
            reader=reader,
            options=ReadOptions(sentences),
            who=lambda: holder_of(opened),
        )
    if as_json:
        echo_json(asdict(report))
    else:
        _print_report(report)
        if target:
            what = pluralise(report.annotations, "suggestion" if as_suggestions else "annotation")
            by = "" if as_suggestions else f" by {annotator_name}"
            echo(f"{what}{by} imported, {report.annotations_there:,} already there.")
    if report.problems:
        ctx.exit(PARTIAL if report.added or report.duplicates or report.restored else FAILED)


def _print_report(report: ImportReport) -> None:
    """Print what was imported, and on standard error what was not."""
    for problem in report.problems:
        echo(f"{problem.place}: {problem.message}", err=True)
    if report.skipped:
        names = ", ".join(report.skipped[:_LISTED]) + (", …" if report.skipped[_LISTED:] else "")
        echo(f"Skipped files of unsupported types: {len(report.skipped):,} ({names}).", err=True)
    for duplicate in report.repeated[:_LISTED]:
        echo(f"{duplicate.place}: already there, as {duplicate.document[:8]}.", err=True)
    if report.repeated[_LISTED:]:
        echo(f"Further articles already there: {len(report.repeated) - _LISTED:,}.", err=True)
    if report.restored:
        echo(f"{pluralise(report.restored, 'removed article')} restored, with all decisions made there.")
    echo(
        f"{pluralise(report.added, 'article')} added, {report.duplicates:,} already there, "
        f"{len(report.problems):,} refused."
    )
    for label, count in sorted(report.dropped.items()):
        echo(f"{pluralise(count, 'annotation')} labelled {label} dropped by the label map.")
    if report.same_ids:
        echo(f"Articles that share an id with another article of their file: {report.same_ids:,}.", err=True)
    if report.notes_found:
        echo(f"Notes and flags in the files: {report.notes_found:,}. Imported: {report.notes:,}.")
    if report.suggestions:
        echo(
            f"Undecided suggestions in the files, not imported: {report.suggestions:,}. To import them, run this again "
            "with --as-suggestions.",
            err=True,
        )
    if report.ignored:
        echo(
            f"Annotations in the files, not imported: {report.ignored:,}. To import them, run this again with "
            "--annotator NAME or --as-suggestions.",
            err=True,
        )
