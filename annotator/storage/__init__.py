"""Projects in SQLite, through sqlite-utils. SQL is written in this package only."""

from __future__ import annotations

import importlib
import sys


def _import_sqlite_utils() -> None:
    """Import sqlite-utils without pandas.

    sqlite-utils imports pandas, if it is installed, to store its timestamps, which a project does not have. pip
    installs pandas with camel-tools, and importing it makes each start 1.2 s longer (CPU; 1.8 s instead of 0.6 s).
    """
    if {"sqlite_utils", "pandas"} & sys.modules.keys():
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("sqlite_utils")
    finally:
        del sys.modules["pandas"]


_import_sqlite_utils()
