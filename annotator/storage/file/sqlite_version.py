"""Which SQLite is at work, for the doctor."""

from __future__ import annotations

import sqlite3


def sqlite_version() -> str:
    """Return the version of the SQLite library that projects are kept with."""
    return sqlite3.sqlite_version
