"""annotator sync"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.errors import UserError


@click.command()
@click.argument("project", type=PROJECT)
@click.argument("folder", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--resend", is_flag=True, help="Send everything that the folder lacks, for example after it was emptied.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_context
def sync(ctx: click.Context, project: Path, folder: Path | None, resend: bool, as_json: bool) -> None:
    """Exchange work with the team through a shared folder.

    FOLDER is any folder that all copies of PROJECT reach: a network share, a folder of Nextcloud or Syncthing, a USB
    stick. What is new in PROJECT is written there, and what others have written is merged into PROJECT. The order does
    not matter, and nothing is lost if the command is stopped.

    The project remembers the folder, so give it only once. Keep the project file itself outside of it.

    Example:  annotator sync news.annot /mnt/team/news
    """
    from annotator.services.team.sync import SyncReport, open_carrier, sync
    from annotator.storage.project import Project

    report = SyncReport()
    try:
        with ProgressBar("Synchronising") as progress, Project.open(project) as opened:
            address = str(folder.absolute()) if folder else opened.outbox.carrier
            if not address:
                raise UserError(
                    "{project} has no shared folder yet. Run: annotator sync {project} FOLDER", project=project
                )
            sync(opened, open_carrier(address), report=report, progress=progress, resend=resend)
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
