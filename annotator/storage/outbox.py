"""The outbox of a project: what this copy has and its carrier may lack, and taking in what the carrier brings.

A carrier brings changesets from one copy of a project to the others. Each copy has at most one, and remembers its
address. Triggers put the key of each new row into the outbox (see the migration shared_folder). A row leaves the outbox
in the same transaction in which its version arrives from the carrier, or after it was handed to the carrier.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Edit
from annotator.domain.model.suggestion import Run
from annotator.domain.review.stopwatch import TimeEntry
from annotator.storage.changeset import COLUMNS, KEYS, Changeset, ChangesetSource, row_key
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import damage_error
from annotator.storage.file.fast_sql import select
from annotator.storage.log.log import Log
from annotator.storage.recovery.integrity import matches_checksum
from annotator.storage.replica import Replica
from annotator.storage.rows import TABLES, Row, to_json
from annotator.storage.tables.labels import Labels

RunKey = tuple[str, str]
"""(document id, suggester)."""

CARRIER = "carrier"
"""The row of meta with the address of the carrier. The triggers of the outbox look for it."""
BLIND = "blind"
"""The row of meta with the id of the only annotator whose work this copy receives; others receive everybody's."""
_UNFILLED = "carrier_unfilled"
"""The row of meta with the last key that was put into the outbox, while it is being filled."""
_REACHED = "carrier_reached"
"""The row of meta with the time of the last complete exchange, in ms since 1970."""
_FIRST = to_json([next(iter(COLUMNS)), "", ""])
_FILLED_AT_ONCE = 5_000
_READ_AT_ONCE = 100
_MOST_COUNTED = 100_000
"""More are not counted, so that a window is not kept waiting."""
_COUNTED = f"""
    select count(*) from (select 1 from outbox where kind in ('edits', 'documents') limit {_MOST_COUNTED})
"""  # noqa: S608


def _always(_kind: str, _row: Row) -> bool:
    return True


