"""Translate errors of SQLite and of the file system to ProjectError: which file, what is wrong, what to do."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import Message, ProjectError
from annotator.storage.file.backup_folder import newest_backup
from annotator.storage.file.clock import ClockOverflowError

LOCKED = Message("{path} is in use by another program. Wait or close it, then try again.")
READ_ONLY = Message("Cannot write {path}. Make the file and its folder writable, or copy it elsewhere.")
CANNOT_OPEN = Message("Cannot open {path}. Check that its folder exists and that you can write to it.")
_DAMAGED = Message(
    "{path} is damaged. Keep a copy of it. Open your last backup or a colleague's copy, or save what "
    "is intact with: annotator repair {path} NEW"
)
_FULL = Message("The disk that holds {path} is full. Free some space and try again.")
_SENTENCES = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": CANNOT_OPEN,
    "SQLITE_PERM": Message("Cannot open {path}. Check your read and write permissions."),
    "SQLITE_NOTADB": Message("{path} is not a project. Open a file made with: annotator new"),
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": Message("Cannot read or write {path}. Check that its disk is connected and works."),
}


_LEAST_ROOM = 1 << 16  # bytes
_LOST = re.compile(
    "^no such |has no column named|foreign key mismatch|unrecognized option|parse error in|malformed|vtable constructor"
)
"""SQLite's messages about tables, columns and indexes that are missing or different from what we created."""


def project_error(error: sqlite3.Error, path: Path) -> ProjectError | None:
    """Return the ProjectError for an error of SQLite, or None if the error is a bug in this program."""
    if is_damage(error):
        return damage_error(path)
    sentence = _SENTENCES.get(primary_code(error))
    if primary_code(error) == "SQLITE_IOERR" and _has_no_room(path):
        sentence = _FULL
    return ProjectError(sentence, path=path) if sentence else None


def _has_no_room(path: Path) -> bool:
    """Return True if a disk has less free space than the -shm file needs.

    If SQLite cannot create that file on a full disk, it reports SQLITE_IOERR, not SQLITE_FULL.
    """
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def damage_error(path: Path) -> ProjectError:
    """Return the ProjectError for a damaged file. It names the newest backup, if there is one."""
    newest = newest_backup(path)
    if newest is None:
        return ProjectError(_DAMAGED, path=path)
    return ProjectError(
        "{path} is damaged. Restore its backup of {day} with: annotator restore {path} (the present file is kept)",
        path=path,
        day=f"{newest.made.astimezone():%Y-%m-%d %H:%M}",
    )


def is_damage(error: sqlite3.Error) -> bool:
    """Return True if an error of SQLite means that the file is damaged.

    That includes missing tables and columns: our statements only use what an intact file has.
    """
    primary = primary_code(error)
    is_lost = primary == "SQLITE_ERROR" and _LOST.search(str(error)) is not None
    return primary == "SQLITE_CORRUPT" or is_lost or _is_no_text(error)


def primary_code(error: sqlite3.Error) -> str:
    """Return the name of the primary result code, such as SQLITE_IOERR for SQLITE_IOERR_READ; "" if there is none."""
    return "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])


def _is_no_text(error: sqlite3.Error) -> bool:
    """Return True if Python could not decode a text as UTF-8. Only the error message says so."""
    return str(error).startswith("Could not decode to UTF-8")


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Raise ProjectError for errors of SQLite, for texts that cannot be encoded, and at the end of time."""
    try:
        yield
    except ClockOverflowError as e:
        raise ProjectError(
            "{path} has an entry dated at the end of time, so nothing can be added after it. Open an earlier "
            "backup or a colleague's earlier copy.",
            path=path,
        ) from e
    except sqlite3.Error as e:
        translated = project_error(e, path)
        if translated is None:
            raise
        raise translated from e
    except UnicodeDecodeError as e:
        # The sqlite3 module decodes the names of tables and columns itself.
        raise damage_error(path) from e
    except UnicodeEncodeError as e:
        raise ProjectError(
            "Cannot write to {path}: a text has an invalid character (a lone surrogate). Remove it and try again.",
            path=path,
        ) from e


@contextmanager
def translate_file_errors(path: Path) -> Iterator[None]:
    """Raise ProjectError for errors of SQLite and of the file system in the block."""
    try:
        with translate_errors(path):
            yield
    except OSError as e:
        if is_full(e):
            raise ProjectError(_FULL, path=path) from e
        raise ProjectError("Cannot read or write {path}: {why}.", path=path, why=e.strerror or e) from e


def is_full(error: Exception) -> bool:
    """Return True if an error means that the disk is full."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"


@contextmanager
def translate_decode_errors(path: Path) -> Iterator[None]:
    """Raise ProjectError if rows cannot be converted to values in the block.

    SQLite finds most damage, but not changed bytes within a text. Use the block for converting rows only: other errors
    in it would be reported as damage, too.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise damage_error(path) from e
