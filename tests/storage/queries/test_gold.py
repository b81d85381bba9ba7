"""The gold layer: what competes, what is outdated, and which documents there are to compare."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.tagset.changes import MergeLabels, RenameLabel
from annotator.domain.team.adjudication_state import DifferenceState
from annotator.services.project.merge_copies import merge_copies
from annotator.session import Session
from annotator.session.adjudication import AdjudicationSession
from annotator.storage.project import Project
from tests.storage.strategies import TEXTS
from tests.team.differing_projects import (
    ALI,
    BASMA,
    CARMEN,
    FIRST,
    LAST,
    SECOND,
    give,
    gold,
    make_differing_project,
    outdated,
    set_role,
)

DINA = Annotator("id-of-Dina", "Dina")


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two copies of a project with two adjudicators, Carmen and Dina."""
    path = make_differing_project(tmp_path / "carmen.annot")
    with Project.open(path) as project:
        project.annotators.add(DINA)
        set_role(project, DINA, Role.ADJUDICATOR)
    shutil.copyfile(path, tmp_path / "dina.annot")
    with Project.open(path) as one, Project.open(tmp_path / "dina.annot") as other:
        yield one, other


def session(project: Project, person: Annotator, document: str = SECOND) -> AdjudicationSession:
    made = AdjudicationSession(project, person)
    made.open(document)
    return made


def competing(project: Project) -> list[tuple[str, str, list[str]]]:
    """Return the document, the present label and the competing ones of each span with competing gold."""
    return [
        (state.document, group.gold[span]["label"], [value["label"] for value in values])
        for state in project.gold.in_question()
        for group in state.differences
        for span, values in group.competing.items()
    ]


def test_documents_to_compare_are_those_in_which_voters_differ_or_gold_exists(copies: tuple[Project, Project]) -> None:
    project, _ = copies
    assert project.gold.to_compare() == [FIRST, SECOND]
    assert project.gold.finished_by_several() == [FIRST, SECOND]
    give(project, ALI, TEXTS[2], {"البصرة": "LOC"})
    assert project.gold.to_compare() == [FIRST, SECOND]
    give(project, BASMA, TEXTS[2], {"البصرة": "LOC"})
    assert project.gold.to_compare() == [FIRST, SECOND]
    session(project, CARMEN, LAST).set_settled(True)
    assert project.gold.to_compare() == [FIRST, SECOND, LAST]
    assert project.gold.settled() == {LAST: CARMEN.id}
    Session(project, ALI).remove_articles([LAST, FIRST])
    assert (project.gold.to_compare(), project.gold.settled()) == ([SECOND], {})


def test_gold_of_two_adjudicators_competes_until_one_saw_both(copies: tuple[Project, Project]) -> None:
    one, other = copies
    session(one, CARMEN, FIRST).take_annotator(0)
    session(one, CARMEN).take_annotator(0)
    session(other, DINA).take_annotator(1)
    session(other, DINA).set_settled(True)
    assert competing(one) == competing(other) == []
    merge_copies(one, [other.path])
    assert competing(one) == [(SECOND, "PERS", ["ORG"])]
    here = session(one, CARMEN)
    assert [group.state for group in here.differences] == [DifferenceState.COMPETING]
    assert here.progress == (1, 1)

    here.take()  # Confirms what is there, though the layer does not change but for who settled it.

    assert competing(one) == []
    assert gold(one, SECOND)["القوات"] == "PERS"
    here.undo()
    assert len(competing(one)) == 1
    here.redo()
    assert competing(one) == []
    merge_copies(other, [one.path])
    assert competing(other) == []
    assert not one.integrity()


def test_equal_gold_and_gold_that_was_undone_do_not_compete(copies: tuple[Project, Project]) -> None:
    one, other = copies
    session(one, CARMEN).take_annotator(0)
    session(other, DINA).take_annotator(0)
    merge_copies(one, [other.path])
    assert competing(one) == []
    mine = session(other, DINA)
    mine.undo()
    mine.take_annotator(1)
    mine.undo()
    merge_copies(one, [other.path])
    assert competing(one) == []


def test_a_chain_of_decisions_of_one_adjudicator_does_not_hide_the_other(copies: tuple[Project, Project]) -> None:
    one, other = copies
    session(one, CARMEN).take_annotator(0)
    mine = session(other, DINA)
    for number in (1, 0, 1):
        mine.set_focus(mine.differences[0])
        mine.take_annotator(number)
    merge_copies(one, [other.path])
    assert competing(one) == [(SECOND, "PERS", ["ORG"])]


def test_merged_and_renamed_labels_neither_compete_nor_are_outdated(copies: tuple[Project, Project]) -> None:
    one, other = copies
    session(one, CARMEN).take_annotator(0)
    session(one, CARMEN).set_settled(True)
    session(other, DINA).take_annotator(1)
    merge_copies(one, [other.path])
    labelling = Session(one, ALI)
    labelling.change_tagset([RenameLabel("LOC", "PLACE")])
    assert outdated(one) == []
    assert len(competing(one)) == 1
    labelling.change_tagset([MergeLabels("PERS", "ORG")])
    assert competing(one) == []
    assert outdated(one) == []
    assert session(one, CARMEN).progress[0] == 0


def test_removed_documents_are_nowhere(copies: tuple[Project, Project]) -> None:
    project = copies[0]
    lists = (
        project.gold.to_compare,
        project.gold.finished_by_several,
        lambda: project.gold.finished_by(ALI.id),
        lambda: [project.gold.next_to_settle("")],
    )
    assert [found() for found in lists] == [[FIRST, SECOND]] * 3 + [[FIRST]]
    Session(project, BASMA).remove_articles([FIRST])
    assert [found() for found in lists] == [[SECOND]] * 3 + [[SECOND]]
    assert project.gold.next_to_settle(SECOND) is None
