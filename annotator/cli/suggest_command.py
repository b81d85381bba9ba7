"""annotator suggest"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.options import RenamedOption, suggester_option
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.plurals import pluralise
from annotator.domain.review.visibility import reading_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from annotator.storage.project import Project


@click.command()
@click.argument("project", type=PROJECT)
@suggester_option("A suggester to run, A+B combined, or default for all combined; repeatable.  [default: default]")
@click.option(
    "--rerun",
    cls=RenamedOption,
    former=["--again"],
    is_flag=True,
    help="Also process articles that this version of the suggester has already processed.",
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    help="Number of processes.  [default: depends on the machine and the number of articles]",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Use the workers of this Dask scheduler.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads for a neural model.")
@click.option(
    "--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True, help="Device for camel."
)
@click.option("--json", "as_json", is_flag=True, help="Print each suggestion as a JSON object on its own line.")
@click.pass_context
def suggest(
    ctx: click.Context,
    project: Path,
    names: tuple[str, ...],
    rerun: bool,
    processes: int | None,
    scheduler: str,
    threads: int,
    device: str,
    as_json: bool,
) -> None:
    """Generate suggestions for every article.

    By default all suggesters run that need no download, and camel if its model is installed. After Ctrl+C, run the
    command again to continue. Near-duplicates are found too, and each article is measured, so that the editor can sort
    articles.

    A Dask cluster needs the package distributed, and the same version of annotator on every worker. Name only a
    scheduler that you trust. camel always runs on this machine, in its own process.

    \b
    Examples:
      annotator suggest news.annot
      annotator suggest news.annot --suggester camel --device cuda

    Exit codes: 0 success, 1 a suggester failed for some articles, 2 failed.
    """
    from annotator.services.suggesting.suggest_project import ComputeOptions, suggest_project
    from annotator.services.suggesting.worker_pool import recommended_processes
    from annotator.storage.project import Project
    from annotator.suggest import registry

    with Project.open(project) as opened, ProgressBar("Suggesting") as progress:
        report = suggest_project(
            opened,
            names or None,
            progress=progress,
            again=rerun,
            compute=ComputeOptions(
                threads, device, processes or recommended_processes(opened.documents.count()), scheduler
            ),
        )
        if as_json:
            # Whoever names single suggesters asks for their answers, although these are combined as well.
            alone = bool(names) and set(names) <= set(registry.names()) - {COMBINED}
            _print_suggestions(opened, names if alone else ())
        else:
            echo(f"{pluralise(report.suggestions, 'suggestion')} added, {pluralise(report.skipped, 'answer')} reused.")
            counts, articles = opened.suggestions.counts(), pluralise(opened.documents.count(), "article")
            for name in report.suggesters:
                echo(f"{name}: {pluralise(counts.get(name, 0), 'suggestion')} in {articles}.")
            repeats = opened.metrics.repeats()
            if repeats:
                groups = pluralise(len(set(repeats.values())), "group")
                echo(f"Duplicates: {len(repeats):,} in {groups}, sorted last.")
    for message in report.problems:
        echo(message, err=True)
    if report.problems:
        ctx.exit(PARTIAL)


def _print_suggestions(project: Project, suggesters: Collection[str]) -> None:
    """Print suggestions as JSON Lines: those of some suggesters, or as the editor shows them if none is named.

    Offsets are code points, the end exclusive.
    """
    for document_id in project.documents.ids():
        text = project.documents.get(document_id).text
        suggestions = project.suggestions.of(document_id)
        if suggesters:
            runs = project.suggestions.proposals([document_id])[document_id]
            named = chain.from_iterable(runs.get(name, ()) for name in suggesters)
            suggestions = sorted(named, key=lambda found: reading_order(found.span))
        for found in suggestions:
            line = {"document": document_id, "start": found.span.start, "end": found.span.end}
            line |= {"label": found.label, "text": found.span.of(text)}
            line |= {"score": found.score, "suggester": found.suggester}
            echo_json(line, indent=None)
