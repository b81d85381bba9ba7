"""Which project files this process has open.

On POSIX systems, closing any file descriptor of a file drops all locks that the process holds on it
(https://www.sqlite.org/howtocorrupt.html, section 2.2). So a file that SQLite has open here must not be opened and
closed in any other way.
"""

from __future__ import annotations

import errno
import threading
from collections import Counter
from pathlib import Path

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The byte range that SQLite locks for reading (SHARED_FIRST and SHARED_SIZE in its os.h)."""

Inode = tuple[int, int]

OPEN_LOCK = threading.RLock()
"""Hold this from the check whether a file is open until it is opened, so that no other thread opens it in between."""

_open: Counter[Inode] = Counter()


def inode(path: Path) -> Inode:
    """Return the device and inode number of a file. Raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino


def register_open(file: Inode) -> None:
    """Count a new connection to a file."""
    with OPEN_LOCK:
        _open[file] += 1


def unregister_open(file: Inode) -> None:
    """Count a closed connection to a file."""
    with OPEN_LOCK:
        _open[file] -= 1
        if _open[file] <= 0:
            del _open[file]


def is_open_in_this_process(path: Path) -> bool:
    """Return True if this process has a file open. Raises OSError."""
    with OPEN_LOCK:
        return inode(path) in _open


def is_open_in_any_process(path: Path) -> bool:
    """Return True if any process has a file open in SQLite, or holds it locked.

    A connection in WAL mode holds a shared lock on the byte range as long as it is open
    (https://www.sqlite.org/src/file/src/os.h). On Windows an open file cannot be renamed anyway.
    """
    if is_open_in_this_process(path):
        return True
    try:
        import fcntl  # filelock locks whole files, and SQLite a range of bytes
    except ImportError:
        return False

    # If a thread opened the file in this block, closing it here would drop the locks of that thread.
    with OPEN_LOCK, path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as e:
            return e.errno in (errno.EACCES, errno.EAGAIN)
    return False
