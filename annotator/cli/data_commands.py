"""Commands that carry data in and through: import, suggest, merge."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.group import PROJECT, REFUSED
from annotator.cli.options import labels_option, reader_options
from annotator.cli.output import echo, echo_json
from annotator.cli.progress import Progress
from annotator.domain.plurals import pluralise

_SHOWN = 20
"""How many of the texts that were there already are named on the screen."""


@click.command("import", short_help="Take articles into a project, and the annotations that files hold.")
@click.argument("project", type=PROJECT)
@click.argument("paths", type=click.Path(path_type=Path, readable=False), nargs=-1, required=True)
@click.option("--annotations-of", "whose", metavar="NAME", help="Take the files' annotations as this annotator's.")
@click.option("--as-suggestions", is_flag=True, help="Take the files' annotations as suggestions to decide on.")
@labels_option
@reader_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every problem.")
@click.pass_context
def import_(
    ctx: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    whose: str | None,
    as_suggestions: bool,
    labels: Path | None,
    reader: str | None,
    sentences: int,
    as_json: bool,
) -> None:
    """Take articles into a project, from files and whole folders.

    Text files may be UTF-8, UTF-16 or Windows-1256; JSON, JSON Lines and CSV need a field text, content
    or body; CoNLL may be IOB1, IOB2, IOBES, BILOU or IO, flat or nested. Saved web pages give their article, feeds
    (RSS, Atom) one for each entry; TEI, GATE, brat, CoNLL-U, WebAnno, Parquet and zips of all these are read too. The
    same text twice is one document. What cannot be taken is named, and the rest goes in. Files in a folder that no
    reader takes, such as pictures, are skipped.

    Annotations that files hold (JSON in its field spans, entities or labels) are left unless you say whose they are, or
    that they are suggestions. Notes come with them. Labels that the project lacks stop the import before it begins; a
    map says what they become.
    """
    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.importing.annotations import ImportTarget, find_annotator
    from annotator.services.importing.importer import import_paths
    from annotator.storage.file.identity import current_annotator
    from annotator.storage.project import Project

    if whose and as_suggestions:
        raise click.UsageError("Give either --annotations-of or --as-suggestions.")
    if whose is not None and not whose.strip():
        raise click.UsageError("--annotations-of needs a name.")
    if labels and not (whose or as_suggestions):
        raise click.UsageError("--map needs --annotations-of or --as-suggestions.")
    with Project.open(project) as opened, Progress("Importing") as progress:
        target = None
        if whose or as_suggestions:
            person = find_annotator(opened, whose, current_annotator()) if whose else None
            target = ImportTarget(person, read_label_map(labels) if labels else LabelMap())
        report = import_paths(
            opened,
            paths,
            progress=progress,
            target=target,
            reader=reader,
            options=ReadOptions(sentences),
            who=current_annotator,
        )
    if as_json:
        echo_json(asdict(report))
    else:
        for problem in report.problems:
            echo(f"{problem.place}: {problem.message}", err=True)
        if report.skipped:
            names = ", ".join(report.skipped[:_SHOWN]) + (", …" if report.skipped[_SHOWN:] else "")
            echo(f"Skipped, as no reader takes files of their kind: {len(report.skipped):,} ({names}).", err=True)
        for duplicate in report.repeated[:_SHOWN]:
            echo(f"{duplicate.place}: already there, as {duplicate.document[:8]}.", err=True)
        if report.repeated[_SHOWN:]:
            echo(f"Further ones already there: {len(report.repeated) - _SHOWN:,}.", err=True)
        if report.restored:
            said = "was removed before, and is" if report.restored == 1 else "were removed before, and are"
            echo(f"{pluralise(report.restored, 'document')} {said} back, with all that was decided there.")
        echo(
            f"{pluralise(report.added, 'document')} added, {report.duplicates:,} already there, "
            f"{len(report.problems):,} refused."
        )
        if target:
            what = pluralise(report.annotations, "suggestion" if as_suggestions else "annotation")
            by = "" if as_suggestions else f" of {whose}"
            echo(f"{what}{by} added, {report.annotations_there:,} already there.")
        for label, count in sorted(report.dropped.items()):
            echo(f"{pluralise(count, 'annotation')} with the label {label} dropped, as the map says.")
        if report.same_ids:
            echo(f"New texts with an id that another text of their file has: {report.same_ids:,}.", err=True)
        if report.notes_found:
            echo(f"Notes and doubts in the files: {report.notes_found:,}. Taken: {report.notes:,}.")
        if report.suggestions:
            echo(
                f"Spans that the files mark as suggestions nobody confirmed, left out: {report.suggestions:,}. Import "
                "again with --as-suggestions to take them.",
                err=True,
            )
        if report.ignored:
            echo(
                f"Annotations in the files, left out: {report.ignored:,}. Import again with --annotations-of NAME or "
                "--as-suggestions to take them.",
                err=True,
            )
    if report.problems:
        ctx.exit(REFUSED if report.added or report.duplicates or report.restored else 2)


@click.command(short_help="Have spans suggested in every document.")
@click.argument("project", type=PROJECT)
@click.option("--with", "names", multiple=True, metavar="NAME", help="A suggester to run; may be given again.")
@click.option("--again", is_flag=True, help="Ask also where the same version of a suggester has answered before.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    help="Processes that work side by side; by default as many as suit the machine and the number of documents.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Let the workers of this Dask scheduler do the work.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads for a neural model.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", help="Where a neural model runs.")
@click.option("--json", "as_json", is_flag=True, help="Print each suggestion as one JSON object a line.")
@click.pass_context
def suggest(
    ctx: click.Context,
    project: Path,
    names: tuple[str, ...],
    again: bool,
    processes: int | None,
    scheduler: str,
    threads: int,
    device: str,
    as_json: bool,
) -> None:
    """Have spans suggested in every document.

    Stopped with Ctrl+C, it goes on where it was when it is called again. Without --with, the suggesters
    that need no download run, and camel where its model is installed. With --json each line holds
    document, start, end, label, text, score and suggester.

    Articles that were printed twice are found, and every document is measured for the orders in which it may be worked
    on. A Dask cluster needs pip install "annotator[cluster]" and the same version of this program on every worker; name
    only a scheduler that you trust. camel always works from here, in a process of its own.
    """
    from annotator.services.suggesting.suggest_project import suggest_project
    from annotator.services.suggesting.worker_pool import recommended_processes
    from annotator.storage.project import Project

    with Project.open(project) as opened, Progress("Suggesting") as progress:
        report = suggest_project(
            opened,
            names or None,
            progress=progress,
            again=again,
            threads=threads,
            device=device,
            processes=processes or recommended_processes(opened.documents.count()),
            scheduler=scheduler,
        )
        if as_json:
            for document_id in opened.documents.ids():
                text = opened.documents.get(document_id).text
                for found in opened.suggestions.of(document_id):
                    if found.suggester in report.suggesters:
                        line = {"document": document_id, "start": found.span.start, "end": found.span.end}
                        line |= {"label": found.label, "text": found.span.of(text)}
                        line |= {"score": found.score, "suggester": found.suggester}
                        echo_json(line, indent=None)
        else:
            echo(
                f"{pluralise(report.suggestions, 'suggestion')} added; "
                f"{pluralise(report.skipped, 'answer')} already there."
            )
            counts, documents = opened.suggestions.counts(), pluralise(opened.documents.count(), "document")
            for name in report.suggesters:
                echo(f"{name}: {pluralise(counts.get(name, 0), 'suggestion')} in {documents}.")
            repeats = opened.numbers.repeats()
            if repeats:
                groups = pluralise(len(set(repeats.values())), "group")
                echo(f"Documents that repeat an earlier one, in {groups}: {len(repeats):,}; they are offered last.")
    for message in report.problems:
        echo(message, err=True)
    if report.problems:
        ctx.exit(REFUSED)


@click.command(short_help="Unite copies of a project that people worked on apart.")
@click.argument("target", type=PROJECT)
@click.argument("sources", type=PROJECT, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
def merge(target: Path, sources: tuple[Path, ...], as_json: bool) -> None:
    """Unite copies of a project that people worked on apart: TARGET takes in all that the SOURCES hold.

    Documents, annotators and every decision come together, in whatever order copies are merged and
    however often; the sources are not changed. All sources are checked first. Stopped with Ctrl+C, what has come in
    stays, and the next merge brings in the rest. What is left for people to settle is reported: annotations with a
    label that was removed meanwhile, and places that were labelled and rejected.
    """
    from annotator.services.project.merge import merge_paths
    from annotator.team.merge import MergeReport

    report = MergeReport()
    try:
        with Progress("Merging") as progress:
            merge_paths(target, sources, report=report, progress=progress)
    except BaseException:
        if not report.is_empty:
            echo(f"{report.came_in()} Merge again to bring in the rest.", err=True)
        raise
    if as_json:
        echo_json(asdict(report), indent=None)
        return
    for line in report.lines():
        echo(line)
