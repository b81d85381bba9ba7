"""Files that are whole or not there: written beside their place, brought to the disk, and renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import Sentence

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers leave in whatever folder they have shown."""
_LONGEST = 60
"""Characters of a name, of up to four bytes each, that leave room for more: names are 255 bytes at most."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside this one to write to; when the block ends well, the file takes this path's name.

    When the block raises anything, the file at path is as it was and nothing is left over. Of a link it is the file
    behind it that is replaced. Raises OSError, also where path is a folder or its folder does not exist.
    """
    path = _behind_link(path)
    if path.is_dir():
        raise IsADirectoryError(0, Sentence("it is a folder, give the name of a file"), str(path))
    if path.exists() and not path.is_file():
        why = Sentence("it is a device or a pipe and cannot be replaced, give the name of a file")
        raise FileExistsError(0, why, str(path))
    part = _aside(path, "part")
    try:
        yield part
        _to_disk(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    if os.name == "posix":
        _to_disk(path.parent)


@contextmanager
def replacing_folder(path: Path, own: Collection[str]) -> Iterator[Path]:
    """Give a path beside this one to make a folder at; when the block ends well, the folder takes this path's name.

    A folder that was there is replaced if no file is in it but those that own names by their paths in it ("data/a"). Of
    a link it is the folder behind it that is replaced. When the block raises anything, it is as it was and nothing is
    left over. Raises OSError.
    """
    path = _behind_link(path)
    _refuse_foreign(path, own)
    part, old = _aside(path, "part"), _aside(path, "old")
    try:
        yield part
        for entry in sorted(part.rglob("*")):
            _to_disk(entry)
        if path.exists():
            path.rename(old)
        part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
        elif old.exists():
            old.rename(path)
    if os.name == "posix":
        _to_disk(path.parent)


def _aside(path: Path, end: str) -> Path:
    """Return a hidden path of nobody's beside another, its name short enough where the other's just is."""
    return path.with_name(f".{path.name[:_LONGEST]}.{secrets.token_hex(4)}.{end}")


def _behind_link(path: Path) -> Path:
    """Return what a link leads to, be it there or not, and any other path as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _refuse_foreign(path: Path, own: Collection[str]) -> None:
    """Raise FileExistsError where a path is no folder, or one with a file that own does not name."""
    if not path.exists():
        return
    entries = path.rglob("*") if path.is_dir() else [path]
    for entry in entries:
        is_folder = entry.is_dir() and not entry.is_symlink()
        is_own = is_folder or entry.name in _LITTER or entry.relative_to(path).as_posix() in own
        if entry == path or not is_own:
            why = Sentence("it is there and no export of this format, give another name")
            raise FileExistsError(0, why, str(path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; of a folder, that of its files' names and digests."""
    if path.is_dir():
        files = (entry for entry in sorted(path.rglob("*")) if entry.is_file())
        listed = "".join(f"{digest(entry)}  {entry.relative_to(path).as_posix()}\n" for entry in files)
        return hashlib.sha256(listed.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
