"""Report progress from long SQLite statements, and stop them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_INSTRUCTIONS = 1_000_000
"""Instructions of SQLite's virtual machine between two calls: some milliseconds."""


@contextmanager
def interruptible(connection: sqlite3.Connection, on_progress: Callable[[], object]) -> Iterator[None]:
    """Call on_progress regularly while statements run in the block.

    An exception that it raises stops statement and block.
    """
    raised: list[BaseException] = []

    def go_on() -> int:
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
