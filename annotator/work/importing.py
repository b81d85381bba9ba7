"""Bring files and folders into a project: what can be taken goes in, of all else it is told why not."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.document import Document
from annotator.errors import InputError
from annotator.formats.registry import Problem, Record, reader_for
from annotator.storage.project import Project
from annotator.work.articles import to_document

Progress = Callable[[int, int], None]

_BATCH = 200  # documents in one transaction
_LARGEST_BATCH = 8_000_000  # code points


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text that was in the project already: where it was met again, and the document's id."""

    place: str
    document: str


@dataclass(slots=True)
class ImportReport:
    """How many documents were added, which texts were there already, and what could not be taken."""

    added: int = 0
    repeated: list[Duplicate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def duplicates(self) -> int:
        """Return how many texts were there already."""
        return len(self.repeated)


def import_paths(project: Project, paths: Iterable[str | Path], *, progress: Progress | None = None) -> ImportReport:
    """Import files, and folders with all that is in them, in the order given; folders in the order of names.

    Files whose name begins with a dot are passed over in folders. Documents are stored some hundred a
    transaction, so memory does not grow with the input. progress is told (bytes read, bytes in all).
    An exception that it raises, or Ctrl+C, stops the import, and what was stored stays. Raises ProjectError.
    """
    report = ImportReport()
    batch = _Batch(project, report)
    files = _files(paths, report)
    total = sum(size for _, size in files)
    done = 0
    for path, size in files:
        for item in _read(path):
            document = to_document(item) if isinstance(item, Record) else item
            if isinstance(document, Problem):
                report.problems.append(document)
            elif batch.take(document, item.place) and progress and isinstance(item, Record):
                progress(done + min(item.offset, size), total)
        done += size
        if progress:
            progress(done, total)
    batch.store()
    return report


class _Batch:
    """Documents that wait to be stored together."""

    def __init__(self, project: Project, report: ImportReport) -> None:
        """Begin with none; the report is told what becomes of each."""
        self._project = project
        self._report = report
        self._waiting: dict[str, Document] = {}
        self._length = 0

    def take(self, document: Document, place: str) -> bool:
        """Take a document, or tell that it is a duplicate; return whether the batch was stored."""
        if document.id in self._waiting or document.id in self._project.documents:
            self._report.repeated.append(Duplicate(place, document.id))
            return False
        self._waiting[document.id] = document
        self._length += len(document.text)
        if len(self._waiting) < _BATCH and self._length < _LARGEST_BATCH:
            return False
        self.store()
        return True

    def store(self) -> None:
        """Store what waits, in one transaction."""
        with self._project.batch():
            added = self._project.documents.add_many(self._waiting.values())
        self._report.added += added
        self._waiting.clear()
        self._length = 0


def _read(path: Path) -> Iterator[Record | Problem]:
    """Yield what the file's reader finds; a reader that fails becomes one message."""
    try:
        yield from reader_for(path).read(path)
    except InputError as error:
        yield Problem(str(path), str(error).removeprefix(f"{path}: "))
    except OSError as error:
        yield Problem(str(path), f"it cannot be read ({error.strerror}); check that you may read it.")
    except Exception as error:  # a plug-in is foreign code: whatever it raises is one message
        logging.getLogger(__name__).exception("the reader for %s failed", path)
        yield Problem(str(path), f"its reader failed ({type(error).__name__}: {error}); tell the reader's maker.")


def _files(paths: Iterable[str | Path], report: ImportReport) -> list[tuple[Path, int]]:
    """Return the files to read with their sizes in bytes; the report is told what is not there."""
    found: list[tuple[Path, int]] = []
    for path in map(Path, paths):
        for file in _walk(path, report) if path.is_dir() else (path,):
            try:
                found.append((file, file.stat().st_size))
            except FileNotFoundError:
                report.problems.append(Problem(str(file), "there is no such file or folder; check the path."))
            except OSError as error:
                report.problems.append(
                    Problem(str(file), f"it cannot be reached ({error.strerror}); check that you may read it.")
                )
    return found


def _walk(folder: Path, report: ImportReport) -> Iterator[Path]:
    """Yield the files of a folder and the folders in it, by name; the report is told what may not be entered."""

    def refuse(error: OSError) -> None:
        """Tell of a folder that cannot be listed."""
        report.problems.append(
            Problem(str(error.filename), f"it cannot be entered ({error.strerror}); check that you may read it.")
        )

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))
