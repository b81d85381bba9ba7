"""Refuse a write-ahead log or rollback journal that belongs to another file than the one next to it.

SQLite trusts any log that it finds. After a crash the log remains. If someone then puts a backup in the place of the
file, SQLite writes pages of the log into the backup, and both are lost.
"""

from __future__ import annotations

import mmap
import re
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ProjectError
from annotator.storage.file.error_translation import LOCKED, primary_code
from annotator.storage.file.open_files import OPEN_LOCK, is_open_in_this_process
from annotator.storage.file.revision import PATTERN, Revision, revision_of, revision_on_page

_PAUSE = 0.02  # seconds
_WAL_HEADER = struct.Struct(">8I")
"""Magic number, version, page size, checkpoint number, two salts, two checksums (sqlite.org/fileformat2.html, 4)."""
_FRAME_HEADER = struct.Struct(">6I")
"""Page number, number of pages after a commit or 0, two salts, two checksums."""
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def refuse_foreign_wal(path: Path, timeout: float) -> None:
    """Raise ProjectError if a log that a crash left belongs to another file, or to another state of this file.

    Neither file is changed. timeout is how long to look again while others write, in seconds.
    """
    with OPEN_LOCK:
        if not is_open_in_this_process(path):
            for log in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
                _refuse_foreign(path, log, timeout)


def _refuse_foreign(path: Path, log: Path, timeout: float) -> None:
    last = time.monotonic() + timeout
    while True:
        before = _state(path, log)
        if belong_together(path, log, timeout):
            return
        # If another program wrote in between, file and log were read at two different moments.
        if _state(path, log) == before:
            raise ProjectError(
                "{path} does not match its recovery log {log}. Nothing was changed. If you restored {path} from "
                "a copy, move {log} away and try again. To keep what {log} holds, put the earlier file back.",
                path=path,
                log=log,
            )
        if time.monotonic() > last:
            raise ProjectError(LOCKED, path=path)
        time.sleep(_PAUSE)


def _state(path: Path, log: Path) -> list[tuple[int, int, int]]:
    found = []
    for file in (path, log):
        try:
            status = file.stat()
        except FileNotFoundError:
            continue
        found.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return found


def belong_together(path: Path, log: Path, timeout: float) -> bool:
    """Return True if a log is missing or empty, or continues the present state of its file."""
    is_wal = log.name.endswith("-wal")
    try:
        with log.open("rb") as file:
            if not log.stat().st_size:
                return True
            logged = list(_revisions_in_wal(file)) if is_wal else _revisions_in_journal(file)
    except FileNotFoundError:
        return True
    own = _revision_without_log(path)
    if own is None or not logged:
        # An older version wrote the file, or the migration that adds revisions was interrupted.
        return not is_wal or _is_sound(path, timeout)
    if is_wal:
        # The file is as it was when the log began, or a checkpoint has already copied some transactions to it.
        return own[1] == logged[0][0] or own[1] in {new for _, new in logged}
    # A rollback journal holds the state before the transaction. The file may contain the transaction or not.
    return logged[0][1] in own


def _revisions_in_wal(file: BinaryIO) -> Iterator[Revision]:
    """Yield the revisions of the committed transactions in a write-ahead log, earliest first.

    Checksums are not verified: only frames at the end can be invalid, and they do no harm here.
    """
    header = file.read(_WAL_HEADER.size)
    if len(header) < _WAL_HEADER.size:
        return
    magic, _, size, _, *salts, _, _ = _WAL_HEADER.unpack(header)
    if magic not in _WAL_MAGIC:
        return
    waiting: list[Revision] = []
    while len(frame := file.read(_FRAME_HEADER.size + size)) == _FRAME_HEADER.size + size:
        _, committed, *own_salts, _, _ = _FRAME_HEADER.unpack_from(frame)
        if own_salts != salts:
            return
        if revision := revision_on_page(frame[_FRAME_HEADER.size :]):
            waiting.append(revision)
        if committed:
            yield from waiting
            waiting.clear()


def _revisions_in_journal(file: BinaryIO) -> list[Revision]:
    """Return the revision before the transaction that a rollback journal would undo."""
    if file.read(len(_JOURNAL_MAGIC)) != _JOURNAL_MAGIC:
        return []
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = re.search(PATTERN, content)
        return [(found[1].decode(), found[2].decode())] if found else []


def _revision_without_log(path: Path) -> Revision | None:
    """Return the revision in the file itself, without its log, or None if it has none that can be read.

    immutable=1 makes SQLite ignore the log and take no locks. Closing drops the locks of this process on POSIX systems,
    so the process must not have the file open.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as db:
        try:
            row = db.execute("select value from file_revision").fetchone()
        except sqlite3.DatabaseError:
            return None
    return revision_of(row[0]) if row else None


def _is_sound(path: Path, timeout: float) -> bool:
    """Return True if a file together with its write-ahead log is intact. Nothing is written."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout)) as db:
        try:
            return bool(db.execute("pragma integrity_check(1)").fetchone() == ("ok",))
        except sqlite3.Error as e:
            if primary_code(e) not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
            return False
