"""Commands about the backups of a project: backup and restore."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo
from annotator.cli.table import render_table


@click.command(short_help="Make a backup of a project, or list those that there are.")
@click.argument("project", type=PROJECT)
@click.argument("out", type=PROJECT, required=False)
@click.option("--list", "as_list", is_flag=True, help="List the backups that there are, and make none.")
def backup(project: Path, out: Path | None, as_list: bool) -> None:
    """Write a backup of PROJECT to the file OUT, by default into the folder of backups.

    A project may be in use meanwhile. The backup is opened and read through before it counts as made. The window
    makes one by itself each day, and so do a merge and the first opening by a newer version of the program; of those
    in the folder of backups the last ten are kept. Backups… in the Project menu sets how many and where.
    """
    from annotator.errors import UserError
    from annotator.storage.file.backup_folder import backup_settings, backups_of, folder_of
    from annotator.storage.recovery.backup import back_up, write_backup

    if as_list:
        if out is not None:
            raise click.UsageError("--list makes no backup; leave OUT out.")
        found = backups_of(project)
        if not found:
            echo(f"There are no backups of {project} in {folder_of(project, backup_settings())}.")
            return
        rows = ((f"{b.made.astimezone():%Y-%m-%d %H:%M:%S}", str(b.path.stat().st_size), str(b.path)) for b in found)
        for line in render_table(("made", "bytes", "file"), rows):
            echo(line)
        return
    if out is not None:
        write_backup(project, out)
        echo(f"Wrote a backup of {project} to {out}.")
        return
    made = back_up(project)
    if made is None:
        newest = next(iter(backups_of(project)), None)
        if newest is None:
            raise UserError("The backup of {path} was removed by another program; try again.", path=project)
        echo(f"{project} has not changed since its last backup, {newest.path}.")
    else:
        echo(f"Wrote a backup of {project} to {made}.")


@click.command(short_help="Go back to a backup of a project.")
@click.argument("project", type=PROJECT)
@click.option("--from", "source", type=PROJECT, metavar="FILE", help="The backup.  [default: the newest sound one]")
def restore(project: Path, source: Path | None) -> None:
    """Put a backup in the place of PROJECT; what is there now is kept in the same folder under another name.

    No window and no other program may have the project open. "annotator backup --list PROJECT" shows what backups
    there are; any other copy of a project will do as well.
    """
    from annotator.storage.recovery.backup import restore as put_back

    restored = put_back(project, source)
    echo(f"Restored {project} from {restored.source}.")
    if restored.kept is not None:
        echo(f"What was there before is kept in {restored.kept}.")
