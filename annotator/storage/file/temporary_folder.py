"""Temporary folders that are removed even if their process is killed.

They may hold whole copies of projects. Each process that makes such a folder, and each start of the window, removes the
folders of ended processes. A locked file in the folder shows that its process is running: the operating system releases
the lock when the process ends, also if the process ran in another container.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

try:
    # Not filelock: a file must get its name after it was locked, and a missing one must not be made by looking at it.
    import fcntl
except ImportError:  # Windows removes no file that is open, which serves as well.
    _CAN_LOCK = False
else:
    _CAN_LOCK = True

_PREFIX = "annotator-copy-"
_LOCK, _UNLOCKED = "in-use", "in-use.new"
_YOUNG = 60  # seconds
"""A folder without a lock file is kept for this long, because its process may be about to make one."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder for the block. It is removed after the block, or later if the process is killed."""
    remove_abandoned_folders()
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if not _CAN_LOCK:
            with (folder / _LOCK).open("wb"):
                yield folder
            return
        # Rename only after locking: another process would take an unlocked file for that of an ended process.
        with (folder / _UNLOCKED).open("wb") as lock:
            _try_to_lock(lock)
            (folder / _UNLOCKED).rename(folder / _LOCK)
            yield folder


def remove_abandoned_folders() -> None:
    """Remove the temporary folders of this user whose processes have ended."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Return True if this program made a folder for this user in a process that has ended."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    # Other users can put anything into the system's temporary folder, such as a link to somewhere else.
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return False
    try:
        with (folder / _LOCK).open("r+b") as lock:
            if not _try_to_lock(lock):
                return False
        if not _CAN_LOCK:
            (folder / _LOCK).unlink()
    except FileNotFoundError:
        return time.time() - status.st_mtime > _YOUNG
    except OSError:
        return False
    return True


def _try_to_lock(lock: BinaryIO) -> bool:
    """Lock an open file until it is closed; return False if another process has locked it."""
    if _CAN_LOCK:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
