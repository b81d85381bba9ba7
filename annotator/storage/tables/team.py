"""Read the facts about the team that hold now: roles, and whether annotators may see each other's labels.

They have no table, because a change counts only if its author was a lead when it was made. There are few, and the index
of cell writes finds them.
"""

from __future__ import annotations

from sqlite_utils import Database

from annotator.domain.model.annotation import Role
from annotator.domain.team.roles import TEAM_KEY_END, TeamFacts, fold_team
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.file.fast_sql import select
from annotator.storage.rows import edit_from_row

_CHANGES = "select e.* from cell_writes w join edits e on e.id = w.edit where w.cell = ? order by e.id"
FOUNDER = "founder"
"""The row of meta with the id of the annotator who made the project."""
HOLDER = "holder"
"""The row of meta with who works in this copy, as JSON."""
# A project of an earlier version does not say who made it. The author of its first edit is the same in all copies.
_FIRST = "select annotator from edits order by id limit 1"


class Team:
    """The facts about the team of a project."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    def facts(self) -> TeamFacts:
        """Return the facts that hold now, with all changes of them."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            return read_team(db)

    def copied_facts(self) -> dict[str, str]:
        """Return the rows of meta that all copies of the project share, with the founder even if it has no row."""
        with self._connection.reading() as db:
            facts = dict(db.execute("select name, value from meta where name in ('id', 'tagset')"))
            founder = _founder(db)
        return {**facts, FOUNDER: founder} if founder else facts


def read_team(db: Database) -> TeamFacts:
    """Return the facts that hold now, with all changes of them. Roles that an earlier version stored hold at first."""
    roles = {row["annotator"]: Role(row["role"]) for row in db.table("roles").rows}
    return fold_team(_founder(db), map(edit_from_row, select(db, _CHANGES, [TEAM_KEY_END])), roles)


def _founder(db: Database) -> str:
    rows = db.execute("select value from meta where name = ?", [FOUNDER]).fetchall() or db.execute(_FIRST).fetchall()
    return str(rows[0][0]) if rows else ""
