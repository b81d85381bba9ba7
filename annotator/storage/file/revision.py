"""The revision of a project file: a random number that each transaction renews.

It shows whether a write-ahead log belongs to the file next to it (see foreign_wal). The row also holds the previous
revision, so that the first transaction in a log names the state of the file that the log continues. The value is the
only column of the only row of its table, so it is at the end of its page and can be found without SQLite.
"""

from __future__ import annotations

import re
import secrets

from sqlite_utils import Database

_MARK = "revision"
_DIGITS = 32
_LENGTH = len(_MARK) + 2 * _DIGITS
PATTERN = rf"{_MARK}([0-9a-f]{{{_DIGITS}}})([0-9a-f]{{{_DIGITS}}})".encode()
_LEAF_OF_A_TABLE = 0x0D

Revision = tuple[str, str]
"""The revision before a transaction and the one after it; 32 hexadecimal digits each."""


def first_revision() -> str:
    """Return the value for a file that has no revision yet."""
    return f"{_MARK}{'0' * _DIGITS}{secrets.token_hex(_DIGITS // 2)}"


def renew_revision(db: Database) -> None:
    """Replace the revision in the open transaction.

    The end of it is also stored with the checksums, so that a page of an earlier state is found whichever page it is.
    """
    revision = secrets.token_hex(_DIGITS // 2)
    db.execute("update file_revision set value = ? || substr(value, ?) || ?", [_MARK, -_DIGITS, revision])
    db.execute(
        "insert into checksum_totals (part, total) values ('file_revision', ?) "
        "on conflict (part) do update set total = excluded.total",
        [_short(revision)],
    )


def is_last_revision(db: Database) -> bool:
    """Return True if the revision agrees with the one stored with the checksums, or if none is stored there."""
    kept = db.execute("select total from checksum_totals where part = 'file_revision'").fetchone()
    row = db.execute("select value from file_revision").fetchone()
    revision = revision_of(row[0]) if row else None
    return kept is None or (revision is not None and _short(revision[1]) == kept[0])


def _short(revision: str) -> int:
    """Return the last 12 digits as a number that fits into an SQLite integer."""
    return int(revision[-12:], 16)


def revision_of(value: object) -> Revision | None:
    """Return the revision in a value of the table, or None."""
    found = re.fullmatch(PATTERN, value.encode()) if isinstance(value, str) else None
    return (found[1].decode(), found[2].decode()) if found else None


def revision_on_page(page: bytes) -> Revision | None:
    """Return the revision on a page of a file, or None if the page holds something else."""
    if page[:1] != bytes([_LEAF_OF_A_TABLE]):
        return None
    return revision_of(page[-_LENGTH:].decode(errors="replace"))
