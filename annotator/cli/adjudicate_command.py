"""annotator adjudicate"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import STDOUT, echo, echo_json, output_files, output_report
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import render_table
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from annotator.services.team.adjudicate import DifferenceFilter
    from annotator.storage.project import Project

_KINDS = ("label", "boundary", "clitic", "both", "one-side")
_STATES = ("open", "outdated", "competing", "settled")


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--list", "listed", is_flag=True, help="List the differences that are left.")
@click.option(
    "--settle",
    type=click.Choice(["agreed", "majority"]),
    help="Settle articles in which all gave the same, or differences with a majority.",
)
@click.option("--take", metavar="NAME", help="Make the labels of NAME (or an ID) gold, in the articles NAME finished.")
@click.option("--dry-run", is_flag=True, help="With --settle or --take, only print what would be settled.")
@click.option("--label", "labels", multiple=True, metavar="LABEL", help="With --list, only with this label.")
@click.option("--name", "words", default="", metavar="WORDS", help="With --list, only differences on these words.")
@click.option("--pair", nargs=2, metavar="NAME NAME", help="With --list, only where these two annotators differ.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="With --list, only of this kind.")
@click.option("--state", "states", multiple=True, type=click.Choice(_STATES), help="With --list, only in this state.")
@click.option(
    "--csv",
    "csv_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the list to FILE, or to standard output (-).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def adjudicate(
    project: Path,
    listed: bool,
    settle: str | None,
    take: str | None,
    dry_run: bool,
    csv_path: Path | None,
    as_json: bool,
    **filters: Any,
) -> None:
    """Settle differences between annotators, or list them.

    Settled labels are a layer of their own, the gold layer. Nobody's labels change. "annotator export --resolve
    adjudicated" exports the gold layer of settled articles. Single differences are settled in the window, on the page
    Adjudicate.

    --settle agreed settles the articles in which all who finished them gave the same. --settle majority also settles
    differences in which more than half gave the same. Both need at least two annotators who finished an article, and
    leave alone what a person has settled. Only adjudicators and leads can settle.

    \b
    Examples:
      annotator adjudicate news.annot --list
      annotator adjudicate news.annot --list --kind clitic --csv clitics.csv
      annotator adjudicate news.annot --settle agreed --dry-run
      annotator adjudicate news.annot --take Salma
    """
    if listed + (settle is not None) + (take is not None) != 1:
        raise click.UsageError("Give one of --list, --settle and --take.")
    given = [name for name, value in filters.items() if value]
    if not listed and (csv_path or given):
        raise click.UsageError("--csv and the filters need --list.")
    if listed and dry_run:
        raise click.UsageError("--dry-run needs --settle or --take.")
    output_files(as_json, csv_path)
    from annotator.storage.project import Project

    if listed:
        with Project.open_to_read(project) as opened:
            _list(opened, filters, csv_path, as_json)
    elif dry_run:
        with Project.open_to_read(project) as opened:
            _settle(opened, settle, take, dry_run, as_json)
    else:
        with Project.open(project) as opened:
            _settle(opened, settle, take, dry_run, as_json)


def _settle(project: Project, rule: str | None, take: str | None, dry_run: bool, as_json: bool) -> None:
    from annotator.services.annotators import find_annotator
    from annotator.services.team.adjudicate import SettleRule, settle_by_rule, take_documents
    from annotator.services.team.identity import holder_of

    me = holder_of(project)
    with ProgressBar("Settling") as progress:
        if take is not None:
            whose = find_annotator(project.annotators.all(), take)
            report = take_documents(project, me, whose, dry_run=dry_run, progress=progress)
        else:
            report = settle_by_rule(project, me, SettleRule(rule or ""), dry_run=dry_run, progress=progress)
    if as_json:
        echo_json(asdict(report))
    else:
        for line in report.lines():
            echo(line)


def _list(project: Project, filters: dict[str, Any], csv_path: Path | None, as_json: bool) -> None:
    from annotator.services.annotators import display_names
    from annotator.services.team.adjudicate import difference_queue
    from annotator.services.team.difference_report import TABLE_HEAD, table_row, to_csv, to_json

    names = display_names(project.annotators.all())
    wanted = _filter(project, filters)
    with ProgressBar("Comparing") as progress:
        found = [
            to_json(each, document, names)
            for document, queued in difference_queue(project, wanted, progress=progress)
            for each in queued
        ]
    if csv_path:
        output_report(csv_path, to_csv(found, names.values()), project.path)
    if as_json:
        echo_json(found)
    elif csv_path and csv_path != STDOUT:
        echo(f"{pluralise(len(found), 'difference')} written to {csv_path}.")
    elif found and not csv_path:
        for line in render_table(TABLE_HEAD, map(table_row, found)):
            echo(line)
    elif not csv_path:
        echo("Nothing to settle.")


def _filter(project: Project, filters: dict[str, Any]) -> DifferenceFilter:
    from annotator.domain.team.adjudication_state import DifferenceState
    from annotator.services.annotators import find_annotator
    from annotator.services.team.adjudicate import DifferenceFilter
    from annotator.team.differences import DifferenceKind

    labels = [project.tagset.find(label) for label in filters["labels"]]
    if None in labels:
        missing = filters["labels"][labels.index(None)]
        raise click.UsageError(f"The tagset has no label {missing}.")
    people = project.annotators.all()
    default = DifferenceFilter()
    return DifferenceFilter(
        labels=frozenset(label.id for label in labels if label),
        words=filters["words"],
        pair=tuple(find_annotator(people, name).id for name in filters["pair"] or ()),
        kinds=frozenset(map(DifferenceKind, filters["kinds"])),
        states=frozenset(map(DifferenceState, filters["states"])) or default.states,
    )
