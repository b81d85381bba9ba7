"""The revision of a project file: a random number that each transaction replaces.

SQLite believes any write-ahead log that it finds beside a file. The revisions show whether the two belong together: the
row holds the revision of the transaction before as well, so that the first transaction in a log names the state of
the file that the log continues. The row is alone on its page, and the value is its only column, so the value is the
last thing on the page and can be found without SQLite.
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
"""The revision before a transaction, and the one that the transaction made; 32 hexadecimal digits each."""


def first_revision() -> str:
    """Return the value that a file without a revision gets."""
    return f"{_MARK}{'0' * _DIGITS}{secrets.token_hex(_DIGITS // 2)}"


def renew_revision(db: Database) -> None:
    """Replace the revision within the transaction that is open.

    A part of it is kept beside the checksums as well, so that a page of another moment is found wherever it is.
    """
    revision = secrets.token_hex(_DIGITS // 2)
    db.execute("update file_revision set value = ? || substr(value, ?) || ?", [_MARK, -_DIGITS, revision])
    db.execute(
        "insert into checksum_totals (part, total) values ('file_revision', ?) "
        "on conflict (part) do update set total = excluded.total",
        [_short(revision)],
    )


def is_last_revision(db: Database) -> bool:
    """Return whether the revision is the one that is kept beside the checksums, also if none is kept."""
    kept = db.execute("select total from checksum_totals where part = 'file_revision'").fetchone()
    row = db.execute("select value from file_revision").fetchone()
    revision = revision_of(row[0]) if row else None
    return kept is None or (revision is not None and _short(revision[1]) == kept[0])


def _short(revision: str) -> int:
    """Return the end of a revision as a number that SQLite can hold."""
    return int(revision[-12:], 16)


def revision_of(value: object) -> Revision | None:
    """Return the revision in a value of the table, or None if it is none."""
    found = re.fullmatch(PATTERN, value.encode()) if isinstance(value, str) else None
    return (found[1].decode(), found[2].decode()) if found else None


def revision_on_page(page: bytes) -> Revision | None:
    """Return the revision on a page of a file, or None if the page holds something else."""
    if page[:1] != bytes([_LEAF_OF_A_TABLE]):
        return None
    return revision_of(page[-_LENGTH:].decode(errors="replace"))
