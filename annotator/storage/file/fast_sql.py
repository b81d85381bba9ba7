"""Read and write rows with few statements, for code that runs at every key or thousands of times.

sqlite-utils checks that a table exists before each query, and builds a statement for each row that it writes. That
takes longer than the query itself, so sqlite-utils is used only where speed does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database

from annotator.storage.file.checksums import COLUMNS, write_checksums
from annotator.storage.rows import Row


def select(db: Database, query: str, args: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a query as dictionaries by column name."""
    cursor = db.execute(query, args)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert(db: Database, table: str, rows: Sequence[Row], *, key: Sequence[str] = ()) -> None:
    """Insert rows that have the same columns, in the open transaction.

    key names the columns by which a row replaces an existing one; without a key no such row may exist. Rows of a table
    with checksums must be complete.
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
    """Insert rows given as values of these columns, as insert() does.

    If most rows are new, "on conflict" takes a third of the time of "insert or replace".
    """
    db.conn.executemany(_insertion(table, tuple(columns), tuple(key)), rows)


@cache
def _insertion(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """Return the statement of insert_values(). The names are constants of this program, so there are few."""
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    others = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    replacing = f" on conflict ({', '.join(key)}) do update set {others}" if key else ""
    return f'insert into "{table}" ({names}) values ({places}){replacing}'  # noqa: S608
