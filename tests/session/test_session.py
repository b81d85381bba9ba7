"""The desk: what each action writes, what is in focus after it, and what undo brings back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator, Origin, OriginKind
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Change, EditKind, Write, fold
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.session import Outcome, ReviewItem, Session
from annotator.storage.project import Project
from tests.storage.strategies import make_document, make_tagset

ME = Annotator("me", "Ali")
#       0   4    9   13  17  22  26
TEXT = "قال احمد في وديالى ان بغداد آمنة"
OTHER = "نص آخر عن البصرة"
AHMAD, DIYALA, BAGHDAD = Span(4, 8), Span(12, 18), Span(22, 27)
CONFIRMED = Origin(OriginKind.CONFIRMED, "lexicon")
CORRECTED = Origin(OriginKind.CORRECTED, "lexicon")


def suggest(span: Span, label: str, score: float = 0.9, suggester: str = "lexicon") -> Suggestion:
    return Suggestion(span, label, score, suggester, "1")


@pytest.fixture(params=[False, True], ids=["flat", "nested"])
def nested(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def project(tmp_path: Path, nested: bool) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", make_tagset(nested)) as created:
        found = [suggest(AHMAD, "PERS"), suggest(DIYALA, "LOC", 0.6), suggest(BAGHDAD, "LOC", 0.3)]
        with created.transaction():
            created.documents.add_many(make_document(text) for text in (TEXT, OTHER))
            created.suggestions.replace(document_id(TEXT), "lexicon", "1", found)
            created.suggestions.replace(document_id(OTHER), "lexicon", "1", [suggest(Span(10, 16), "LOC")])
        yield created


@pytest.fixture
def session(project: Project) -> Iterator[Session]:
    made = Session(project, ME)
    made.open(document_id(TEXT))
    yield made
    assert project.log.state() == fold(project.log.edits())
    items = [replace(item, score=1.0) for item in made.items]
    made.refresh()  # the decisions alter what suggestions are worth, and nothing else
    assert [replace(item, score=1.0) for item in made.items] == items


def focused(session: Session) -> Span | None:
    return session.focus.span if session.focus else None


def in_focus(session: Session) -> ReviewItem:
    assert session.focus is not None
    return session.focus


def annotated(session: Session) -> list[tuple[Span, str, Origin]]:
    assert session.document is not None
    return [(a.span, a.label, a.origin) for a in session.project.log.annotations(session.document.id, ME.id)]


def verdicts(session: Session) -> dict[str, str]:
    assert session.document is not None
    found = session.project.log.verdicts(session.document.id, ME.id)
    return {key: value["verdict"] for key, value in found.items()}


def kind(change: Change | None) -> EditKind:
    assert change is not None
    return change.edit.kind


def test_opening_shows_suggestions_in_order_and_focuses_the_first(session: Session) -> None:
    assert [item.span for item in session.items] == [AHMAD, DIYALA, BAGHDAD]
    assert all(item.is_suggestion and item.suggester == "lexicon" for item in session.items)
    assert focused(session) == AHMAD
    assert session.progress == (3, 3)
    assert [t.text for t in session.tokens][:2] == ["قال", "احمد"]


def test_an_unknown_document_is_not_opened(session: Session) -> None:
    with pytest.raises(KeyError):
        session.open("nothing")
    assert session.document is not None
    assert session.document.id == document_id(TEXT)


def test_confirming_makes_an_annotation_and_goes_on(session: Session) -> None:
    change = session.confirm()
    assert kind(change) is EditKind.CONFIRM
    assert annotated(session) == [(AHMAD, "PERS", CONFIRMED)]
    assert verdicts(session) == {"4:8:PERS": "accepted"}
    value = session.project.log.verdicts(document_id(TEXT), ME.id)["4:8:PERS"]
    assert value == {"verdict": "accepted", "suggester": "lexicon", "version": "1", "score": 0.9}
    assert focused(session) == DIYALA
    assert session.progress == (2, 3)


def test_confirming_an_annotation_only_passes_it(session: Session) -> None:
    session.confirm()
    session.set_focus(session.items[0])
    assert session.confirm() is None
    assert focused(session) == DIYALA


def test_rejecting_hides_a_suggestion_and_goes_on(session: Session) -> None:
    assert kind(session.reject()) is EditKind.REJECT
    assert [item.span for item in session.items] == [DIYALA, BAGHDAD]
    assert verdicts(session) == {"4:8:PERS": "rejected"}
    assert focused(session) == DIYALA


def test_rejecting_an_annotation_removes_it_and_its_suggestion_does_not_come_back(session: Session) -> None:
    session.confirm()
    session.set_focus(session.items[0])
    assert kind(session.reject()) is EditKind.REMOVE
    assert annotated(session) == []
    assert verdicts(session) == {"4:8:PERS": "rejected"}
    assert [item.span for item in session.items] == [DIYALA, BAGHDAD]
    assert focused(session) == DIYALA


def test_what_was_skipped_comes_back_when_the_rest_is_decided(session: Session) -> None:
    assert kind(session.skip()) is EditKind.SKIP
    assert focused(session) == DIYALA
    assert session.progress == (3, 3)
    session.confirm()
    session.confirm()
    assert focused(session) == AHMAD
    assert in_focus(session).skipped
    assert session.skip() is None
    assert focused(session) == AHMAD
    session.confirm()
    assert focused(session) is None
    assert session.progress == (0, 3)


def test_giving_a_suggestion_its_own_label_confirms_it(session: Session) -> None:
    assert kind(session.give_label("PERS")) is EditKind.CONFIRM
    assert annotated(session) == [(AHMAD, "PERS", CONFIRMED)]


def test_giving_a_suggestion_another_label_corrects_it(session: Session) -> None:
    assert kind(session.give_label("ORG")) is EditKind.RELABEL
    assert annotated(session) == [(AHMAD, "ORG", CORRECTED)]
    assert verdicts(session) == {"4:8:PERS": "corrected"}
    assert focused(session) == DIYALA


def test_relabelling_an_annotation_keeps_its_id_and_makes_the_verdict_true(session: Session) -> None:
    session.confirm()
    before = session.items[0]
    session.set_focus(before)
    assert kind(session.give_label("ORG")) is EditKind.RELABEL
    assert session.items[0].key == before.key
    assert annotated(session) == [(AHMAD, "ORG", CORRECTED)]
    assert verdicts(session) == {"4:8:PERS": "corrected"}
    session.set_focus(session.items[0])
    session.give_label("PERS")
    assert verdicts(session) == {"4:8:PERS": "accepted"}


def test_giving_an_annotation_the_label_it_has_goes_on(session: Session) -> None:
    session.confirm()
    session.set_focus(session.items[0])
    assert session.give_label("PERS") is None
    assert focused(session) == DIYALA


def test_a_label_that_the_tagset_lacks_is_a_bug(session: Session) -> None:
    with pytest.raises(ValueError, match="no label WEAPON"):
        session.give_label("WEAPON")


def test_labelling_a_place_by_hand_adds_an_annotation_and_goes_on_behind_it(session: Session) -> None:
    assert kind(session.annotate(Span(19, 21), "ORG")) is EditKind.ADD
    assert annotated(session) == [(Span(19, 21), "ORG", Origin())]
    assert focused(session) == BAGHDAD
    with pytest.raises(ValueError, match="beyond the text"):
        session.annotate(Span(0, 99), "ORG")


def test_labelling_the_place_of_a_suggestion_decides_it(session: Session) -> None:
    assert kind(session.give_label("LOC", BAGHDAD)) is EditKind.CONFIRM
    assert kind(session.give_label("ORG", DIYALA)) is EditKind.RELABEL
    assert annotated(session) == [(DIYALA, "ORG", CORRECTED), (BAGHDAD, "LOC", CONFIRMED)]
    assert focused(session) == AHMAD


def test_labelling_the_place_of_an_annotation_relabels_it(session: Session) -> None:
    session.confirm()
    key = session.items[0].key
    assert session.give_label("PERS", AHMAD) is None
    assert kind(session.give_label("LOC", AHMAD)) is EditKind.RELABEL
    assert session.items[0].key == key


def test_drawing_over_annotations_takes_their_place_in_one_edit_unless_they_nest(
    session: Session, nested: bool
) -> None:
    session.confirm()
    session.annotate(Span(0, 9), "ORG")
    outer = (Span(0, 9), "ORG", Origin())
    assert annotated(session) == ([outer, (AHMAD, "PERS", CONFIRMED)] if nested else [outer])
    session.annotate(Span(6, 11), "LOC")
    assert annotated(session) == [(Span(6, 11), "LOC", Origin())]
    session.undo()
    assert outer in annotated(session)


def test_in_a_flat_tagset_what_an_annotation_overlaps_is_hidden_and_comes_back(session: Session, nested: bool) -> None:
    session.annotate(Span(0, 9), "ORG")
    assert (AHMAD in [item.span for item in session.items]) == nested
    session.set_focus(session.items[0])
    session.reject()
    assert AHMAD in [item.span for item in session.items]


def test_resizing_a_suggestion_confirms_it_as_corrected_and_keeps_it_in_focus(session: Session) -> None:
    session.set_focus(session.items[1])
    assert kind(session.resize(Span(13, 18))) is EditKind.RESIZE
    assert annotated(session) == [(Span(13, 18), "LOC", CORRECTED)]
    assert verdicts(session) == {"12:18:LOC": "corrected"}
    assert focused(session) == Span(13, 18)
    assert session.progress == (2, 3)
    assert len(list(session.project.log.edits())) == 1


def test_resizing_an_annotation_moves_it_and_back_makes_the_verdict_accepted_again(session: Session) -> None:
    session.confirm()
    session.set_focus(session.items[0])
    session.resize(Span(0, 8))
    assert annotated(session) == [(Span(0, 8), "PERS", CORRECTED)]
    assert verdicts(session) == {"4:8:PERS": "corrected"}
    session.resize(AHMAD)
    assert verdicts(session) == {"4:8:PERS": "accepted"}


def test_resizing_to_the_same_or_into_another_annotation_does_nothing(session: Session, nested: bool) -> None:
    session.confirm()
    session.confirm()
    session.set_focus(session.items[0])
    assert session.resize(AHMAD) is None
    assert session.resize(Span(4, 14)) is None
    assert session.resize(DIYALA) is None
    assert focused(session) == AHMAD
    assert (session.resize(Span(4, 19)) is not None) == nested
    with pytest.raises(ValueError, match="beyond the text"):
        session.resize(Span(4, 99))


def test_boundaries_move_by_word_and_by_character(session: Session) -> None:
    session.set_focus(session.items[1])
    session.move_start(1, "char")
    assert focused(session) == Span(13, 18)
    session.move_end(1)
    assert focused(session) == Span(13, 21)
    session.move_end(-1, "char")
    assert focused(session) == Span(13, 20)
    session.move_start(-1)
    assert focused(session) == Span(12, 20)
    assert session.move_end(-3) is None
    assert len(annotated(session)) == 1


def test_confirm_all_is_one_edit_with_what_is_above_the_threshold(session: Session) -> None:
    session.threshold = 0.31  # the lexicon's 0.6 for a place is worth 0.32
    session.skip()
    assert kind(session.confirm_all()) is EditKind.CONFIRM_ALL
    assert [span for span, _, _ in annotated(session)] == [AHMAD, DIYALA]
    assert session.focus is None
    assert session.confirm_all() is None
    assert session.undo() is not None
    assert annotated(session) == []
    assert focused(session) == AHMAD
    session.threshold = 0.0
    assert session.progress == (3, 3)


def test_what_is_accepted_unseen_names_no_suggester_until_it_is_corrected(session: Session) -> None:
    project = session.project
    session.confirm_all(seen={session.items[0].key})
    assert [str(a.origin) for a in project.log.annotations(document_id(TEXT))] == ["confirmed:lexicon"] * 3
    assert [(case.accepted, case.decided) for case in project.decisions.cases()] == [(1, 1)]
    assert project.decisions.agreement(ME.id) == (1, 1)
    session.set_focus(session.items[1])
    session.give_label("PERS")
    assert sum(case.decided for case in project.decisions.cases()) == 2
    assert project.decisions.agreement(ME.id) == (1, 2)
    session.undo()
    session.undo()
    assert project.decisions.cases() == [] and session.progress == (3, 3)


def test_some_are_confirmed_in_one_edit_and_nothing_is_in_focus(session: Session) -> None:
    assert kind(session.confirm_some(session.items[1:])) is EditKind.CONFIRM_ALL
    assert [span for span, _, _ in annotated(session)] == [DIYALA, BAGHDAD]
    assert session.focus is None and session.confirm_some(session.items[1:]) is None


def test_what_was_rejected_is_listed_and_taken_back_in_one_edit(session: Session) -> None:
    assert session.rejected == [] and session.take_back(["0:1:LOC"]) is None
    session.reject()
    session.reject()
    assert [span for _, span, _ in session.rejected] == [AHMAD, DIYALA]
    assert kind(session.take_back(key for key, _, _ in session.rejected)) is EditKind.SKIP
    assert session.rejected == [] and focused(session) == AHMAD and session.progress == (3, 3)
    session.undo()
    assert [span for _, span, _ in session.rejected] == [AHMAD, DIYALA]


def test_a_label_on_a_span_leaves_the_focus_empty_if_asked_to_stay(session: Session) -> None:
    session.give_label("LOC", Span(0, 3), stay=True)
    assert session.focus is None


def test_raising_the_threshold_moves_the_focus_on_from_what_it_hides(session: Session) -> None:
    session.set_focus(session.items[1])
    session.threshold = 0.8
    assert [item.span for item in session.items] == [AHMAD]
    assert focused(session) == AHMAD
    session.threshold = 1.0
    assert session.focus is None
    session.threshold = 0.0
    assert focused(session) == AHMAD


def test_tab_goes_round_over_all_items(session: Session) -> None:
    session.confirm()
    session.set_focus(None)
    seen = []
    for _ in range(4):
        session.focus_next()
        seen.append(focused(session))
    assert seen == [AHMAD, DIYALA, BAGHDAD, AHMAD]
    session.focus_previous()
    assert focused(session) == BAGHDAD
    session.focus_next(pending_only=True)
    assert focused(session) == DIYALA


def test_the_focus_goes_round_to_what_is_left_above(session: Session) -> None:
    session.set_focus(session.items[2])
    session.confirm()
    assert focused(session) == AHMAD


def test_a_document_is_done_only_when_nothing_is_left_to_decide(session: Session) -> None:
    assert session.set_done(True) is None
    session.confirm_all()

    def after(change: Change | None) -> tuple[EditKind, bool]:
        return kind(change), session.is_done

    assert after(session.set_done(True)) == (EditKind.STATUS, True)
    assert session.set_done(True) is None
    assert after(session.undo()) == (EditKind.UNDO, False)
    assert after(session.redo()) == (EditKind.REDO, True)
    assert after(session.set_done(False)) == (EditKind.STATUS, False)
    assert session.set_done(False) is None


def test_a_note_is_kept_altered_and_removed(session: Session) -> None:
    assert session.set_note("") is None
    session.set_note("أهو هو؟")
    assert session.note == "أهو هو؟"
    session.set_note("")
    assert session.note == ""
    session.undo()
    assert session.note == "أهو هو؟"


def test_undo_and_redo_focus_what_came_back(session: Session) -> None:
    session.confirm()
    session.reject()
    session.undo()
    assert focused(session) == DIYALA
    session.undo()
    assert focused(session) == AHMAD
    assert in_focus(session).is_suggestion
    session.redo()
    assert focused(session) == AHMAD
    assert not in_focus(session).is_suggestion
    session.redo()
    assert focused(session) == BAGHDAD
    assert session.redo() is None


def test_a_new_edit_ends_the_chain_of_redo(session: Session) -> None:
    session.confirm()
    session.undo()
    session.reject()
    assert session.redo() is None


def test_undo_goes_over_documents_and_restarts(session: Session, project: Project) -> None:
    session.confirm()
    session.open(document_id(OTHER))
    session.confirm()
    with Project.open(project.path) as again:
        later = Session(again, ME)
        later.open(document_id(TEXT))
        change = later.undo()
        assert change is not None
        assert change.edit.document == document_id(OTHER)
        assert later.document is not None
        assert later.document.id == document_id(OTHER)
        assert focused(later) == Span(10, 16)
        later.undo()
        assert later.document.id == document_id(TEXT)
        assert focused(later) == AHMAD
        assert later.undo() is None
    session.refresh()


def test_undo_before_any_document_is_open_opens_its_document(session: Session, project: Project) -> None:
    session.confirm()
    later = Session(project, ME)
    later.undo()
    assert later.document is not None
    session.refresh()


def test_each_call_leads_to_one_outcome_with_its_change_and_focus(session: Session) -> None:
    heard: list[tuple[EditKind | None, Span | None, tuple[int, int]]] = []

    def hear(outcome: Outcome) -> None:
        """Note what changed, what is in focus and what is left, in the session and in the outcome alike."""
        assert outcome.focus == session.focus
        heard.append((outcome.change.edit.kind if outcome.change else None, focused(session), session.progress))

    stop = session.subscribe(hear)
    session.confirm()
    session.set_focus(session.items[0])
    session.confirm()
    session.undo()
    stop()
    session.confirm()
    first = session.items[0].span
    assert heard == [
        (EditKind.CONFIRM, DIYALA, (2, 3)),
        (None, first, (2, 3)),
        (None, DIYALA, (2, 3)),
        (EditKind.UNDO, AHMAD, (3, 3)),
    ]


def test_a_label_for_a_span_is_one_outcome(session: Session) -> None:
    outcomes: list[Outcome] = []
    session.subscribe(outcomes.append)
    change = session.give_label("LOC", BAGHDAD)
    assert [(outcome.change, outcome.focus) for outcome in outcomes] == [(change, session.focus)]
    assert session.focus is not None and session.focus.span != BAGHDAD


def test_an_undo_in_another_article_is_one_outcome_that_opened_it(session: Session) -> None:
    session.confirm()
    session.open(document_id(OTHER))
    outcomes: list[Outcome] = []
    session.subscribe(outcomes.append)
    session.undo()
    assert [(bool(outcome.change), outcome.opened) for outcome in outcomes] == [(True, True)]
    session.open(document_id(TEXT), session.items[0].key)
    session.open(document_id(TEXT), "")
    assert [outcome.focus for outcome in outcomes[1:]] == [session.items[0], None]


def test_an_edit_of_others_making_may_lie_in_several_documents(session: Session) -> None:
    writes = [
        Write(
            document_id(text),
            CellKind.ANNOTATION,
            key,
            None,
            {"start": 0, "end": 2, "label": "LOC", "origin": "propagated"},
        )
        for text, key in ((TEXT, "1"), (OTHER, "2"))
    ]
    change = session.apply(EditKind.PROPAGATE, writes)
    assert change is not None
    assert change.documents == {document_id(TEXT), document_id(OTHER)}
    assert session.items[0].key == "1"
    session.open(document_id(OTHER))
    assert session.items[0].key == "2"
    session.undo()
    assert session.document is not None
    assert session.document.id == document_id(TEXT)
    assert session.project.log.state() == {}
    assert session.apply(EditKind.PROPAGATE, []) is None


def test_what_another_window_did_is_seen_after_refresh(session: Session, project: Project) -> None:
    with Project.open(project.path) as elsewhere:
        other = Session(elsewhere, ME)
        other.open(document_id(TEXT))
        other.confirm()
        other.confirm()
    assert focused(session) == AHMAD
    assert session.refresh()
    assert focused(session) == BAGHDAD
    assert session.progress == (1, 3)
    assert not session.refresh()


def test_new_suggestions_are_seen_after_refresh_and_the_focus_stays(session: Session, project: Project) -> None:
    session.set_focus(session.items[2])
    project.suggestions.replace(document_id(TEXT), "memory", "1", [suggest(Span(0, 3), "ORG", suggester="memory")])
    assert session.refresh()
    assert len(session.items) == 4
    assert focused(session) == BAGHDAD


def test_another_annotator_s_work_is_not_shown(session: Session, project: Project) -> None:
    session.confirm_all()
    other = Session(project, Annotator("other", "Basma"))
    other.open(document_id(TEXT))
    assert other.progress == (3, 3)
    assert other.undo() is None


def test_without_an_open_document_actions_do_nothing(project: Project) -> None:
    idle = Session(project, ME)
    assert (idle.document, idle.items, list(idle.tokens), idle.progress) == (None, [], [], (0, 0))
    actions = (idle.confirm, idle.reject, idle.skip, idle.confirm_all, idle.undo, idle.redo)
    assert [action() for action in actions] == [None] * len(actions)
    assert idle.set_done(True) is None
    assert idle.set_note("x") is None
    assert idle.move_end(1) is None
    assert not idle.refresh()
    idle.focus_next()
    idle.focus_previous()
    with pytest.raises(ValueError, match="no document is open"):
        idle.annotate(AHMAD, "LOC")


def test_what_comes_in_behind_the_work_leaves_the_annotator_where_she_is(session: Session) -> None:
    session.set_focus(None)
    found = [suggest(AHMAD, "PERS", suggester="memory"), suggest(BAGHDAD, "LOC", suggester="memory")]
    session.project.suggestions.replace(document_id(TEXT), "memory", "1", found)
    session.refresh()
    assert session.focus is None
    session.confirm_all()
    assert session.progress[0] == 0
    late = suggest(Span(0, 3), "ORG", suggester="late")
    session.project.suggestions.replace(document_id(TEXT), "late", "1", [late])
    session.refresh()
    assert focused(session) == late.span


def test_a_label_may_reach_up_to_the_last_character(session: Session) -> None:
    end = len(TEXT)
    assert session.give_label("LOC", Span(28, end))
    session.set_focus(next(item for item in session.items if item.span == Span(28, end)))
    assert session.resize(Span(28, end - 1)) and session.resize(Span(28, end))
    assert (Span(28, end), "LOC", Origin()) in annotated(session)


@pytest.fixture
def with_weak(project: Project) -> Session:
    """Return a session in which Baghdad is suggested weakly, and Ahmad firmly."""
    found = [suggest(AHMAD, "PERS", 0.9, "other"), suggest(BAGHDAD, "LOC", 0.3, "other")]
    with project.transaction():
        project.suggestions.replace(document_id(TEXT), "lexicon", "1", [])
        project.suggestions.replace(document_id(TEXT), "other", "1", found)
    session = Session(project, ME)
    session.threshold = 0.5
    session.open(document_id(TEXT))
    return session


def test_a_weak_suggestion_is_marked_but_not_among_what_is_to_decide(with_weak: Session) -> None:
    assert [(item.span, item.weak) for item in with_weak.marked] == [(AHMAD, False), (BAGHDAD, True)]
    assert ([item.span for item in with_weak.items], with_weak.progress, with_weak.hidden) == ([AHMAD], (1, 1), 0)
    with_weak.confirm()
    assert (with_weak.focus, with_weak.progress) == (None, (0, 1))
    assert with_weak.confirm_all() is None
    assert kind(with_weak.set_done(True)) is EditKind.STATUS


def test_tab_reaches_a_weak_suggestion_and_every_decision_on_it_is_possible(with_weak: Session) -> None:
    with_weak.focus_next()
    assert focused(with_weak) == BAGHDAD
    with_weak.focus_next()
    assert focused(with_weak) == AHMAD
    with_weak.focus_previous()
    assert in_focus(with_weak).weak
    with_weak.confirm()
    assert focused(with_weak) == AHMAD
    assert annotated(with_weak) == [(BAGHDAD, "LOC", Origin(OriginKind.CONFIRMED, "other"))]
    with_weak.undo()
    assert (focused(with_weak), in_focus(with_weak).weak) == (BAGHDAD, True)
    with_weak.reject()
    assert [item.span for item in with_weak.marked] == [AHMAD]
    with_weak.undo()
    with_weak.give_label("ORG")
    assert annotated(with_weak) == [(BAGHDAD, "ORG", Origin(OriginKind.CORRECTED, "other"))]


def test_a_decision_on_a_weak_suggestion_counts_neither_for_nor_against_its_suggester(with_weak: Session) -> None:
    def cases() -> list[tuple[float, int, int]]:
        return [(case.score, case.accepted, case.decided) for case in with_weak.project.decisions.cases()]

    for decide in (with_weak.confirm, with_weak.reject, lambda: with_weak.give_label("ORG")):
        with_weak.set_focus(with_weak.marked[1])
        decide()
        assert len(verdicts(with_weak)) == 1
        assert cases() == []
        with_weak.undo()
    with_weak.set_focus(with_weak.marked[0])
    with_weak.confirm()
    assert cases() == [(0.9, 1, 1)]
    with_weak.set_focus(with_weak.marked[1])
    with_weak.confirm()
    with_weak.set_focus(with_weak.items[1])
    with_weak.reject()
    assert cases() == [(0.9, 1, 1)]


def test_above_the_default_threshold_nothing_is_weak(with_weak: Session) -> None:
    with_weak.focus_next()
    with_weak.threshold = 0.51
    assert (with_weak.marked, with_weak.hidden) == (with_weak.items, 1)
    assert focused(with_weak) == AHMAD
    with_weak.threshold = 0.4
    assert [item.weak for item in with_weak.marked] == [False, True]
    with_weak.focus_next()
    with_weak.threshold = 0.3
    assert (focused(with_weak), in_focus(with_weak).weak, with_weak.progress) == (BAGHDAD, False, (2, 2))
    with_weak.threshold = 0.5
    assert focused(with_weak) == AHMAD


def test_what_was_confirmed_unseen_counts_once_it_is_removed_even_if_it_is_suggested_no_more(session: Session) -> None:
    session.confirm_all(seen=())
    assert session.project.decisions.cases() == []
    with session.project.transaction():
        session.project.suggestions.replace(document_id(TEXT), "lexicon", "2", [])
    session.refresh()
    session.set_focus(session.items[0])
    session.reject()
    assert [(case.accepted, case.decided) for case in session.project.decisions.cases()] == [(0, 1)]
