"""Read the rows of a damaged project file that can still be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database

from annotator.storage.file.migrations import FORMER_NAMES, migrations
from annotator.storage.recovery.page_scan import SqliteValue, scan_rows
from annotator.storage.rows import Row

_FURTHER = 10_000
"""How many rowids to try after the last one found, if no index says how many rows there are."""


class Salvage:
    """Reads a damaged file, which must be a copy. is_whole is True as long as everything could be read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use a connection of its own to the copy at path."""
        self._db = connection
        self._path = path
        self.is_whole = True
        connection.text_factory = bytes
        # With this, SQLite opens a file with a damaged schema and reads what it can.
        connection.execute("PRAGMA writable_schema=on")
        with Database(memory=True) as new:
            migrations.apply(new)
            self._columns = {table.name: list(table.columns_dict) for table in new.tables}

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table that can be read, by column name. A text that is not UTF-8 stays bytes."""
        columns, name = self._columns[table], self._name(table)
        there = self._columns_there(name)
        names = [column for column in columns if column in there]
        for values in self._values(name, names) if names else ():
            row = dict.fromkeys(columns) | dict(zip(names, map(self._text, values), strict=True))
            yield row

    def rows_on_pages(self, table: str) -> Iterator[Row]:
        """Yield records on any page of the file with as many columns as a table. They may belong to another table."""
        columns = self._columns[table]
        for values in scan_rows(self._path, len(columns)):
            yield dict(zip(columns, values, strict=True))

    def indexed_values(self, table: str, column: str) -> set[str]:
        """Return the values of a column from its index, which is on other pages than the table."""
        found: set[str] = set()
        for order in ("", "desc"):
            query = f'select "{column}" from "{self._name(table)}" order by "{column}" {order}'  # noqa: S608
            try:
                for (value,) in self._db.execute(query):
                    text = self._text(value)
                    if isinstance(text, str):
                        found.add(text)
            except sqlite3.Error:
                self.is_whole = False
            else:
                break
        return found

    def checksums(self, table: str) -> dict[str, int]:
        """Return the stored checksums of a table, by row id."""
        rows = self._read("select id, checksum, part from checksums", table)
        return {str(name): value for name, value in rows if isinstance(value, int)}

    @property
    def has_checksums(self) -> bool:
        """Return False if the file is of a version before checksums, as far as it can be read."""
        try:
            applied = {self._text(row[0]) for row in self._db.execute("select name from _sqlite_migrations")}
        except sqlite3.Error:
            return True
        return "0013_checksums" in applied or bool(self._columns_there("checksums"))

    def total(self, table: str) -> int | None:
        """Return the stored sum of a table's checksums, or None if it is unknown."""
        rows = self._read("select total, total, part from checksum_totals", table)
        return next((value for _, value in rows if isinstance(value, int)), None)

    def _read(self, query: str, part: str) -> Iterator[tuple[SqliteValue, SqliteValue]]:
        """Yield the first two columns of the rows of a part, read from either end as far as possible.

        All rows are read, because a search for the part would miss those next to a damaged key.
        """
        for order in (" order by part", " order by part desc"):
            try:
                for first, second, of in self._db.execute(query + order):
                    if self._text(of) == part:
                        yield self._text(first), self._text(second)
            except sqlite3.Error:
                self.is_whole = False
            else:
                return

    def _name(self, table: str) -> str:
        """Return the name of a table in the file, which may be of an earlier version."""
        former = FORMER_NAMES.get(table)
        if former is None:
            return table
        # A view has a former name today. With a damaged schema neither may be found.
        query = "select 1 from sqlite_master where type = 'table' and name = ?"
        try:
            is_older = self._db.execute(query, [former]).fetchone() is not None
        except sqlite3.Error:
            self.is_whole = False
            return table
        return former if is_older else table

    def _columns_there(self, table: str) -> set[str]:
        try:
            rows = self._db.execute(f'PRAGMA table_info("{table}")').fetchall()
        except sqlite3.Error:
            self.is_whole = False
            return set()
        return {str(self._text(row[1])) for row in rows}

    def _values(self, table: str, columns: Sequence[str]) -> Iterator[tuple[SqliteValue, ...]]:
        """Yield all rows that can be read: from the first on, from the last back, then one by one in between."""
        listed = ", ".join(f'"{column}"' for column in columns)
        query = f'select rowid, {listed} from "{table}" not indexed'  # noqa: S608
        low, high = 0, 0
        try:
            for rowid, *values in self._db.execute(f"{query} order by rowid"):
                yield tuple(values)
                low = rowid
        except sqlite3.Error:
            self.is_whole = False
        else:
            return
        try:
            for rowid, *values in self._db.execute(f"{query} where rowid > ? order by rowid desc", [low]):
                yield tuple(values)
                high = rowid
        except sqlite3.Error:
            high = high or self._greatest(table, low) + 1
        for rowid in range(low + 1, high):
            try:
                row = self._db.execute(f"{query} where rowid = ?", [rowid]).fetchone()
            except sqlite3.Error:
                continue
            if row is not None:
                yield tuple(row[1:])

    def _greatest(self, table: str, known: int) -> int:
        """Return a bound for the rowids of a table, from its indexes. known is a rowid that exists."""
        found = known + _FURTHER
        try:
            indexes = [str(self._text(row[1])) for row in self._db.execute(f'PRAGMA index_list("{table}")')]
        except sqlite3.Error:
            return found
        for index in indexes:
            try:
                for (rowid,) in self._db.execute(f'select rowid from "{table}" indexed by "{index}"'):  # noqa: S608
                    found = max(found, rowid) if isinstance(rowid, int) and rowid < 1 << 40 else found
            except sqlite3.Error:
                continue
        return min(found, known + 100 * _FURTHER)

    def _text(self, value: SqliteValue) -> SqliteValue:
        if not isinstance(value, bytes):
            return value
        try:
            return value.decode()
        except UnicodeDecodeError:
            self.is_whole = False
            return value
