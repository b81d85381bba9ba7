"""The team of a project: roles, whether annotators may see each other's labels, and who works in this copy.

Roles have no table, because a change counts only if its author was a lead when it was made. There are few, and the
index of cell writes finds them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from annotator.domain.model.annotation import Role
from annotator.domain.team.roles import TEAM_KEY_END, TeamFacts, fold_team
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.file.fast_sql import insert, select
from annotator.storage.rows import edit_from_row

_CHANGES = "select e.* from cell_writes w join edits e on e.id = w.edit where w.cell = ? order by e.id"
FOUNDER = "founder"
"""The row of meta with the id of the annotator who made the project."""
# A project of an earlier version does not say who made it. The author of its first edit is the same in all copies.
_FIRST = "select annotator from edits order by id limit 1"


HOLDER = "holder"
"""The row of meta with the Holder, as JSON. It belongs to the copy: a merge does not read it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works in a copy of a project, by id, and on which machine; "" for a copy that is not opened yet.

    identity.machine() returns the value for this machine.
    """

    annotator: str
    machine: str = ""

    def to_json(self) -> str:
        """Return the holder as the row of meta stores it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Holder | None:
        """Parse what to_json() returned. Return None for anything else: then the program asks again."""
        try:
            found = json.loads(text)
            annotator, machine = found["annotator"], found["machine"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        is_valid = isinstance(annotator, str) and isinstance(machine, str)
        return cls(annotator, machine) if is_valid else None


class Team:
    """The facts about the team of a project, and who works in this copy."""

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

    def holder(self) -> Holder | None:
        """Return who works in this copy, or None if it does not say so."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            rows = db.execute("select value from meta where name = ?", [HOLDER]).fetchall()
        return Holder.from_json(rows[0][0]) if rows else None

    def set_holder(self, holder: Holder) -> None:
        """Store who works in this copy. Other windows need not reload for that."""
        if holder != self.holder():
            with self._connection.transaction(is_new_state=False) as db:
                insert(db, "meta", [{"name": HOLDER, "value": holder.to_json()}], key=["name"])


def read_team(db: Database) -> TeamFacts:
    """Return the facts that hold now, with all changes of them. Roles that an earlier version stored hold at first."""
    roles = {row["annotator"]: Role(row["role"]) for row in db.table("roles").rows}
    return fold_team(_founder(db), map(edit_from_row, select(db, _CHANGES, [TEAM_KEY_END])), roles)


def _founder(db: Database) -> str:
    rows = db.execute("select value from meta where name = ?", [FOUNDER]).fetchall() or db.execute(_FIRST).fetchall()
    return str(rows[0][0]) if rows else ""
