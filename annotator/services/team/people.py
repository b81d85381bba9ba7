"""Add people to a project and change their roles. Only a lead can change a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import Edit, EditKind, Write
from annotator.domain.team.roles import TeamFacts, peers_write, role_write
from annotator.errors import UserError
from annotator.services.annotators import display_names, find_annotator
from annotator.services.team.identity import new_annotator
from annotator.storage.project import Project


def add_people(project: Project, names: Iterable[str]) -> list[Annotator]:
    """Add people with new random ids, who can get work before they open a copy, and return them.

    Raises UserError, and adds nobody, if a name is blank, given twice or already in the project.
    """
    added: list[Annotator] = []
    with project.transaction():
        for name in map(str.strip, names):
            if not name:
                raise UserError("An annotator's name cannot be blank. Give a name.")
            if name in {each for person in project.annotators.all() for each in (person.name, person.id)}:
                raise UserError("{name} is already in {path}. Give another name.", name=name, path=project.path)
            added.append(new_annotator(name))
            project.annotators.add(added[-1])
    return added


def set_roles(project: Project, by: Annotator, roles: Iterable[tuple[str, Role]]) -> None:
    """Give annotators, each named by name or id, a role, in one edit by the person "by".

    Raises UserError, and changes nothing, if one is not found, if "by" is not a lead, or if no lead would remain.
    """
    people = project.annotators.all()
    wanted = {find_annotator(people, name).id: role for name, role in roles}
    with project.transaction():
        facts = project.team.facts()
        _refuse_others(project, facts, by)
        held = facts.roles if _has_lead(facts) else {**facts.roles, by.id: Role.LEAD}
        # A role that an earlier version stored is written too: copies may differ in that.
        written = {change.annotator for change in facts.changes if change.counts}
        changed = {
            who: role
            for who, role in wanted.items()
            if facts.role(who) is not role or (role is not Role.ANNOTATOR and who not in written)
        }
        if Role.LEAD not in {**held, **changed}.values():
            raise UserError(
                "{name} is the only lead of {path}. Make somebody else a lead first: annotator team set-role {path} "
                "NAME lead",
                name=_leads(project, facts) or by.name,
                path=project.path,
            )
        # New leads come first: the last lead cannot step down before there is another.
        ordered = sorted(changed.items(), key=lambda item: item[1] is not Role.LEAD)
        _append(project, by, [role_write(who, role) for who, role in ordered])


def allow_peers(project: Project, by: Annotator, allowed: bool) -> None:
    """Let annotators see each other's labels, read-only, or forbid it. Raises UserError if "by" is not a lead."""
    with project.transaction():
        facts = project.team.facts()
        _refuse_others(project, facts, by)
        if facts.peers_visible != allowed:
            _append(project, by, [peers_write(allowed)])


def _append(project: Project, by: Annotator, writes: Sequence[Write]) -> None:
    if writes:
        project.annotators.add(by)
        project.log.append(Edit(project.log.new_id(), by.id, "", EditKind.TEAM, tuple(writes)))


def _refuse_others(project: Project, facts: TeamFacts, by: Annotator) -> None:
    # A project of an earlier version without any edit has no lead yet: who makes the first edit becomes it.
    if _has_lead(facts) and facts.role(by.id) is not Role.LEAD:
        raise UserError(
            "Only a lead can change roles, and {name} is none. Ask a lead of {path}: {leads}.",
            name=by.name,
            path=project.path,
            leads=_leads(project, facts),
        )


def _has_lead(facts: TeamFacts) -> bool:
    return Role.LEAD in facts.roles.values()


def _leads(project: Project, facts: TeamFacts) -> str:
    names = display_names(project.annotators.all())
    return ", ".join(sorted(names.get(who, who) for who, role in facts.roles.items() if role is Role.LEAD))
