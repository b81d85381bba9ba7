"""Projects in which annotators differ, for tests of adjudication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import DOCUMENT_KEY, span_of_gold
from annotator.domain.team.roles import role_write
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_document, make_tagset

ALI, BASMA, CARMEN = PEOPLE
FIRST, SECOND, LAST = map(document_id, TEXTS)


def make_differing_project(path: Path, nested: bool = False) -> Path:
    """Make a project in which Ali and Basma finished two documents, and Carmen is the adjudicator.

    In the first document a boundary and a span of one side differ, in the second one a label.
    """
    with Project.create(path, make_tagset(nested)) as project:
        for text in TEXTS:
            project.documents.add(make_document(text))
        for person in PEOPLE:
            project.annotators.add(person)
        give(project, ALI, TEXTS[0], {"أحمد العلي": "PERS", "إلى ديالى": "LOC"})
        give(project, BASMA, TEXTS[0], {"أحمد العلي": "PERS", "ديالى": "LOC", "بغداد": "LOC"})
        give(project, ALI, TEXTS[1], {"القوات": "ORG", "الموصل": "LOC"})
        give(project, BASMA, TEXTS[1], {"القوات": "PERS", "الموصل": "LOC"})
        set_role(project, CARMEN, Role.ADJUDICATOR)
    return path


def set_role(project: Project, person: Annotator, role: Role, lead: Annotator = ALI) -> None:
    """Give a person a role in the name of the lead, the author of the first edit."""
    project.log.append(Edit(project.log.new_id(), lead.id, "", EditKind.TEAM, (role_write(person.id, role),)))


def place(text: str, words: str) -> Span:
    """Return the span of the first occurrence of words."""
    start = text.index(words)
    return Span(start, start + len(words))


def give(project: Project, person: Annotator, text: str, given: Mapping[str, str], *, done: bool = True) -> None:
    """Let a person label words in a document, and mark it as done."""
    session = Session(project, person)
    session.open(document_id(text))
    for words, label in given.items():
        session.annotate(place(text, words), label)
    if done:
        session.set_done(True)


def gold(project: Project, document: str = FIRST) -> dict[str, str]:
    """Return the gold layer of a document: labels by the words of the span, "" for the document."""
    text = project.documents.get(document).text
    found = project.gold.of_many([document])[document]
    return {("" if key == DOCUMENT_KEY else span_of_gold(key).of(text)): value["label"] for key, value in found.items()}


def outdated(project: Project) -> list[str]:
    """Return the settled documents that have changed since."""
    return [state.document for state in project.gold.in_question() if state.is_outdated]
