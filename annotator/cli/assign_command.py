"""annotator assign"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import render_table
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.services.team.assign import Assigned, PersonalShare
    from annotator.storage.project import Project

_HEAD = ("annotator", "given", "taken back", "assigned", "done", "begun")


def _percentage(_ctx: click.Context, _param: click.Parameter, value: str) -> Fraction:
    """Parse "20%" or "12.5%". Raises BadParameter for anything else."""
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*", value)
    share = Fraction(found[1]) / 100 if found else Fraction(-1)
    if not 0 <= share <= 1:
        raise click.BadParameter(f"{value} is not a percentage from 0% to 100%. Write it as 20%.")
    return share


def split_names(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Split names at commas, also at Arabic ones. None stays None."""
    return None if value is None else tuple(filter(None, map(str.strip, re.split("[,،]", value))))


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--to", "people", callback=split_names, metavar="A,B,...", help="Hand articles out to these annotators.")
@click.option(
    "--overlap",
    callback=_percentage,
    default="0%",
    show_default=True,
    metavar="PERCENT",
    help="How many of the articles go to two people, so that agreement can be measured.",
)
@click.option(
    "--by",
    type=click.Choice(["balanced", "source", "date"]),
    default="balanced",
    show_default=True,
    help="balanced: shares alike in sources and length; source, date: whole sources or periods for each.",
)
@click.option("--per-person", type=click.IntRange(1), metavar="N", help="At most N articles for each.  [default: all]")
@click.option("--seed", default=0, show_default=True, help="Another seed gives other shares.")
@click.option(
    "--share-again", is_flag=True, help="Also share out again what these annotators have and nobody has begun."
)
@click.option("--take-back", callback=split_names, metavar="A,B,...", help="Take back what they have not finished.")
@click.option("--dry-run", is_flag=True, help="Show the shares without handing anything out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def assign(
    project: Path,
    people: tuple[str, ...] | None,
    overlap: Fraction,
    by: str,
    per_person: int | None,
    seed: int,
    share_again: bool,
    take_back: tuple[str, ...] | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hand articles out to annotators, or take them back.

    All shares are equal, or differ by one article. Near-duplicates go to one person. Articles that somebody has stay
    where they are, and so do those that somebody finished without having been given them. Only a lead can hand out.
    Without --to and --take-back, the annotators are listed with what they have.

    \b
    Examples:
      annotator assign news.annot --to Salma,Omar,Nour --overlap 20%
      annotator assign news.annot --take-back Omar
      annotator assign news.annot --to Salma,Nour,Ali --share-again
    """
    from annotator.domain.team.shares import ShareRule
    from annotator.services.team import assign as service
    from annotator.services.team.identity import holder_of
    from annotator.storage.project import Project

    if people is not None and take_back is not None:
        raise click.UsageError("--to and --take-back cannot be used together. Run the command twice.")
    if take_back is not None and dry_run:
        raise click.UsageError("--dry-run shows what --to would hand out. It does not apply to --take-back.")
    if people is None and take_back is None:
        with Project.open_to_read(project) as opened:
            _print_counts(opened, as_json)
        return
    if take_back is not None:
        with Project.open(project) as opened:
            taken = service.take_back(opened, take_back, holder_of(opened))
        _print_taken(taken, as_json)
        return
    request = service.AssignRequest(people or (), overlap, ShareRule(by), per_person, seed, share_again)
    with Project.open_to_read(project) if dry_run else Project.open(project) as opened:
        if not dry_run:
            service.refuse_others(opened, holder_of(opened))
        with ProgressBar("Looking for near-duplicates") as progress:
            service.find_near_duplicates(opened, progress)
        if dry_run:
            found = service.plan_assignment(opened, request)
        else:
            found = service.assign(opened, request, holder_of(opened))
    _print_assigned(found, as_json, dry_run=dry_run)


def _print_counts(project: Project, as_json: bool) -> None:
    """Print how many articles each annotator has, and how many nobody has."""
    counts = project.assignments.counts()
    names = {person.id: person.name for person in project.annotators.all()}
    rows = [
        {
            "name": names.get(who, who),
            "id": who,
            "assigned": count.assigned,
            "done": count.finished,
            "begun": count.begun,
        }
        for who, count in sorted(counts.items(), key=lambda item: (names.get(item[0], ""), item[0]))
    ]
    unassigned = project.documents.count() - len(project.assignments.by_document())
    if as_json:
        echo_json({"annotators": rows, "unassigned": unassigned})
        return
    if rows:
        for line in render_table(tuple(rows[0]), (tuple(map(str, row.values())) for row in rows)):
            echo(line)
    echo(f"Not handed out: {pluralise(unassigned, 'article')}.")


def _print_taken(shares: Iterable[PersonalShare], as_json: bool) -> None:
    if as_json:
        echo_json([_record(share) for share in shares])
        return
    for share in shares:
        echo(f"{share.person.name}: {pluralise(len(share.taken), 'article')} taken back, {share.total:,} left.")


def _print_assigned(found: Assigned, as_json: bool, *, dry_run: bool) -> None:
    if as_json:
        echo_json(
            {
                "dry_run": dry_run,
                "documents": found.documents,
                "overlapping": found.overlapping,
                "divided_groups": found.divided,
                "left": found.left,
                "finished": found.finished,
                "shares": [_record(share) for share in found.shares],
            }
        )
        return
    rows = (
        (
            share.person.name,
            *(f"{count:,}" for count in (len(share.given), len(share.taken), share.total)),
            *(f"{count:,}" for count in (share.counts.finished, share.counts.begun)),
        )
        for share in found.shares
    )
    for line in render_table(_HEAD, rows):
        echo(line)
    would = "would be handed out" if dry_run else "handed out"
    echo(f"{pluralise(found.documents, 'article')} {would}, {found.overlapping:,} of them to two people.")
    if found.divided:
        echo(f"Groups of near-duplicates that no share had room for, and were divided: {found.divided:,}.")
    if found.left:
        echo(f"Not handed out: {pluralise(found.left, 'article')}.")
    if found.finished:
        echo(f"Not handed out, because somebody finished them already: {pluralise(found.finished, 'article')}.")


def _record(share: PersonalShare) -> dict[str, object]:
    return {
        "name": share.person.name,
        "id": share.person.id,
        "given": list(share.given),
        "taken": list(share.taken),
        "assigned": share.total,
        "done": share.counts.finished,
        "begun": share.counts.begun,
    }
