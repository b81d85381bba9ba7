"""SQLite's errors told as the world's faults: which file, what is wrong, what to do."""

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
"""What SQLite says of tables, columns and indexes whose description has changed."""


def project_error(error: sqlite3.Error, path: Path) -> ProjectError | None:
    """Return what to tell the user about an error of SQLite, or None where it is a bug of ours."""
    if is_damage(error):
        return damage_error(path)
    sentence = _SENTENCES.get(_primary(error))
    if _primary(error) == "SQLITE_IOERR" and _has_no_room(path):
        sentence = _FULL
    return ProjectError(sentence, path=path) if sentence else None


def _has_no_room(path: Path) -> bool:
    """Tell whether a disk has too little room for the smallest of the files that SQLite keeps beside a project.

    Of these files it does not say that the disk is full, but that they cannot be written.
    """
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def damage_error(path: Path) -> ProjectError:
    """Return what to tell the user about a file that is not as this program writes it."""
    newest = newest_backup(path)
    if newest is None:
        return ProjectError(_DAMAGED, path=path)
    return ProjectError(
        "{path} is damaged. Restore its backup of {day} with: annotator restore {path} (the present file is kept)",
        path=path,
        day=f"{newest.made.astimezone():%Y-%m-%d %H:%M}",
    )


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error of SQLite means that the file is damaged, its description of tables among the rest.

    No statement of ours asks for what is not there in a sound file, so who finds something missing was robbed of it.
    """
    primary = _primary(error)
    is_lost = primary == "SQLITE_ERROR" and _LOST.search(str(error)) is not None
    return primary == "SQLITE_CORRUPT" or is_lost or _is_no_text(error)


def _primary(error: sqlite3.Error) -> str:
    """Return the name of the kind of an error, "" where SQLite gave none."""
    return "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])


def _is_no_text(error: sqlite3.Error) -> bool:
    """Tell whether Python could not read what should be a text; only its words say so."""
    return str(error).startswith("Could not decode to UTF-8")


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite inside the block, and texts that no file can hold, into a ProjectError about path.

    So is an id that no other can follow.
    """
    try:
        yield
    except ClockOverflowError as e:
        raise ProjectError(
            "{path} has an entry dated at the end of time, so nothing can be added after it. Open an earlier "
            "backup or a colleague's earlier copy.",
            path=path,
        ) from e
    except sqlite3.Error as e:
        told = project_error(e, path)
        if told is None:
            raise
        raise told from e
    except UnicodeDecodeError as e:
        # Python reads the names of tables and columns itself.
        raise damage_error(path) from e
    except UnicodeEncodeError as e:
        raise ProjectError(
            "Cannot write to {path}: a text has an invalid character (a lone surrogate). Remove it and try again.",
            path=path,
        ) from e


@contextmanager
def translate_file_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system inside the block into a ProjectError about path."""
    try:
        with translate_errors(path):
            yield
    except OSError as e:
        if is_full(e):
            raise ProjectError(_FULL, path=path) from e
        raise ProjectError("Cannot read or write {path}: {why}.", path=path, why=e.strerror or e) from e


def is_full(error: Exception) -> bool:
    """Tell whether there is no more room on a disk."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"


@contextmanager
def translate_decode_errors(path: Path) -> Iterator[None]:
    """Turn what goes wrong in the block, where rows become values and nothing else is done, into a ProjectError.

    SQLite notices most of what befalls a file, but not that the bytes of a text have changed.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise damage_error(path) from e
