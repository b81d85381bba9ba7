"""The write-ahead log that a crash leaves beside a file, and that may be another file's by the time it is read.

SQLite believes any log that it finds. Who puts a backup in the place of a file after a crash, and not of its log, would
have the log's pages written into the backup, and both would be lost.
"""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import ProjectError
from annotator.storage.processes import is_open


def refuse_foreign_log(path: Path, timeout: float) -> None:
    """Refuse a file that is not sound together with the log beside it, and leave both as they are.

    Nothing is looked at where there is no log, or where a window has the file open. Raises ProjectError.
    """
    log = path.with_name(f"{path.name}-wal")
    try:
        if not log.stat().st_size:
            return
    except FileNotFoundError:
        return
    # A connection that may only read never writes what the log holds into the file.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout)) as db:
        try:
            sound = _has_a_window(db, path) or db.execute("pragma integrity_check(1)").fetchone() == ("ok",)
        except sqlite3.Error as e:
            if getattr(e, "sqlite_errorname", "").split("_")[:2] not in (["SQLITE", "CORRUPT"], ["SQLITE", "NOTADB"]):
                raise
            sound = False
    if not sound:
        raise ProjectError(
            "{path} is not sound together with {log}, which a crash left beside it, and nothing was changed; if you "
            "put a copy in its place, move {log} away and open it again, else go on from your last backup elsewhere.",
            path=path,
            log=log,
        )


def _has_a_window(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether a window of a process that is still there has the file open; a copy holds its original's rows."""
    if not db.execute("select 1 from sqlite_master where name = 'windows'").fetchone():
        return False
    here = socket.gethostname()
    rows = db.execute("select host, process, seen from windows where path = ?", [str(path.resolve())])
    return any(is_open(host, process, seen, here) for host, process, seen in rows)
