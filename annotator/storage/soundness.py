"""Whether a project file is sound: looked into where something went wrong that no sound file explains."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database
from sqlite_utils.db import PrimaryKeyRequired

from annotator.storage.faults import is_damage
from annotator.storage.migrations import migrations

SIGNS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    sqlite3.Error,
    PrimaryKeyRequired,
)
"""What comes up where a value read from a damaged file is used, and from a fault of the program as well."""


def is_sound(db: Database) -> bool:
    """Tell whether a file is as this program writes it, reading all of it; what its texts mean is not looked at.

    SQLite finds pages, keys and values that are not what they must be; references that lead nowhere, and columns that
    have other names, it passes over.
    """
    try:
        checked = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
        lost = db.execute("PRAGMA foreign_key_check").fetchone()
        columns, made = _columns(db), _columns_made()
    except sqlite3.Error as e:
        return not is_damage(e)
    return checked == ["ok"] and lost is None and all(made[name] <= columns.get(name, set()) for name in made)


def _columns_made() -> dict[str, set[str]]:
    """Return the columns of the tables that a new file has."""
    with Database(memory=True) as new:
        migrations.apply(new)
        return _columns(new)


def _columns(db: Database) -> dict[str, set[str]]:
    """Return the names of the columns of each table."""
    query = "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')"
    names = [row[0] for row in db.execute(query)]
    return {name: {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')} for name in names}
