"""annotator team list, add, set-role, allow-peers and switch"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import json_option
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table

if TYPE_CHECKING:
    from annotator.domain.model.annotation import Annotator
    from annotator.storage.project import Project

_json_option = click.option("--json", "as_json", is_flag=True, help="Print a JSON array of the team.")


class _TeamGroup(click.Group):
    """The group of commands, which also answers to the former "annotator team PROJECT"."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command for the first argument, or the former command for a project."""
        if args[0] not in self.commands and Path(args[0]).exists():
            return "former", _former, args
        return super().resolve_command(ctx, args)


@click.group(cls=_TeamGroup)
def team() -> None:
    """List the people of a project; add people, change roles."""


@team.command("list")
@click.argument("project", type=PROJECT)
@_json_option
def list_(project: Path, as_json: bool) -> None:
    """List the people of a project, their roles and what they have done.

    "done" counts the articles that the annotator marked as done, "documents" the articles with an annotation or
    decision by the annotator. An annotator is listed once added, or from the first annotation or decision on.

    Example:  annotator team list news.annot
    """
    from annotator.storage.project import Project

    with Project.open_to_read(project) as opened:
        _print(opened, as_json)


@team.command()
@click.argument("project", type=PROJECT)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@_json_option
def add(project: Path, names: tuple[str, ...], as_json: bool) -> None:
    """Add people to a project.

    Work can be handed out to them before they open it.

    Example:  annotator team add news.annot Salma Omar
    """
    from annotator.services.team.people import add_people
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        add_people(opened, names)
        if as_json:
            _print(opened, as_json)
    if not as_json:
        echo(f"Added: {', '.join(names)}.")


@team.command("set-role")
@click.argument("project", type=PROJECT)
@click.argument("name")
@click.argument("role", type=click.Choice(["annotator", "adjudicator", "lead"]))
@_json_option
def set_role(project: Path, name: str, role: str, as_json: bool) -> None:
    """Make NAME (or an id) an annotator, an adjudicator or a lead.

    An adjudicator settles differences between annotators. A lead also hands out work and changes roles; only a lead
    can. Whoever creates a project is its first lead. A change made by anybody else in a copy does not count when copies
    are merged.

    Example:  annotator team set-role news.annot Salma adjudicator
    """
    from annotator.domain.model.annotation import Role
    from annotator.services.team.identity import holder_of
    from annotator.services.team.people import set_roles
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        set_roles(opened, holder_of(opened), [(name, Role(role))])
        if as_json:
            _print(opened, as_json)
    if not as_json:
        echo(f"{name} is now {'a' if role == 'lead' else 'an'} {role}.")


@team.command("allow-peers")
@click.argument("project", type=PROJECT)
@click.argument("allowed", type=click.Choice(["on", "off"]))
@json_option
def allow_peers(project: Path, allowed: str, as_json: bool) -> None:
    """Let annotators see each other's labels, read-only, or forbid it. Only a lead can.

    It is off in a new project, so that annotators work independently of each other.

    Example:  annotator team allow-peers news.annot on
    """
    from annotator.services.team import people
    from annotator.services.team.identity import holder_of
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        people.allow_peers(opened, holder_of(opened), allowed == "on")
    if as_json:
        echo_json({"peers_allowed": allowed == "on"})
        return
    may = "may now" if allowed == "on" else "may not"
    echo(f"Annotators {may} see each other's labels.")


@team.command("switch")
@click.argument("project", type=PROJECT)
@click.argument("name", required=False)
@click.option("--new", "new_name", metavar="NAME", help="Work as a new person of this name.")
@json_option
def switch_annotator(project: Path, name: str | None, new_name: str | None, as_json: bool) -> None:
    """Say who works in this copy of a project on this computer: NAME (or an id), or a new person.

    Several people can share a computer. A copy that was last used on another computer asks for this too.

    \b
    Examples:
      annotator team switch news.annot Salma
      annotator team switch news.annot --new Omar
    """
    from annotator.services.team.identity import find_person, set_holder
    from annotator.services.team.people import add_people
    from annotator.storage.project import Project

    if (name is None) == (new_name is None):
        raise click.UsageError("Give either NAME or --new NAME.")
    with Project.open(project) as opened:
        person: Annotator
        if new_name is not None:
            (person,) = add_people(opened, [new_name])
        else:
            person = find_person(opened, name or "")
        set_holder(opened, person)
    if as_json:
        echo_json({"name": person.name, "id": person.id})
        return
    echo(f"{person.name} works in {project} on this computer.")


@click.command(hidden=True)
@click.argument("project", type=PROJECT)
@click.option("--adjudicator", "raised", multiple=True, metavar="NAME", help="Make NAME (or id) an adjudicator.")
@click.option("--annotator", "lowered", multiple=True, metavar="NAME", help="Make NAME an annotator again.")
@_json_option
def _former(project: Path, raised: tuple[str, ...], lowered: tuple[str, ...], as_json: bool) -> None:
    """List people and set roles: the former form of "annotator team"."""
    from annotator.domain.model.annotation import Role
    from annotator.services.team.identity import holder_of
    from annotator.services.team.people import set_roles
    from annotator.storage.project import Project

    if both := set(raised) & set(lowered):
        raise click.UsageError(f"{min(both)} cannot have both roles; use either --adjudicator or --annotator.")
    roles = [(name, Role.ADJUDICATOR) for name in raised] + [(name, Role.ANNOTATOR) for name in lowered]
    echo('"annotator team PROJECT" is now "annotator team list" and "annotator team set-role".', err=True)
    with Project.open(project) if roles else Project.open_to_read(project) as opened:
        if roles:
            set_roles(opened, holder_of(opened), roles)
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
