"""The connection to a project file: opening it safely, and its transactions."""

from __future__ import annotations

import glob
import os
import secrets
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from sqlite_utils import Database

from annotator.atomic_file import create_private_file, move_without_overwriting
from annotator.domain.model.edit import Edit
from annotator.errors import ProjectError
from annotator.storage.file.clock import Clock
from annotator.storage.file.error_translation import (
    CANNOT_OPEN,
    READ_ONLY,
    damage_error,
    translate_decode_errors,
    translate_errors,
    translate_file_errors,
)
from annotator.storage.file.fast_sql import insert
from annotator.storage.file.foreign_wal import refuse_foreign_wal
from annotator.storage.file.migrations import migrations, unknown_steps
from annotator.storage.file.open_files import OPEN_LOCK, inode, register_open, unregister_open
from annotator.storage.file.revision import renew_revision
from annotator.storage.file.schema import refuse_foreign_schema
from annotator.storage.rows import Row, edit_from_row

APPLICATION_ID = 0x616E6F74
"""The application id in the SQLite header of a project file: "anot" in ASCII."""

_PAUSE, _SHORT_PAUSE = 0.02, 0.001  # seconds
_CACHE, _BULK_CACHE = 2_000, 16_000  # KB of pages in memory; the first is SQLite's default
_LOG, _BULK_LOG = 1_000, 4_000  # pages in the write-ahead log before it is copied to the file; the first is the default


class FileStatus(Enum):
    """Whether the file that was opened is still at its path, is missing, or was replaced by another file."""

    PRESENT = "here"
    MISSING = "gone"
    REPLACED = "replaced"


def connect(path: Path, timeout: float) -> sqlite3.Connection:
    """Connect to an existing file for reading and writing. timeout is the wait for a lock, in seconds.

    The file may come from a stranger. With trusted_schema off, its views and triggers cannot call functions with side
    effects; with cell_size_check on, damaged pages are found when they are read. SQLite's defensive mode needs Python
    3.12.
    """
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None)
    if sys.version_info >= (3, 12):
        db.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    db.execute("PRAGMA trusted_schema=off")
    db.execute("PRAGMA cell_size_check=on")
    return db


