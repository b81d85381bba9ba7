"""Which project files this process has open.

On POSIX systems closing a file gives up every lock that the process holds on it, whoever took it
(https://www.sqlite.org/howtocorrupt.html, 2.2). A file that SQLite has open here must not be opened and closed by other
means.
"""

from __future__ import annotations

import errno
import os
import threading
from collections import Counter
from pathlib import Path

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes by which SQLite locks a file for reading."""

Inode = tuple[int, int]

OPEN_LOCK = threading.RLock()
"""Held while a file is opened, so that no other thread opens it between a look at it and the opening."""

_open: Counter[Inode] = Counter()


def inode(path: Path) -> Inode:
    """Return the device and the number that identify a file; raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino


def register_open(file: Inode) -> None:
    """Count one more connection to a file."""
    with OPEN_LOCK:
        _open[file] += 1


def unregister_open(file: Inode) -> None:
    """Count one connection to a file less."""
    with OPEN_LOCK:
        _open[file] -= 1
        if _open[file] <= 0:
            del _open[file]


def is_open_in_this_process(path: Path) -> bool:
    """Return whether this process has a file open; raises OSError."""
    with OPEN_LOCK:
        return inode(path) in _open


def is_open_in_any_process(path: Path) -> bool:
    """Return whether this or another process has a file open by SQLite, or holds it locked.

    A connection in the mode of a write-ahead log holds a shared lock on these bytes as long as it is open
    (https://www.sqlite.org/src/file/src/os.h). On systems without such locks a file that is open cannot be renamed.
    """
    if is_open_in_this_process(path):
        return True
    if os.name != "posix":
        return False
    import fcntl

    # A thread that opened the file meanwhile would lose its locks when it is closed here.
    with OPEN_LOCK, path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as e:
            return e.errno in (errno.EACCES, errno.EAGAIN)
    return False
