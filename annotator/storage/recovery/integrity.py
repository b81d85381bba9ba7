"""Check that a project file holds what was written to it: pages, indexes, schema, documents, log, state and checksums.

SQLite finds a damaged page, or an index that differs from its table. It does not find changed bytes in a text, or state
tables that differ from the log. Everything is read in one transaction, so the result is about one moment.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlite_utils import Database
from sqlite_utils.db import PrimaryKeyRequired

from annotator.domain.model.edit import SHARED, CellKind, EditKind
from annotator.domain.plurals import pluralise
from annotator.storage.file.checksums import COLUMNS, checksum, total
from annotator.storage.file.error_translation import is_damage
from annotator.storage.file.label_ids import present_label_ids
from annotator.storage.file.migrations import migrations, name_in_file
from annotator.storage.file.revision import is_last_revision
from annotator.storage.file.schema import foreign_parts
from annotator.storage.file.snapshot import OnProgress
from annotator.storage.log.replay import cell_names
from annotator.storage.rows import CELL_FIELDS, CELL_TABLES, LAST_MS, TABLES, document_from_row, to_json

DAMAGE_ERRORS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    sqlite3.Error,
    PrimaryKeyRequired,
)
"""Errors that using a value from a damaged file can raise. A bug can raise them, too."""

_MOST_MESSAGES = 100
_SHOWN = 3
_STEPS = 100
"""Rows between two calls of on_progress."""
_INSTRUCTIONS = 1_000_000
"""Instructions of SQLite's virtual machine between two calls: some milliseconds."""
_ALLOWED = {cell.value: fields for cell, fields in CELL_FIELDS.items()}
_KINDS = frozenset(kind.value for kind in EditKind)
_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index", "values differ from index")
"""SQLite's messages about an index that differs from its table."""

LOST_DOCUMENTS = "lost-documents"
"""Name in the meta table for a JSON array of the documents that a repair lost, while it saved edits about them."""

Row = TypeVar("Row")


class Part(StrEnum):
    """A part of the file that is checked."""

    PAGES = "pages"
    INDEXES = "indexes"
    SCHEMA = "schema"
    REFERENCES = "references"
    DOCUMENTS = "documents"
    LOG = "log"
    STATE = "state"
    CHECKSUMS = "checksums"


CHECKED = {
    Part.PAGES: "every page of the file, and the values that its rows hold",
    Part.INDEXES: "each index against its table",
    Part.SCHEMA: "tables, columns, indexes and triggers against those that the program makes",
    Part.REFERENCES: "references from one table to another",
    Part.DOCUMENTS: "the text of each article against its id",
    Part.LOG: "each edit in the log",
    Part.STATE: "labels, verdicts, notes and the tagset against the log",
    Part.CHECKSUMS: "articles, annotators, edits and the project's own facts against their checksums",
}
"""What is checked in each part."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Damage in one part of the file, as a sentence.

    documents are the ids of articles that are known to be affected.
    """

    part: Part
    sentence: str
    documents: tuple[str, ...] = ()


def find_damage(db: Database, on_progress: OnProgress = lambda: None) -> list[Finding]:
    """Return the damage found in a project file, reading all of it; an empty list for an intact file.

    Others can write meanwhile. A file of an older version is checked as it is. on_progress is called regularly; an
    exception that it raises stops the check. Raises sqlite3.Error if the file cannot be read for another reason than
    damage.
    """
    found: list[Finding] = []
    with _one_moment(db), _interruptible(db.conn, on_progress):
        for part, table, check in _CHECKS:
            try:
                if not _is_of_a_later_step(table, db):
                    found += check(db, on_progress)
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                found.append(Finding(part, f"The {part} cannot be read to the end: {error}."))
            except DAMAGE_ERRORS as error:
                if not found and not isinstance(error, UnicodeDecodeError):
                    raise
                # With damaged pages, values can be anything, so this is hardly a bug.
                found.append(Finding(part, f"The {part} cannot be read to the end."))
    return found


@contextmanager
def _one_moment(db: Database) -> Iterator[None]:
    """Read the same state of the file throughout the block."""
    if db.conn.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


@contextmanager
def _interruptible(connection: sqlite3.Connection, on_progress: OnProgress) -> Iterator[None]:
    """Call on_progress regularly while statements run in the block.

    An exception that it raises stops statement and block.
    """
    raised: list[BaseException] = []

    def go_on() -> int:
        try:
            on_progress()
        except BaseException as e:
            raised.append(e)
        return len(raised)

    connection.set_progress_handler(go_on, _INSTRUCTIONS)
    try:
        yield
    except sqlite3.Error as e:
        if raised:
            raise raised[0] from e
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _is_of_a_later_step(table: str, db: Database) -> bool:
    """Return True if a table is missing because a pending migration creates it."""
    return bool(table) and not db.table(name_in_file(db, table)).exists() and bool(migrations.pending(db))


