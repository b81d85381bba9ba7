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

from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ProjectError, UserError
from annotator.storage.file.connection import (
    ProjectConnection,
    connect,
    create_file,
    is_writable,
    refuse_foreign_application,
    refuse_non_projects,
)
from annotator.storage.file.errors import damage_error, is_damage, translate_decode_errors, translate_errors
from annotator.storage.file.snapshot import temporary_copy
from annotator.storage.file.watcher import ExternalChangeWatcher
from annotator.storage.log.log import Log
from annotator.storage.queries.contributions import Contributions
from annotator.storage.queries.decided_names import DecidedName, decided_names
from annotator.storage.queries.filtered_documents import FilteredDocuments
from annotator.storage.queries.label_occurrences import LabelOccurrences
from annotator.storage.queries.note_index import NoteIndex
from annotator.storage.queries.search_index import SearchIndex
from annotator.storage.queries.suggestion_decisions import SuggestionDecisions
from annotator.storage.recovery.backup import back_up_automatically
from annotator.storage.recovery.integrity import DAMAGE_ERRORS, Finding, OnProgress, find_damage
from annotator.storage.recovery.repair import RepairReport, repair
from annotator.storage.replica import Replica
from annotator.storage.tables.annotators import Annotators
from annotator.storage.tables.document_metrics import DocumentMetrics
from annotator.storage.tables.documents import Documents
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removals import Removals
from annotator.storage.tables.suggestions import Suggestions
from annotator.storage.tables.tagsets import tagset_from_json, tagset_to_json
from annotator.storage.tables.time_spent import TimeSpent

LOCK_TIMEOUT = 5.0
"""Seconds to wait for another program that is writing."""

_ID = re.compile("[0-9a-f]{32}")
"""What uuid4().hex gives. The id names folders, so a file from elsewhere must not bring any other text."""


