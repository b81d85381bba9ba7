"""Rows by the shortest way, for what happens at every key, or thousands of times on end.

sqlite-utils looks whether a table is there before each reading, and builds a statement anew for each row that it
writes; that takes longer than the reading and the writing, so it is kept for what happens seldom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from annotator.storage.file.checksums import COLUMNS, write_checksums
from annotator.storage.rows import Row


def select(db: Database, query: str, args: Sequence[Any] = ()) -> list[Row]:
    """Return the rows that a query finds, each by its columns' names."""
    cursor = db.execute(query, args)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert(db: Database, table: str, rows: Sequence[Row], *, key: Sequence[str] = ()) -> None:
    """Write rows that have the same columns, within the transaction that is open.

    key names those columns by which a row takes the place of another; without it there must be none. Rows that have
    checksums must be whole.
    """
    if not rows:
        return
    columns = list(rows[0])
    insert_values(db, table, columns, [[row[column] for column in columns] for row in rows], key=key)
    if table in COLUMNS:
        write_checksums(db, table, rows)


def insert_values(
    db: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, key: Sequence[str] = ()
) -> None:
    """Write rows, each the values of these columns, as insert() does.

    SQLite's own "insert or replace" takes three times as long as this where most rows are new.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    others = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    replacing = f" on conflict ({', '.join(key)}) do update set {others}" if key else ""
    # Names are those of our own tables; values go in beside the statement.
    db.conn.executemany(f'insert into "{table}" ({names}) values ({places}){replacing}', rows)  # noqa: S608
