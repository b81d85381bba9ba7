"""The files of an import: list them, and read each with its reader."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annotator.errors import InputError, Message
from annotator.formats.base.reader import ReadOptions
from annotator.formats.base.record import Problem, Record
from annotator.formats.read import read_records
from annotator.formats.registry import problem_of, reader_for
from annotator.formats.zip.reader import exclude_brat_texts

_BESIDE = ("-wal", "-shm")
"""The endings of the files that SQLite keeps next to an open database."""


def read_file(path: Path, name: str | None, options: ReadOptions | None) -> Iterator[Record | Problem]:
    """Yield what the file's reader finds. A reader that fails becomes one Problem."""
    try:
        yield from read_records(path, name, options)
    except InputError as error:
        yield Problem(str(path), problem_of(error))
    except OSError as error:
        yield Problem(str(path), Message("cannot be read ({why}). Check your permissions.", why=error.strerror))
    except Exception as error:  # a plug-in may raise anything
        logging.getLogger(__name__).exception("the reader for %s failed", path)
        yield Problem(
            str(path),
            Message(
                "reader failed ({kind}: {why}). Report this to the reader's author.",
                kind=type(error).__name__,
                why=error,
            ),
        )


def list_files(
    paths: Iterable[str | Path],
    problems: list[Problem],
    reader: str | Mapping[Path, str] | None = None,
    skipped: list[str] | None = None,
) -> list[tuple[Path, int]]:
    """Return the files to read with their sizes in bytes; add a Problem for each that is not there.

    reader names the reader for all files, or for some of them. Files in a folder that no reader can read, such as
    pictures, are added to skipped, if it is given.

    The .txt of a brat .ann file is not listed by itself, unless another reader is named for all files. Open databases,
    this project among them, are left out: on POSIX systems, closing any handle of a file drops the locks that SQLite
    holds on it, and the next one to close it could delete the recovery log that others still write to.
    """
    found: list[tuple[Path, int]] = []
    for path in map(Path, paths):
        in_folder = path.is_dir()
        for file in _walk(path, problems) if in_folder else (path,):
            try:
                there = file.stat()
                if _is_open_database(file):
                    problems.append(
                        Problem(str(file), "an open project or database. Export it, and import the export.")
                    )
                elif stat.S_ISREG(there.st_mode):
                    if skipped is not None and in_folder and not _has_reader(file, reader):
                        skipped.append(str(file))
                    else:
                        found.append((file, there.st_size))
                else:
                    problems.append(Problem(str(file), Message("a pipe or device. Save its output as a file.")))
            except FileNotFoundError:
                problems.append(Problem(str(file), "file or folder not found. Check the path."))
            except OSError as error:
                problems.append(
                    Problem(
                        str(file),
                        Message("cannot be reached ({why}). Check your permissions.", why=error.strerror),
                    )
                )
    named = reader if isinstance(reader, str) else ""
    kept = set(exclude_brat_texts((str(path) for path, _ in found), named))
    return [(path, size) for path, size in found if str(path) in kept]


def _has_reader(file: Path, reader: str | Mapping[Path, str] | None) -> bool:
    """Return True if a reader is named for a file, or can read it by its extension or content."""
    if isinstance(reader, str) or file in (reader or {}):
        return True
    try:
        reader_for(file)
    except InputError:
        return False
    return True


def _is_open_database(file: Path) -> bool:
    """Return True if SQLite has this file open, or it belongs to such a database; only the folder is looked at."""
    place = os.path.realpath(file)
    base = next((place.removesuffix(end) for end in _BESIDE if place.endswith(end)), place)
    return all(os.path.exists(f"{base}{end}") for end in ("", *_BESIDE))  # noqa: PTH110 - a name may be too long


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders, by name; add a Problem for each that cannot be opened."""

    def refuse(error: OSError) -> None:
        problems.append(
            Problem(
                str(error.filename),
                Message("cannot open this folder ({why}). Check your permissions.", why=error.strerror),
            )
        )

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))
