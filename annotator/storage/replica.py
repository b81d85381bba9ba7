"""What a merge reads from and writes to a copy of a project, with the stamps that decide which version counts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Edit, StoredEdit
from annotator.domain.model.suggestion import Run
from annotator.domain.review.stopwatch import TimeEntry
from annotator.errors import ProjectError
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import damage_error, translate_decode_errors
from annotator.storage.file.fast_sql import insert, select
from annotator.storage.log.log import EditConflictError, Log
from annotator.storage.log.timestamps import check_timestamps
from annotator.storage.recovery.integrity import find_damage
from annotator.storage.rows import document_from_row, document_to_row
from annotator.storage.tables.documents import insert_documents
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.suggestions import Suggestions, write_runs
from annotator.storage.tables.time_spent import TimeSpent

RunKey = tuple[str, str]
"""(document id, suggester)."""

_SHORT, _PAUSE = 0.02, 0.003  # seconds
"""How long a transaction of a merge may last, and the pause after it in which others can write."""


class Replica:
    """The parts of an open project as a merge needs them; team/merge.py has the rules."""

    def __init__(self, connection: ProjectConnection, project_id: str, labels: Labels, log: Log) -> None:
        self._connection = connection
        self._labels = labels
        self._log = log
        self.path: Path = connection.path
        self.id = project_id
        self.tagset = labels.base

    @contextmanager
    def short_transaction(self) -> Iterator[Callable[[], bool]]:
        """Write the changes of the block in one transaction, then pause so that others can write.

        The block gets a function that returns True as long as the block may continue.
        """
        try:
            with self._connection.transaction():
                end = time.monotonic() + _SHORT
                yield lambda: time.monotonic() < end
        except BaseException:
            # The block may have read a tagset that it wrote, and that was rolled back.
            with suppress(ProjectError):
                self._labels.refresh()
            raise
        # A waiting writer tries every millisecond (ProjectConnection._begin).
        time.sleep(_PAUSE)

    def check_timestamps(self) -> None:
        """Raise ProjectError if an id or a stamp is invalid, or more than a day ahead of the system clock."""
        check_timestamps(self._connection)

    def damaged(self) -> ProjectError:
        """Return the ProjectError for damage of this file."""
        return damage_error(self.path)

    def document_stamps(self) -> dict[str, str]:
        """Return the stamp of each document's import, by id."""
        with self._connection.reading() as db:
            return {row["id"]: row["stamp"] for row in db.table("articles").rows_where(select="id, stamp")}

    def stamped_documents(self, ids: Collection[str]) -> Iterator[tuple[Document, str]]:
        """Yield documents with their stamps. An erased one has no text."""
        for name in ids:
            with self._connection.reading() as db, translate_decode_errors(self.path):
                (row,) = select(db, "select * from articles where id = ?", [name])
                document, stamp = document_from_row(row, is_erased=_is_erased(db, name)), row["stamp"]
            yield document, stamp

    def put_document(self, document: Document, stamp: str) -> None:
        """Store a document, instead of its earlier fields. If it was erased here or there, it stays as it is here."""
        with self._connection.transaction() as db:
            comes_erased = document.text == "" and document.id != document_id("")
            is_there = db.execute("select 1 from articles where id = ?", [document.id]).fetchone() is not None
            if is_there and (comes_erased or _is_erased(db, document.id)):
                return
            insert_documents(db, [document_to_row(document, stamp)], key=["id"])
            if comes_erased:
                db.execute("insert into erased_documents (document) values (?)", [document.id])

    def stamped_annotators(self) -> dict[str, tuple[Annotator, str]]:
        """Return the annotators with their stamps, by id."""
        with self._connection.reading() as db:
            rows = db.table("annotators").rows
            return {row["id"]: (Annotator(row["id"], row["name"]), row["stamp"]) for row in rows}

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        """Store an annotator, instead of the earlier name."""
        with self._connection.transaction() as db:
            insert(db, "annotators", [{"id": annotator.id, "name": annotator.name, "stamp": stamp}], key=["id"])

    def former_roles(self) -> dict[str, Role]:
        """Return the roles that an earlier version stored, by annotator id."""
        with self._connection.reading() as db, translate_decode_errors(self.path):
            return {row["annotator"]: Role(row["role"]) for row in db.table("roles").rows}

    def run_stamps(self) -> dict[RunKey, str]:
        """Return the stamp of each suggester's run on each document."""
        with self._connection.reading() as db:
            rows = db.table("runs").rows_where(select="document, suggester, stamp")
            return {(row["document"], row["suggester"]): row["stamp"] for row in rows}

    def runs(self, keys: Collection[RunKey]) -> Iterator[Run]:
        """Yield runs."""
        connection = Suggestions(self._connection)
        with self._connection.reading() as db, translate_decode_errors(self.path):
            for document, suggester in keys:
                where = "document = ? and suggester = ?"
                (row,) = db.table("runs").rows_where(where, [document, suggester])
                proposed = tuple(s for s in connection.of(document) if s.suggester == suggester)
                yield Run(document, suggester, row["version"], row["stamp"], proposed)

    def put_run(self, run: Run) -> None:
        """Store a run, instead of the suggester's earlier run on the document."""
        with self._connection.transaction() as db:
            if not _is_erased(db, run.document):
                write_runs(db, [run])

    def time_spent(self) -> Iterator[TimeEntry]:
        """Yield the rows of time spent."""
        return TimeSpent(self._connection).all()

    def add_time_spent(self, time_spent: Iterable[TimeEntry]) -> None:
        """Add the rows of time spent that are not there yet."""
        TimeSpent(self._connection).union(time_spent)

    def stored_edits(self) -> Iterator[Sequence[StoredEdit]]:
        """Yield the log without decoding it, in the order of ids, up to 1,000 edits at a time."""
        return self._log.stored()

    def read_edits(self, stored: Iterable[StoredEdit]) -> list[Edit]:
        """Return edits of this file decoded. Raises ProjectError, naming this file, for a damaged one."""
        return self._log.read(stored)

    def missing_edits(self, stored: Sequence[StoredEdit], source: Path) -> list[StoredEdit]:
        """Return those of some edits of the file source that the log does not have.

        Raises ProjectError if one of the others differs here.
        """
        try:
            return self._log.missing_edits(stored)
        except EditConflictError as e:
            raise self._not_the_same(source, e) from e

    def count_edits(self, annotator: str, *, after: str = "", before: str = "") -> int:
        """Return the number of an annotator's edits with ids after one and before another."""
        query = "select count(*) from edits where annotator = ? and id > ? and (? = '' or id < ?)"
        with self._connection.reading() as db:
            return int(db.execute(query, [annotator, after, before, before]).fetchone()[0])

    def union(self, edits: Iterable[Edit], source: Path) -> int:
        """Add the edits that the log does not have, update the state, and return how many were added.

        Raises ProjectError if one differs from the one here, or refers to something that neither file has.
        """
        try:
            return self._log.union(edits)
        except sqlite3.IntegrityError as e:
            raise damage_error(self.path if find_damage(self._connection.db) else source) from e
        except EditConflictError as e:
            raise self._not_the_same(source, e) from e

    def _not_the_same(self, source: Path, edit: EditConflictError) -> ProjectError:
        return ProjectError(
            "Cannot merge {source} into {path}: the edit {edit} differs between them, so one of the files is "
            "damaged. Merge another copy.",
            source=source,
            path=self.path,
            edit=edit,
        )


def _is_erased(db: Database, name: str) -> bool:
    return db.execute("select 1 from erased_documents where document = ?", [name]).fetchone() is not None
