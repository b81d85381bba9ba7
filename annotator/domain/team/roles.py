"""The facts about a team that only a lead can change: roles, and whether annotators may see each other's labels.

They are writes in the log like any other, but a write counts only if its author was a lead when it was made. So a copy
whose holder made himself an adjudicator changes nothing when it is merged. The first lead is the founder, who made the
project. A write that would leave no lead does not count either, as when two leads step down in different copies.

Example: the founder Salma makes Omar a lead, and Omar makes Nour an adjudicator. Both count. Ali, an annotator, makes
himself an adjudicator in his copy: this does not count, and after a merge fold_team() reports it as refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.model.annotation import Role
from annotator.domain.model.edit import CellKind, Edit, TeamValue, Write

TEAM_KEY_END = "/team-change"
"""Every key of a team cell ends with these 12 characters, so that the index of cell writes finds them all."""
_ROLE = "role:"
PEERS_KEY = f"peers{TEAM_KEY_END}"
"""The key of the cell that says whether annotators may see each other's labels."""


@dataclass(frozen=True, slots=True)
class TeamChange:
    """A change of the team's facts in the log: the edit's id, its author's id, the key and the new value.

    counts is False if the author was no lead at that time, or if no lead would have remained.
    """

    edit: str
    author: str
    key: str
    value: str | bool | None
    counts: bool

    @property
    def annotator(self) -> str:
        """Return the id of the annotator whose role changed, or "" if something else did."""
        return self.key.removeprefix(_ROLE).removesuffix(TEAM_KEY_END) if self.key.startswith(_ROLE) else ""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """The facts that hold now, and all changes that led to them in the order of the log.

    roles: roles by annotator id; all others are annotators. peers_visible: True if annotators may see each other's
    labels.
    """

    roles: Mapping[str, Role] = field(default_factory=dict)
    peers_visible: bool = False
    changes: tuple[TeamChange, ...] = ()

    def role(self, annotator: str) -> Role:
        """Return the role of an annotator, given by id."""
        return self.roles.get(annotator, Role.ANNOTATOR)

    def value(self, key: str) -> TeamValue | None:
        """Return the value of a cell that holds now, or None if no change of it counts."""
        last = next((change for change in reversed(self.changes) if change.counts and change.key == key), None)
        return None if last is None or last.value is None else {"value": last.value}


def role_key(annotator: str) -> str:
    """Return the key of the cell with the role of an annotator, given by id."""
    return f"{_ROLE}{annotator}{TEAM_KEY_END}"


def role_write(annotator: str, role: Role) -> Write:
    """Return the write that gives an annotator a role."""
    return Write("", CellKind.TEAM, role_key(annotator), None, {"value": role.value})


def peers_write(visible: bool) -> Write:
    """Return the write that allows annotators to see each other's labels, or forbids it."""
    return Write("", CellKind.TEAM, PEERS_KEY, None, {"value": visible})


def fold_team(founder: str, edits: Iterable[Edit], roles: Mapping[str, Role] | None = None) -> TeamFacts:
    """Return the facts after some edits, which must be in the order of their ids.

    founder is the id of the first lead, "" if there is none. roles are those that held before the first edit.
    """
    held = dict(roles or {})
    if founder:
        held[founder] = Role.LEAD
    first = dict(held)
    peers = False
    changes: list[TeamChange] = []
    for edit in edits:
        is_lead = held.get(edit.annotator) is Role.LEAD
        for write in edit.writes:
            if write.cell is not CellKind.TEAM:
                continue
            _, after = write.team_values
            value = after["value"] if after else None
            change = TeamChange(edit.id, edit.annotator, write.key, value, is_lead)
            if is_lead and write.key == PEERS_KEY:
                peers = value is True
            elif is_lead and change.annotator and (value is None or value in set(Role)):
                # If the first role was undone, what held before the log holds again.
                role = first.get(change.annotator, Role.ANNOTATOR) if value is None else Role(str(value))
                if Role.LEAD in {**held, change.annotator: role}.values():
                    held[change.annotator] = role
                else:
                    change = replace(change, counts=False)
            changes.append(change)
    return TeamFacts(held, peers, tuple(changes))
