"""Back up a project while it is in use, check each backup by opening it, and restore one."""

from __future__ import annotations

import glob
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from annotator.atomic_file import OWNER_ONLY_FOLDER, create_private_file, move_without_overwriting, sync_to_disk
from annotator.errors import ProjectError
from annotator.storage.file.backup_folder import (
    Backup,
    BackupSettings,
    backup_folder,
    backup_settings,
    list_backups,
    new_backup_path,
)
from annotator.storage.file.connection import APPLICATION_ID
from annotator.storage.file.error_translation import is_damage, translate_file_errors
from annotator.storage.file.foreign_wal import belong_together
from annotator.storage.file.open_files import is_open_in_any_process
from annotator.storage.file.snapshot import OnProgress, copy_project
from annotator.storage.recovery.integrity import find_damage

TIMEOUT = 5.0
"""How long to wait for another program that is writing, in seconds."""
DAILY = 20 * 3600.0
"""Age in seconds after which a new backup is due: less than a day, for someone who starts earlier than yesterday."""
_ABANDONED = 3600.0
"""Age in seconds after which an unfinished backup was left by a killed program."""
_BESIDE = ("-wal", "-journal")
_FACTS = ("id", "tagset")


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """The backup that was restored, and where the file that was replaced is kept, if there was one."""

    source: Path
    kept: Path | None


def write_backup(project: Path, out: Path, *, on_progress: OnProgress = lambda: None) -> None:
    """Write a backup of a project to a path that must not exist.

    It is written to a temporary file, opened, checked, flushed to the disk, and then renamed. on_progress is called
    regularly; an exception that it raises stops the work. Raises ProjectError, also if the project is damaged: then
    there is no backup.
    """
    with translate_file_errors(out):
        if out.exists():
            raise ProjectError("{path} already exists. Choose another name.", path=out)
    with _written_aside(project, out, on_progress) as aside:
        _put(aside, out)


def back_up(
    project: Path, settings: BackupSettings | None = None, *, on_progress: OnProgress = lambda: None
) -> Path | None:
    """Make a backup in the backup folder, unless the newest one has the same revision. Delete the oldest ones.

    Return its path, or None if none was needed. on_progress is as for write_backup(). Raises UserError.
    """
    settings = settings or backup_settings()
    out = new_backup_path(project, settings)
    with translate_file_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    _remove_abandoned(out.parent)
    with _written_aside(project, out, on_progress) as aside:
        newest, own = next(iter(list_backups(project, settings)), None), _revision(aside)
        if newest and own and _revision(newest.path) == own:
            # The newest backup is up to date. Its new time makes the next one due a day from now.
            with translate_file_errors(newest.path):
                os.utime(newest.path)
            return None
        _put(aside, out)
    if settings.kept:
        for old in list_backups(project, settings)[settings.kept :]:
            _remove(old.path)
    return out


def back_up_automatically(project: Path, *, on_progress: OnProgress = lambda: None) -> Path | None:
    """Make a backup as back_up() does, unless automatic backups are off. Raises UserError."""
    settings = backup_settings()
    return back_up(project, settings, on_progress=on_progress) if settings.kept else None


def is_backup_due(project: Path) -> bool:
    """Return True if the daily backup of a project is due. Raises UserError."""
    settings = backup_settings()
    newest = next(iter(list_backups(project, settings)), None)
    if not settings.kept or newest is None:
        return settings.kept > 0
    with translate_file_errors(newest.path):
        return time.time() - newest.path.stat().st_mtime > DAILY


def newest_edit(backup: Path, project_id: str) -> str | None:
    """Return the id of the newest edit of a backup.

    Return None if it has none, is of another project, or cannot be read.
    """
    query = "select max(id) from edits where exists (select 1 from meta where name = 'id' and value = ?)"
    try:
        with closing(_connect(backup)) as db:
            row = db.execute(query, [project_id]).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row[0] else None


def outdated_error(path: Path, backup: Backup) -> ProjectError:
    """Return the ProjectError for a file that lacks edits of a backup of it."""
    return ProjectError(
        "{path} lacks decisions that its backup of {day} has, so it is an older version. Unless you restored that on "
        "purpose, add them with: annotator merge {path} {backup}",
        path=path,
        day=f"{backup.made.astimezone():%Y-%m-%d %H:%M}",
        backup=backup.path,
    )


def restore(path: Path, source: Path | None = None) -> RestoreResult:
    """Replace a project by a backup, by default the newest intact one, and keep the replaced file.

    The replaced file gets another name in the same folder, its write-ahead log with it. Raises ProjectError, and
    changes nothing, if a program has the project open or if there is no intact backup.
    """
    with translate_file_errors(path):
        if path.is_dir():
            raise ProjectError("{path} is a folder, not a project. Give the path of a project file.", path=path)
        if path.exists() and is_open_in_any_process(path):
            raise ProjectError(
                "{path} is open in a window or another program. Close it there and try again.", path=path
            )
    aside = _aside(path)
    try:
        found = _copied_backup(path, source, aside)
        with translate_file_errors(path):
            _give_back_log(path)
            kept = _set_aside(path)
            aside.rename(path)
            sync_to_disk(path.parent)
    finally:
        _remove(aside)
    return RestoreResult(found, kept)


