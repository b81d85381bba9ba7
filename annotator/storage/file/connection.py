"""The open file: its connection, its transactions, and the checks that it is a project at all."""

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
from annotator.storage.file.errors import (
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
"""What stands in the header of our files: "anot" in ASCII."""

_PAUSE, _SHORT_PAUSE = 0.02, 0.001  # seconds


class FileStatus(Enum):
    """Where the file is that was opened: at its path, not there, or not there with another one in its place."""

    PRESENT = "here"
    MISSING = "gone"
    REPLACED = "replaced"


def connect(path: Path, timeout: float) -> sqlite3.Connection:
    """Connect to an existing file for reading and writing; timeout in seconds is how long to wait for a lock.

    The file may be a stranger's: no function that has effects runs from its schema, and its pages are checked when
    they are read. Python before 3.12 cannot set SQLite's defensive mode.
    """
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None)
    if sys.version_info >= (3, 12):
        db.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    db.execute("PRAGMA trusted_schema=off")
    db.execute("PRAGMA cell_size_check=on")
    return db


class ProjectConnection:
    """One connection to a project file, used by the thread that opened it.

    All reading and writing goes through reading() and transaction(), which turn the world's faults into
    ProjectError. clock gives ids greater than all that were read through this store. latest_edit is the edit of the log
    that was written last through it: of thousands of writes, reading them back takes long. is_still says that a block
    of read_transaction() goes on, is_checked that no damage was found since it began.
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
        """Open a project file and bring it up to date; timeout in seconds is how long to wait for a lock.

        find_damage is asked about a file of an earlier version, which is not brought up to date if it finds any. shown
        is the path to name in messages, where path is only a copy of that file. before_upgrade is called before
        a file of an earlier version is altered. read_only refuses all writing once it is open. Raises ProjectError if
        it is missing, is no project, is of a newer version, or cannot be written.
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
        """Set the connection up and apply the steps that the file lacks; timeout in seconds is the wait for a lock."""
        with translate_decode_errors(self.path):
            refuse_foreign_application(self.db, self.path)
        refuse_foreign_schema(self.db, self.path)
        self.db.execute("PRAGMA foreign_keys=on")
        self.db.execute("PRAGMA synchronous=full")
        if migrations.applied(self.db) and migrations.pending(self.db) and find_damage(self.db):
            raise damage_error(self.path)  # A new step would write over what can still be saved.
        self._enable_wal(timeout)
        if migrations.pending(self.db):
            before_upgrade()
        with self.transaction():
            migrations.apply(self.db)
            # SQLite opens a file that it may not write without a word, so try to.
            self.db.execute("update meta set value = value where false")

    def _enable_wal(self, timeout: float) -> None:
        """Let readers and a writer work at once; timeout in seconds is how long to try while others use the file.

        Here SQLite itself does not wait for others where two programs open a new file at the same moment.
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
        """Give the database for reading; raises ProjectError for the world's faults."""
        with translate_errors(self.path):
            yield self.db

    @contextmanager
    def transaction(self, *, is_new_state: bool = True) -> Iterator[Database]:
        """Give the database inside a transaction that no other writer shares; a nested one joins the outer.

        With is_new_state off the file keeps its revision: what is written changes nothing that anybody would look at.

        The transaction is durable when the block has ended, and leaves no trace where the block raises.
        Raises ProjectError for the world's faults, also where the file or its log was moved away since it was opened.
        """
        if self.in_read_transaction:
            raise RuntimeError("nothing can be written while a project is held still")
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

    def edit(self, row: Row) -> Edit:
        """Return the edit of a row of the log; raises ValueError for one that no edit has."""
        latest = self.latest_edit
        return latest if latest is not None and latest.id == row["id"] else edit_from_row(row)

    def _begin(self) -> None:
        """Begin a transaction that writes, after as long a wait for others as the connection allows.

        SQLite itself looks more and more seldom, and would miss the short pauses between the transactions of a merge.
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
        """Have the clock make every later id greater than one that was read from the file; None is no id."""
        with translate_decode_errors(self.path):
            self.clock.observe(seen)

    @contextmanager
    def read_transaction(self, *, is_checked: bool = False) -> Iterator[None]:
        """Have all that is read in the block be as it was at its beginning; nothing can be written in it.

        is_checked says that no damage was found just before.
        Others write meanwhile as ever. Within a transaction the block is part of that.
        """
        if self.db.conn.in_transaction:
            yield
            return
        with translate_errors(self.path):
            self.db.execute("BEGIN")
            self.db.execute("select 1 from meta").fetchone()  # It is the first look that holds the file still.
        self.in_read_transaction, self.is_checked = True, is_checked
        try:
            yield
        finally:
            self.in_read_transaction = self.is_checked = False
            with translate_errors(self.path):
                self.db.rollback()

    def file_status(self) -> FileStatus:
        """Tell whether the file that was opened is still at its path."""
        try:
            return FileStatus.PRESENT if inode(self._file) == self._inode else FileStatus.REPLACED
        except OSError:
            # Also a folder that is no folder any more, or a drive that was pulled out.
            return FileStatus.MISSING

    def _refuse_moved(self) -> None:
        """Refuse to write into a file that is no longer at its path: nobody would find the work again."""
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
        """Return what tells the write-ahead log at its place from every other, or None where there is none.

        Whoever opens and closes the file beside SQLite in this process gives up its locks; the next program to close
        the project then takes itself for the last, and deletes the log, into which this connection still writes.
        """
        try:
            return inode(self._file.with_name(f"{self._file.name}-wal"))
        except OSError:
            return None

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self.db.close()
        if self._is_open:
            self._is_open = False
            unregister_open(self._inode)


def create_file(path: Path, meta: dict[str, str], fill: Callable[[Database], object] = lambda _: None) -> None:
    """Make a project file with these facts; it appears at its path only when it is whole.

    fill may write more into it before.
    Raises ProjectError where something is there already or the folder cannot be written.
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
        # On a disk that cannot be written even the removing of what is not there is refused.
        with suppress(OSError):
            aside.unlink()


def refuse_foreign_application(db: Database, path: Path) -> None:
    """Raise ProjectError if a file is of another program, or of a newer version of this one; path is what to name."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectError(
            "{path} is an SQLite file of another program. Open a file made with: annotator new",
            path=path,
        )
    if newer := unknown_steps(db):
        raise ProjectError(
            "{path} needs a newer annotator (schema {newer}). Upgrade with: pip install --upgrade annotator",
            path=path,
            newer=newer[-1],
        )


def _refuse_read_only(path: Path, shown: Path) -> None:
    """Refuse a file that may not be written, before SQLite leaves files beside it that may not be written either.

    Those would stay, and keep the project from being opened when it may be written again. shown is the path to name.
    """
    if not _may(path, os.W_OK):
        raise ProjectError(READ_ONLY, path=shown)


def _refuse_second_name(path: Path) -> None:
    """Refuse a file that has two names: SQLite takes it for two files then, and keeps a log for each.

    The name under which a project was made may be left by a crash, and is removed (see create_file).
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
    """Return whether a project can be opened for writing, for which SQLite makes files in its folder too."""
    return _may(path, os.W_OK) and _may(path.parent, os.W_OK | os.X_OK)


def _may(path: Path, mode: int) -> bool:
    """Return whether this process has such rights at a path."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def refuse_non_projects(path: Path) -> None:
    """Refuse, without opening it, what cannot be a project file.

    A file that SQLite has open must not be opened and closed beside it: on POSIX systems closing it gives up
    every lock that this process holds on the file, whoever took it (https://www.sqlite.org/howtocorrupt.html, 2.2).
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
