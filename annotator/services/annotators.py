"""The annotators of a project: find them by name or id, and list their work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.model.annotation import Annotator, Role
from annotator.errors import UserError
from annotator.storage.project import Project
from annotator.storage.queries.contributions import Contribution

_SHOWN_ID = 8
"""How many characters of an id stand for a missing name."""


@dataclass(frozen=True, slots=True)
class AnnotatorSummary:
    """An annotator with role and work."""

    person: Annotator
    role: Role
    work: Contribution


def summarise_annotators(project: Project) -> list[AnnotatorSummary]:
    """Return all annotators of a project, by name and then id."""
    team, work = project.team.facts(), project.contributions.by_annotator()
    return [
        AnnotatorSummary(person, team.role(person.id), work.get(person.id, Contribution()))
        for person in project.annotators.all()
    ]


def find_annotator(people: Iterable[Annotator], wanted: str) -> Annotator:
    """Return the annotator with a name or id.

    Raises UserError that lists all annotators if none or several match.
    """
    known = list(people)
    found = [person for person in known if wanted in (person.id, person.name)]
    if len(found) == 1:
        return found[0]
    everyone = ", ".join(f"{person.name} ({person.id})" for person in known) or "nobody yet"
    if found:
        raise UserError(
            "Several annotators are called {name}. Give the ID of one: {everyone}.", name=wanted, everyone=everyone
        )
    raise UserError(
        "No annotator called {name} in this project. Annotators: {everyone}.", name=wanted, everyone=everyone
    )


def display_names(people: Iterable[Annotator]) -> dict[str, str]:
    """Return the name of each annotator by id; if two have the same name, with their ids: سعاد (a1).

    In a blind pack others have no name. They get the beginning of their id.
    """
    shown = {person.id: person.name or person.id[:_SHOWN_ID] for person in people}
    for _ in range(2):  # A name may itself look like another's with the id.
        often = Counter(shown.values())
        shown = {who: name if often[name] == 1 else f"{name} ({who})" for who, name in shown.items()}
    return shown
