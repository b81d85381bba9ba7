"""A copy of a project file at one moment, made without altering the file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.storage.faults import telling_files
from annotator.storage.store import refuse_strangers


@contextmanager
def copied(path: Path, timeout: float) -> Iterator[Path]:
    """Give the path of a copy of a project file, which is deleted after the block; timeout in seconds for a lock.

    Raises ProjectError where the file is no project or cannot be read.
    """
    refuse_strangers(path)
    with TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        with telling_files(path):
            # A reader of a file that nobody has open would leave its -wal and -shm behind.
            if not _log_of(path).exists():
                shutil.copyfile(path, copy)
            if _log_of(path).exists():
                _back_up(path, copy, timeout)
        yield copy


def _log_of(path: Path) -> Path:
    """Return the path of SQLite's write-ahead log, which is there while the file is open or after a crash."""
    return path.with_name(f"{path.name}-wal")


def _back_up(path: Path, copy: Path, timeout: float) -> None:
    """Copy what the file and its write-ahead log together hold, also while another program writes."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=timeout)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
