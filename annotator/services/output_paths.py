"""Where an export may go: to a name that can be told, and never onto a project or what SQLite keeps beside one."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.errors import ExportError

_SQLITE = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")
"""What the names of the files end in that SQLite keeps beside a database."""


def check_output_name(out: Path) -> None:
    """Raise ExportError where a path has no name of its own ("." and "/"), or one that no text can hold."""
    if not out.name:
        raise ExportError("{out} is a folder. Add the name of the file or folder to write.", out=out)
    try:
        out.name.encode()
    except UnicodeEncodeError as error:
        raise ExportError("The name {name} is not valid UTF-8. Choose another name.", name=ascii(out.name)) from error


def check_output_paths(project: Path, *paths: Path) -> None:
    """Raise ExportError where an export would write over a project or what belongs to it, or to one place twice.

    The open project's own file is told by its place alone: reading it here would give up SQLite's locks on it.
    """
    real = [os.path.realpath(path) for path in paths]
    if len(set(real)) < len(paths):
        raise ExportError("{path} is also the path of the report or the key file. Choose another name.", path=paths[0])
    beside = {f"{os.path.realpath(project)}{end}" for end in _BESIDE}
    for path, place in zip(paths, real, strict=True):
        try:
            is_one = place in beside or (path.is_file() and (path.samefile(project) or _is_database(path)))
        except OSError as error:
            raise ExportError(
                "Cannot write {out}: {why}. Nothing was replaced.", out=path, why=error.strerror or error
            ) from error
        if is_one:
            raise ExportError("{path} is a project or another database. Choose another name for the export.", path=path)


def _is_database(path: Path) -> bool:
    """Tell whether a file is one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