class ProjectConnection:
    """A connection to a project file. Use it in the thread that opened it.

    All reading and writing goes through reading() and transaction(), which raise ProjectError for errors of SQLite.

    clock: makes ids greater than all that were read
    latest_edit: the edit written last, because reading thousands of writes back takes long
    in_read_transaction: True within a block of read_transaction()
    is_checked: True if no damage was found in that block
    """

    def __init__(
        self,
        path: Path,
        timeout: float,
        find_damage: Callable[[Database], Collection[object]],
        shown: Path | None = None,
        before_upgrade: Callable[[], object] = lambda: None,
        read_only: bool = False,
    ) -> None:
        """Open a project file and migrate it. timeout is the wait for a lock, in seconds.

        find_damage checks a file of an older version, which is not migrated if it is damaged. shown is the path for
        error messages, if path is a copy. before_upgrade is called before a migration. read_only refuses writing once
        the file is open. Raises ProjectError if the file is missing, not a project, of a newer version, or cannot be
        written.
        """
        self.path = shown or path
        self._file = path
        self.clock = Clock()
        self.in_read_transaction = self.is_checked = self.read_only = False
        self._log: tuple[int, int] | None = None
        self.latest_edit: Edit | None = None
        refuse_non_projects(path)
        _refuse_read_only(path, self.path)
        _refuse_second_name(path)
        with translate_file_errors(self.path):
            with OPEN_LOCK:
                refuse_foreign_wal(path, timeout)
                self._inode = inode(path)
                self.db = Database(connect(path, timeout), execute_plugins=False)
                self._is_open = True
                register_open(self._inode)
            try:
                self._prepare(timeout, find_damage, before_upgrade)
                self._log = self._log_there()
                self.read_only = read_only
            except BaseException:
                self.close()
                raise

    def _prepare(
        self,
        timeout: float,
        find_damage: Callable[[Database], Collection[object]],
        before_upgrade: Callable[[], object],
    ) -> None:
        """Set the connection up and apply the pending migrations."""
        with translate_decode_errors(self.path):
            refuse_foreign_application(self.db, self.path)
        refuse_foreign_schema(self.db, self.path)
        self.db.execute("PRAGMA foreign_keys=on")
        # FULL flushes the write-ahead log at each commit. With NORMAL a power cut could lose the last decisions.
        self.db.execute("PRAGMA synchronous=full")
        if migrations.applied(self.db) and migrations.pending(self.db) and find_damage(self.db):
            raise damage_error(self.path)  # A migration would overwrite what a repair can still save.
        self._enable_wal(timeout)
        if migrations.pending(self.db):
            before_upgrade()
        with self.transaction():
            migrations.apply(self.db)
            # SQLite opens a file that it cannot write without an error. A write that changes nothing finds out.
            self.db.execute("update meta set value = value where false")

    def _enable_wal(self, timeout: float) -> None:
        """Switch to write-ahead logging, with which readers do not block the writer, nor the writer readers.

        SQLite does not use its busy timeout here: when two programs open a new file at once, one gets SQLITE_BUSY
        immediately.
        """
        last = time.monotonic() + timeout
        while True:
            try:
                self.db.enable_wal()
            except sqlite3.OperationalError as e:
                if e.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Yield the database for reading. Errors of SQLite become ProjectError."""
        with translate_errors(self.path):
            yield self.db

    @contextmanager
    def transaction(self, *, is_new_state: bool = True) -> Iterator[Database]:
        """Yield the database in a write transaction. A nested call joins the outer transaction.

        When the block has ended, its changes are on the disk (synchronous=full); if it raises, they are rolled back.
        is_new_state=False keeps the revision of the file, for writes that change nothing that others display.
        Raises ProjectError for errors of SQLite, and if the file or its write-ahead log was moved since it was opened.
        """
        if self.in_read_transaction:
            raise RuntimeError("nothing can be written in a read transaction")
        if self.read_only:
            raise ProjectError(READ_ONLY, path=self.path)
        with translate_errors(self.path):
            if self.db.conn.in_transaction:
                yield self.db
                return
            self._refuse_moved()
            self._begin()
            changes = self.db.conn.total_changes
            try:
                yield self.db
                if is_new_state and self.db.conn.total_changes != changes:
                    renew_revision(self.db)
                self.db.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    @contextmanager
    def bulk_writing(self) -> Iterator[None]:
        """Use more memory in the block, and a longer write-ahead log, so that large transactions write fewer pages.

        SQLite's cache holds 2 MB by default. A larger transaction writes pages to the log before the commit, and reads
        and writes them again. After each commit that leaves over 4 MB in the log, SQLite copies it to the file, also
        the pages that the next transaction changes.
        """
        self._set_limits(_BULK_CACHE, _BULK_LOG)
        try:
            yield
        finally:
            self._set_limits(_CACHE, _LOG)
            # Otherwise the next decision would wait for the copying. It may fail: what is only in the log is safe.
            with suppress(sqlite3.Error):
                self.db.execute("PRAGMA wal_checkpoint(passive)")

    def _set_limits(self, cache: int, log: int) -> None:
        self.db.execute(f"PRAGMA cache_size=-{cache}")
        self.db.execute(f"PRAGMA wal_autocheckpoint={log}")

    def edit(self, row: Row) -> Edit:
        """Return the edit of a row of the log. Raises ValueError for a row that is not a valid edit."""
        latest = self.latest_edit
        return latest if latest is not None and latest.id == row["id"] else edit_from_row(row)

    def _begin(self) -> None:
        """Begin a write transaction; wait for other writers as long as the busy timeout says.

        SQLite's own busy handler waits longer and longer between two tries, up to 0.1 s. A merge writes many short
        transactions with pauses of 3 ms between them, which that handler would miss. So try every millisecond instead.
        """
        (patience,) = self.db.execute("PRAGMA busy_timeout").fetchone()
        last = time.monotonic() + patience / 1000
        self.db.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self.db.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as e:
                    if e.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                        raise
                    time.sleep(_SHORT_PAUSE)
                else:
                    return
        finally:
            self.db.execute(f"PRAGMA busy_timeout={patience}")

    def observe(self, seen: str | None) -> None:
        """Make every later id of the clock greater than one that was read from the file. None is ignored."""
        with translate_decode_errors(self.path):
            self.clock.observe(seen)

    @contextmanager
    def read_transaction(self, *, is_checked: bool = False) -> Iterator[None]:
        """Read the same state of the file throughout the block; nothing can be written in it.

        Others can write meanwhile. Within a write transaction the block is part of that. is_checked says that the file
        was found intact just before.
        """
        if self.db.conn.in_transaction:
            yield
            return
        with translate_errors(self.path):
            self.db.execute("BEGIN")
            self.db.execute("select 1 from meta").fetchone()  # BEGIN takes no snapshot, the first read does.
        self.in_read_transaction, self.is_checked = True, is_checked
        try:
            yield
        finally:
            self.in_read_transaction = self.is_checked = False
            with translate_errors(self.path):
                self.db.rollback()

    def file_status(self) -> FileStatus:
        """Return whether the file that was opened is still at its path."""
        try:
            return FileStatus.PRESENT if inode(self._file) == self._inode else FileStatus.REPLACED
        except OSError:
            # This includes a folder that was replaced by a file, and a drive that was removed.
            return FileStatus.MISSING

    def _refuse_moved(self) -> None:
        """Raise ProjectError if the file is no longer at its path: nobody would find what is written to it."""
        if self.file_status() is not FileStatus.PRESENT:
            raise ProjectError(
                "{path} was moved, renamed or deleted while it was open. Put it back, or open it at its new location.",
                path=self.path,
            )
        if self._log is not None and self._log_there() != self._log:
            raise ProjectError(
                "The recovery log of {path} was deleted while the project was open. Close and reopen the "
                "project; nothing can be saved until then.",
                path=self.path,
            )

    def _log_there(self) -> tuple[int, int] | None:
        """Return device and inode of the write-ahead log, or None if there is none.

        If other code in this process opens and closes the project file, POSIX drops the locks of this connection. The
        next program that closes the project then believes that it is the last one, and deletes the log that is still in
        use here.
        """
        try:
            return inode(self._file.with_name(f"{self._file.name}-wal"))
        except OSError:
            return None

    def close(self) -> None:
        """Close the connection. Closing twice is harmless."""
        self.db.close()
        if self._is_open:
            self._is_open = False
            unregister_open(self._inode)


def create_file(path: Path, meta: dict[str, str], fill: Callable[[Database], object] = lambda _: None) -> None:
    """Create a project file with these rows in the meta table. It appears at its path only when it is complete.

    fill can write more into it before that. Raises ProjectError if the path exists or its folder cannot be written.
    """
    with translate_file_errors(path):
        is_there = path.exists()
    if is_there:
        raise ProjectError("{path} already exists. Choose another name, or open it.", path=path)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        with translate_file_errors(path):
            try:
                create_private_file(aside)
            except (FileNotFoundError, NotADirectoryError, PermissionError) as e:
                raise ProjectError(CANNOT_OPEN, path=path) from e
            with Database(sqlite3.connect(aside, isolation_level=None), execute_plugins=False) as db:
                db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                with db.atomic():
                    migrations.apply(db)
                    insert(db, "meta", [{"name": name, "value": value} for name, value in meta.items()])
                fill(db)
            move_without_overwriting(aside, path)
    finally:
        # On a read-only disk unlink() fails even for a missing file.
        with suppress(OSError):
            aside.unlink()


def sqlite_version() -> str:
    """Return the version of the SQLite library."""
    return sqlite3.sqlite_version


def refuse_foreign_application(db: Database, path: Path) -> None:
    """Raise ProjectError if a file belongs to another program, or to a newer version of this one."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectError(
            "{path} is an SQLite file of another program. Open a file made with: annotator new",
            path=path,
        )
    if newer := unknown_steps(db):
        raise ProjectError(
            "{path} needs a newer annotator (schema {newer}). Upgrade annotator, then open it again.",
            path=path,
            newer=newer[-1],
        )