def _check_pages(db: Database, _on_progress: OnProgress) -> Iterator[Finding]:
    db.execute("PRAGMA cell_size_check=on")
    said = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST_MESSAGES})")]
    if said == ["ok"]:
        return
    lines = [line for message in said for line in message.splitlines() if line and not line.startswith("***")]
    of_indexes = [line for line in lines if any(words in line for words in _INDEX)]
    others = [line for line in lines if line not in of_indexes]
    if others:
        yield Finding(Part.PAGES, f"The file has broken pages or values: {_examples(others)}.")
    if of_indexes:
        yield Finding(Part.INDEXES, f"An index is not that of its table: {_examples(of_indexes)}.")


def _check_schema(db: Database, _on_progress: OnProgress) -> Iterator[Finding]:
    parts = [f"{kind} {name}" for kind, name in foreign_parts(db)]
    if parts:
        yield Finding(Part.SCHEMA, f"Parts of the file are not as this program makes them: {_examples(parts)}.")


def _check_references(db: Database, _on_progress: OnProgress) -> Iterator[Finding]:
    """Look for rows that refer to a document, annotator or run that does not exist."""
    lost: dict[tuple[str, str], int] = {}
    rows = db.execute("select value from meta where name = ?", [LOST_DOCUMENTS]).fetchall()
    known = frozenset(json.loads(rows[0][0])) if rows else frozenset()
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        if parent in ("articles", "documents") and known:
            (document,) = db.execute(f'select document from "{table}" where rowid = ?', [row]).fetchone()  # noqa: S608
            if document in known:
                continue
        lost[table, parent] = lost.get((table, parent), 0) + 1
    for (table, parent), count in lost.items():
        yield Finding(Part.REFERENCES, f"{pluralise(count, 'row')} of {table} refer to {parent} that are not there.")


def _check_documents(db: Database, on_progress: OnProgress) -> Iterator[Finding]:
    """Compare the text of each document with its id, and read its other fields. An erased document must be empty."""
    erased = (
        {row[0] for row in db.execute("select document from erased_documents")}
        if _has(db, "erased_documents")
        else set()
    )
    cursor = db.execute(f"select * from {name_in_file(db, 'articles')}")  # noqa: S608
    names = [column[0] for column in cursor.description]
    changed = []
    for row in _with_progress(cursor, on_progress):
        values = dict(zip(names, row, strict=True))
        try:
            if len(document_from_row(values, is_erased=values["id"] in erased).text) != values["length"]:
                raise ValueError(values["length"])
        except DAMAGE_ERRORS:
            changed.append(str(values["id"]))
    if changed:
        said = f"{pluralise(len(changed), 'article')} cannot be read as imported: {_examples(changed)}."
        yield Finding(Part.DOCUMENTS, said, tuple(changed))


def _check_log(db: Database, on_progress: OnProgress) -> Iterator[Finding]:
    """Decode each edit, and compare the state tables with the fold of the log.

    For each cell only a hash of its value is held: some hundred bytes per cell instead of the values of a large log.
    """
    held: dict[int, int | None] = {}
    unread, writes = [], 0
    # In a file of an earlier version the trigger gives an import a row for each cell, as any other edit.
    is_older = any(trigger.name == "edits_write_cells" for trigger in db.triggers)
    query = "select id, annotator, document, kind, reverts, time, payload from edits order by id"
    for edit, annotator, _document, kind, _reverts, time, payload in _with_progress(db.execute(query), on_progress):
        try:
            if kind not in _KINDS or not 0 <= time < LAST_MS:
                raise ValueError(kind)
            written = json.loads(payload)
            for write in written:
                cell, before, after = write["cell"], write["before"], write["after"]
                if not (_fits(cell, before) and _fits(cell, after)):
                    raise ValueError(cell)
                if cell == CellKind.TEAM:
                    continue  # It has no table.
                address = _address(annotator, write["document"], cell, write["key"])
                held[address] = None if after is None else hash(_value(cell, after))
            names = cell_names("" if is_older else kind, ((w["document"], w["key"]) for w in written))
            writes += sum(hash((name, edit)) for name in names)
        except DAMAGE_ERRORS:
            unread.append(edit)
    if unread:
        yield Finding(Part.LOG, f"{pluralise(len(unread), 'edit')} in the log cannot be read: {_examples(unread)}.")
        return  # Without these edits the state that the tables should have is unknown.
    cells = {address: value for address, value in held.items() if value is not None}
    yield from _check_state(db, cells, on_progress)
    if db.table("label_ids").exists() and dict(db.execute("select stored, label from label_ids")) != present_label_ids(
        db
    ):
        yield Finding(Part.STATE, "The ids of labels in the log do not have the present ids that the tagset gives.")
    if db.table("cell_writes").exists():
        rows = _with_progress(db.execute("select cell, edit from cell_writes"), on_progress)
        if sum(hash((cell, edit)) for cell, edit in rows) != writes:
            yield Finding(Part.INDEXES, "The index of the edits that write each label, verdict or note is not theirs.")


