"""Give roles in the projects of tests, by whoever may."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.model.annotation import Role
from annotator.services.team import people
from annotator.storage.file.fast_sql import insert
from annotator.storage.project import Project


def set_roles(project: Project, roles: Iterable[tuple[str, Role]]) -> None:
    """Give people, each named by name or id, roles, as an edit by a lead, or by the first person if there is none."""
    held = project.team.facts().roles
    everyone = sorted(project.annotators.all(), key=lambda person: person.id)
    lead = next((person for person in everyone if held.get(person.id) is Role.LEAD), everyone[0])
    people.set_roles(project, lead, roles)


def set_role(project: Project, annotator: str, role: Role) -> None:
    """Give one annotator a role."""
    set_roles(project, [(annotator, role)])


def store_former_role(project: Project, annotator: str, role: Role) -> None:
    """Store a role as earlier versions did, in a table of its own."""
    connection = project._connection
    with connection.transaction() as db:
        row = {"annotator": annotator, "role": role.value, "stamp": connection.clock.new()}
        insert(db, "roles", [row], key=["annotator"])
