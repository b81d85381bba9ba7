"""Who works in a copy of a project on this computer.

The copy itself says so (storage.tables.team.Holder), not only the settings: a copy that was made for Salma opens as
Salma, and one computer can have copies of several people. If the copy was last used on another machine, or the settings
were copied from one, the program asks. Otherwise two people who share settings would be one annotator, and nobody could
separate their work again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.services.annotators import find_annotator
from annotator.storage.file.identity import (
    OwnIdentity,
    account_name,
    current_annotator,
    full_name,
    machine,
    own_identity,
    set_own_annotator,
)
from annotator.storage.project import Project
from annotator.storage.tables.team import Holder


class Doubt(Enum):
    """Why the program must ask who works in a copy.

    NONE: it need not. NEW: there are no settings yet, so the name is not known. ELSEWHERE: the copy was last used on
    another machine, or made for somebody. COPIED: the settings were written on another machine. UNKNOWN: an earlier
    version wrote the settings, perhaps on another machine.
    """

    NONE = "none"
    NEW = "new"
    ELSEWHERE = "elsewhere"
    COPIED = "copied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who probably works in a copy, and why that has to be asked first."""

    person: Annotator
    doubt: Doubt = Doubt.NONE


def identify(project: Project, config_dir: str | Path | None = None) -> Identity:
    """Return who works in an open project on this computer. Nothing is written.

    config_dir is the settings folder, as for current_annotator(). In a read-only project nothing is asked. Raises
    UserError if the settings are invalid.
    """
    here, own = machine(config_dir), own_identity(config_dir)
    found = _identify(project, here, own)
    return Identity(found.person) if project.is_read_only else found


def _identify(project: Project, here: str, own: OwnIdentity | None) -> Identity:
    holder = project.team.holder()
    people = {person.id: person for person in project.annotators.all()}
    if holder is not None and holder.annotator in people:
        if own is not None and own.machine == here and own.annotator.id == holder.annotator:
            return Identity(own.annotator)  # also in a copy that is carried between this computer and another
        is_known = holder.machine == here
        return Identity(people[holder.annotator], Doubt.NONE if is_known else Doubt.ELSEWHERE)
    if own is None:
        return Identity(first_annotator(), Doubt.NEW)
    if own.machine == here:
        return Identity(own.annotator)
    return Identity(own.annotator, Doubt.COPIED if own.machine else Doubt.UNKNOWN)


def new_annotator(name: str = "") -> Annotator:
    """Return an annotator with a random id and a name, by default that of the user's account."""
    return Annotator(uuid.uuid4().hex, name.strip() or account_name())


def first_annotator() -> Annotator:
    """Return the annotator of a computer without settings: a new one with the user's full name as the system has it."""
    return new_annotator(full_name())


def founder(name: str = "", config_dir: str | Path | None = None) -> Annotator:
    """Return the annotator who makes a new project on this computer under a name.

    It is the person in the settings, if they were written on this machine and have this name or none is given.
    Otherwise it is a new one: settings that were copied may be somebody else's.
    """
    own = own_identity(config_dir)
    if own is None or own.machine not in ("", machine(config_dir)) or name.strip() not in ("", own.annotator.name):
        return new_annotator(name or (own.annotator.name if own else ""))
    return own.annotator


def find_person(project: Project, wanted: str, config_dir: str | Path | None = None) -> Annotator:
    """Return the person of a project, or the one in the settings, with a name or id. Raises UserError if none has it.

    If several have the name, the error lists them with their ids.
    """
    own, people = own_identity(config_dir), project.annotators.all()
    if own is not None and wanted == own.annotator.id and wanted not in {person.id for person in people}:
        return own.annotator
    return find_annotator(people, wanted)


def set_holder(project: Project, person: Annotator, config_dir: str | Path | None = None) -> None:
    """Store that a person works in a copy on this computer, and add the person to the project.

    Settings that are missing, or were not written on this machine, become this person's. A read-only project is left
    as it is.
    """
    if project.is_read_only:
        return
    here, own = machine(config_dir), own_identity(config_dir)
    with project.transaction():
        project.annotators.add(person)
        project.team.set_holder(Holder(person.id, here))
    if own is None or own.machine != here:
        set_own_annotator(person, config_dir)


def holder_of(project: Project, config_dir: str | Path | None = None) -> Annotator:
    """Return who works in an open project on this computer, for a command, which cannot ask.

    It is stored in the copy, unless the settings are of an earlier version. The first call on a computer creates the
    settings, as current_annotator() does. Raises UserError that says what to do if it is in doubt.

    Example: Session(project, holder_of(project)).undo()
    """
    found = identify(project, config_dir)
    if found.doubt is Doubt.NEW:
        current_annotator(config_dir)
        found = identify(project, config_dir)
    name, path = found.person.name, project.path
    if found.doubt is Doubt.ELSEWHERE:
        raise UserError(
            "{path} was last used by {name} on another computer, or made for {name}. If you are {name}, run: annotator "
            "team switch {path} {id}. If not, run: annotator team switch {path} --new YOUR-NAME",
            path=path,
            name=name,
            id=found.person.id,
        )
    if found.doubt is Doubt.COPIED:
        raise UserError(
            "The settings on this computer were copied from another one, where {name} works. If you are {name}, run: "
            "annotator team switch {path} {id}. If not, run: annotator team switch {path} --new YOUR-NAME",
            path=path,
            name=name,
            id=found.person.id,
        )
    if found.doubt is Doubt.NONE and not project.is_read_only:
        set_holder(project, found.person, config_dir)
    return found.person
