"""Checksums of the rows that nothing else could verify: titles, names, edits.

The checksum of a row is on another page than the row. The sum of all checksums of a table is stored as well, and
changes with each write. So pages of an earlier state are found even if row and checksum are both old. Triggers update
the sum, and delete the checksum of a row that another program changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson
from sqlite_utils import Database

COLUMNS: Mapping[str, Sequence[str]] = {
    "documents": (
        *("id", "author", "date", "external_id", "length", "metadata"),
        *("newlines", "regions", "source", "stamp", "title", "url"),
    ),
    "edits": ["id", "annotator", "document", "kind", "payload", "reverts", "time"],
    "annotators": ["id", "name", "stamp"],
    "roles": ["annotator", "role", "stamp"],
    "meta": ["name", "value"],
}
"""The tables whose rows have checksums, and the columns that are hashed; the first column identifies a row.

The text of a document is not hashed again, as its id is the hash of it.
"""
FACTS = ("id", "tagset", "founder")
"""The rows of meta that have a checksum; the others are counters."""
_BYTES = 6
_MASK = (1 << 62) - 1
"""Keeps the sum within SQLite's signed 64-bit integers."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(table: str, row: Mapping[str, Any]) -> int:
    """Return the checksum of a row, a number of 48 bits. Raises TypeError for a value of bytes."""
    values = [row[name] for name in COLUMNS[table]]
    try:
        content = orjson.dumps(values)  # the same bytes as json, for texts, whole numbers and NULL
    except TypeError:  # a lone surrogate, which json can write
        content = _ENCODER.encode(values).encode(errors="surrogatepass")
    digest = blake2b(content, digest_size=_BYTES).digest()
    return int.from_bytes(digest)


def write_checksums(db: Database, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the checksums of complete rows that were just written."""
    key = COLUMNS[table][0]
    db.conn.executemany(
        "insert into checksums (part, id, checksum) values (?, ?, ?) "
        "on conflict (part, id) do update set checksum = excluded.checksum",
        [(table, row[key], checksum(table, row)) for row in rows if table != "meta" or row[key] in FACTS],
    )


def total(checksums: Iterable[int]) -> int:
    """Return the sum of checksums as the file stores it."""
    return sum(checksums) & _MASK


def create_tables(db: Database) -> None:
    """Create the tables of checksums and their triggers, and write the checksums of all existing rows."""
    db.execute(
        "create table checksums (part text not null, id text not null, checksum integer not null, "
        "primary key (part, id)) strict, without rowid"
    )
    db.execute("create table checksum_totals (part text not null primary key, total integer not null) strict")
    changes = {"insert": "new.checksum", "update": "new.checksum - old.checksum", "delete": "-old.checksum"}
    for verb, change in changes.items():
        row = "old" if verb == "delete" else "new"
        db.execute(
            f"create trigger checksums_{verb} after {verb} on checksums begin "  # noqa: S608
            f"update checksum_totals set total = (total + {change}) & {_MASK} where part = {row}.part; end"
        )
    for table, (key, *_) in COLUMNS.items():
        db.execute("insert into checksum_totals (part, total) values (?, 0)", [table])
        for verb in ("update", "delete") if table != "edits" else ():
            db.execute(
                f"create trigger {table}_unchecked_{verb} after {verb} on {table} begin "  # noqa: S608
                f"delete from checksums where part = '{table}' and id = old.{key}; end"
            )
        cursor = db.execute(f"select * from {table}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        while some := cursor.fetchmany(1000):
            write_checksums(db, table, [dict(zip(names, row, strict=True)) for row in some])
