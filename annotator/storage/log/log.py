"""Append-only log of edits, and the tables computed from it.

Example: one edit labels 4-10 as LOC, a later one as ORG. The log keeps both; the table of annotations holds ORG.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from itertools import groupby, islice

from sqlite_utils import Database

from annotator.domain.model.annotation import Annotation, Origin
from annotator.domain.model.edit import (
    Address,
    CellKind,
    Change,
    Edit,
    EditKind,
    NoteValue,
    StatusValue,
    StoredEdit,
    Value,
    VerdictValue,
)
from annotator.domain.model.notes import Note, is_doubtful, note_text
from annotator.domain.model.span import Span
from annotator.storage.file.clock import wall_ms
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import damage_error, translate_decode_errors
from annotator.storage.file.fast_sql import select
from annotator.storage.log.cells import (
    read_cells,
    read_state,
    with_current_values,
    with_current_values_of_many,
    with_merged_notes,
    write_cells,
)
from annotator.storage.log.replay import insert_edits, replay, store_edits
from annotator.storage.rows import CELL_TABLES, NOTES, STATUSES, VERDICTS, Row, edit_from_row, edit_to_row, to_json
from annotator.storage.tables.labels import Labels, with_current_labels, with_stored_labels

IN_FORCE = "coalesce((select r.kind from edits r where r.reverts = e.id order by r.id desc limit 1), 'redo') <> 'undo'"
"""A SQL condition on an edit e: it is in force unless the newest undo or redo of it is an undo."""


class UndoScope(StrEnum):
    """Which edits an undo or redo acts on: those that settled something, or all others but changes of roles.

    Adjudication and labelling have separate undo. Otherwise Ctrl+Z on the page of adjudication could take back a label
    of the adjudicator's own first pass, which is not visible there. A role is changed back where it was given: Ctrl+Z
    in an article must not take it back unseen.
    """

    LABELLING = "e.kind not in ('settle', 'team')"
    ADJUDICATION = "e.kind = 'settle'"


_UNDOABLE = """
    select * from edits e where annotator = ? and reverts is null and {scope} and {in_force} order by id desc limit 1
"""
# Redo takes back the newest undo in force, unless the annotator made a new edit after it.
_REDOABLE = """
    select o.* from edits u join edits o on o.id = u.reverts
    where u.annotator = ? and u.kind = 'undo' and {undone}
      and u.id > coalesce(
        (
            select id from edits e where annotator = u.annotator and reverts is null and {scope}
            order by id desc limit 1
        ), ''
      )
      and not exists (select 1 from edits later where later.reverts = u.reverts and later.id > u.id)
    order by u.id desc limit 1
"""
_LAST_REVERT = "select * from edits where reverts = ? order by id desc limit 1"

_COUNT_UNION = """
    insert into meta (name, value) values ('unions', '1')
    on conflict (name) do update set value = cast(cast(value as integer) + 1 as text)
