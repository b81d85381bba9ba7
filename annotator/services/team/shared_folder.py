"""A shared folder as the carrier: a network share, a synchronised folder, a USB stick.

Each file is a segment, written under a hidden name, flushed to the disk and then renamed, so that a file with the right
suffix is complete on the disk that it was written to. What copies the folder to other computers may still deliver parts
of files, several copies of one, or the same file under another name. So a segment is identified by the hash of what was
read, and a file that cannot be read is read again at the next exchange.

The marks of this carrier are the files that were read: "[size, time of change in ns, hash]" by name. A file that has
not changed need not be read again. The hash is "" for an unreadable file, and the time in ms follows when that was seen
first.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.atomic_file import move_without_overwriting
from annotator.domain.model.annotation import Annotator
from annotator.errors import Message, UserError
from annotator.services.progress import Progress
from annotator.services.team.carrier import Marks, Report, WholeArrival, Withheld
from annotator.services.team.segment import (
    LARGEST,
    SUFFIX,
    Header,
    IncompleteSegmentError,
    NewerSegmentError,
    read_header,
    read_segment,
    segment_hash,
    write_segment,
)
from annotator.storage.changeset import Changeset
from annotator.storage.file.clock import wall_ms
from annotator.storage.file.error_translation import is_full
from annotator.storage.rows import Row

_PART = ".part"
_START = 1 << 12
"""How many bytes of a file are read to find its header."""
PATIENCE_MS = 600_000
"""How long an unreadable file may remain the same until it is reported."""
_ABANDONED_S = 86_400
"""After this time the hidden file of a program that was killed is removed."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file in the folder: its path, its size in bytes, and the time of its last change in ns."""

    path: Path
    size: int
    changed: int

    def is_marked(self, marks: Marks) -> bool:
        """Return True if the file is known under this name and has not changed."""
        mark = marks.get(self.path.name)
        return mark is not None and json.loads(mark)[:2] == [self.size, self.changed]

    def mark(self, digest: str, *more: int) -> dict[str, str]:
        """Return the mark of the file."""
        return {self.path.name: json.dumps([self.size, self.changed, digest, *more])}


