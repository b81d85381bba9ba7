"""Check the ids and stamps in a file from elsewhere.

A project's clock only makes ids greater than all others in it. An id far in the future would stay the greatest for
years, and one at the end of time would leave none for later edits.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlite_utils import Database

from annotator.errors import Message, ProjectError
from annotator.storage.file.clock import timestamp_ms, wall_ms
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import damage_error
from annotator.storage.rows import TABLES, Row

DAY_MS = 24 * 60 * 60 * 1000
"""How far a stamp may be ahead of this computer's clock. Wrong clocks and time zones differ by hours."""

_STAMPS = (
    ("edits", "id", Message("a decision")),
    ("documents", "stamp", Message("an imported article")),
    ("annotators", "stamp", Message("an annotator's name")),
    ("runs", "stamp", Message("a suggester run")),
    ("spells", "id", Message("a record of time spent")),
)
_HEX = "[0-9a-f]"
_UUID = "-".join(_HEX * digits for digits in (8, 4, 4, 4, 12))
_CANONICAL = re.compile(_UUID)


def check_timestamps(connection: ProjectConnection) -> None:
    """Raise ProjectError if an id or a stamp in a file is invalid, or more than a day ahead of the system clock."""
    now = wall_ms()
    with connection.reading() as db:
        for kind, column, what in _STAMPS:
            table = TABLES.get(kind, kind)
            latest = _latest(db, table, column)
            if latest is None:
                continue
            if _has_others(db, table, column):
                raise damage_error(connection.path)
            if timestamp_ms(latest) > now + DAY_MS:
                raise ProjectError(
                    "{source} cannot be merged: {what} in it is dated {date}, more than a day ahead of this "
                    "computer's clock. If this clock is wrong, correct it and merge again. Otherwise merge an "
                    "earlier copy.",
                    source=connection.path,
                    what=what,
                    date=_date(timestamp_ms(latest)),
                )


def check_stamps(rows: Mapping[str, Iterable[Row]], source: Path) -> None:
    """Raise as check_timestamps() does, for rows by table that arrived as the file source.

    An invalid id raises ValueError, as other invalid values of rows do.
    """
    latest = wall_ms() + DAY_MS
    for kind, column, what in _STAMPS:
        for row in rows[kind]:
            if not _CANONICAL.fullmatch(row[column]):
                raise ValueError(f"{row[column]} is not an id")
            if timestamp_ms(row[column]) > latest:
                raise ProjectError(
                    "{source} was skipped: {what} in it is dated {date}, more than a day ahead of this computer's "
                    "clock. If this clock is wrong, correct it and synchronise again.",
                    source=source,
                    what=what,
                    date=_date(timestamp_ms(row[column])),
                )


def _latest(db: Database, table: str, column: str) -> str | None:
    """Return the greatest stamp in a table, or None if the table is empty."""
    latest: str | None = db.execute(f"select max({column}) from {table}").fetchone()[0]  # noqa: S608
    return latest


def _has_others(db: Database, table: str, column: str) -> bool:
    """Return True if a column has a value that is not a UUID in canonical form."""
    query = f"select 1 from {table} where {column} not glob ? limit 1"  # noqa: S608
    return db.execute(query, [_UUID]).fetchone() is not None


def _date(ms: int) -> str:
    """Return the date of a time in ms since 1970; only the year, if it is too late for datetime."""
    try:
        return datetime.datetime.fromtimestamp(ms / 1000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{1970 + ms // (365 * DAY_MS + DAY_MS // 4)}"
