"""Keep projects: SQLite through sqlite-utils; no other room knows SQL."""

from __future__ import annotations

import importlib
import sys


def _import_sqlite_utils() -> None:
    """Import sqlite-utils without pandas, which it takes in, where it is there, to know the type of its timestamps.

    None comes here, and pandas would be a quarter of a second at every start of the program.
    """
    if {"sqlite_utils", "pandas"} & sys.modules.keys():
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("sqlite_utils")
    finally:
        del sys.modules["pandas"]


_import_sqlite_utils()