def _refuse_read_only(path: Path, shown: Path) -> None:
    """Raise ProjectError if a file cannot be written.

    Otherwise SQLite would create -wal and -shm files that cannot be written either. They would remain, and prevent
    opening the project when it is writable again. shown is the path for the message.
    """
    if not _may(path, os.W_OK):
        raise ProjectError(READ_ONLY, path=shown)


def _refuse_second_name(path: Path) -> None:
    """Raise ProjectError if a file has several hard links: SQLite keeps a separate write-ahead log for each name.

    A crash in create_file() can leave the temporary name behind. It is removed here.
    """
    with translate_file_errors(path):
        if path.stat().st_nlink < 2:
            return
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
            with suppress(OSError):
                if left.samefile(path):
                    left.unlink()
        names = path.stat().st_nlink
    if names > 1:
        raise ProjectError(
            "{path} has {names} hard links. Writing through two of them would destroy it. Copy it to a new "
            "file and open that.",
            path=path,
            names=names,
        )


def is_writable(path: Path) -> bool:
    """Return True if a project can be written.

    That includes its folder, where SQLite creates the -wal and -shm files.
    """
    return _may(path, os.W_OK) and _may(path.parent, os.W_OK | os.X_OK)


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def refuse_non_projects(path: Path) -> None:
    """Raise ProjectError for a path that cannot be a project file. The file is not opened.

    Opening and closing a file that SQLite has open would drop all locks that this process holds on it, on POSIX systems
    (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        status = path.stat()
    except FileNotFoundError as e:
        raise ProjectError("Project not found: {path}. Create it with: annotator new {path}", path=path) from e
    except OSError as e:
        raise ProjectError(
            "Cannot read {path}: {why}. Check your read and write permissions.", path=path, why=e.strerror
        ) from e
    if stat.S_ISDIR(status.st_mode):
        raise ProjectError("{path} is a folder, not a project. Give the path of a project file.", path=path)
    if not stat.S_ISREG(status.st_mode):
        raise ProjectError("{path} is a device or a pipe, not a project. Give the path of a project file.", path=path)
    if not _may(path, os.R_OK):
        raise ProjectError("Cannot read {path}. Check your read and write permissions.", path=path)
    if not status.st_size:
        raise ProjectError("{path} is empty. Delete it and run: annotator new {path}", path=path)
