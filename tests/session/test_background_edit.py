"""Large edits: written apart from the session and taken over, they leave what the same action made at once leaves."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.domain.label_check.case import CaseKind, checked_key
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import CellKind, Change, EditKind, Write, fold
from annotator.domain.model.span import Span
from annotator.services.search.label_all import label_all
from annotator.session import Session
from annotator.session import session as session_module
from annotator.session.background_edit import BackgroundEdit
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_project

FIRST, SECOND = document_id(TEXTS[0]), document_id(TEXTS[1])
State = tuple[object, ...]


@pytest.fixture
def all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every edit be a large one."""
    monkeypatch.setattr(session_module, "LARGE", 1)
    monkeypatch.setattr(session_module, "LARGE_PAYLOAD", 1)


@contextmanager
def opened(path: Path, person: int = 0) -> Iterator[Session]:
    """Give a session of one of the people, with the first document open."""
    with Project.open(path) as project:
        session = Session(project, PEOPLE[person])
        session.open(FIRST)
        yield session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def session(path: Path, all_large: None) -> Iterator[Session]:
    with opened(path) as session:
        yield session
        assert session.project.log.state() == fold(session.project.log.edits())
        shown = state(session)[:-1]
        session.refresh()
        assert state(session)[:-1] == shown, "what is shown is what the project holds"


def state(session: Session) -> State:
    """Return what a session shows, but for the ids of edits, and its focus."""
    document = session.document.id if session.document else None
    notes, focus = dict(session.notes), session.focus and session.focus.key
    return document, session.items, notes, session.is_done, session.progress, session.hidden, focus


def take(session: Session, large: BackgroundEdit | None) -> Change | None:
    """Write a large edit and take it over."""
    assert large is not None
    large.write()
    return session.take(large)


