"""Watch an open project file for changes by other windows and programs, and list the windows that have it open."""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from annotator.atomic_file import create_private_file, move_without_overwriting
from annotator.errors import ProjectError
from annotator.storage.file.clock import wall_ms
from annotator.storage.file.connection import FileStatus, ProjectConnection, connect
from annotator.storage.file.error_translation import translate_file_errors
from annotator.storage.file.processes import is_open
from annotator.storage.file.revision import renew_revision


@dataclass(frozen=True, slots=True)
class ExternalChanges:
    """What others appended to the log: the number of edits, their annotators, their documents.

    reordered: edits came in between older ones, as after a merge
    changed: anything was written, also by background jobs of this program
    """

    edits: int = 0
    annotators: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    reordered: bool = False
    changed: bool = False

    def __bool__(self) -> bool:
        """Return True if there are new edits."""
        return self.edits > 0 or self.reordered


class ExternalChangeWatcher:
    """Watches an open file from the moment it is created."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection
        self._window = ""
        self._version = self._data_version()
        self._revision = self._read_revision()
        self._annotator = ""
        self._last, self._count = self._log_end()

    def file_status(self) -> FileStatus:
        """Return whether the file is still at its path."""
        return self._connection.file_status()

    def checkpoint(self) -> None:
        """Copy the write-ahead log into the file, which may have been moved.

        Whoever moved the file has probably left its log behind.
        """
        try:
            self._connection.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            return

    def write_copy(self) -> Path:
        """Write what is open to a temporary file next to the original path, and return its path; see restore_copy().

        Raises ProjectError if it cannot be written.
        """
        aside = self._connection.path.with_name(f".{self._connection.path.name}.{os.getpid()}.new")
        aside.unlink(missing_ok=True)
        with translate_file_errors(aside):
            create_private_file(aside)
            self._connection.db.execute("vacuum into ?", [str(aside)])
            with closing(connect(aside, 1.0)) as copy:
                copy.execute("delete from windows")
                # The copy has a different page layout, so no log of the original must match it.
                renew_revision(Database(copy, execute_plugins=False))
        return aside

    def poll(self, own: set[str]) -> ExternalChanges:
        """Return what others appended since the last call. own has the ids of the edits of this window since then.

        If nobody wrote, this costs two small queries.
        """
        version, revision = self._data_version(), self._read_revision()
        is_same = version == self._version or revision == self._revision
        self._version, self._revision = version, revision
        if is_same:
            self._last, self._count = max([self._last, *own]), self._count + len(own)
            return ExternalChanges()
        with self._connection.reading() as db:
            query = "select id, annotator, document from edits where id > ? order by id"
            new = db.execute(query, [self._last]).fetchall()
        last, count = self._log_end()
        earlier = count - self._count - len(new)
        foreign = [row for row in new if row[0] not in own]
        self._last, self._count = last, count
        return ExternalChanges(
            len(foreign) + max(earlier, 0),
            frozenset(row[1] for row in foreign),
            frozenset(row[2] for row in foreign if row[2]),
            reordered=earlier != 0,
            changed=True,
        )

    def mark_seen(self) -> None:
        """Ignore everything that is in the log now."""
        self._version = self._data_version()
        self._last, self._count = self._log_end()

    def register_window(self, annotator_id: str) -> None:
        """Record in the file that a window is open. If the file cannot be written now, nothing happens."""
        try:
            with self._connection.transaction() as db:
                self._window, self._annotator = self._connection.clock.new(), annotator_id
                self._write_window(db)
        except ProjectError:
            self._window = ""

    def heartbeat(self) -> None:
        """Record that the window is still open.

        Others are not notified. A failure is ignored, as the next call follows.
        """
        if self._window:
            with suppress(ProjectError), self._connection.transaction(is_new_state=False) as db:
                self._write_window(db)

    def unregister_window(self) -> None:
        """Record that the window was closed."""
        if not self._window:
            return
        try:
            with self._connection.transaction() as db:
                db.table("windows").delete_where("id = ?", [self._window])
        except ProjectError:
            # other_windows() of another window removes the row when it finds that the process has ended.
            return
        finally:
            self._window = ""

    def other_windows(self) -> list[str]:
        """Return the annotator ids of the other windows that have this file open, earliest first.

        Rows that a crash left behind are removed.
        """
        with self._connection.reading() as db:
            rows = list(db.table("windows").rows_where("id <> ?", [self._window], order_by="id"))
        host = socket.gethostname()
        # A copy of an open file also has the rows of the original's windows.
        stale = [r["id"] for r in rows if not is_open(r["host"], r["process"], r["seen"], host)]
        stale += [r["id"] for r in rows if r["host"] == host and r["path"] != self._path()]
        if stale:
            # If they cannot be removed now, the next call does.
            with suppress(ProjectError), self._connection.transaction() as db:
                for window in stale:
                    db.table("windows").delete_where("id = ?", [window])
        return [row["annotator"] for row in rows if row["id"] not in stale]

    def _write_window(self, db: Database) -> None:
        """Write the row of this window with the present time. Upsert, as another window may have removed it."""
        row = {"id": self._window, "host": socket.gethostname(), "process": os.getpid(), "path": self._path()}
        db.table("windows").upsert(row | {"annotator": self._annotator, "seen": wall_ms()}, pk="id")

    def _path(self) -> str:
        return str(self._connection.path.resolve())

    def _read_revision(self) -> str:
        """Return the revision of the file, which each transaction renews unless it is a heartbeat."""
        with self._connection.reading() as db:
            return str(db.execute("select value from file_revision").fetchone()[0])

    def _data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        with self._connection.reading() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0])

    def _log_end(self) -> tuple[str, int]:
        with self._connection.reading() as db:
            last, count = db.execute("select coalesce(max(id), ''), count(*) from edits").fetchone()
        return last, count


def restore_copy(aside: Path, path: Path) -> None:
    """Move the file that write_copy() wrote to the path of a file that is gone and that nobody has open.

    Raises ProjectError if the path exists, or if it has a write-ahead log that SQLite would apply to the copy.
    """
    log = path.with_name(f"{path.name}-wal")
    if path.exists() or (log.exists() and log.stat().st_size):
        raise ProjectError(
            "Cannot put {path} back: something is in its place. Your work is in {aside}.", path=path, aside=aside
        )
    with translate_file_errors(path):
        log.unlink(missing_ok=True)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        move_without_overwriting(aside, path)
        aside.unlink(missing_ok=True)
