"""Packs of random projects are valid, and merging them back changes nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import SHARED
from annotator.errors import UserError
from annotator.services.project.merge_copies import merge_copies
from annotator.services.team.assign import AssignRequest, assign, take_back
from annotator.services.team.pack import PackRequest, make_packs
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, make_document, make_project

LEAD = PEOPLE[0]


def _act(project: Project, random: Random) -> None:
    """Let somebody do something: label, hand out, take back, remove or restore articles, undo."""
    person = random.choice(PEOPLE)
    session = Session(project, person)
    ids = list(project.documents.ids())
    if not ids:
        return
    session.open(random.choice(ids))
    what = random.randrange(10)
    if what == 0:
        session.remove_articles(random.sample(ids, min(2, len(ids) - 1)))
    elif what == 1:
        session.restore_articles([document_id(text) for text in TEXTS])
    elif what == 2:
        project.documents.add(make_document(f"خبر جديد {random.random()}"))
    elif what in (3, 4):
        people = random.sample([each.name for each in PEOPLE], random.randint(1, 3))
        try:
            assign(project, AssignRequest(tuple(people), share_again=random.random() < 0.5), LEAD)
        except UserError:
            take_back(project, people, LEAD)
    else:
        name = random.choice(sorted(ACTIONS))
        ACTIONS[name](session, random.randrange(60), random.randrange(60))


@settings(max_examples=8)
@given(st.integers(0, 2**32))
def test_packs_are_valid_and_merge_back(seed: int) -> None:
    """A pack has the person's own state and edits, and nothing that the project lacks."""
    random = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Project.open(make_project(folder / "p.annot")) as project:
            for person in PEOPLE:
                project.annotators.add(person)
            take_back(project, [LEAD.name], LEAD)
            assign(project, AssignRequest(tuple(person.name for person in PEOPLE[1:])), LEAD)
            for _ in range(random.randrange(25)):
                _act(project, random)
            state = project.log.state()
            before = project.log.latest_id(), state, project.replica.stamped_annotators()
            for person in PEOPLE:
                for blind in (False, True):
                    request = PackRequest(blind=blind)
                    try:
                        (pack,) = make_packs(project, [person.id], folder / f"{blind}", request)
                    except UserError as error:
                        assert "has no articles" in str(error)
                        continue
                    with Project.open(pack.path) as opened:
                        assert not opened.integrity()
                        own = {a: v for a, v in state.items() if a.annotator == person.id and a.cell not in SHARED}
                        held = opened.log.state()
                        assert {a: v for a, v in held.items() if a.annotator == person.id} == own
                        assert opened.assignments.of(person.id) == project.assignments.of(person.id)
                        assert opened.tagset == project.tagset
                        assert opened.team.facts().roles == project.team.facts().roles
                        if blind:
                            others = {a.annotator for a in held} - {person.id, ""}
                            assert others == set()
                    assert merge_copies(project, [pack.path]).is_empty
            assert (project.log.latest_id(), project.log.state(), project.replica.stamped_annotators()) == before
