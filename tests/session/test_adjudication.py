"""Adjudication: what differs is settled difference by difference, and nobody's own labels change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Change, EditKind
from annotator.domain.team.adjudication_state import DifferenceGroup, DifferenceState
from annotator.errors import UserError
from annotator.session import Session
from annotator.session.adjudication import AdjudicationSession
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind
from tests.storage.strategies import TEXTS, make_document
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
    place,
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_differing_project(tmp_path / "p.annot")) as made:
        yield made


@pytest.fixture
def session(project: Project) -> AdjudicationSession:
    made = AdjudicationSession(project, CARMEN)
    made.open(FIRST)
    return made


def test_differences_have_a_lane_for_each_voter_and_what_all_gave_is_agreed(session: AdjudicationSession) -> None:
    assert session.voters == (ALI.id, BASMA.id)
    assert [label for _, label in session.agreed] == ["PERS"]
    assert session.progress == (2, 2)
    first, second = session.differences
    assert (first.lanes[0], [label for _, label in first.lanes[1]]) == ((), ["LOC"])
    assert [session.kinds(group) for group in (first, second)] == [{DifferenceKind.ONE_SIDE}, {DifferenceKind.BOUNDARY}]
    assert session.focus == first


def test_taking_lanes_settles_every_span_and_goes_on(project: Project, session: AdjudicationSession) -> None:
    before = project.log.annotations(FIRST)
    session.set_focus(session.differences[0], choice=1)
    session.take()
    assert session.focus is session.state.differences[1]
    session.take_annotator(1)

    assert not session.focus
    assert gold(project) == {"بغداد": "LOC", "إلى ديالى": "", "ديالى": "LOC"}
    session.set_settled(True)
    assert gold(project) == {"": "", "بغداد": "LOC", "إلى ديالى": "", "ديالى": "LOC", "أحمد العلي": "PERS"}
    assert session.is_settled
    assert project.log.annotations(FIRST) == before
    assert not project.integrity()


def test_a_document_with_differences_left_is_not_settled(project: Project, session: AdjudicationSession) -> None:
    assert session.set_settled(True) is None
    assert gold(project) == {}


def test_labels_boundaries_and_nothing(project: Project, session: AdjudicationSession) -> None:
    session.give_label("ORG")
    assert gold(project) == {"بغداد": "ORG"}
    session.reject()
    assert gold(project) == {"بغداد": "ORG", "إلى ديالى": "", "ديالى": ""}
    session.set_focus(session.differences[1])
    session.set_focus(session.differences[1], choice=1)
    assert session.move_end(-1, "char")
    assert gold(project)["ديال"] == "LOC"
    assert session.focus is not None
    assert session.move_end(1, "char")
    assert gold(project) == {"بغداد": "ORG", "إلى ديالى": "", "ديالى": "LOC"}


def test_a_span_that_nobody_gave_replaces_what_conflicts(project: Project, session: AdjudicationSession) -> None:
    first, second = session.differences
    assert session.focus == first
    session.give_label("LOC", place(TEXTS[0], "العلي إلى"))
    assert gold(project) == {"أحمد العلي": "", "العلي إلى": "LOC"}
    assert session.focus is not None and session.focus.span == second.span
    session.undo()
    assert gold(project) == {}
    assert [label for _, label in session.agreed] == ["PERS"]


def test_a_span_does_not_grow_into_what_is_agreed(project: Project, session: AdjudicationSession) -> None:
    session.set_focus(session.differences[0], choice=1)
    assert session.span == place(TEXTS[0], "بغداد")
    for words in ("بغداد\nوصل أحمد", "بغداد"):
        assert session.resize(place(TEXTS[0], words)) is None
    assert gold(project) == {}
    assert session.resize(place(TEXTS[0], "بغداد\nوصل"))
    assert gold(project) == {"بغداد\nوصل": "LOC", "بغداد": ""}


def test_undo_is_separate_from_that_of_labelling(project: Project) -> None:
    give(project, CARMEN, TEXTS[2], {"البصرة": "LOC"}, done=False)
    session = AdjudicationSession(project, CARMEN)
    session.open(FIRST)
    assert session.undo() is None
    session.reject()
    session.open(SECOND)
    session.reject()
    labelling = Session(project, CARMEN)
    labelling.undo()
    assert project.log.annotations(LAST) == []
    assert gold(project) != {}
    assert session.undo()
    assert session.undo()
    assert session.document is not None
    assert session.document.id == FIRST
    assert (gold(project), gold(project, SECOND)) == ({}, {})
    assert session.undo() is None
    assert session.redo()
    assert labelling.redo()
    assert session.redo()
    assert session.redo() is None
    assert gold(project, SECOND) == {"القوات": ""}
    assert len(project.log.annotations(LAST)) == 1
    assert not project.integrity()


def test_others_may_not_settle(project: Project) -> None:
    session = AdjudicationSession(project, BASMA)
    session.open(SECOND)
    assert not session.may_settle
    for decide in (session.take, session.reject, lambda: session.give_label("LOC")):
        with pytest.raises(UserError, match="Basma cannot settle differences"):
            decide()
    assert gold(project, SECOND) == {}


def test_gold_is_outdated_when_an_annotator_changes_what_it_rests_on(
    project: Project, session: AdjudicationSession
) -> None:
    session.take_annotator_rest(1)
    session.set_settled(True)
    assert outdated(project) == []
    give(project, ALI, TEXTS[0], {"بغداد": "ORG"})
    assert outdated(project) == [FIRST]
    assert session.refresh()
    assert [group.state for group in session.differences] == [DifferenceState.OUTDATED, DifferenceState.SETTLED]
    session.take()
    assert outdated(project) == []
    assert session.is_settled
    give(project, ALI, TEXTS[0], {"بغداد": "LOC"})  # Comes round to what was settled.
    assert outdated(project) == []
    give(project, ALI, TEXTS[0], {"وصل": "ORG"})
    assert outdated(project) == [FIRST]


def test_this_difference_everywhere_is_one_edit(project: Project, tmp_path: Path) -> None:
    texts = ("دخلت القُوات المدينة.", "قالت القوات إنها هنا، ثم عادت القوات.")
    for text in texts:
        project.documents.add(make_document(text))
    for who, given in ((ALI, "ORG"), (BASMA, "PERS")):
        give(project, who, texts[0], {"القُوات": given})
        give(project, who, texts[1], {"القوات": given, "هنا": given})
    session = AdjudicationSession(project, CARMEN)
    session.open(SECOND)
    settlement = session.prepare_settle_everywhere()
    assert settlement is not None
    settlement.write()
    change = session.take_over(settlement)
    assert change is not None
    assert change.edit.kind is EditKind.SETTLE
    assert change.documents == {SECOND, *map(document_id, texts)}
    assert gold(project, document_id(texts[1])) == {"القوات": "ORG"}
    session.undo()
    assert [gold(project, document) for document in sorted(change.documents)] == [{}, {}, {}]
    session.redo()
    assert session.open_next()


def test_a_note_on_a_difference_can_be_undone_and_does_not_disturb_labelling(
    project: Project, session: AdjudicationSession
) -> None:
    session.set_note("بحسب الدليل", doubtful=True)
    group = session.differences[0]
    note = session.note_on(group)
    assert note is not None
    assert (note.text, note.doubtful) == ("بحسب الدليل", True)
    labelling = Session(project, CARMEN)
    labelling.open(FIRST)
    assert len(labelling.notes) == 1
    session.undo()
    assert session.note_on(group) is None


def test_the_next_document_is_one_with_differences_left(project: Project, session: AdjudicationSession) -> None:
    assert session.open_next()
    assert session.document is not None and session.document.id == SECOND
    assert session.open_next()
    assert session.document.id == FIRST
    session.take_annotator_rest(0)
    assert session.open_next()
    session.take_annotator_rest(0)
    assert not session.open_next(), "all differences are settled, though the documents are not"


def test_the_focus_goes_round_both_ways(project: Project) -> None:
    give(project, ALI, TEXTS[0], {"وصل": "ORG"})
    session = AdjudicationSession(project, CARMEN)
    session.open(FIRST)
    numbers = []
    for step in (*[session.focus_next] * 3, *[session.focus_previous] * 3):
        step()
        numbers.append(session.differences.index(session.focus) if session.focus else None)
    assert numbers == [1, 2, 0, 2, 1, 0]
    for step, number in ((session.focus_next, 0), (session.focus_previous, 2)):
        session.set_focus(None)
        step()
        assert session.focus == session.differences[number]


def test_where_spans_may_nest_a_span_within_another_does_not_replace_it(tmp_path: Path) -> None:
    with Project.open(make_differing_project(tmp_path / "nested.annot", nested=True)) as project:
        session = AdjudicationSession(project, CARMEN)
        session.open(FIRST)
        session.give_label("LOC", place(TEXTS[0], "العلي"))
        assert gold(project) == {"العلي": "LOC"}


def test_focusing_a_span_chooses_the_first_lane_that_has_it(project: Project) -> None:
    give(project, CARMEN, TEXTS[0], {"أحمد العلي": "PERS", "ديالى": "LOC"})
    session = AdjudicationSession(project, CARMEN)
    session.open(FIRST)
    group = session.differences[1]
    assert [lane[0][0].of(TEXTS[0]) for lane in session.choices(group)] == ["إلى ديالى", "ديالى", "ديالى"]
    session.set_focus(group, choice=0)
    session.set_focus(group, place(TEXTS[0], "إلى ديالى"))
    assert session.choice == 0
    session.set_focus(group, choice=0)
    session.set_focus(group, place(TEXTS[0], "ديالى"))
    assert (session.choice, session.span) == (1, place(TEXTS[0], "ديالى"))


def test_a_document_is_opened_at_a_place(session: AdjudicationSession) -> None:
    first, second = session.differences
    for words, focus in (("ديالى", second), ("بغداد", first), ("أحمد", first)):
        session.open(FIRST, place(TEXTS[0], words))
        assert session.focus == focus


def test_focusing_a_span_of_another_lane_chooses_that_lane(session: AdjudicationSession) -> None:
    group = session.differences[1]
    for words, choice in (("إلى ديالى", 0), ("ديالى", 1)):
        session.set_focus(group, place(TEXTS[0], words))
        assert (session.choice, session.span) == (choice, place(TEXTS[0], words))


def test_focusing_a_span_of_the_lane_that_most_gave_keeps_that_lane(project: Project) -> None:
    give(project, CARMEN, TEXTS[1], {"القوات": "PERS"})
    session = AdjudicationSession(project, CARMEN)
    session.open(SECOND)
    session.set_focus(session.differences[0], place(TEXTS[1], "القوات"))
    assert session.choice == 1


def test_each_call_leads_to_one_outcome_with_its_change(session: AdjudicationSession) -> None:
    heard: list[tuple[Change | None, bool, DifferenceGroup | None]] = []
    stop = session.subscribe(lambda outcome: heard.append((outcome.change, outcome.opened, session.focus)))
    taken, focus = session.take(), session.focus
    session.focus_next()
    session.open(SECOND)
    undone = session.undo()
    stop()
    session.redo()
    first, second = session.differences
    assert taken and undone and focus
    assert [(change, opened) for change, opened, _ in heard] == [
        (taken, False),
        (None, False),
        (None, True),
        (undone, True),
    ]
    assert [group.span if group else None for _, _, group in heard] == [
        second.span,
        first.span,
        place(TEXTS[1], "القوات"),
        first.span,
    ]