class Project:
    """An open project file, used by the thread that opened it; another thread opens its own.

    path: where the file is. id: a random name that all copies share. labels: the tagset, and what ids in the log mean;
    uses, where each stands.
    documents, annotators, log and suggestions are its four parts; replica gives them to a merge. judgements reads what
    the decisions say about suggesters; numbers keeps what documents are ordered by; search knows
    which documents may hold a text; shares, who worked on which; removals erases removed documents.
    """

    def __init__(self, connection: ProjectConnection) -> None:
        """Read the project's own facts from an open store; use Project.open or Project.create."""
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
        self.log = Log(connection, self.labels)
        self.suggestions = Suggestions(connection, self.labels)
        self.decisions = SuggestionDecisions(connection, self.labels)
        self.metrics = DocumentMetrics(connection, self.labels)
        self.filtered_documents = FilteredDocuments(connection, self.labels)
        self.search_index = SearchIndex(connection, self.labels)
        self.contributions = Contributions(connection, self.labels)
        self.time_spent = TimeSpent(connection)
        self.note_index = NoteIndex(connection, self.labels)
        self.label_occurrences = LabelOccurrences(connection, self.labels)
        self.removals = Removals(connection)
        self.replica = Replica(connection, self.id, self.labels, self.log)

    @property
    def tagset(self) -> Tagset:
        """Return the agreed labels, as they stood when labels were last read."""
        return self.labels.tagset

    @classmethod
    def create(cls, path: str | Path, tagset: Tagset) -> Self:
        """Make a new project file with a tagset and open it.

        Raises ProjectError where something is there already or the folder cannot be written.
        """
        create_file(Path(path), {"id": uuid.uuid4().hex, "tagset": tagset_to_json(tagset)})
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path, timeout: float = LOCK_TIMEOUT) -> Self:
        """Open a project file, bringing an older one up to date; timeout in seconds is the wait for a lock.

        Raises ProjectError, in one sentence, where the file is missing, no project, from a newer version of
        the program, damaged, locked or cannot be written.
        """
        file = Path(path)

        def back_up() -> None:
            """Keep the file as the earlier version wrote it; without a backup the upgrade is whole or not done, too."""
            with suppress(UserError):
                back_up_automatically(file)

        return cls._from(ProjectConnection(file, timeout, find_damage, before_upgrade=back_up))

    @classmethod
    def open_to_read(cls, path: str | Path, timeout: float = LOCK_TIMEOUT, *, refuse_writing: bool = False) -> Self:
        """Open a project file to look at it; if the file or its folder cannot be written, a copy of it is opened.

        The copy is as the file is now, and goes when it is closed. refuse_writing has every attempt to write into the
        copy raise a ProjectError. Raises as open() does.
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
        """Return whether nothing can be written; what is shown may be older than the file then."""
        return self._connection.read_only

    @classmethod
    @contextmanager
    def snapshot(
        cls, path: str | Path, timeout: float = LOCK_TIMEOUT, *, on_progress: OnProgress = lambda: None
    ) -> Iterator[Self]:
        """Open a copy, as it is now, of a project file that is only to be read; the copy goes with the block.

        The file is not altered, not even where it is from an older version of the program. step is called now and then
        while it is copied; an exception that it raises stops the copying. Raises as open() does.
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
        """Return what is wrong with a project file as it is now; an empty list for a sound file.

        The file is not altered, and need not be one that open() can open. tick is called often; an exception that it
        raises ends the check. Raises ProjectError if the file cannot be read, or is no project of this program.
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
        """Rebuild a damaged project in a new file, out, and return what was saved; see storage.recovery.repair."""
        return repair(Path(path), Path(out), timeout)

    @classmethod
    def _from(cls, connection: ProjectConnection) -> Self:
        """Return the project of an open store, which is closed where it holds none."""
        try:
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writing in the block one transaction; other writers wait meanwhile, so keep it short."""
        try:
            with self._connection.transaction():
                yield
        except BaseException:
            # What was read of the tagset within the block is gone with it.
            with suppress(ProjectError):
                self.labels.refresh()
            raise

    def read_transaction(self, *, is_checked: bool = False) -> AbstractContextManager[None]:
        """Have all that is read in a block be as it was at its beginning; nothing can be written in it.

        is_checked says that refuse_damage() was called just before, and need not look again in the block.
        """
        return self._connection.read_transaction(is_checked=is_checked)

    def watch(self) -> ExternalChangeWatcher:
        """Return what watches for other windows and programs at the file, from now on."""
        return ExternalChangeWatcher(self._connection)

    def decided_names(self) -> list[DecidedName]:
        """Return every name that was confirmed or refused anywhere in the project, with how often."""
        return decided_names(self._connection, self.labels)

    def integrity(self, on_progress: OnProgress = lambda: None) -> list[Finding]:
        """Return what is wrong with the file, reading all of it; an empty list for a sound file.

        tick is called often; an exception that it raises ends the check.
        """
        with self._connection.reading() as db:
            return find_damage(db, on_progress)

    def refuse_damage(self, on_progress: OnProgress = lambda: None) -> None:
        """Raise ProjectError if the file is damaged, before anything is made from it; reads all of it.

        Within read_transaction() only the first call does. tick is as for integrity().
        """
        if self._connection.is_checked:
            return
        if self.integrity(on_progress):
            raise damage_error(self.path)
        self._connection.is_checked = self._connection.in_read_transaction

    def _is_damaged(self) -> bool:
        """Return whether something is wrong with the file, as far as it can be read."""
        try:
            return bool(find_damage(self._connection.db))
        except sqlite3.Error:
            return False

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with translate_errors(self.path), self._kept:
            self._connection.close()

    def __enter__(self) -> Self:
        """Return the project itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; where it turns out to be damaged, tell that instead of what came of it, as ProjectError."""
        try:
            if isinstance(error, DAMAGE_ERRORS) and self._is_damaged():
                raise damage_error(self.path) from error
        finally:
            self.close()
