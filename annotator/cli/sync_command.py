"""annotator sync"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.storage.project import Project


@click.command(short_help="Exchange work with the team by a shared folder or a server.")
@click.argument("project", type=PROJECT, required=False)
@click.argument("place", metavar="[FOLDER|URL]", required=False)
@click.option("--resend", is_flag=True, help="Send everything that the place lacks, for example after it was emptied.")
@click.option(
    "--login",
    "logins",
    metavar="NAME=LOGIN",
    multiple=True,
    help="For leads: say which login of the server works as which annotator. Can be repeated.",
)
@click.option("--prepare", metavar="URL", help="Make the schema and the roles in a PostgreSQL database, once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def sync(
    ctx: click.Context,
    project: Path | None,
    place: str | None,
    resend: bool,
    logins: Sequence[str],
    prepare: str | None,
    as_json: bool,
) -> None:
    """Exchange work with the team through a shared folder or a PostgreSQL server.

    FOLDER is any folder that all copies of PROJECT reach: a network share, a folder of Nextcloud or Syncthing, a USB
    stick. URL is the address of a PostgreSQL database: postgresql://LOGIN@HOST/DATABASE. The password is never part of
    it; libpq reads it from ~/.pgpass or the environment. What is new in PROJECT is sent there, and what others have
    sent is merged into PROJECT. The order does not matter, and nothing is lost if the command is stopped.

    The project remembers the place, so give it only once. Keep the project file itself outside of the folder.

    A server is prepared once with --prepare, by somebody who may create schemas and roles. Each annotator needs a login
    there. The first synchronisation is a lead's.

    \b
    Examples:
      annotator sync news.annot /mnt/team/news
      annotator sync --prepare postgresql://postgres@db.example.org/news
      annotator sync news.annot postgresql://hind@db.example.org/news --login Salma=salma
    """
    from annotator.services.team.identity import Doubt, identify
    from annotator.services.team.postgres_server import is_server
    from annotator.services.team.sync import SyncReport, open_carrier, sync
    from annotator.storage.project import Project

    if prepare is not None:
        if project is not None:
            raise click.UsageError("--prepare takes a URL and no project.")
        _prepare(prepare, as_json=as_json)
        return
    if project is None:
        raise click.UsageError("Missing argument 'PROJECT'.")
    report = SyncReport()
    try:
        with ProgressBar("Synchronising") as progress, Project.open(project) as opened:
            address = opened.outbox.carrier
            if place:
                address = place if is_server(place) else str(Path(place).absolute())
            if not address:
                raise UserError(
                    "{project} has no shared folder or server yet. Run: annotator sync {project} FOLDER",
                    project=project,
                )
            found = identify(opened)
            annotator = found.person if found.doubt is Doubt.NONE else None
            carrier = open_carrier(address)
            people = _read_logins(opened, address, logins)
            sync(opened, carrier, report=report, annotator=annotator, progress=progress, resend=resend)
            if people:
                from annotator.services.team.postgres_server import set_logins

                set_logins(address, opened.id, people)
    except BaseException:
        if not report.is_empty:
            for line in report.lines()[:2]:
                echo(line, err=True)
            echo("Run the command again to exchange the rest.", err=True)
        raise
    if as_json:
        echo_json(report.to_json(), indent=None)
    else:
        for line in report.lines():
            echo(line)
    if report.problems or report.waiting:
        ctx.exit(PARTIAL)


def _read_logins(project: Project, address: str, logins: Sequence[str]) -> list[tuple[str, str]]:
    """Return the annotator's id and the login of each NAME=LOGIN. Raises UserError."""
    from annotator.services.annotators import find_annotator
    from annotator.services.team.postgres_server import is_server

    if logins and not is_server(address):
        raise UserError("--login is for a PostgreSQL server. A shared folder has no logins.")
    people = project.annotators.all()
    found = []
    for given in logins:
        name, equals, login = given.rpartition("=")
        if not (name and equals and login):
            raise UserError("Write --login as NAME=LOGIN, not {given}", given=given)
        found.append((find_annotator(people, name).id, login))
    return found


def _prepare(address: str, *, as_json: bool) -> None:
    """Prepare a database, and print what to do next."""
    from annotator.services.team.postgres_server import prepare, server_name

    roles = prepare(address)
    if as_json:
        echo_json({"server": server_name(address), "roles": dict(roles)}, indent=None)
        return
    echo(f"{server_name(address)} is prepared. Its roles: {', '.join(roles.values())}.")
    echo("Give each person a login with one of them, for example in psql:")
    echo(f"  create role salma login in role {roles['annotator']};")
    echo(r"  \password salma")