class Outbox:
    """The outbox of an open project, and the address and the marks of its carrier."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    @property
    def carrier(self) -> str:
        """Return the address of the carrier, or "" if the project has none."""
        return self._fact(CARRIER) or ""

    @property
    def blind_annotator(self) -> str:
        """Return the id of the annotator whose work alone this copy may receive, or "" if it receives everybody's."""
        return self._fact(BLIND) or ""

    @property
    def reached(self) -> int:
        """Return when the carrier was last in step with this copy, in ms since 1970; 0 for never."""
        return int(self._fact(_REACHED) or 0)

    def set_carrier(self, address: str) -> None:
        """Set the carrier, which knows nothing of this copy yet; fill() must follow. An empty address removes it."""
        with self._connection.transaction() as db:
            db.execute("delete from outbox")
            db.execute("delete from carrier_marks")
            for name in (CARRIER, _UNFILLED, _REACHED):
                db.execute("delete from meta where name = ?", [name])
            if address:
                _put_fact(db, CARRIER, address)
                _put_fact(db, _UNFILLED, _FIRST)

    def send_all(self) -> None:
        """Treat the carrier as if it were new, because it has lost something; fill() must follow."""
        with self._connection.transaction() as db:
            db.execute("delete from carrier_marks")
            _put_fact(db, _UNFILLED, _FIRST)

    def fill(self) -> bool:
        """Put the next rows of the project into the outbox, in a short transaction; return True if more are left."""
        with self._connection.transaction() as db:
            row = db.execute("select value from meta where name = ?", [_UNFILLED]).fetchone()
            if row is None:
                return False
            kind, *last = json.loads(row[0])
            columns = KEYS[kind]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            query = f"select {names} from {TABLES.get(kind, kind)} where ({names}) > ({marks}) order by {names} limit ?"  # noqa: S608
            found = db.execute(query, [*last[: len(columns)], _FILLED_AT_ONCE]).fetchall()
            db.conn.executemany(
                "insert or ignore into outbox (kind, key) values (?, ?)", [(kind, " ".join(key)) for key in found]
            )
            kinds = list(COLUMNS)
            later = kinds[kinds.index(kind) + 1 :]
            if len(found) == _FILLED_AT_ONCE:
                _put_fact(db, _UNFILLED, to_json([kind, *found[-1]]))
            elif later:
                _put_fact(db, _UNFILLED, to_json([later[0], "", ""]))
            else:
                db.execute("delete from meta where name = ?", [_UNFILLED])
                return False
            return True

    def count(self) -> int:
        """Return the number of edits and documents in the outbox, 100,000 at most."""
        with self._connection.reading() as db:
            return int(db.execute(_COUNTED).fetchone()[0])

    def count_rows(self) -> int:
        """Return the number of all rows in the outbox."""
        with self._connection.reading() as db:
            return int(db.execute("select count(*) from outbox").fetchone()[0])

    def changesets(self, limit: int, is_sent: Callable[[str, Row], bool] = _always) -> Iterator[Changeset]:
        """Yield the rows to send, until their texts have about limit characters each time.

        A row is left out if is_sent(table, row) returns False. What gets into the outbox meanwhile may be left out too.
        Raises ProjectError for a row that is not as it was written, so that damage does not travel to other copies.
        """
        changes, size = Changeset(), 0
        for kind in COLUMNS:
            for row in self._rows(kind):
                if not is_sent(kind, row):
                    continue
                changes.add(kind, row)
                size += sum(len(value) if isinstance(value, str) else 8 for value in row.values())
                size += 40 * len(row.get("suggestions", ()))
                if size >= limit:
                    yield changes
                    changes, size = Changeset(), 0
        if len(changes):
            yield changes

    def _rows(self, kind: str) -> Iterator[Row]:
        """Yield the rows of a table that the outbox names."""
        key = " || ' ' || ".join(f"t.{name}" for name in KEYS[kind])
        names = ", ".join(f't."{name}"' for name in COLUMNS[kind] if name != "suggestions")
        more = ", t.id as run" if kind == "runs" else ""
        query = (
            f"select o.key as sent, c.checksum as known, {names}{more} "  # noqa: S608
            f"from outbox o join {TABLES.get(kind, kind)} t on {key} = o.key "
            "left join checksums c on c.part = o.kind and c.id = o.key "
            "where o.kind = ? and o.key > ? order by o.key limit ?"
        )
        if kind == "runs":
            # The expression of two columns has no index; the two parts of the key have one.
            query = query.replace(
                f"on {key} = o.key",
                "on t.document = substr(o.key, 1, instr(o.key, ' ') - 1) "
                "and t.suggester = substr(o.key, instr(o.key, ' ') + 1)",
            )
        last = ""
        while True:
            with self._connection.reading() as db:
                rows = select(db, query, [kind, last, _READ_AT_ONCE])
            if not rows:
                return
            last = rows[-1]["sent"]
            for row in rows:
                del row["sent"]
                if not _is_as_written(kind, row, row.pop("known")):
                    raise damage_error(self._connection.path)
                if kind == "runs":
                    row["suggestions"] = self._suggestions(row.pop("run"))
                yield row

    def _suggestions(self, run: int) -> list[list[object]]:
        query = 'select start, "end", label, score from suggestions where run = ? order by start, "end", label'
        with self._connection.reading() as db:
            return [list(row) for row in db.execute(query, [run])]

    def marks(self) -> dict[str, str]:
        """Return what is remembered of the carrier: texts whose meaning the carrier knows, by name."""
        with self._connection.reading() as db:
            return dict(db.execute("select name, value from carrier_marks").fetchall())

    def settle(self, changes: Changeset, marks: Mapping[str, str]) -> None:
        """Take rows that the carrier has out of the outbox, and remember marks, in one transaction."""
        with self._connection.transaction() as db:
            for kind, rows in changes.rows.items():
                _take_out(db, kind, rows)
            self._mark(db, marks)

    def mark(self, marks: Mapping[str, str], forget: Iterable[str] = ()) -> None:
        """Remember marks and forget others, given by name, in one transaction."""
        with self._connection.transaction(is_new_state=False) as db:
            db.conn.executemany("delete from carrier_marks where name = ?", [[name] for name in forget])
            self._mark(db, marks)

    def _mark(self, db: Database, marks: Mapping[str, str]) -> None:
        db.conn.executemany("insert or replace into carrier_marks (name, value) values (?, ?)", list(marks.items()))

    def set_reached(self, now: int) -> None:
        """Remember that the carrier is in step at a time, in ms since 1970."""
        with self._connection.transaction(is_new_state=False) as db:
            _put_fact(db, _REACHED, str(now))

    def _fact(self, name: str) -> str | None:
        with self._connection.reading() as db:
            row = db.execute("select value from meta where name = ?", [name]).fetchone()
            return None if row is None else str(row[0])


