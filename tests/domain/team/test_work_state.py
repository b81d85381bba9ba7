"""How far annotators are: by document, by annotator and for the team."""

from __future__ import annotations

import pytest

from annotator.domain.team.work_state import Work, WorkCounts, WorkState, count_team, count_work, work_state

A, B, D = Work.ASSIGNED, Work.BEGUN, Work.DONE


@pytest.mark.parametrize(
    ("work", "state"),
    [
        (A, WorkState.UNTOUCHED),
        (B, WorkState.BEGUN),
        (A | B, WorkState.BEGUN),
        (D, WorkState.FINISHED),
        (A | D, WorkState.FINISHED),
        (B | D, WorkState.FINISHED),
        (A | B | D, WorkState.FINISHED),
    ],
)
@pytest.mark.parametrize("anything_assigned", [True, False])
def test_the_furthest_flag_is_the_state(work: Work, state: WorkState, anything_assigned: bool) -> None:
    assert work_state(work, anything_assigned=anything_assigned) is state


def test_without_assignments_every_document_is_everybody_s() -> None:
    assert work_state(Work.NONE, anything_assigned=True) is WorkState.NONE
    assert work_state(Work.NONE, anything_assigned=False) is WorkState.UNTOUCHED


def test_the_counts_of_one_annotator() -> None:
    works = [A, A | B, A | B | D, A | D, B, B | D, Work.NONE]
    assert count_work(works, anything_assigned=True) == WorkCounts(assigned=4, done=3, begun=2, left=2)
    assert count_work(works, anything_assigned=False) == WorkCounts(assigned=7, done=3, begun=2, left=4)


def test_the_counts_of_a_team() -> None:
    works = {
        "ali": [A | D, A | D, A | D, B, D, Work.NONE, B | D],
        "basma": [A | D, A, Work.NONE, Work.NONE, B, Work.NONE, A],
    }
    assert count_team(works, 7, anything_assigned=True) == WorkCounts(assigned=4, done=3, begun=3, left=2)
    assert count_team(works, 7, anything_assigned=False) == WorkCounts(assigned=7, done=3, begun=3, left=4)
    assert count_team({}, 7, anything_assigned=False) == WorkCounts(assigned=7, left=7)
    assert count_team({}, 7, anything_assigned=True) == WorkCounts()
