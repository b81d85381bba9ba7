"""annotator backup and annotator restore"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import json_option
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table


@click.command()
@click.argument("project", type=PROJECT)
@click.argument("out", type=PROJECT, required=False)
@click.option("--list", "as_list", is_flag=True, help="List the backups instead of making one.")
@json_option
def backup(project: Path, out: Path | None, as_list: bool, as_json: bool) -> None:
    """Make a backup of a project, or list the backups.

    Writes to the file OUT, or by default to the backup folder. The project may be in use meanwhile. The backup is read
    back before the command reports success.

    Backups are also made automatically: once a day by the editor, before a merge, and when a newer version of the
    program first opens the project. The backup folder keeps the last ten. Project > Backups in the editor sets how many
    are kept and where.

    \b
    Examples:
      annotator backup news.annot
      annotator backup --list news.annot
    """
    from annotator.errors import UserError
    from annotator.storage.file.backup_folder import backup_folder, backup_settings, list_backups
    from annotator.storage.recovery.backup import back_up, write_backup

    if as_list:
        if out is not None:
            raise click.UsageError("--list makes no backup. Remove OUT.")
        found = list_backups(project)
        if as_json:
            echo_json(
                [{"path": str(b.path), "made": b.made.isoformat(), "bytes": b.path.stat().st_size} for b in found]
            )
            return
        if not found:
            echo(f"No backups of {project} in {backup_folder(project, backup_settings())}.")
            return
        rows = ((f"{b.made.astimezone():%Y-%m-%d %H:%M:%S}", str(b.path.stat().st_size), str(b.path)) for b in found)
        for line in render_table(("made", "bytes", "file"), rows):
            echo(line)
        return
    if out is not None:
        write_backup(project, out)
        if as_json:
            echo_json({"path": str(out), "new": True})
            return
        echo(f"Wrote a backup of {project} to {out}.")
        return
    made = back_up(project)
    if made is None:
        newest = next(iter(list_backups(project)), None)
        if newest is None:
            raise UserError("The backup of {path} was removed by another program; try again.", path=project)
        if as_json:
            echo_json({"path": str(newest.path), "new": False})
        else:
            echo(f"{project} has not changed since its last backup, {newest.path}.")
    elif as_json:
        echo_json({"path": str(made), "new": True})
    else:
        echo(f"Wrote a backup of {project} to {made}.")


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--from", "source", type=PROJECT, metavar="FILE", help="The backup.  [default: the newest undamaged one]")
@json_option
def restore(project: Path, source: Path | None, as_json: bool) -> None:
    """Restore a project from a backup.

    The present file is kept in the same folder under another name. Close the project in every window first. FILE may be
    a backup, as "annotator backup --list PROJECT" shows them, or any other copy of the project.

    Example:  annotator restore news.annot
    """
    from annotator.storage.recovery.backup import restore as put_back

    restored = put_back(project, source)
    if as_json:
        kept = None if restored.kept is None else str(restored.kept)
        echo_json({"path": str(project), "source": str(restored.source), "kept": kept})
        return
    echo(f"Restored {project} from {restored.source}.")
    if restored.kept is not None:
        echo(f"The previous file is kept in {restored.kept}.")