"""
"""Counts unions. After one, counts that were updated edit by edit must start again: "before" in an edit from another
copy is what a cell held there.
"""
_stored_edit: Callable[[Iterable[object]], StoredEdit] = partial(tuple.__new__, StoredEdit)
"""Makes a StoredEdit from a row, as StoredEdit._make() does, but in C: a merge makes one for each edit of a copy."""
_CHUNK = 500
_STORED_CHUNK = 1000


class EditConflictError(Exception):
    """An edit of another file differs from the edit with the same id in this log. The message is the id."""


class Log:
    """The edits of a project in the order of their ids, and the state tables that follow from them.

    Stored edits name labels by their first ids; the values returned here name them by their current ids.
    """

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def new_id(self) -> str:
        """Return a UUIDv7 that is greater than every id in the log."""
        with self._connection.reading() as db:
            self._connection.observe(db.execute("select max(id) from edits").fetchone()[0])
            return self._connection.clock.new()

    def append(self, edit: Edit) -> Change:
        """Write an edit and its cells in one transaction. When this returns, they are on the disk.

        The Change returned holds the edit as it was stored, but with the labels' current ids: with the time, with
        "before" as the cells held it, and with a new id if another process has appended a greater one. The edit given
        may name labels by any of their ids. Raises ProjectError, and sqlite3.IntegrityError for an unknown document or
        annotator.
        """
        with self._connection.transaction() as db:
            latest = self.latest_id()
            if latest and edit.id <= latest:
                edit = replace(edit, id=self.new_id())
            edit = replace(with_current_values(db, self._in_log(db, edit)), time=wall_ms())
            store_edits(db, [edit])
            write_cells(db, edit.annotator, edit.writes)
        self._connection.latest_edit = edit
        change = Change(edit)
        if change.alters_tagset:
            self._labels.refresh()
        return Change(with_current_labels(edit, self._labels.ids))

    def append_many(self, edits: Sequence[Edit]) -> None:
        """Write edits in order in one transaction, as append() does, with few statements. Each gets a new id.

        Two edits must not write notes on the same suggestion: the notes that are read as one with a note are looked up
        before any is written. Raises ValueError for a change of the tagset or the team, and
        else as append().
        """
        if {w.cell for edit in edits for w in edit.writes} & {CellKind.TAGSET, CellKind.TEAM}:
            raise ValueError("changes of the tagset and the team are appended one at a time")
        with self._connection.transaction() as db:
            self._connection.observe(self.latest_id())
            new, now = self._connection.clock.new, wall_ms()
            dated = [replace(self._in_log(db, edit), id=new(), time=now) for edit in edits]
            for annotator, group in groupby(dated, key=lambda edit: edit.annotator):
                theirs = with_current_values_of_many(db, annotator, group)
                store_edits(db, theirs)
                write_cells(db, annotator, (write for edit in theirs for write in edit.writes))

    def _in_log(self, db: Database, edit: Edit) -> Edit:
        """Return an edit as the log stores it: with first ids of labels, and with the notes that it also empties."""
        return with_merged_notes(db, with_stored_labels(edit, self._labels.ids), self._labels.ids)

    @property
    def latest(self) -> Edit | None:
        """Return the edit that was appended last through this connection, as it was stored."""
        return self._connection.latest_edit

    def set_latest(self, edit: Edit) -> None:
        """Remember an edit that another connection has just appended, so that it need not be read back."""
        self._connection.latest_edit = edit

    def latest_id(self) -> str | None:
        """Return the greatest id in the log, or None if it is empty."""
        with self._connection.reading() as db:
            latest: str | None = db.execute("select max(id) from edits").fetchone()[0]
            return latest

    def edits(self) -> Iterator[Edit]:
        """Yield every edit in the order of ids. Writing in between is allowed."""
        last = ""
        while True:
            # Read in chunks: an open cursor would hold a read snapshot, in which nothing can be written.
            with self._connection.reading() as db:
                rows = list(db.table("edits").rows_where("id > ?", [last], order_by="id", limit=_CHUNK))
            if not rows:
                return
            yield from self._read(rows)
            last = rows[-1]["id"]

    def stored(self) -> Iterator[list[StoredEdit]]:
        """Yield every edit in the order of ids without decoding it, up to 1,000 at a time."""
        query = f"select {', '.join(StoredEdit._fields)} from edits where id > ? order by id limit ?"  # noqa: S608
        last = ""
        while True:
            with self._connection.reading() as db:
                rows = list(map(_stored_edit, db.execute(query, [last, _STORED_CHUNK])))
            if not rows:
                return
            yield rows
            last = rows[-1].id

    def missing_edits(self, stored: Sequence[StoredEdit]) -> list[StoredEdit]:
        """Return those of some edits of another file that this log does not have.

        Raises EditConflictError if the log has an edit with the same id and other content.
        """
        at = "id in (select value from json_each(?)) order by id"
        query = f"select {', '.join(StoredEdit._fields)} from edits where {at}"  # noqa: S608
        with self._connection.reading() as db:
            found = db.execute(query, [to_json([edit.id for edit in stored])]).fetchall()
        if found == list(stored):
            # Most merges bring little that is new. This comparison of whole rows is in C.
            return []
        held = {row[0]: row for row in found}
        for other in stored:
            row = held.get(other.id, other)
            if row != other and not _is_same(StoredEdit(*row), other):
                raise EditConflictError(other.id)
        return [edit for edit in stored if edit.id not in held]

    def read(self, stored: Iterable[StoredEdit]) -> list[Edit]:
        """Return stored edits of this file decoded. Raises ProjectError, naming this file, for a damaged one."""
        return self._read(edit._asdict() for edit in stored)

    def _read(self, rows: Iterable[Row]) -> list[Edit]:
        with translate_decode_errors(self._connection.path):
            return list(map(self._connection.edit, rows))

    def undoable(self, annotator_id: str, scope: UndoScope = UndoScope.LABELLING) -> Edit | None:
        """Return the annotator's newest edit that is in force, in any document, or None.

        Its writes are those that it made, or those of its redo if it was undone in between.
        """
        return self._find(_undoable(scope), annotator_id)

    def undoable_length(self, annotator_id: str, scope: UndoScope = UndoScope.LABELLING) -> int:
        """Return the length of the writes of undoable() as JSON, in characters; 0 if there is none."""
        return self._length(_undoable(scope), annotator_id)

    def redoable_length(self, annotator_id: str, scope: UndoScope = UndoScope.LABELLING) -> int:
        """Return the length of the writes of redoable() as JSON, in characters; 0 if there is none."""
        return self._length(_redoable(scope), annotator_id)

    def _length(self, query: str, annotator_id: str) -> int:
        with self._connection.reading() as db:
            found = db.execute(f"select length(payload) from ({query})", [annotator_id]).fetchone()  # noqa: S608
        return int(found[0]) if found else 0

    def redoable(self, annotator_id: str, scope: UndoScope = UndoScope.LABELLING) -> Edit | None:
        """Return the edit that the annotator's last undo took back, or None if there was a new edit since.

        Its writes restore what the undo removed. After a merge this may differ from what the edit once wrote.
        """
        return self._find(_redoable(scope), annotator_id)

    def _find(self, query: str, annotator_id: str) -> Edit | None:
        """Return the edit that a query finds for an annotator, with the writes of its latest undo or redo."""
        with self._connection.reading() as db:
            row = next(db.query(query, [annotator_id]), None)
            last = next(db.query(_LAST_REVERT, [row["id"]]), None) if row else None
        if row is None:
            return None
        edit, *again = self._read([row, last] if last else [row])
        for done in again:
            edit = replace(edit, writes=done.writes if done.kind is EditKind.REDO else done.inverse())
        return edit

    def annotations(self, document_id: str, annotator_id: str | None = None) -> list[Annotation]:
        """Return the annotations in a document by start, longest first; of all annotators if annotator_id is None."""
        return self.annotations_of_many([document_id], annotator_id)[document_id]

    def annotations_of_many(
        self, document_ids: Sequence[str], annotator_id: str | None = None
    ) -> dict[str, list[Annotation]]:
        """Return annotations() for each of several documents."""
        where, args = _whose(document_ids, annotator_id)
        query = f"""
            select document, key, start, "end", label, annotator, origin from spans
            where {where} order by document, start, "end" desc, key
        """  # noqa: S608
        found: dict[str, list[Annotation]] = {document: [] for document in document_ids}
        now = self._labels.ids.present.get
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            for document, key, start, end, label, annotator, origin in db.execute(query, args):
                span = Span(start, end)
                found[document].append(Annotation(key, span, now(label, label), annotator, Origin.parse(origin)))
        return found

    def notes(self, document_id: str, annotator_id: str | None = None) -> list[Note]:
        """Return the notes on a document and in it, by annotator and key; of all annotators if annotator_id is None."""
        return self.notes_of_many([document_id], annotator_id)[document_id]

    def notes_of_many(self, document_ids: Sequence[str], annotator_id: str | None = None) -> dict[str, list[Note]]:
        """Return notes() for each of several documents."""
        where, args = _whose(document_ids, annotator_id)
        cells: dict[tuple[str, str], dict[str, NoteValue]] = {}
        with self._connection.reading() as db:
            for row in select(db, f"select * from notes where {where} order by document, annotator, key", args):  # noqa: S608
                held = cells.setdefault((row["document"], row["annotator"]), {})
                held[row["key"]] = NOTES.value(row)
        found: dict[str, list[Note]] = {document: [] for document in document_ids}
        for (document, annotator), notes in cells.items():
            found[document] += [
                Note(annotator, key, note_text(value), is_doubtful(value))
                for key, value in sorted(self._labels.current_notes(notes).items())
            ]
        return found

    def verdicts(self, document_id: str, annotator_id: str) -> dict[str, VerdictValue]:
        """Return an annotator's verdicts in a document, by Suggestion.key."""
        with self._connection.reading() as db:
            return self._labels.current_verdicts(read_cells(db, VERDICTS, document_id, annotator_id))

    def note_values(self, document_id: str, annotator_id: str) -> dict[str, NoteValue]:
        """Return an annotator's notes on a document and in it, by key."""
        with self._connection.reading() as db:
            return self._labels.current_notes(read_cells(db, NOTES, document_id, annotator_id))

    def status(self, document_id: str, annotator_id: str) -> StatusValue | None:
        """Return the status that an annotator gave a document, or None."""
        with self._connection.reading() as db:
            return read_cells(db, STATUSES, document_id, annotator_id).get("")

    def is_done(self, document_id: str, annotator_id: str) -> bool:
        """Return True if the annotator marked the document as done."""
        status = self.status(document_id, annotator_id)
        return status is not None and status["status"] == "done"

    def state(self) -> dict[Address, Value]:
        """Return all cells of the state tables. They equal fold(self.edits())."""
        with self._connection.reading() as db:
            return read_state(db)

    def rebuild(self) -> None:
        """Compute the state tables from the log again, in one transaction.

        Raises ProjectError if the log is damaged.
        """
        with self._connection.transaction() as db:
            try:
                replay(db, self.edits())
            except sqlite3.IntegrityError as e:
                raise damage_error(self._connection.path) from e
            self._labels.refresh()

    def union(self, edits: Iterable[Edit]) -> int:
        """Add the edits that the log does not have, update the cells that they write, and return how many were added.

        This is one transaction. The documents and annotators of the edits must be in the project. Raises
        EditConflictError, and adds none, if an edit differs from the one with the same id here: edits never change, so
        one of the files is damaged.
        """
        added, coming, alters_tagset = 0, iter(edits), False
        with self._connection.transaction() as db:
            while chunk := {edit.id: edit for edit in islice(coming, _CHUNK)}:
                stored = [StoredEdit(**edit_to_row(edit)) for edit in chunk.values()]
                new = [chunk[edit.id] for edit in self.missing_edits(stored)]
                with translate_decode_errors(self._connection.path):
                    insert_edits(db, new)
                added += len(new)
                alters_tagset |= any(Change(edit).alters_tagset for edit in new)
            if added:
                db.execute(_COUNT_UNION)
        if alters_tagset:
            self._labels.refresh()
        return added

    def counts(self) -> dict[str, int]:
        """Return the number of rows of the log and of each state table, by table name."""
        with self._connection.reading() as db:
            return {name: db.table(name).count for name in ("edits", *(table.name for table in CELL_TABLES.values()))}


def _undoable(scope: UndoScope) -> str:
    return _UNDOABLE.format(scope=scope.value, in_force=IN_FORCE)


def _redoable(scope: UndoScope) -> str:
    return _REDOABLE.format(scope=scope.value, undone=scope.value.replace("e.", "o."))


def _is_same(one: StoredEdit, other: StoredEdit) -> bool:
    """Return True if two rows are the same edit, which versions of the program may write differently as JSON."""
    try:
        return edit_from_row(one._asdict()) == edit_from_row(other._asdict())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def _whose(document_ids: Sequence[str], annotator_id: str | None) -> tuple[str, list[str]]:
    """Return a SQL condition for the rows of an annotator (None for all) in some documents, and its arguments."""
    where, args = "document in (select value from json_each(?))", [to_json(list(document_ids))]
    return (where, args) if annotator_id is None else (f"{where} and annotator = ?", [*args, annotator_id])
