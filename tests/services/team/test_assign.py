"""Articles are handed out and taken back, and what was begun stays."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import CellKind, Edit, EditKind
from annotator.domain.model.span import Span
from annotator.domain.team.roles import role_write
from annotator.errors import UserError
from annotator.services.project.merge_copies import merge_copies
from annotator.services.team.assign import (
    AssignRequest,
    assign,
    find_near_duplicates,
    plan_assignment,
    take_back,
)
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.assignments import AssignmentCount
from tests.storage.strategies import PEOPLE, make_document, make_tagset

ALI, BASMA, CARMEN = PEOPLE
LEAD = Annotator("id-of-lead", "Salma")
WORDS = ("بغداد", "الموصل", "البصرة", "ديالى", "أربيل", "كركوك", "النجف", "كربلاء", "الأنبار", "واسط", "ميسان")


def text(number: int) -> str:
    """Return an article that is like no other."""
    random = Random(number)
    return f"خبر {number}\n" + " ".join(f"{random.choice(WORDS)}{random.randint(0, 999)}" for _ in range(60))


def project_with(path: Path, texts: list[str]) -> Project:
    """Return a project with articles, three annotators and a lead."""
    project = Project.create(path, make_tagset())
    for person in (*PEOPLE, LEAD):
        project.annotators.add(person)
    project.documents.add_many(map(make_document, texts))
    project.log.append(Edit(project.log.new_id(), LEAD.id, "", EditKind.TEAM, (role_write(LEAD.id, Role.LEAD),)))
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_with(tmp_path / "p.annot", [text(number) for number in range(30)]) as made:
        find_near_duplicates(made)
        yield made


def label(project: Project, who: Annotator, document: str, *, done: bool = False) -> None:
    """Let somebody label the first word of an article."""
    session = Session(project, who)
    session.open(document)
    session.annotate(Span(0, 3), "LOC")
    if done:
        session.set_done(True)


def test_articles_are_handed_out_in_one_edit_for_each_person(project: Project) -> None:
    found = assign(project, AssignRequest(("Ali", BASMA.id), Fraction(1, 5)), LEAD)

    assert (found.documents, found.overlapping, found.left, found.finished) == (30, 6, 0, 0)
    assert {who: count.assigned for who, count in project.assignments.counts().items()} == {ALI.id: 18, BASMA.id: 18}
    edits = [edit for edit in project.log.edits() if edit.kind is EditKind.ASSIGN]
    assert [{write.key for write in edit.writes} for edit in edits] == [{ALI.id}, {BASMA.id}]
    assert {edit.annotator for edit in edits} == {LEAD.id}
    assert [share.total for share in found.shares] == [18, 18]
    assert project.assignments.of(ALI.id) == list(found.shares[0].given)
    assert not project.integrity()


def test_a_dry_run_shows_what_is_handed_out_and_writes_nothing(project: Project) -> None:
    request = AssignRequest(("Ali", "Basma", "Carmen"), Fraction(1, 10), seed=3)
    edits = project.log.counts()["edits"]
    planned = plan_assignment(project, request)
    assert project.log.counts()["edits"] == edits
    assert planned == assign(project, request, LEAD)


def test_later_articles_and_people_move_nothing(project: Project) -> None:
    assign(project, AssignRequest(("Ali", "Basma")), LEAD)
    before = project.assignments.by_document()
    project.documents.add_many(make_document(text(number)) for number in range(100, 112))
    find_near_duplicates(project)

    found = assign(project, AssignRequest(("Ali", "Basma", "Carmen")), LEAD)

    assert [len(share.given) for share in found.shares] == [4, 4, 4]
    after = project.assignments.by_document()
    assert {document: after[document] for document in before} == before


def test_what_nobody_has_begun_can_be_shared_out_again(project: Project) -> None:
    assign(project, AssignRequest(("Ali", "Basma")), LEAD)
    begun = project.assignments.of(ALI.id)[:3]
    for document in begun:
        label(project, ALI, document)
    before = project.assignments.by_document()

    found = assign(project, AssignRequest(("Ali", "Basma", "Carmen"), share_again=True), LEAD)

    after = project.assignments.by_document()
    assert all(after[document] == [ALI.id] for document in begun)
    counts = project.assignments.counts()
    assert counts == {
        ALI.id: AssignmentCount(12, 0, 3),
        BASMA.id: AssignmentCount(9, 0, 0),
        CARMEN.id: AssignmentCount(9, 0, 0),
    }
    # Only what Carmen gets moves.
    assert sum(before[document] != after[document] for document in before) == 9
    assert [len(share.taken) for share in found.shares] == [3, 6, 0]


def test_others_keep_what_they_have_when_it_is_shared_again(project: Project) -> None:
    assign(project, AssignRequest(("Ali", "Basma", "Carmen")), LEAD)
    carmens = project.assignments.of(CARMEN.id)
    assign(project, AssignRequest(("Ali", "Basma"), share_again=True, seed=5, per_person=2), LEAD)
    assert project.assignments.of(CARMEN.id) == carmens
    assert [project.assignments.counts()[who].assigned for who in (ALI.id, BASMA.id)] == [2, 2]


def test_near_duplicates_stay_together_later_too(tmp_path: Path) -> None:
    first = [text(number) for number in range(12)]
    with project_with(tmp_path / "p.annot", [*first, f"{first[0]} وزيادة"]) as project:
        find_near_duplicates(project)
        assert project.metrics.repeats()
        assign(project, AssignRequest(("Ali", "Basma", "Carmen")), LEAD)
        near = make_document(f"{first[0]} وزيادة أخرى")
        project.documents.add_many([near, *(make_document(text(number)) for number in range(50, 58))])
        find_near_duplicates(project)
        assign(project, AssignRequest(("Ali", "Basma", "Carmen"), seed=4), LEAD)
        has = project.assignments.by_document()
        same = [make_document(each).id for each in (first[0], f"{first[0]} وزيادة")] + [near.id]
        assert len({tuple(has[document]) for document in same}) == 1


def test_what_somebody_finished_is_not_handed_out_and_what_was_begun_goes_to_that_person(project: Project) -> None:
    ids = list(project.documents.ids())
    label(project, CARMEN, ids[0], done=True)
    for document in ids[1:5]:
        label(project, BASMA, document)

    found = assign(project, AssignRequest(("Ali", "Basma")), LEAD)

    has = project.assignments.by_document()
    assert found.finished == 1
    assert ids[0] not in has
    assert all(has[document] == [BASMA.id] for document in ids[1:5])


def test_unfinished_articles_are_taken_back_and_can_go_to_others(project: Project) -> None:
    assign(project, AssignRequest(("Ali", "Basma")), LEAD)
    first, second, *_ = project.assignments.of(ALI.id)
    label(project, ALI, first, done=True)
    label(project, ALI, second)

    (share,) = take_back(project, ["Ali"], LEAD)

    assert (len(share.taken), share.total) == (14, 1)
    assert project.assignments.of(ALI.id) == [first]
    assert len(project.log.annotations(second)) == 1
    found = assign(project, AssignRequest(("Basma", "Carmen")), LEAD)
    assert found.documents == 14
    assert second in project.assignments.by_document()
    assert take_back(project, ["Ali"], LEAD)[0].taken == ()


def test_removed_articles_are_not_handed_out(project: Project) -> None:
    session = Session(project, LEAD)
    session.remove_articles(list(project.documents.ids())[:5])
    assert assign(project, AssignRequest(("Ali",)), LEAD).documents == 25
    session.remove_articles([project.assignments.of(ALI.id)[0]])
    assert project.assignments.counts() == {ALI.id: AssignmentCount(24)}
    assert len(project.assignments.of(ALI.id)) == 24


def test_handing_out_can_be_undone_and_done_again(project: Project) -> None:
    assign(project, AssignRequest(("Ali", "Basma")), LEAD)
    session = Session(project, LEAD)
    session.open(next(project.documents.ids()))
    session.undo()
    assert project.assignments.people() == [ALI.id]
    session.redo()
    assert project.assignments.people() == [ALI.id, BASMA.id]
    assert not project.integrity()


def test_two_copies_hand_out_and_merge(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    project.close()
    shutil.copyfile(tmp_path / "p.annot", other)
    for path, name in ((tmp_path / "p.annot", "Ali"), (other, "Basma")):
        with Project.open(path) as copy:
            assign(copy, AssignRequest((name,), per_person=10), LEAD)
    states = []
    for target, source in ((tmp_path / "p.annot", other), (other, tmp_path / "p.annot")):
        with Project.open(target) as copy:
            merge_copies(copy, [source])
            states.append({a: v for a, v in copy.log.state().items() if a.cell is CellKind.ASSIGNMENT})
            assert not copy.integrity()
    assert states[0] == states[1]
    assert Counter(address.key for address in states[0]) == {ALI.id: 10, BASMA.id: 10}


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (AssignRequest(()), "Nobody was chosen"),
        (AssignRequest(("Ali", "Zaki")), "No annotator called Zaki"),
        (AssignRequest(("Ali", ALI.id)), "Ali was named twice"),
        (AssignRequest(("Ali",), Fraction(1, 5)), "An overlap needs two people"),
        (AssignRequest(("Ali", "Basma"), Fraction(3, 2)), "between 0% and 100%"),
    ],
)
def test_bad_requests_write_nothing(project: Project, request_: AssignRequest, problem: str) -> None:
    before = project.log.latest_id()
    with pytest.raises(UserError, match=problem):
        assign(project, request_, LEAD)
    assert project.log.latest_id() == before


def test_only_a_lead_hands_out(project: Project) -> None:
    for act in (
        lambda: assign(project, AssignRequest(("Ali",)), ALI),
        lambda: take_back(project, ["Ali"], ALI),
    ):
        with pytest.raises(UserError, match="Only a lead"):
            act()


def test_nothing_left_to_hand_out(project: Project) -> None:
    assign(project, AssignRequest(("Ali",)), LEAD)
    with pytest.raises(UserError, match="No articles are left"):
        assign(project, AssignRequest(("Ali",)), LEAD)