class SharedFolder:
    """A folder that carries the segments of a project."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def address(self) -> str:
        """Return the absolute path."""
        return str(self.path.absolute())

    def check(self, on_wait: Callable[[], None]) -> None:  # noqa: ARG002 - of the protocol
        """Raise UserError if the folder is missing or cannot be read or written."""
        self._files()
        if not os.access(self.path, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            raise UserError(
                "Cannot write to {folder}. Ask who shares it for permission to write. Nothing was changed.",
                folder=str(self.path),
            )

    def close(self) -> None:
        """Do nothing: a folder is not kept open."""

    def warning(self, project: Path) -> Message | None:
        """Return a warning if a project file is inside the folder."""
        with suppress(OSError):
            if project.resolve().is_relative_to(self.path.resolve()):
                return Message(
                    "{path} is inside the shared folder {folder}. Programs that synchronise folders replace files that "
                    "are open, which damages projects. Close the project and move it to another folder.",
                    path=str(project),
                    folder=str(self.path),
                )
        return None

    def has_lost(
        self,
        project_id: str,  # noqa: ARG002 - of the protocol
        marks: Marks,
        on_step: Callable[[], None],
    ) -> bool:
        """Return True if a segment is missing that this copy has read or written. Files may have other names now.

        Raises UserError if all are missing: probably the drive is not connected, and its folder is empty.
        """
        files = self._files()
        there = {_digest(marks[file.path.name]) for file in files if file.is_marked(marks)}
        missing = {digest for mark in marks.values() if (digest := _digest(mark))} - there
        if not missing:
            return False
        for file in files:
            on_step()
            if not file.is_marked(marks) and file.size <= LARGEST:
                with suppress(OSError):
                    missing.discard(segment_hash(file.path.read_bytes()))
        if missing and not files:
            raise UserError(
                "{folder} is empty, but this project exchanged its work there before. Connect the drive or the network "
                "and try again. If the folder is new or was emptied, choose it again, or run: "
                "annotator sync --resend PROJECT {folder}",
                folder=str(self.path),
            )
        return bool(missing)

    def join(self, project_id: str, annotator: Annotator | None, report: Report) -> None:
        """Do nothing: whoever can write to the folder can send anything."""

    def tidied(self, marks: Marks) -> Marks:
        """Return the marks of the files that are still in the folder."""
        there = {file.path.name for file in self._files()}
        return {name: mark for name, mark in marks.items() if name in there}

    def withheld(self, kind: str, row: Row) -> Withheld | None:  # noqa: ARG002 - of the protocol
        """Return None: a folder takes every row."""
        return None

    def arrivals(self, project_id: str, marks: Marks, report: Report, progress: Progress) -> Iterator[WholeArrival]:
        """Yield the segments that are not marked, those with documents and annotators first.

        An unreadable file is yielded as an empty changeset, so that its mark is remembered. It is reported when it has
        remained the same for ten minutes.
        """
        known = {_digest(mark) for mark in marks.values()} - {""}
        skipped: Counter[str] = Counter()
        wanted: list[tuple[bool, int, _File]] = []
        for file in self._files():
            if file.is_marked(marks) and _digest(marks[file.path.name]):
                continue
            try:
                header = _read_header(file.path)
                if header.project == project_id:
                    wanted.append((not header.is_basis, file.changed, file))
                else:
                    skipped["other"] += 1
            except NewerSegmentError:
                skipped["newer"] += 1
            except (IncompleteSegmentError, OSError):
                yield from self._unreadable(file, marks, report)
        self._report_skipped(skipped, report)
        total = sum(file.size for *_, file in wanted)
        done = 0
        for *_, file in sorted(wanted, key=lambda each: each[:2]):
            progress(done, total)
            done += file.size
            try:
                data = _read(file.path)
                digest = segment_hash(data)
                changes = Changeset() if digest in known else read_segment(data)
            except (IncompleteSegmentError, OSError):
                yield from self._unreadable(file, marks, report)
                continue
            known.add(digest)
            yield WholeArrival(file.path, changes, file.mark(digest))

    def send(self, changes: Changeset, project_id: str) -> Marks:
        """Write a changeset as a new file."""
        data = write_segment(changes, project_id)
        digest = segment_hash(data)
        aside = self.path / f".{secrets.token_hex(8)}{SUFFIX}{_PART}"
        try:
            self._remove_abandoned()
            try:
                aside.write_bytes(data)
                path = self._move(aside, digest)
            finally:
                with suppress(OSError):
                    aside.unlink()
            status = path.stat()
        except OSError as e:
            why = Message("the disk is full") if is_full(e) else e.strerror or str(e)
            raise UserError(
                "Cannot write to {folder}: {why}. Nothing was sent twice or lost. Synchronise again later.",
                folder=str(self.path),
                why=why,
            ) from e
        return _File(path, status.st_size, status.st_mtime_ns).mark(digest)

    def _move(self, aside: Path, digest: str) -> Path:
        """Flush a file to the disk and give it its name. Another file may have that name, whatever it holds."""
        path, number = self.path / f"{digest}{SUFFIX}", 1
        while True:
            try:
                move_without_overwriting(aside, path)
            except FileExistsError:
                number += 1
                path = self.path / f"{digest}-{number}{SUFFIX}"
            else:
                return path

    def _files(self) -> list[_File]:
        """Return the files that may be segments. Raises UserError if the folder cannot be read."""
        found = []
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    # Programs that copy files give a hidden name to what is not complete.
                    if SUFFIX not in entry.name or entry.name.startswith("."):
                        continue
                    with suppress(FileNotFoundError):
                        if entry.is_file():
                            status = entry.stat()
                            found.append(_File(Path(entry.path), status.st_size, status.st_mtime_ns))
        except NotADirectoryError as e:
            raise UserError("{folder} is a file. Give the path of a folder.", folder=str(self.path)) from e
        except OSError as e:
            raise UserError(
                "Cannot reach {folder}: {why}. Connect the drive or the network and try again. Nothing was changed.",
                folder=str(self.path),
                why=e.strerror or str(e),
            ) from e
        return found

    def _unreadable(self, file: _File, marks: Marks, report: Report) -> Iterator[WholeArrival]:
        """Remember since when a file is as it is, and report it if that is long ago."""
        now = wall_ms()
        if not file.is_marked(marks) or _digest(marks[file.path.name]):
            yield WholeArrival(file.path, Changeset(), file.mark("", now))
        elif now - json.loads(marks[file.path.name])[3] > PATIENCE_MS:
            report(
                Message(
                    "{file} is incomplete or damaged and was skipped. If it does not arrive, delete it: "
                    "what it held is sent again when everybody synchronises.",
                    file=str(file.path),
                )
            )

    def _report_skipped(self, skipped: Counter[str], report: Report) -> None:
        if skipped["other"]:
            report(
                Message(
                    "Files of another project in {folder} were skipped: {count}. Give each project its own folder.",
                    folder=str(self.path),
                    count=skipped["other"],
                )
            )
        if skipped["newer"]:
            report(
                Message(
                    "Files of a newer annotator in {folder} were skipped: {count}. Upgrade annotator.",
                    folder=str(self.path),
                    count=skipped["newer"],
                )
            )

    def _remove_abandoned(self) -> None:
        for path in self.path.glob(f".*{SUFFIX}{_PART}"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_S:
                    path.unlink()


def _digest(mark: str) -> str:
    """Return the hash in a mark."""
    return str(json.loads(mark)[2])


def _read_header(path: Path) -> Header:
    with path.open("rb") as file:
        return read_header(file.read(_START))


def _read(path: Path) -> bytes:
    """Return what a file holds. Raises IncompleteSegmentError if it is too large."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise IncompleteSegmentError
    return data
