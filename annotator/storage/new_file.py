"""Files that come into being whole, and never in the place of another."""

from __future__ import annotations

import os
from pathlib import Path

OWNER_ONLY = 0o600
"""The rights of new projects, backups and settings: unpublished work, and who does it, are nobody else's business."""


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read and write; raises OSError, also where one is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


def to_disk(path: Path) -> None:
    """Wait until a file is on the disk, or the names in a folder are; raises OSError."""
    if os.name != "posix" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(aside: Path, path: Path) -> None:
    """Give a whole file its name, unless something has appeared there in the meantime; raises OSError.

    Where something has, that is FileExistsError, and the file stays aside; else it may too, for the caller to remove.
    """
    try:
        # A link, unlike a rename, does not overwrite what is there.
        os.link(aside, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):
        # FAT, exFAT and some network file systems know no links, so the name is taken first by a file that is empty.
        path.touch(exist_ok=False)
        aside.replace(path)
