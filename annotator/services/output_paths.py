"""Check the paths of an export: never overwrite a project, or the files that SQLite keeps next to it."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.errors import ExportError

_SQLITE = b"SQLite format 3\0"
_SQLITE_SUFFIXES = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps next to a database."""


def check_output_name(out: Path) -> None:
    """Raise ExportError if a path has no name ("." or "/"), or one that is not valid UTF-8."""
    if not out.name:
        raise ExportError("{out} is a folder. Add the name of the file or folder to write.", out=out)
    try:
        out.name.encode()
    except UnicodeEncodeError as error:
        raise ExportError("The name {name} is not valid UTF-8. Choose another name.", name=ascii(out.name)) from error


def check_output_paths(project: Path, *paths: Path) -> None:
    """Raise ExportError if an export would overwrite a project or its files, or write two files to one path.

    The open project is compared by path only: POSIX locks are per process, so opening and closing the file here would
    drop the locks that SQLite holds on it.
    """
    real = [os.path.realpath(path) for path in paths]
    if len(set(real)) < len(paths):
        raise ExportError("{path} is also the path of the report or the key file. Choose another name.", path=paths[0])
    sqlite_files = {f"{os.path.realpath(project)}{end}" for end in _SQLITE_SUFFIXES}
    for path, place in zip(paths, real, strict=True):
        try:
            is_database = place in sqlite_files or (path.is_file() and (path.samefile(project) or _is_database(path)))
        except OSError as error:
            raise ExportError(
                "Cannot write {out}: {why}. Nothing was replaced.", out=path, why=error.strerror or error
            ) from error
        if is_database:
            raise ExportError("{path} is a project or another database. Choose another name for the export.", path=path)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
