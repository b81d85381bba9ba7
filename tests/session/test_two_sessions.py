"""Two windows at work in one file, in whatever turns: no decision is lost, and both see the same in the end."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import Edit, fold
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS, Action, actions, make_project

turns = st.lists(st.tuples(st.integers(0, 1), st.booleans(), actions), max_size=25)
"""Whose turn it is, whether that window looks at the file first, and what is done in it."""


def outline(edit: Edit) -> tuple[object, ...]:
    """Return an edit without what a renamed label is called in it."""
    writes = [(w.document, w.cell, w.key.rpartition(":")[0], w.after is None) for w in edit.writes]
    return edit.id, edit.annotator, edit.document, edit.kind, edit.reverts, edit.time, writes


def check(done: list[tuple[int, bool, Action]], same_person: bool, nested: bool) -> None:
    """Let two windows make actions in turns; a window that did not look acts on what it last saw."""
    with TemporaryDirectory() as folder:
        path = make_project(Path(folder) / f"{uuid.uuid4().hex}.annot", nested)
        with Project.open(path) as one, Project.open(path) as other:
            people = (PEOPLE[0], PEOPLE[0] if same_person else PEOPLE[1])
            sessions = [Session(project, person) for project, person in zip((one, other), people, strict=True)]
            made: list[Edit] = []
            for session in sessions:
                session.subscribe(lambda outcome: made.extend([outcome.change.edit] if outcome.change else []))
                session.open(document_id(TEXTS[0]))
            for turn, looks, (name, a, b) in done:
                if looks:
                    sessions[turn].refresh()
                ACTIONS[name](sessions[turn], a, b)
            log = list(one.log.edits())
            assert list(map(outline, log)) == list(map(outline, made)), "every decision is in the log, in its order"
            assert one.log.state() == fold(log) == other.log.state()
            for session in sessions:
                assert session.document is not None
                here = session.document.id
                session.refresh()
                fresh = Session(session.project, session.annotator)
                fresh.open(here)
                assert session.items == fresh.items
                assert session.notes == fresh.notes
                assert session.is_done == fresh.is_done
            assert one.integrity() == []


@settings(max_examples=25)
@given(turns, st.booleans(), st.booleans())
def test_nothing_is_lost_whoever_writes_when(
    done: list[tuple[int, bool, Action]], same_person: bool, nested: bool
) -> None:
    check(done, same_person, nested)


@pytest.mark.long
@settings(max_examples=400)
@given(turns, st.booleans(), st.booleans())
def test_nothing_is_lost_in_longer_work(done: list[tuple[int, bool, Action]], same_person: bool, nested: bool) -> None:
    check(done, same_person, nested)


def test_a_window_that_acts_on_what_is_no_longer_so_sees_what_is(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with Project.open(path) as one, Project.open(path) as other:
        first, second = (Session(project, PEOPLE[0]) for project in (one, other))
        for session in (first, second):
            session.open(document_id(TEXTS[0]))
        first.reject()
        first.confirm()
        stale = [item.key for item in second.items]
        second.confirm()
        assert [item.key for item in second.items] != stale
        second_keys = [item.key for item in second.items]
        first.refresh()
        assert second_keys == [item.key for item in first.items]