def _copied_backup(path: Path, source: Path | None, aside: Path) -> Path:
    """Copy an intact backup to a temporary file, and return its path. Raises ProjectError if there is none."""
    for candidate in [source] if source else [backup.path for backup in list_backups(path)]:
        with translate_file_errors(path):
            if path.exists() and candidate.exists() and candidate.samefile(path):
                raise ProjectError("{path} is the project itself. Name a backup of it.", path=path)
        try:
            _copy(candidate, aside)
        except ProjectError:
            if source:
                raise
        else:
            if _is_sound(aside):
                return candidate
        _remove(aside)
    if source:
        raise ProjectError(
            "{path} is damaged or not a project, so it was not restored. Choose another backup.", path=source
        )
    raise ProjectError(
        "No intact backup of {path} found in {folder}. Name one with: annotator restore {path} --from FILE",
        path=path,
        folder=backup_folder(path, backup_settings()),
    )


def _give_back_log(path: Path) -> None:
    """If a restore was killed after it renamed the file and before it renamed the log, rename the log now."""
    if path.exists():
        return
    for end in _BESIDE:
        log = path.with_name(f"{path.name}{end}")
        for kept in path.parent.glob(f"{glob.escape(_kept_name(path))}*{glob.escape(path.suffix)}"):
            own = kept.with_name(f"{kept.name}{end}")
            if log.exists() and not own.exists() and belong_together(kept, log, TIMEOUT):
                log.rename(own)


def _kept_name(path: Path) -> str:
    return f"{path.stem} before restoring "


def _set_aside(path: Path) -> Path | None:
    """Rename a project and its logs; return the new path, or None if there was nothing.

    Rename the file first: if the program is killed in between, a log without a file does no harm.
    """
    if not any(path.with_name(f"{path.name}{end}").exists() for end in ("", *_BESIDE)):
        return None
    stamp = datetime.now().strftime("%Y-%m-%d %H-%M-%S")
    kept = path.with_name(f"{_kept_name(path)}{stamp}{path.suffix}")
    for end in ("", *_BESIDE):
        part = path.with_name(f"{path.name}{end}")
        if part.exists():
            part.rename(kept.with_name(f"{kept.name}{end}"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return kept


@contextmanager
def _written_aside(project: Path, out: Path, on_progress: OnProgress) -> Iterator[Path]:
    """Yield an intact temporary copy of a project next to out; it is deleted after the block. Raises ProjectError."""
    aside = _aside(out)
    try:
        _copy(project, aside, on_progress)
        if not _is_sound(aside, on_progress):
            raise ProjectError(
                "{path} is damaged, so it was not backed up. Its earlier backups are kept. List them with: "
                "annotator backup --list {path}",
                path=project,
            )
        yield aside
    finally:
        _remove(aside)


def _put(aside: Path, out: Path) -> None:
    with translate_file_errors(out):
        move_without_overwriting(aside, out)


def _copy(project: Path, aside: Path, on_progress: OnProgress = lambda: None) -> None:
    """Copy a project with its write-ahead log into one file that only its owner can read, and flush it to the disk."""
    with translate_file_errors(aside):
        create_private_file(aside)
    copy_project(project, aside, TIMEOUT, on_progress=on_progress)
    with translate_file_errors(aside):
        with closing(sqlite3.connect(aside)) as db, suppress(sqlite3.DatabaseError):
            # In this journal mode the backup is one file, without -wal and -shm. A damaged one is refused later.
            db.execute("pragma journal_mode=delete")
        sync_to_disk(aside)


def _is_sound(path: Path, on_progress: OnProgress = lambda: None) -> bool:
    """Return True if a copy that nobody else has open is an intact project."""
    with translate_file_errors(path), closing(_connect(path)) as db:
        try:
            application_id = db.execute("pragma application_id").fetchone()[0]
            facts = {name for (name,) in db.execute("select name from meta")}
            found = find_damage(Database(db, execute_plugins=False), on_progress)
        except sqlite3.Error as e:
            if is_damage(e) or getattr(e, "sqlite_errorname", "") == "SQLITE_NOTADB":
                return False
            raise
    return application_id == APPLICATION_ID and facts.issuperset(_FACTS) and not found


def _revision(path: Path) -> str | None:
    """Return the revision of a backup, or None if it has none or cannot be read."""
    try:
        with closing(_connect(path)) as db:
            row = db.execute("select value from file_revision").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")


def _remove(path: Path) -> None:
    """Delete a file if possible, with the -wal, -shm and -journal files of SQLite."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(f"{path.name}{end}").unlink()


def _remove_abandoned(folder: Path) -> None:
    """Delete the unfinished backups of killed programs."""
    with suppress(OSError):
        for path in folder.glob(".*.new*"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
