"""Progress is what a plain fold of the log says, whatever annotators did."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, VerdictValue, Write, assignment, fold, removal
from annotator.domain.model.span import Span
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.tagset.changes import RenameLabel
from annotator.domain.team.curves import FinishedArticle
from annotator.services.progress import Progress
from annotator.services.team.team_progress import PersonProgress, TeamProgress, measure_progress
from annotator.session import Session
from annotator.storage.file.clock import timestamp_ms
from annotator.storage.project import Project
from annotator.storage.queries.team_work import DECISION_KINDS
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, Action, actions, make_project

IDS = [document_id(text) for text in TEXTS]
HOUR_MS = 3_600_000

Step = tuple[str, int, int, int]
"""What somebody does: an action, "assign", "take back" or "work"; the person; two numbers."""
steps = st.one_of(
    st.tuples(actions, st.integers(0, 2)).map(lambda drawn: (drawn[0][0], drawn[1], *drawn[0][1:])),
    st.tuples(st.sampled_from(["assign", "take back", "work", "remove"]), *[st.integers(0, 2)] * 3),
)


def play(project: Project, played: Iterable[Step]) -> None:
    """Let three people do some steps."""
    sessions = [Session(project, person) for person in PEOPLE]
    for session in sessions:
        session.open(IDS[0])
    for number, (name, who, a, b) in enumerate(played):
        session, person = sessions[who], PEOPLE[who]
        if name in ("assign", "take back"):
            write = assignment(IDS[a], PEOPLE[b].id, assigned=name == "assign")
            project.annotators.add(person)
            project.annotators.add(PEOPLE[b])
            project.log.append(Edit(project.log.new_id(), person.id, "", EditKind.ASSIGN, (write,)))
        elif name == "work":
            project.annotators.add(person)
            project.time_spent.add(person.id, [WorkInterval(IDS[a], number, 1000 * b)])
        elif name == "remove":
            if b == 0:  # seldom, or there would be nothing left to count
                project.annotators.add(person)
                edit = Edit(project.log.new_id(), person.id, IDS[a], EditKind.REMOVE_ARTICLE, (removal(IDS[a]),))
                project.log.append(edit)
        else:
            ACTIONS[name](session, a, b)


def decided_by(edits: list[Edit], person: str, removed: set[str]) -> list[tuple[int, bool]]:
    """Return the time and acceptance of each suggestion that a person has decided."""
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for edit in edits:
        for write in edit.writes if edit.annotator == person else ():
            if write.cell is CellKind.VERDICT:
                after = write.verdicts[1]
                last[write.document, write.key] = (edit.time, after["verdict"] if after else "")
    return [
        (time, verdict == "accepted")
        for (document, _), (time, verdict) in last.items()
        if verdict in ("accepted", "corrected", "rejected") and document not in removed
    ]


def decisions_of(edits: list[Edit], person: str, removed: set[str]) -> int:
    """Return how many decisions of a person are in force."""
    taken_back: dict[str, bool] = {}
    for edit in edits:
        if edit.reverts is not None:
            taken_back[edit.reverts] = edit.kind is EditKind.UNDO
    return sum(
        edit.annotator == person
        and edit.kind in DECISION_KINDS
        and edit.document not in removed
        and not taken_back.get(edit.id, False)
        for edit in edits
    )


@given(st.lists(steps, max_size=30))
@settings(max_examples=40, deadline=None)
def test_progress_is_what_a_fold_of_the_log_says(played: list[Step]) -> None:
    with TemporaryDirectory() as folder, Project.open(make_project(Path(folder) / "p.annot")) as project:
        play(project, played)
        found = measure_progress(project)
        edits = list(project.log.edits())
        state = fold(edits)
        removed = {address.document for address in state if address.cell is CellKind.REMOVED}
        documents = [document for document in IDS if document not in removed]
        assigned = {
            (address.document, address.key)
            for address in state
            if address.cell is CellKind.ASSIGNMENT and address.document in documents
        }
        done = {(a.document, a.annotator) for a in state if a.cell is CellKind.STATUS and a.document in documents}
        begun = {
            (a.document, a.annotator)
            for a, value in state.items()
            if a.document in documents
            and (a.cell is CellKind.ANNOTATION or (a.cell is CellKind.VERDICT and value.get("verdict") != "skipped"))
        }
        spent = list(project.time_spent.all())
        assert found.documents == len(documents)
        assert found.anything_assigned == bool(assigned)
        for person in found.people:
            assert person.person is not None
            who = person.person.id
            ours = {d for d in documents if not assigned or (d, who) in assigned}
            finished = {d for d in documents if (d, who) in done}
            assert person.counts.assigned == len(ours)
            assert person.counts.done == len(finished)
            assert person.counts.begun == sum((d, who) in begun and d not in finished for d in documents)
            assert person.counts.left == len(ours - finished)
            decided = decided_by(edits, who, removed)
            assert (person.pace.decided, person.pace.accepted) == (len(decided), sum(yes for _, yes in decided))
            assert sum(each.decided for each in person.pace.acceptance) == len(decided)
            assert sum(each.accepted for each in person.pace.acceptance) == person.pace.accepted
            assert person.pace.decisions == decisions_of(edits, who, removed)
            ms = sum(s.stretch.ms for s in spent if s.annotator == who and s.stretch.document in documents)
            assert person.pace.ms == ms
            hours = ms / HOUR_MS
            rate = person.pace.decisions_per_hour
            assert rate == (pytest.approx(person.pace.decisions / hours) if ms >= 60_000 else None)
            learned = [s for s in spent if s.annotator == who and s.stretch.document in finished]
            assert sum(step.ms for step in person.pace.learning) == sum(s.stretch.ms for s in learned)
            assert sum(step.articles for step in person.pace.learning) == len({s.stretch.document for s in learned})
        check_team(found, documents, assigned, done, begun)


def check_team(
    found: TeamProgress,
    documents: list[str],
    assigned: set[tuple[str, str]],
    done: set[tuple[str, str]],
    begun: set[tuple[str, str]],
) -> None:
    """Check the counts of the whole team, document by document."""
    everybody = [person.person.id for person in found.people if person.person]
    all_done, ours = set(), set()
    for document in documents:
        theirs = [who for who in everybody if (document, who) in assigned]
        finished = [who for who in everybody if (document, who) in done]
        if theirs or not assigned:
            ours.add(document)
        if set(theirs) <= set(finished) and finished:
            all_done.add(document)
    counts = found.team.counts
    assert counts.assigned == len(ours) and counts.done == len(all_done)
    assert counts.left == len(ours - all_done)
    touched = {document for document, _ in done | begun}
    assert counts.begun == len(touched - all_done)
    for name in ("decisions", "ms", "decided", "accepted"):
        assert getattr(found.team.pace, name) == sum(getattr(person.pace, name) for person in found.people)
    assert sum(s.ms for s in found.team.pace.learning) == sum(s.ms for p in found.people for s in p.pace.learning)


@given(st.lists(actions, max_size=12), st.permutations(range(3)))
@settings(max_examples=20, deadline=None)
def test_the_states_of_some_documents_are_those_of_all(done: list[Action], order: list[int]) -> None:
    with TemporaryDirectory() as folder, Project.open(make_project(Path(folder) / "p.annot")) as project:
        play(project, [(name, a % 3, a, b) for name, a, b in done])
        ids = [IDS[n] for n in order]
        every = project.team_work.states(ids, is_all=True)
        assert project.team_work.states(ids) == every
        few = project.team_work.states(ids[:2])
        assert {who: bytes(own[:2]) for who, own in every.items() if any(own[:2])} == {
            who: bytes(own) for who, own in few.items()
        }


@pytest.fixture
def project(tmp_path: Path) -> Iterable[Project]:
    with Project.open(make_project(tmp_path / "p.annot")) as opened:
        for person in PEOPLE:
            opened.annotators.add(person)
        yield opened


def annotate(project: Project, person: Annotator, text: str, *spans: tuple[int, int, str], done: bool = True) -> None:
    """Let a person label spans of a text, and mark it as done."""
    document = document_id(text)
    writes = [
        Write(
            document,
            CellKind.ANNOTATION,
            f"{person.id}/{start}",
            None,
            Annotation("", Span(start, end), label, person.id, Origin(OriginKind.MANUAL)).to_value(),
        )
        for start, end, label in spans
    ]
    if done:
        writes.append(Write(document, CellKind.STATUS, "", None, {"status": "done"}))
    project.log.append(Edit(project.log.new_id(), person.id, document, EditKind.ADD, tuple(writes)))


def of(found: TeamProgress, person: Annotator) -> PersonProgress:
    """Return the progress of a person."""
    return next(each for each in found.people if each.person == person)


def test_agreement_is_the_mean_f1_of_the_pairs_that_finished(project: Project) -> None:
    ali, basma, carmen = PEOPLE
    annotate(project, ali, TEXTS[0], (10, 14, "PERS"), (24, 29, "LOC"))
    annotate(project, basma, TEXTS[0], (10, 14, "PERS"))
    annotate(project, carmen, TEXTS[0], (10, 14, "ORG"))
    annotate(project, ali, TEXTS[1], (5, 12, "ORG"))
    annotate(project, basma, TEXTS[1], (5, 12, "ORG"), done=False)
    found = measure_progress(project)
    ab, ac, bc = 2 / 3, 0.0, 0.0
    agreed = {person.name: of(found, person).agreement for person in PEOPLE}
    assert agreed["Ali"] and agreed["Ali"].f1 == pytest.approx((ab + ac) / 2) and agreed["Ali"].pairs == 2
    assert agreed["Basma"] and agreed["Basma"].f1 == pytest.approx((ab + bc) / 2)
    assert agreed["Carmen"] and agreed["Carmen"].f1 == 0.0
    assert found.team.agreement and found.team.agreement.f1 == pytest.approx((ab + ac + bc) / 3)
    assert found.team.agreement.documents == 3


def test_nobody_to_compare_and_nothing_done(project: Project) -> None:
    found = measure_progress(project)
    assert found.team.agreement is None and found.team.pace.decisions_per_hour is None
    assert [person.counts.left for person in found.people] == [3, 3, 3]
    assert found.team.to_json()["accepted_share"] is None and found.team.to_json()["left"] == 3


def test_a_project_without_annotators_has_no_rows(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path / "empty.annot")) as opened:
        found = measure_progress(opened)
    assert found.people == [] and found.team.counts.left == 3


def test_an_edit_without_a_time_counts_at_the_time_of_its_id(project: Project) -> None:
    edit = Edit(
        project.log.new_id(),
        PEOPLE[0].id,
        IDS[0],
        EditKind.REJECT,
        (Write(IDS[0], CellKind.VERDICT, "0:3:LOC", None, {"verdict": "rejected"}),),
    )
    project.log.union([edit])
    (decided,) = project.team_work.decided_suggestions(PEOPLE[0].id)
    assert decided.time == timestamp_ms(edit.id) and not decided.accepted
    (period,) = of(measure_progress(project), PEOPLE[0]).pace.acceptance
    today = datetime.datetime.fromtimestamp(decided.time / 1000, datetime.UTC).date()
    assert (period.start, period.decided, period.share) == (today, 1, 0.0)


def test_refused_suggestions_are_those_corrected_or_rejected_in_articles_that_are_there(project: Project) -> None:
    ali, basma, _ = PEOPLE
    for document, start, verdict in (
        (IDS[1], 4, "rejected"),
        (IDS[0], 7, "corrected"),
        (IDS[0], 2, "rejected"),
        (IDS[0], 9, "accepted"),
        (IDS[2], 1, "rejected"),
    ):
        value: VerdictValue = {"verdict": verdict, "suggester": "s", "version": "1", "score": 0.5}
        write = Write(document, CellKind.VERDICT, f"{start}:{start + 2}:LOC", None, value)
        project.log.append(Edit(project.log.new_id(), ali.id, document, EditKind.REJECT, (write,)))
    session = Session(project, ali)
    session.change_tagset([RenameLabel("LOC", "PLACE")])
    session.remove_articles([IDS[2]])
    assert project.team_work.refused_suggestions(ali.id) == sorted(
        [(IDS[0], Span(2, 4), "PLACE"), (IDS[0], Span(7, 9), "PLACE"), (IDS[1], Span(4, 6), "PLACE")]
    )
    assert project.team_work.refused_suggestions(basma.id) == []


def test_finished_articles_are_those_marked_as_done_with_time_spent_in_the_order_of_work(project: Project) -> None:
    ali = PEOPLE[0]
    for text in TEXTS:
        annotate(project, ali, text)
    for document, started, ms in ((IDS[1], 50, 2000), (IDS[0], 60, 500), (IDS[0], 90, 500), (IDS[2], 10, 1)):
        project.time_spent.add(ali.id, [WorkInterval(document, started, ms)])
    Session(project, ali).remove_articles([IDS[2]])
    assert project.team_work.finished_articles(ali.id) == [
        FinishedArticle(2000, len(TEXTS[1])),
        FinishedArticle(1000, len(TEXTS[0])),
    ]
    assert project.team_work.finished_articles(PEOPLE[1].id) == []


def test_roles_are_shown_and_progress_is_reported(project: Project) -> None:
    reported: list[tuple[int, int]] = []
    progress: Progress = lambda done, total: reported.append((done, total))  # noqa: E731
    found = measure_progress(project, progress)
    assert {person.role for person in found.people} <= set(Role)
    assert reported and all(0 <= done <= total for done, total in reported)
    assert reported == sorted(reported)
