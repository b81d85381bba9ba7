"""Backups of a project: made while it is in use, proved by opening them, kept apart, and put back when need be."""

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
    BackupSettings,
    backup_folder,
    backup_settings,
    list_backups,
    new_backup_path,
)
from annotator.storage.file.connection import APPLICATION_ID
from annotator.storage.file.errors import is_damage, translate_file_errors
from annotator.storage.file.foreign_wal import belong_together
from annotator.storage.file.open_files import is_open_in_any_process
from annotator.storage.file.snapshot import OnProgress, copy_project
from annotator.storage.recovery.integrity import find_damage

TIMEOUT = 5.0
"""Seconds to wait for another program that is writing."""
DAILY = 20 * 3600.0
"""Seconds after which a backup is not of today any more; less than a day, for who begins earlier than yesterday."""
_ABANDONED = 3600.0
"""Seconds after which a file that is being written is one that a killed program left."""
_BESIDE = ("-wal", "-journal")
_FACTS = ("id", "tagset")


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What restoring did: the backup that is now at the path, and where what was there before is kept, if it was."""

    source: Path
    kept: Path | None


def write_backup(project: Path, out: Path, *, on_progress: OnProgress = lambda: None) -> None:
    """Write a backup of a project to a path at which nothing is yet.

    It is written aside, opened and read through, brought to the disk, and then gets its name. step is called now and
    then; what it raises ends the work. Raises ProjectError, also if the project is damaged: then there is no backup.
    """
    with translate_file_errors(out):
        if out.exists():
            raise ProjectError("{path} already exists. Choose another name.", path=out)
    with _written_aside(project, out, on_progress) as aside:
        _put(aside, out)


def back_up(
    project: Path, settings: BackupSettings | None = None, *, on_progress: OnProgress = lambda: None
) -> Path | None:
    """Make a backup in the folder of backups unless the newest one is of the same state, and keep only the last ones.

    Return its path, or None if none was needed. step is as that of write_backup(). Raises UserError.
    """
    settings = settings or backup_settings()
    out = new_backup_path(project, settings)
    with translate_file_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    _remove_abandoned(out.parent)
    with _written_aside(project, out, on_progress) as aside:
        newest, own = next(iter(list_backups(project, settings)), None), _revision(aside)
        if newest and own and _revision(newest.path) == own:
            # It is as good as one of now, so that the next one is due a day from now.
            with translate_file_errors(newest.path):
                os.utime(newest.path)
            return None
        _put(aside, out)
    if settings.kept:
        for old in list_backups(project, settings)[settings.kept :]:
            _remove(old.path)
    return out


def back_up_automatically(project: Path, *, on_progress: OnProgress = lambda: None) -> Path | None:
    """Make a backup as back_up() does, unless the settings say that none are made by themselves. Raises UserError."""
    settings = backup_settings()
    return back_up(project, settings, on_progress=on_progress) if settings.kept else None


def is_backup_due(project: Path) -> bool:
    """Return whether the daily backup of a project is due. Raises UserError."""
    settings = backup_settings()
    newest = next(iter(list_backups(project, settings)), None)
    if not settings.kept or newest is None:
        return settings.kept > 0
    with translate_file_errors(newest.path):
        return time.time() - newest.path.stat().st_mtime > DAILY


def restore(path: Path, source: Path | None = None) -> RestoreResult:
    """Put a backup in the place of a project, by default the newest one that is sound, and keep what was there.

    The file that was there keeps its content under another name in the same folder, its log with it. Raises
    ProjectError, and leaves all as it was, if a program has the project open or there is no sound backup.
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
    """Copy a sound backup aside, and return which one it is; raises ProjectError if there is none."""
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
    """Give a log whose file was set aside by a restore that was killed then to that file."""
    if path.exists():
        return
    for end in _BESIDE:
        log = path.with_name(f"{path.name}{end}")
        for kept in path.parent.glob(f"{glob.escape(_kept_name(path))}*{glob.escape(path.suffix)}"):
            own = kept.with_name(f"{kept.name}{end}")
            if log.exists() and not own.exists() and belong_together(kept, log, TIMEOUT):
                log.rename(own)


def _kept_name(path: Path) -> str:
    """Return what the names of files begin with that were set aside when a project was restored."""
    return f"{path.stem} before restoring "


def _set_aside(path: Path) -> Path | None:
    """Give a project, and the logs that belong to it, another name; return it, or None if there was nothing.

    The file goes first: without it nobody takes what is left for the project, should the program end in between.
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
    """Give a sound copy of a project beside the path that it is for; it goes with the block. Raises ProjectError."""
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
    """Give a file that was written aside its name, for good; raises ProjectError."""
    with translate_file_errors(out):
        move_without_overwriting(aside, out)
        aside.unlink(missing_ok=True)


def _copy(project: Path, aside: Path, on_progress: OnProgress = lambda: None) -> None:
    """Copy a project with what its log holds into one file that only its owner may read, and bring it to the disk."""
    with translate_file_errors(aside):
        create_private_file(aside)
    copy_project(project, aside, TIMEOUT, on_progress=on_progress)
    with translate_file_errors(aside):
        with closing(sqlite3.connect(aside)) as db, suppress(sqlite3.DatabaseError):
            # A file that has no log of its own can be copied anywhere; a damaged one is refused later.
            db.execute("pragma journal_mode=delete")
        sync_to_disk(aside)


def _is_sound(path: Path, on_progress: OnProgress = lambda: None) -> bool:
    """Return whether a copy that nobody else has open is a project, and not damaged."""
    with translate_file_errors(path), closing(_connect(path)) as db:
        try:
            whose = db.execute("pragma application_id").fetchone()[0]
            facts = {name for (name,) in db.execute("select name from meta")}
            found = find_damage(Database(db, execute_plugins=False), on_progress)
        except sqlite3.Error as e:
            if is_damage(e) or getattr(e, "sqlite_errorname", "") == "SQLITE_NOTADB":
                return False
            raise
    return whose == APPLICATION_ID and facts.issuperset(_FACTS) and not found


def _revision(path: Path) -> str | None:
    """Return the revision of a backup, None if it has none or cannot be read."""
    try:
        with closing(_connect(path)) as db:
            row = db.execute("select value from file_revision").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def _connect(path: Path) -> sqlite3.Connection:
    """Connect to a backup, which nobody writes to, for reading."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _aside(path: Path) -> Path:
    """Return the path of a file to write before it gets its name."""
    return path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")


def _remove(path: Path) -> None:
    """Remove a file if it is there and can be removed, with what SQLite leaves of a copy."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(f"{path.name}{end}").unlink()


def _remove_abandoned(folder: Path) -> None:
    """Remove what killed programs left half written."""
    with suppress(OSError):
        for path in folder.glob(".*.new*"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
