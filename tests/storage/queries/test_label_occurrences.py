"""Where a label was given: the newest places first, of that label alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import MergeLabels
from annotator.session import Session
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, make_document, make_tagset

HERE, THERE = (document_id(text) for text in TEXTS[:2])
FIRST, SECOND, THIRD = Span(0, 3), Span(6, 10), Span(11, 15)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Project.create(tmp_path / "p.annot", make_tagset()) as project:
        project.documents.add_many(map(make_document, TEXTS[:2]))
        session = Session(project, PEOPLE[0])
        session.open(HERE)
        session.annotate(FIRST, "LOC")
        session.annotate(SECOND, "ORG")
        session.open(THERE)
        session.annotate(THIRD, "LOC")
        yield session


def test_the_newest_places_of_a_label_come_first_and_no_other_label_s(session: Session) -> None:
    uses = session.project.label_occurrences
    assert list(uses.newest("LOC", 10)) == [(THERE, THIRD), (HERE, FIRST)]
    assert list(uses.newest("ORG", 10)) == [(HERE, SECOND)]
    assert list(uses.newest("PERS", 10)) == []


def test_only_so_many_edits_are_looked_at(session: Session) -> None:
    uses = session.project.label_occurrences
    assert [list(uses.newest("LOC", edits)) for edits in (1, 2)] == [[(THERE, THIRD)], [(THERE, THIRD)]]
    assert list(uses.newest("ORG", 1)) == []


def test_a_label_that_was_taken_away_was_given_nowhere(session: Session) -> None:
    session.set_focus(session.items[-1])
    session.reject()
    assert list(session.project.label_occurrences.newest("LOC", 1)) == []


def test_places_of_a_label_that_was_merged_into_another_count_as_its_own(session: Session) -> None:
    session.change_tagset([MergeLabels("ORG", "LOC")])
    assert list(session.project.label_occurrences.newest("LOC", 10)) == [(THERE, THIRD), (HERE, SECOND), (HERE, FIRST)]


def test_how_often_a_label_was_given_and_where(session: Session) -> None:
    uses = session.project.label_occurrences
    usage = uses.usage("LOC")
    assert (usage.annotations, usage.documents, usage.annotators) == (2, 2, 1)
    assert {(use.document, use.span, use.surface) for use in uses.sample("LOC", 10)} == {
        (HERE, FIRST, FIRST.of(TEXTS[0])),
        (THERE, THIRD, THIRD.of(TEXTS[1])),
    }
    assert len(uses.sample("LOC", 1)) == 1
    (held,) = uses.overlapping(HERE, Span(2, 4))
    assert held.span == FIRST
