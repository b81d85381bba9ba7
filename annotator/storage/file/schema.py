"""Compare the schema of a project file with the one that this program creates.

A file from a stranger may have a view in place of a table, or a trigger that changes what is written.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from annotator.errors import ProjectError
from annotator.storage.file.migrations import migrations

Schema = dict[tuple[str, str], str]
"""The SQL that created each part, by its kind ("table", "index", "trigger", "view") and name."""

_NO_MEANING = re.compile(r'[\s"\[\]`]+')
"""Spaces and quotes, which versions of sqlite-utils and SQLite write differently."""
_VIRTUAL = "createvirtual"


def refuse_foreign_schema(db: Database, path: Path) -> None:
    """Raise ProjectError if the schema of a file is not the one that its migrations create.

    Additional tables are allowed.
    """
    db.execute("BEGIN")
    try:
        # In one transaction, because another program may be migrating the file.
        parts = foreign_parts(db)
    finally:
        db.rollback()
    if parts:
        raise ProjectError(
            "{path} is damaged or was changed by another program: its {kind} {name} is not as this program "
            "makes it. Open a backup or another copy of the project.",
            path=path,
            kind=parts[0][0],
            name=parts[0][1],
        )


def foreign_parts(db: Database) -> list[tuple[str, str]]:
    """Return the kinds and names of the parts of a schema that differ from what its migrations create, sorted."""
    steps = tuple(step.name for step in migrations.applied(db))
    found, expected = _schema(db), _expected(steps)
    parts = []
    for part in sorted(expected.keys() | found.keys()):
        is_more = part not in expected and part[0] == "table" and not found[part].startswith(_VIRTUAL)
        if found.get(part) != expected.get(part) and not is_more:
            parts.append(part)
    return parts


@cache
def _expected(steps: tuple[str, ...]) -> Schema:
    with Database(memory=True, execute_plugins=False) as empty:
        missing = [step.name for step in migrations.pending(empty) if step.name not in steps]
        migrations.apply(empty, stop_before=missing[0] if missing else None)
        return _schema(empty)


def _schema(db: Database) -> Schema:
    """Return the schema of a file, without the parts that SQLite creates itself: these have no SQL."""
    rows = db.execute(
        "select type, name, sql from sqlite_master where sql not null and name not like 'sqlite\\_%' escape '\\'"
    )
    return {(kind, name): _NO_MEANING.sub("", sql).lower() for kind, name, sql in rows}
