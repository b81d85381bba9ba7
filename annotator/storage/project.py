"""A project: one SQLite file with documents, annotators, suggestions and the log of edits."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from annotator.domain.model.annotation import Annotator
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ProjectError, UserError
from annotator.storage.changeset import ChangesetSource
from annotator.storage.file.backup_folder import Backup, newest_backup
from annotator.storage.file.clock import Clock
from annotator.storage.file.connection import (
    ProjectConnection,
    connect,
    create_file,
    is_writable,
    refuse_foreign_application,
    refuse_non_projects,
)
from annotator.storage.file.error_translation import damage_error, is_damage, translate_decode_errors, translate_errors
from annotator.storage.file.fast_sql import insert
from annotator.storage.file.snapshot import OnProgress, temporary_copy
from annotator.storage.file.watcher import ExternalChangeWatcher
from annotator.storage.log.log import Log
from annotator.storage.outbox import BLIND, Outbox, Receiver
from annotator.storage.queries.contributions import Contributions
from annotator.storage.queries.decided_names import DecidedName, decided_names
from annotator.storage.queries.filtered_documents import FilteredDocuments
from annotator.storage.queries.gold import Gold
from annotator.storage.queries.label_checks import LabelChecks
from annotator.storage.queries.label_occurrences import LabelOccurrences
from annotator.storage.queries.note_index import NoteIndex
from annotator.storage.queries.search_index import SearchIndex
from annotator.storage.queries.suggestion_decisions import SuggestionDecisions
from annotator.storage.queries.team_work import TeamWork
from annotator.storage.recovery.backup import back_up_automatically, newest_edit
from annotator.storage.recovery.integrity import DAMAGE_ERRORS, Finding, find_damage
from annotator.storage.recovery.repair import RepairReport, repair
from annotator.storage.replica import Replica
from annotator.storage.rows import Row
from annotator.storage.tables.annotators import Annotators
from annotator.storage.tables.assignments import Assignments
from annotator.storage.tables.document_metrics import DocumentMetricsTable
from annotator.storage.tables.documents import Documents
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removals import Removals
from annotator.storage.tables.suggestions import Suggestions
from annotator.storage.tables.tagsets import tagset_from_json, tagset_to_json
from annotator.storage.tables.team import FOUNDER, HOLDER, Holder, Team
from annotator.storage.tables.time_spent import TimeSpent

LOCK_TIMEOUT = 5.0
"""Seconds to wait for another program that is writing."""

_ID = re.compile("[0-9a-f]{32}")
"""What uuid4().hex gives. The id names folders, so a file from elsewhere must not bring any other text."""


class Project:
    """An open project file. Use it in the thread that opened it; another thread opens its own.

    path: where the file is
    id: a random name that all copies of the project share
    tagset, labels: the tagset as it is now, and the ids that its labels have in the log
    documents, annotators, log, suggestions, time_spent: the tables
    team, assignments: roles, what annotators may see, and who is to label which documents
    metrics: what documents are sorted by
    decisions: verdicts on suggestions, as evidence of how reliable suggesters are
    contributions: who worked on which documents
    gold: what adjudicators settled
    team_work: who is how far, and how fast
    filtered_documents, search_index, note_index, label_occurrences: queries over all documents
    label_checks: what a check of labels reads, what was found right in one, and the rules
    removals: erases the text of removed documents
    replica: what a merge reads and writes
    outbox: what this copy has to send to the carrier that the copies share
    """

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection
        self._kept = ExitStack()
        self.path = connection.path
        with connection.reading() as db, translate_decode_errors(self.path):
            meta = {row["name"]: row["value"] for row in db.table("meta").rows}
        if not meta.keys() >= {"id", "tagset"}:
            raise ProjectError(
                "{path} is damaged: its project ID or its tagset is missing. Open a backup.", path=self.path
            )
        if not _ID.fullmatch(str(meta["id"])):
            raise ProjectError(
                "{path} is damaged: its project ID is invalid. Open a backup.",
                path=self.path,
            )
        self.id = meta["id"]
        with translate_decode_errors(self.path):
            base = tagset_from_json(meta["tagset"], f"the tagset in {self.path}")
        self.labels = Labels(connection, base)
        self.documents = Documents(connection, self.labels)
        self.annotators = Annotators(connection)
        self.team = Team(connection)
        self.assignments = Assignments(connection)
        self.log = Log(connection, self.labels)
        self.suggestions = Suggestions(connection, self.labels)
        self.decisions = SuggestionDecisions(connection, self.labels)
        self.metrics = DocumentMetricsTable(connection, self.labels)
        self.filtered_documents = FilteredDocuments(connection, self.labels)
        self.search_index = SearchIndex(connection, self.labels)
        self.contributions = Contributions(connection, self.labels)
        self.gold = Gold(connection, self.labels, self.log, self.contributions)
        self.team_work = TeamWork(connection, self.labels)
        self.time_spent = TimeSpent(connection)
        self.note_index = NoteIndex(connection, self.labels)
        self.label_checks = LabelChecks(connection, self.labels)
        self.label_occurrences = LabelOccurrences(connection, self.labels)
        self.removals = Removals(connection)
        self.replica = Replica(connection, self.id, self.labels, self.log)
        self.outbox = Outbox(connection)

    @property
    def tagset(self) -> Tagset:
        """Return the tagset as it was when labels was last read."""
        return self.labels.tagset

    @classmethod
    def create(cls, path: str | Path, tagset: Tagset, *, founder: Annotator | None = None) -> Self:
        """Create a project file with a tagset and open it. founder is the annotator who makes it, and its first lead.

        Without a founder the author of the first edit is the first lead. Raises ProjectError if the path exists, or
        if its folder is missing or cannot be written.
        """
        meta = {"id": uuid.uuid4().hex, "tagset": tagset_to_json(tagset)}
        people: list[Row] = []
        if founder is not None:
            meta[FOUNDER] = founder.id
            people = [{"id": founder.id, "name": founder.name, "stamp": Clock().new()}]
        create_file(Path(path), meta, lambda db: insert(db, "annotators", people, key=["id"]))
        return cls.open(path)

    @classmethod
    def create_copy(cls, path: str | Path, source: Project, holder: str, *, blind: bool = False) -> Self:
        """Create a copy of another project with its id, first tagset and founder only, and open it; a merge fills it.

        holder is the id of the annotator who is to work in it. Set blind if the copy must not receive the work of
        others from a shared folder. Raises ProjectError as create() does.
        """
        facts = {**source.team.copied_facts(), HOLDER: Holder(holder).to_json()} | ({BLIND: holder} if blind else {})
        create_file(Path(path), facts)
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path, timeout: float = LOCK_TIMEOUT) -> Self:
        """Open a project file, and migrate it if an older version wrote it. timeout is the wait for a lock, in seconds.

        Raises ProjectError if the file is missing, damaged, locked, read-only, of a newer version or not a project.
        """
        file = Path(path)

        def back_up() -> None:
            """Keep the file as the older version wrote it. A failure is ignored, as a migration is one transaction."""
            with suppress(UserError):
                back_up_automatically(file)

        return cls._from(ProjectConnection(file, timeout, find_damage, before_upgrade=back_up))

    @classmethod
    def open_to_read(cls, path: str | Path, timeout: float = LOCK_TIMEOUT, *, refuse_writing: bool = False) -> Self:
        """Open a project file for reading; open a temporary copy if the file or its folder cannot be written.

        The copy is as the file is now, and is deleted when the project is closed. If refuse_writing is set, writing to
        the copy raises ProjectError. Raises as open() does.
        """
        file = Path(path)
        refuse_non_projects(file)
        if is_writable(file):
            return cls.open(file, timeout)
        with ExitStack() as kept:
            copy = kept.enter_context(temporary_copy(file, timeout))
            project = cls._from(ProjectConnection(copy, timeout, find_damage, file, read_only=refuse_writing))
            project._kept = kept.pop_all()
        return project

    @property
    def is_read_only(self) -> bool:
        """Return True if nothing can be written. What is read is then a copy, which may be older than the file."""
        return self._connection.read_only

    @classmethod
    @contextmanager
    def snapshot(
        cls, path: str | Path, timeout: float = LOCK_TIMEOUT, *, on_progress: OnProgress = lambda: None
    ) -> Iterator[Self]:
        """Open a temporary copy of a project file for the block.

        The file is not changed, not even if an older version wrote it. on_progress is called regularly while the file
        is copied; an exception that it raises stops the copying. Raises as open() does.
        """
        with (
            temporary_copy(Path(path), timeout, on_progress=on_progress) as copy,
            cls._from(ProjectConnection(copy, timeout, find_damage, Path(path))) as project,
        ):
            yield project

    @staticmethod
    def check(
        path: str | Path, timeout: float = LOCK_TIMEOUT, *, on_progress: OnProgress = lambda: None
    ) -> list[Finding]:
        """Return the damage found in a project file; an empty list for an intact file.

        The file is not changed, and may be one that open() refuses. on_progress is called regularly; an exception that
        it raises stops the check. Raises ProjectError if the file cannot be read or is not a project.
        """
        path = Path(path)
        with (
            temporary_copy(path, timeout, on_progress=on_progress) as copy,
            translate_errors(path),
            closing(connect(copy, timeout)) as connection,
        ):
            db = Database(connection, execute_plugins=False)
            try:
                refuse_foreign_application(db, path)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                if isinstance(error, sqlite3.Error) and not is_damage(error):
                    raise
            return find_damage(db, on_progress)

    @staticmethod
    def repair(path: str | Path, out: str | Path, timeout: float = LOCK_TIMEOUT) -> RepairReport:
        """Rebuild a damaged project in the new file out, and report what was saved; see storage.recovery.repair."""
        return repair(Path(path), Path(out), timeout)

    @classmethod
    def _from(cls, connection: ProjectConnection) -> Self:
        try:
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all changes of the block in one transaction. Other writers wait for it, so keep it short."""
        try:
            with self._connection.transaction():
                yield
        except BaseException:
            # The block may have read a tagset that it wrote, and that was rolled back.
            with suppress(ProjectError):
                self.labels.refresh()
            raise

    def bulk_writing(self) -> AbstractContextManager[None]:
        """Prepare the connection for a block with many large transactions, such as an import."""
        return self._connection.bulk_writing()

    def read_transaction(self, *, is_checked: bool = False) -> AbstractContextManager[None]:
        """Read the same state of the project throughout the block. Writing in the block raises RuntimeError.

        Set is_checked if refuse_damage() was called just before, so that the block need not check the file again.
        """
        return self._connection.read_transaction(is_checked=is_checked)

    def watch(self) -> ExternalChangeWatcher:
        """Return a watcher for changes that other windows and programs make from now on."""
        return ExternalChangeWatcher(self._connection)

    def receiver(self, source: ChangesetSource) -> Receiver:
        """Return the project as the target of a merge of a changeset that its carrier brought."""
        return Receiver(self._connection, self.id, self.labels, self.log, source)

    def decided_names(self) -> list[DecidedName]:
        """Return the names that annotators confirmed or rejected in any document, with counts."""
        return decided_names(self._connection, self.labels)

    def integrity(self, on_progress: OnProgress = lambda: None) -> list[Finding]:
        """Return the damage found in the file, reading all of it; an empty list for an intact file.

        on_progress is called regularly; an exception that it raises stops the check.
        """
        with self._connection.reading() as db:
            return find_damage(db, on_progress)

    def refuse_damage(self, on_progress: OnProgress = lambda: None) -> None:
        """Raise ProjectError if the file is damaged. Reads all of it.

        Within read_transaction() only the first call does. on_progress is as for integrity().
        """
        if self._connection.is_checked:
            return
        if self.integrity(on_progress):
            raise damage_error(self.path)
        self._connection.is_checked = self._connection.in_read_transaction

    def newer_backup(self) -> Backup | None:
        """Return the newest backup if it has edits that the file lacks.

        Edits are never deleted, so the file is then an older version, which a program that synchronises folders may
        have put there. Nothing in the file itself shows that.
        """
        newest = newest_backup(self.path)
        edit = newest_edit(newest.path, self.id) if newest else None
        if edit is None:
            return None
        with self._connection.reading() as db:
            is_here = db.execute("select 1 from edits where id = ?", [edit]).fetchone()
        return None if is_here else newest

    def _is_damaged(self) -> bool:
        try:
            return bool(find_damage(self._connection.db))
        except sqlite3.Error:
            return False

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        with translate_errors(self.path), self._kept:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file. If an error in the block comes from damage of the file, raise ProjectError instead."""
        try:
            if isinstance(error, DAMAGE_ERRORS) and self._is_damaged():
                raise damage_error(self.path) from error
        finally:
            self.close()
