"""Copy a project file as it is at one moment, without changing the file."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.errors import ProjectError
from annotator.storage.file.connection import refuse_non_projects
from annotator.storage.file.error_translation import LOCKED, is_full, translate_file_errors
from annotator.storage.file.foreign_wal import refuse_foreign_wal
from annotator.storage.file.open_files import is_open_in_this_process
from annotator.storage.file.temporary_folder import temporary_folder

OnProgress = Callable[[], object]
"""Called regularly during long work. An exception that it raises stops the work."""

_NEEDS_RIGHTS = ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_CANTINIT", "SQLITE_CANTOPEN")
_PAGES = 4096
_PART = 16 << 20  # bytes
"""How much is copied between two calls of on_progress: pages, or bytes of a file that nobody has open."""


@contextmanager
def temporary_copy(path: Path, timeout: float, *, on_progress: OnProgress = lambda: None) -> Iterator[Path]:
    """Yield the path of a copy of a project file for the block. timeout is the wait for a lock, in seconds.

    on_progress is called regularly while the file is copied; an exception that it raises stops the copying. Raises
    ProjectError if the file is not a project or cannot be read.
    """
    with temporary_folder() as folder:
        copy = folder / "copy.annot"
        copy_project(path, copy, timeout, on_progress=on_progress)
        yield copy


def copy_project(path: Path, copy: Path, timeout: float, *, on_progress: OnProgress = lambda: None) -> None:
    """Write what a project file and its write-ahead log contain to another path.

    timeout is the wait for a lock, in seconds. The file is not changed, and others can write meanwhile. on_progress is
    called regularly; an exception that it raises stops the copying. Raises ProjectError if the file is not a project or
    cannot be read, or the copy cannot be written.
    """
    refuse_non_projects(path)
    try:
        # Opening a file that nobody has open would leave -wal and -shm files behind, so copy its bytes instead.
        with translate_file_errors(path):
            if not _copied_at_rest(path, copy, on_progress):
                refuse_foreign_wal(path, timeout)
                _back_up(path, copy, timeout, on_progress)
    except ProjectError as e:
        if isinstance(e.__cause__, Exception) and is_full(e.__cause__):
            raise ProjectError(
                "The disk that holds {folder} is too full for a copy of {path}. Free some space and try again.",
                folder=copy.parent,
                path=path,
            ) from e
        raise


def _copied_at_rest(path: Path, copy: Path, on_progress: OnProgress) -> bool:
    """Copy the bytes of a file that nobody has open; return False if someone has, or if a log was left."""
    before = path.stat()
    # Closing the file would drop the locks of a connection in this process (see open_files).
    if is_open_in_this_process(path) or any(log.exists() for log in _logs_of(path)):
        return False
    _copy_bytes(path, copy, on_progress)
    after = path.stat()
    untouched = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    return untouched and not any(log.exists() for log in _logs_of(path))


def _copy_bytes(path: Path, copy: Path, on_progress: OnProgress) -> None:
    with path.open("rb") as source, copy.open("wb") as target:
        while part := source.read(_PART):
            target.write(part)
            on_progress()


def _logs_of(path: Path) -> tuple[Path, Path]:
    """Return the paths of the write-ahead log and of the rollback journal.

    SQLite uses a rollback journal on file systems without shared memory, and while it switches to write-ahead logging.
    """
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")


def _back_up(path: Path, copy: Path, timeout: float, on_progress: OnProgress) -> None:
    """Copy the file with its log through SQLite's backup API, while others may write."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    end = time.monotonic() + timeout
    _empty(copy)

    def wait(status: int, _left: int, _pages: int) -> None:
        """Raise ProjectError if the file stays locked; Connection.backup() itself would wait for ever."""
        on_progress()
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise ProjectError(LOCKED, path=path)

    try:
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            # Without a read transaction, the backup would start again whenever somebody writes between two steps.
            source.execute("begin")
            source.execute("select 1 from sqlite_master").fetchone()
            source.backup(target, pages=_PAGES, progress=wait)
    except sqlite3.OperationalError as e:
        if e.sqlite_errorname not in _NEEDS_RIGHTS:
            raise
        _copy_with_logs(path, copy)


def _copy_with_logs(path: Path, copy: Path) -> None:
    """Copy the bytes of a file and of its logs; SQLite applies the logs to the copy.

    This is for a file that SQLite cannot open read-only: a hot journal must be rolled back, or the folder does not
    allow creating the -shm file. Raises ProjectError if somebody writes meanwhile.
    """
    parts = [(path, copy), *zip(_logs_of(path), _logs_of(copy), strict=True)]
    there = [(part, to) for part, to in parts if part.exists()]
    before = [part.stat() for part, _ in there]
    for part, to in there:
        shutil.copyfile(part, to)
    after = [part.stat() for part, _ in there]
    if [(s.st_mtime_ns, s.st_size) for s in before] != [(s.st_mtime_ns, s.st_size) for s in after]:
        raise ProjectError(LOCKED, path=path)


def _empty(copy: Path) -> None:
    """Truncate or create a file; its permissions stay."""
    copy.open("wb").close()
