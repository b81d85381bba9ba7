"""The command about the people of a project."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--adjudicator", "raised", multiple=True, metavar="NAME", help="Make NAME (or id) an adjudicator.")
@click.option("--annotator", "lowered", multiple=True, metavar="NAME", help="Make NAME an annotator again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def team(project: Path, raised: tuple[str, ...], lowered: tuple[str, ...], as_json: bool) -> None:
    """List the people of a project: who they are, and what they have done.

    done counts the documents that somebody called done, documents those with a label or decision of theirs. An
    adjudicator settles what annotators see differently: annotator export --whose adjudicated takes the documents that
    an adjudicator called done, with the adjudicator's labels alone. Somebody is known to a project from the first
    label or decision on. When copies are merged, the role that was given last counts.
    """
    from annotator.domain.model.annotation import Role
    from annotator.services.annotators import set_roles, summarise_annotators
    from annotator.storage.project import Project

    if both := set(raised) & set(lowered):
        raise click.UsageError(f"{min(both)} cannot be both; give either --adjudicator or --annotator.")
    roles = [(name, Role.ADJUDICATOR) for name in raised] + [(name, Role.ANNOTATOR) for name in lowered]
    with Project.open(project) if roles else Project.open_to_read(project) as opened:
        if roles:
            set_roles(opened, roles)
        found = summarise_annotators(opened)
    rows = [
        {
            "name": member.person.name,
            "id": member.person.id,
            "role": member.role.value,
            "done": member.work.done,
            "documents": member.work.documents,
            "annotations": member.work.annotations,
        }
        for member in found
    ]
    if as_json:
        echo_json(rows)
    elif rows:
        for line in render_table(tuple(rows[0]), (tuple(map(str, row.values())) for row in rows)):
            echo(line)
    else:
        echo("Nobody has labelled anything in this project yet.")