def _check_checksums(db: Database, on_progress: OnProgress) -> Iterator[Finding]:
    """Compare rows with their checksums, and the sums of checksums with the stored sums."""
    kept = dict(db.execute("select part, total from checksum_totals"))
    if not is_last_revision(db):
        yield Finding(Part.CHECKSUMS, "Pages of different moments are in the file.")
    for table, columns in COLUMNS.items():
        key, listed = columns[0], ", ".join(f't."{column}"' for column in columns)
        name = name_in_file(db, TABLES.get(table, table))
        join = f"{name} t left join checksums c on c.part = '{table}' and c.id = t.{key}"
        cursor = db.execute(f"select c.checksum, {listed} from {join}")  # noqa: S608
        changed, added = [], 0
        for known, *values in _with_progress(cursor, on_progress):
            row = dict(zip(columns, values, strict=True))
            if known is not None:
                added += known
                if not matches_checksum(table, row, known):
                    changed.append(str(row[key]))
        lost = [
            str(row[0])
            for row in db.execute(
                f"select id from checksums where part = '{table}' and id not in (select {key} from {name})"  # noqa: S608
            )
        ]
        if changed:
            said = f"{pluralise(len(changed), 'row')} of {table} are not as they were written: {_examples(changed)}."
            yield Finding(Part.CHECKSUMS, said, tuple(changed) if table == "documents" else ())
        if lost:
            said = f"{pluralise(len(lost), 'row')} of {table} are missing: {_examples(lost)}."
            yield Finding(Part.CHECKSUMS, said, tuple(lost) if table == "documents" else ())
        if not lost and kept.get(table) != total([added]):
            yield Finding(Part.CHECKSUMS, f"The rows of {table} are not those that were written last.")


def matches_checksum(table: str, row: Mapping[str, object], known: int | None) -> bool:
    """Return True if a row has the known checksum, or if none is known."""
    if known is None:
        return True
    try:
        return checksum(table, row) == known
    except DAMAGE_ERRORS:
        return False


def _fits(cell: str, value: dict[str, object] | None) -> bool:
    return value is None or value.keys() <= _ALLOWED[cell]


def _address(annotator: str, document: str, cell: str, key: str) -> int:
    """Return the hash of a cell's address."""
    return hash(("" if cell in SHARED else annotator, document, cell, key))


def _check_state(db: Database, cells: dict[int, int], on_progress: OnProgress) -> Iterator[Finding]:
    """Compare the state tables with the cells of the log.

    cells maps the hash of an address to that of a value; it is emptied.
    """
    different = 0
    documents: set[str] = set()
    for annotator, document, cell, key, value in _with_progress(_state(db), on_progress):
        if cells.pop(_address(annotator, document, cell, key), None) != hash(value):
            different += 1
            documents.add(document)
    if not different and not cells:
        return
    for document, address in _with_progress(_written(db), on_progress) if cells else ():
        if address in cells:
            documents.add(document)
    named = sorted(map(str, documents - {""}))
    count = pluralise(different + len(cells), "label, verdict or note", "labels, verdicts and notes")
    where = f", in {pluralise(len(named), 'article')}: {_examples(named)}" if named else ""
    yield Finding(Part.STATE, f"{count} differ from the log{where}.", tuple(named))


def _state(db: Database) -> Iterator[tuple[str, str, str, str, tuple[object, ...]]]:
    """Yield the cells of the state tables: annotator, document, cell, key, and the fields of the value."""
    there = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    for table in CELL_TABLES.values():
        name = name_in_file(db, table.name)
        if name not in there:
            continue
        columns = ", ".join(f'"{field}"' for field in table.fields)
        query = f"select annotator, document, key, {columns} from {name}"  # noqa: S608
        for annotator, document, key, *value in db.execute(query):
            yield annotator, document, table.kind.value, key, tuple(value)
    if "tagset" in there:
        for key, value in db.execute("select key, value from tagset"):
            yield "", "", CellKind.TAGSET.value, key, (value,)


def _written(db: Database) -> Iterator[tuple[str, int]]:
    """Yield (document, hash of the address) for each write in the log."""
    for annotator, payload in db.execute("select annotator, payload from edits"):
        for write in json.loads(payload):
            yield write["document"], _address(annotator, write["document"], write["cell"], write["key"])


def _value(cell: str, value: Mapping[str, object]) -> tuple[object, ...]:
    """Return the value of a cell as its table has it."""
    return (to_json(value),) if cell == CellKind.TAGSET else CELL_TABLES[CellKind(cell)].columns(value)


def _has(db: Database, table: str) -> bool:
    return bool(db.table(table).exists())


def _with_progress(rows: Iterable[Row], on_progress: OnProgress) -> Iterator[Row]:
    """Yield rows, and call on_progress regularly."""
    for number, row in enumerate(rows):
        if not number % _STEPS:
            on_progress()
        yield row


def _examples(found: Sequence[str]) -> str:
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more


_CHECKS = (
    (Part.PAGES, "", _check_pages),
    (Part.SCHEMA, "", _check_schema),
    (Part.REFERENCES, "", _check_references),
    (Part.DOCUMENTS, "articles", _check_documents),
    (Part.LOG, "edits", _check_log),
    (Part.CHECKSUMS, "checksums", _check_checksums),
)
"""The checks, each with the part that it reports, and the table without which it is skipped."""
