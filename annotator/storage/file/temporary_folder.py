"""Temporary folders that do not outlive their process for long.

A process that is killed cannot remove its folder, which may hold whole copies of projects. So each process that makes a
folder, and each start of the window, removes the folders whose processes have ended. A lock on a file in the folder
shows that its process is there: the system gives the lock up with the process, also in another container.
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

if os.name != "nt":
    import fcntl

_PREFIX = "annotator-copy-"
_LOCK, _UNLOCKED = "in-use", "in-use.new"
_YOUNG = 60  # seconds
"""A folder without a lock file is left alone for as long: its process may be about to make one."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder that is removed after the block, or after the process has ended."""
    remove_abandoned_folders()
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.name == "nt":
            with (folder / _LOCK).open("wb"):  # Windows removes no file that is open
                yield folder
            return
        # The file gets its name when it is locked: another process takes an unlocked one for that of an ended process.
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
    """Return whether a folder was made by this program for this user, in a process that has ended."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    # Anybody may put anything into the folder of all temporary files.
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return False
    try:
        with (folder / _LOCK).open("r+b") as lock:
            if not _try_to_lock(lock):
                return False
        if os.name == "nt":
            # Windows removes no file that is open.
            (folder / _LOCK).unlink()
    except FileNotFoundError:
        return time.time() - status.st_mtime > _YOUNG
    except OSError:
        return False
    return True


def _try_to_lock(lock: BinaryIO) -> bool:
    """Lock an open file as long as it is open, and return whether nobody else has."""
    if os.name != "nt":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
