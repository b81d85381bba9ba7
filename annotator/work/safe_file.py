"""Files that are whole or not there: written beside their place, brought to the disk, and renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside this one to write to; when the block ends well, the file takes this path's name.

    When the block raises anything, the file at path is as it was and nothing is left over. Raises
    OSError, also where path is a folder or its folder does not exist.
    """
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder, give the name of a file", str(path))
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        _to_disk(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    if os.name == "posix":
        _to_disk(path.parent)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
