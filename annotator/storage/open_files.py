"""Which project files this process has open.

On POSIX systems closing a file gives up every lock that the process holds on it, whoever took it
(https://www.sqlite.org/howtocorrupt.html, 2.2). A file that SQLite has open here must not be opened and closed by other
means.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

Inode = tuple[int, int]

OPENING = threading.RLock()
"""Held while a file is opened, so that no other thread opens it between a look at it and the opening."""

_open: Counter[Inode] = Counter()


def inode(path: Path) -> Inode:
    """Return the device and the number that identify a file; raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino


def opened(file: Inode) -> None:
    """Count one more connection to a file."""
    with OPENING:
        _open[file] += 1


def closed(file: Inode) -> None:
    """Count one connection to a file less."""
    with OPENING:
        _open[file] -= 1
        if _open[file] <= 0:
            del _open[file]


def is_open_here(path: Path) -> bool:
    """Return whether this process has a file open; raises OSError."""
    with OPENING:
        return inode(path) in _open
