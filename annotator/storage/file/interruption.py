"""Long statements of SQLite that can be stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_INSTRUCTIONS = 1_000_000
"""How many instructions SQLite does between two calls, in some milliseconds."""


@contextmanager
def interruptible(connection: sqlite3.Connection, on_progress: Callable[[], object]) -> Iterator[None]:
    """Call step now and then while statements run in the block; what it raises ends the statement and the block."""
    raised: list[BaseException] = []

    def go_on() -> int:
        """Have SQLite stop if step raises."""
        try:
            on_progress()
        except BaseException as e:
            raised.append(e)
        return len(raised)

    connection.set_progress_handler(go_on, _INSTRUCTIONS)
    try:
        yield
    except sqlite3.Error as e:
        if raised:
            raise raised[0] from e
        raise
    finally:
        connection.set_progress_handler(None, 0)
