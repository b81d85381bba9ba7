"""annotator annotators list and set-role"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table

if TYPE_CHECKING:
    from annotator.storage.project import Project


@click.group()
def annotators() -> None:
    """List annotators and their progress; change roles."""


@annotators.command("list")
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def list_(project: Path, as_json: bool) -> None:
    """List the annotators of a project and what they have done.

    "done" counts the articles that the annotator marked as done, "documents" the articles with an annotation or
    decision by the annotator. An annotator is listed from the first annotation or decision on.

    Example:  annotator annotators list news.annot
    """
    from annotator.storage.project import Project

    with Project.open_to_read(project) as opened:
        _print(opened, as_json)


@annotators.command("set-role")
@click.argument("project", type=PROJECT)
@click.argument("name")
@click.argument("role", type=click.Choice(["annotator", "adjudicator"]))
def set_role(project: Path, name: str, role: str) -> None:
    """Make NAME (or an id) an annotator or an adjudicator.

    An adjudicator settles differences between annotators. "annotator export --resolve adjudicated" exports only what an
    adjudicator marked as done. When copies of a project are merged, the newest role counts.

    Example:  annotator annotators set-role news.annot Salma adjudicator
    """
    from annotator.domain.model.annotation import Role
    from annotator.services.annotators import set_roles
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        set_roles(opened, [(name, Role(role))])
    echo(f"{name} is now an {role}.")


@click.command(hidden=True)
@click.argument("project", type=PROJECT)
@click.option("--adjudicator", "raised", multiple=True, metavar="NAME", help="Make NAME (or id) an adjudicator.")
@click.option("--annotator", "lowered", multiple=True, metavar="NAME", help="Make NAME an annotator again.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def team(project: Path, raised: tuple[str, ...], lowered: tuple[str, ...], as_json: bool) -> None:
    """List annotators and set roles: the former name of "annotator annotators"."""
    from annotator.domain.model.annotation import Role
    from annotator.services.annotators import set_roles
    from annotator.storage.project import Project

    if both := set(raised) & set(lowered):
        raise click.UsageError(f"{min(both)} cannot have both roles; use either --adjudicator or --annotator.")
    roles = [(name, Role.ADJUDICATOR) for name in raised] + [(name, Role.ANNOTATOR) for name in lowered]
    echo('"annotator team" is now "annotator annotators list" and "annotator annotators set-role".', err=True)
    with Project.open(project) if roles else Project.open_to_read(project) as opened:
        if roles:
            set_roles(opened, roles)
        _print(opened, as_json)


def _print(project: Project, as_json: bool) -> None:
    """Print the annotators as a table or as JSON."""
    from annotator.services.annotators import summarise_annotators

    rows = [
        {
            "name": member.person.name,
            "id": member.person.id,
            "role": member.role.value,
            "done": member.work.done,
            "documents": member.work.documents,
            "annotations": member.work.annotations,
        }
        for member in summarise_annotators(project)
    ]
    if as_json:
        echo_json(rows)
    elif rows:
        for line in render_table(tuple(rows[0]), (tuple(map(str, row.values())) for row in rows)):
            echo(line)
    else:
        echo("Nobody has worked in this project yet.")
