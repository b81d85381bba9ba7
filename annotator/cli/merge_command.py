"""annotator merge"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar


@click.command()
@click.argument("target", type=PROJECT)
@click.argument("sources", type=PROJECT, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def merge(target: Path, sources: tuple[Path, ...], as_json: bool) -> None:
    """Merge copies of a project.

    All articles, annotators and decisions in SOURCES are added to TARGET; SOURCES are not changed. The order does not
    matter, and merging the same copy twice changes nothing. All sources are checked first. After Ctrl+C, what was
    merged stays; run the command again to merge the rest.

    Conflicts are listed, never resolved silently: annotations whose label was removed from the project, spans that were
    both labelled and rejected, settled articles that have changed since, and differences that two adjudicators settled
    differently. --json lists all places.

    Example:  annotator merge all.annot from-salma.annot from-omar.annot
    """
    from annotator.services.project.merge_copies import merge_paths
    from annotator.team.merge import MergeReport

    report = MergeReport()
    try:
        with ProgressBar("Merging") as progress:
            merge_paths(target, sources, report=report, progress=progress)
    except BaseException:
        if not report.is_empty:
            echo(f"{report.came_in()} Run the command again to merge the rest.", err=True)
        raise
    if as_json:
        echo_json(asdict(report), indent=None)
        return
    for line in report.lines():
        echo(line)