def test_confirming_undoing_and_redoing_end_as_they_do_at_once(session: Session, path: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(path, tmp_path / "copy.annot")
    told: list[Change] = []
    session.subscribe(lambda outcome: told.append(outcome.change) if outcome.change else None)
    with opened(Path(copy)) as other:
        for prepared, at_once in (
            (session.prepare_confirm_all, other.confirm_all),
            (session.prepare_undo, other.undo),
            (session.prepare_redo, other.redo),
            (session.prepare_undo, other.undo),
        ):
            change, expected = take(session, prepared()), at_once()
            assert change is not None
            assert expected is not None
            assert change.edit.kind is expected.edit.kind
            assert [w[:3] for w in change.edit.writes] == [w[:3] for w in expected.edit.writes]
            assert told[-1] == change
            assert state(session) == state(other)


def test_only_an_edit_of_many_writes_is_prepared(path: Path) -> None:
    with opened(path) as session:
        assert session.prepare_undo() is None
        assert session.prepare_redo() is None
        assert session.prepare_confirm_all() is None
        session.confirm_all()
        assert session.prepare_undo() is None
        session.undo()
        assert session.prepare_redo() is None


def test_from_which_size_on_an_edit_is_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as session:
        left = session.progress[0]
        for size, is_large in ((left, True), (left + 1, False)):
            monkeypatch.setattr(session_module, "LARGE", size)
            assert (session.prepare_confirm_all() is not None) is is_large
        session.confirm_all()
        length = session.project.log.undoable_length(PEOPLE[0].id)
        assert length > 100 * left
        for size, is_large in ((length, True), (length + 1, False)):
            monkeypatch.setattr(session_module, "LARGE_PAYLOAD", size)
            assert (session.prepare_undo() is not None) is is_large
        session.undo()
        assert session.project.log.redoable_length(PEOPLE[0].id) == length
        for size, is_large in ((length, True), (length + 1, False)):
            monkeypatch.setattr(session_module, "LARGE_PAYLOAD", size)
            assert (session.prepare_redo() is not None) is is_large


def test_nothing_is_prepared_where_no_document_is_open(path: Path, all_large: None) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        assert session.prepare_confirm_all() is None
        assert session.project.log.undoable_length(PEOPLE[0].id) == 0
        assert session.project.log.redoable_length(PEOPLE[0].id) == 0


def test_what_another_program_wrote_meanwhile_is_shown_too(session: Session, path: Path) -> None:
    large = session.prepare_confirm_all()
    with opened(path) as other:
        other.reject()
        rejected = other.project.log.verdicts(FIRST, PEOPLE[0].id)
    take(session, large)
    now = session.project.log.verdicts(FIRST, PEOPLE[0].id)
    assert now.keys() > rejected.keys()


def test_what_was_done_here_meanwhile_stays(session: Session) -> None:
    large = session.prepare_confirm_all()
    session.set_note("بينهما")
    take(session, large)
    assert session.note == "بينهما"
    assert session.progress[0] == 0


def test_the_threshold_that_was_moved_meanwhile_holds(session: Session) -> None:
    session.threshold = 0.6
    hidden = session.hidden
    assert hidden
    large = session.prepare_confirm_all()
    session.threshold = 0.0
    take(session, large)
    assert (session.hidden, session.progress[0]) == (0, hidden)


def test_an_undo_in_another_document_opens_it_and_focuses_what_came_back(session: Session) -> None:
    first = session.items[0]
    take(session, session.prepare_confirm_all())
    session.open(SECOND)
    change = take(session, session.prepare_undo())
    assert change is not None
    assert session.document is not None
    assert session.document.id == FIRST
    assert session.focus == first


def test_an_undo_of_done_shows_the_document_as_not_done(session: Session) -> None:
    session.confirm_all()
    session.set_done(True)
    take(session, session.prepare_undo())
    assert not session.is_done
    take(session, session.prepare_redo())
    assert session.is_done


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_check_of_labels_is_undone_in_its_document(session: Session, at_once: bool, is_open: bool) -> None:
    key = checked_key(CaseKind.SINGLE, Span(0, 4))
    session.apply(EditKind.CHECK, [Write(FIRST, CellKind.CHECKED, key, None, {"label": "LOC"})])
    if not is_open:
        session.open(SECOND)
    for prepare, act in ((session.prepare_undo, session.undo), (session.prepare_redo, session.redo)):
        assert act() if at_once else take(session, prepare())
    assert session.document is not None and session.document.id == FIRST
    assert session.focus in session.items


def test_labels_in_other_documents_do_not_appear_in_this_one(session: Session) -> None:
    before = session.items
    there = Span(0, 4)

    def writes(project: Project) -> object:
        return label_all(project, PEOPLE[0].id, [(SECOND, there)], "ORG")

    take(session, session.prepare(EditKind.PROPAGATE, writes))  # type: ignore[arg-type]
    assert session.items == before
    assert [a.span for a in session.project.log.annotations(SECOND, PEOPLE[0].id)] == [there]


def test_without_a_document_an_edit_that_met_another_is_taken_over_too(path: Path) -> None:
    def writes(project: Project) -> list[Write]:
        return [Write(FIRST, CellKind.STATUS, "", None, {"status": "done"})]

    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        for _ in range(2):
            change = take(session, session.prepare(EditKind.STATUS, writes))
            assert change is not None and change.documents == {FIRST}
        assert session.document is None
        assert [edit.writes[0].before for edit in project.log.edits()] == [None, {"status": "done"}]


def test_where_there_is_nothing_to_write_nothing_is_taken_over(session: Session) -> None:
    before = state(session)
    assert take(session, session.prepare(EditKind.PROPAGATE, lambda project: ())) is None
    assert state(session) == before
    assert list(session.project.log.edits()) == []


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_collected_afterwards_as_before(session: Session, is_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        gc.unfreeze()
        (gc.enable if is_on else gc.disable)()
        take(session, session.prepare_confirm_all())
        assert gc.isenabled() is is_on
        assert gc.get_freeze_count() > 0
    finally:
        (gc.enable if was_on else gc.disable)()