class Receiver(Replica):
    """The project as the target of a merge from a carrier: what comes in need not be sent, so it leaves the outbox."""

    def __init__(
        self, connection: ProjectConnection, project_id: str, labels: Labels, log: Log, source: ChangesetSource
    ) -> None:
        """Take in one changeset."""
        super().__init__(connection, project_id, labels, log)
        self._source = source

    def known_documents(self) -> set[str]:
        """Return those of the documents in the changeset, or that it refers to, which the project has."""
        return self._known("documents", self._source.references()[0] | self._source.document_stamps().keys())

    def missing_references(self) -> tuple[set[str], set[str]]:
        """Return the documents and annotators that the changeset refers to and neither it nor the project has."""
        documents, annotators = self._source.references()
        documents -= self._source.document_stamps().keys()
        annotators -= self._source.stamped_annotators().keys()
        return documents - self._known("documents", documents), annotators - self._known("annotators", annotators)

    def _known(self, kind: str, ids: Collection[str]) -> set[str]:
        query = f"select id from {TABLES.get(kind, kind)} where id in (select value from json_each(?))"  # noqa: S608
        with self._connection.reading() as db:
            return {row[0] for row in db.execute(query, [to_json(sorted(ids))])}

    def document_stamps(self) -> dict[str, str]:
        """Return the stamps of the documents that the changeset has, so that a small one costs little."""
        query = "select id, stamp from articles where id in (select value from json_each(?))"
        with self._connection.reading() as db:
            return dict(db.execute(query, [to_json(list(self._source.document_stamps()))]).fetchall())

    def run_stamps(self) -> dict[RunKey, str]:
        """Return the stamps of the runs that the changeset has."""
        at = "(select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?))"
        query = f"select document, suggester, stamp from runs where (document, suggester) in {at}"  # noqa: S608
        with self._connection.reading() as db:
            rows = db.execute(query, [to_json(list(self._source.run_stamps()))]).fetchall()
            return {(document, suggester): stamp for document, suggester, stamp in rows}

    def put_document(self, document: Document, stamp: str) -> None:
        """Store a document, instead of its earlier fields."""
        with self._received("documents", {"id": document.id, "stamp": stamp}):
            super().put_document(document, stamp)

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        """Store an annotator, instead of the earlier name."""
        with self._received("annotators", {"id": annotator.id, "stamp": stamp}):
            super().put_annotator(annotator, stamp)

    def put_run(self, run: Run) -> None:
        """Store a run, instead of the suggester's earlier run on the document."""
        row = {"document": run.document, "suggester": run.suggester, "stamp": run.stamp}
        with self._received("runs", row):
            super().put_run(run)

    def add_time_spent(self, time_spent: Iterable[TimeEntry]) -> None:
        """Add the rows of time spent that are not there yet."""
        entries = list(time_spent)
        with self._received("spells", *({"id": entry.id} for entry in entries)):
            super().add_time_spent(entries)

    def union(self, edits: Iterable[Edit], source: Path) -> int:
        """Add the edits that the log does not have, update the state, and return how many were added."""
        some = list(edits)
        with self._received("edits", *({"id": edit.id} for edit in some)):
            return super().union(some, source)

    @contextmanager
    def _received(self, kind: str, *rows: Row) -> Iterator[None]:
        """Write the block in one transaction, and take the rows out of the outbox, where triggers have put them."""
        with self._connection.transaction() as db:
            yield
            _take_out(db, kind, rows)


def _take_out(db: Database, kind: str, rows: Iterable[Row]) -> None:
    """Take rows out of the outbox, unless the project has another version of them, which is still to be sent."""
    keys = [(kind, row_key(kind, row)) for row in rows]
    if "stamp" not in COLUMNS[kind]:
        db.conn.executemany("delete from outbox where kind = ? and key = ?", keys)
        return
    columns = KEYS[kind]
    same = " and ".join(f"{name} = ?" for name in columns)
    db.conn.executemany(
        f"delete from outbox where kind = ? and key = ? "  # noqa: S608
        f"and not exists (select 1 from {TABLES.get(kind, kind)} where {same} and stamp <> ?)",
        [(*key, *(row[name] for name in columns), row["stamp"]) for key, row in zip(keys, rows, strict=True)],
    )


def _is_as_written(kind: str, row: Row, known: int | None) -> bool:
    """Return True if a row matches its checksum, or has none, and a document's text matches its id, or was erased."""
    is_whole = kind != "documents" or not row["text"] or document_id(row["text"]) == row["id"]
    return is_whole and matches_checksum(kind, row, known)


def _put_fact(db: Database, name: str, value: str) -> None:
    query = "insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value"
    db.execute(query, [name, value])
