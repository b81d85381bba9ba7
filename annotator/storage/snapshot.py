"""A copy of a project file at one moment, made without altering the file."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.errors import ProjectError
from annotator.storage.faults import LOCKED, is_full, telling_files
from annotator.storage.leftover import refuse_foreign_log
from annotator.storage.store import refuse_strangers


@contextmanager
def copied(path: Path, timeout: float) -> Iterator[Path]:
    """Give the path of a copy of a project file, which is deleted after the block; timeout in seconds for a lock.

    Raises ProjectError where the file is no project or cannot be read.
    """
    refuse_strangers(path)
    with TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        try:
            # A reader of a file that nobody has open would leave its -wal and -shm behind.
            with telling_files(path):
                if not _copied_at_rest(path, copy):
                    refuse_foreign_log(path, timeout)
                    _back_up(path, copy, timeout)
        except ProjectError as e:
            if isinstance(e.__cause__, Exception) and is_full(e.__cause__):
                raise ProjectError(
                    "The disk that holds {folder} is too full for a copy of {path}; free some space and try again.",
                    folder=folder,
                    path=path,
                ) from e
            raise
        yield copy


def _copied_at_rest(path: Path, copy: Path) -> bool:
    """Copy the bytes of a file that nobody writes to; return False where somebody does, or left a log behind."""
    before = path.stat()
    if any(log.exists() for log in _logs_of(path)):
        return False
    shutil.copyfile(path, copy)
    after = path.stat()
    untouched = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    return untouched and not any(log.exists() for log in _logs_of(path))


def _logs_of(path: Path) -> tuple[Path, Path]:
    """Return the paths of SQLite's logs, which are there while the file is written to or after a crash.

    One is there ahead of writing; the other, to take back what was half written, on file systems that cannot have the
    first.
    """
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")


def _back_up(path: Path, copy: Path, timeout: float) -> None:
    """Copy what the file and its logs together hold, also while another program writes."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    copy.unlink(missing_ok=True)
    end = time.monotonic() + timeout

    def wait(status: int, _left: int, _pages: int) -> None:
        """Give up where the file stays locked; Python itself would wait for ever."""
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise ProjectError(LOCKED, path=path)

    try:
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=timeout)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target, progress=wait)
    except sqlite3.OperationalError as e:
        if e.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        # A crash left a transaction half written, and taking it back would alter the file; so that is done to the copy.
        copy.unlink(missing_ok=True)
        for part in (path, _logs_of(path)[1]):
            shutil.copyfile(part, copy.with_name(part.name))
