"""Ids and stamps of a file that comes from elsewhere: whether each is one, and how far it lies ahead of the clock.

The clock of a project gives only ids that are greater than all others in it. So one id far in the future would be
before every later one for years, and one at the end of time would leave none to give.
"""

from __future__ import annotations

import datetime

from sqlite_utils import Database

from annotator.errors import Message, ProjectError
from annotator.storage.file.clock import timestamp_ms, wall_ms
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.errors import damage_error

DAY_MS = 24 * 60 * 60 * 1000
"""How far a stamp may lie ahead of this computer's clock: clocks and time zones are set wrong by hours."""

_STAMPS = (
    ("edits", "id", Message("a decision")),
    ("documents", "stamp", Message("an imported article")),
    ("annotators", "stamp", Message("an annotator's name")),
    ("roles", "stamp", Message("a role")),
    ("runs", "stamp", Message("a suggester run")),
    ("spells", "id", Message("a record of time spent")),
)
_HEX = "[0-9a-f]"
_UUID = "-".join(_HEX * digits for digits in (8, 4, 4, 4, 12))


def check_timestamps(connection: ProjectConnection) -> None:
    """Raise ProjectError if an id or a stamp in a file is none, or lies more than a day ahead of the clock."""
    now = wall_ms()
    with connection.reading() as db:
        for table, column, what in _STAMPS:
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


def _latest(db: Database, table: str, column: str) -> str | None:
    """Return the greatest stamp in a table, or None if it is empty."""
    latest: str | None = db.execute(f"select max({column}) from {table}").fetchone()[0]  # noqa: S608
    return latest


def _has_others(db: Database, table: str, column: str) -> bool:
    """Return whether something in a column is not a UUID in the form in which the program writes it."""
    query = f"select 1 from {table} where {column} not glob ? limit 1"  # noqa: S608
    return db.execute(query, [_UUID]).fetchone() is not None


def _date(ms: int) -> str:
    """Return the day of a time in ms since 1970."""
    try:
        return datetime.datetime.fromtimestamp(ms / 1000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{1970 + ms // (365 * DAY_MS + DAY_MS // 4)}"
