"""What has become of the places of a check: open, fixed, right or outdated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.label_check.case import CaseKind, CasePlace, right_writes
from annotator.domain.model.edit import EditKind
from annotator.domain.model.span import Span
from annotator.services.label_check.check import CheckRequest, check_labels, fix_writes
from annotator.services.label_check.checked_cases import CheckedCases, PlaceState
from annotator.services.progress import no_progress
from annotator.session import Session
from annotator.storage.project import Project
from tests.services.label_check.projects import ME, OTHER, make_project

USUAL = tuple(f"قال [LOC بغداد] رقم {number}" for number in range(6))
TEXTS = (*USUAL, "عاد إلى [ORG بغداد] أمس", "زار [ORG بغداد] اليوم", "وصل [LOC البصرة ]مساء")


class Review:
    """A session on a project whose labels were checked."""

    def __init__(self, project: Project) -> None:
        self.project, self.session = project, Session(project, ME)
        self.session.open(next(project.documents.ids()))
        self.cases = CheckedCases(ME.id, check_labels(project, CheckRequest(ME.id)).cases)
        self.different = next(n for n, case in enumerate(self.cases.cases) if case.kind is CaseKind.LABELS)

    def read(self) -> list[tuple[int, int]]:
        return self.cases.take(self.cases.read(self.project, self.cases.documents))

    def states(self) -> list[PlaceState]:
        return list(self.cases.states(self.different))

    def place(self, number: int) -> CasePlace:
        return self.cases.cases[self.different].places[number]


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with make_project(tmp_path / "news.annot", TEXTS) as project:
        yield Review(project)


def test_places_are_open_until_something_changes(review: Review) -> None:
    assert review.read() == []
    assert review.states() == [PlaceState.OPEN] * 2
    assert review.cases.open_places(review.different) == [review.place(0), review.place(1)]
    assert {kind.value: count for kind, count in review.cases.kinds().items() if count} == {"labels": 1, "edge": 1}


def test_a_corrected_place_is_fixed_and_open_again_after_undo(review: Review) -> None:
    review.session.apply(EditKind.FIX, fix_writes(review.project, ME.id, [review.place(0)]))
    assert review.read() == [(review.different, 0)]
    assert review.states() == [PlaceState.FIXED, PlaceState.OPEN]
    review.session.undo()
    assert review.read() == [(review.different, 0)]
    assert review.states() == [PlaceState.OPEN] * 2


def test_what_anybody_found_right_is_right_while_it_has_its_label(review: Review) -> None:
    other = Session(review.project, OTHER)
    other.open(review.place(1).document)
    other.apply(EditKind.CHECK, right_writes(CaseKind.LABELS, [review.place(1)]))
    review.read()
    assert review.states() == [PlaceState.OPEN, PlaceState.RIGHT]
    assert review.cases.is_open(review.different)
    review.session.open(review.place(1).document)
    review.session.annotate(review.place(1).span, "PERS")
    review.read()
    assert review.states() == [PlaceState.OPEN, PlaceState.OUTDATED]


def test_another_label_another_span_and_a_removed_article_are_outdated(review: Review) -> None:
    session = review.session
    session.open(review.place(0).document)
    session.annotate(Span(review.place(0).span.start - 4, review.place(0).span.end), "ORG")
    session.remove_articles([review.place(1).document])
    review.read()
    assert review.states() == [PlaceState.OUTDATED] * 2
    assert not review.cases.is_open(review.different)
    assert fix_writes(review.project, ME.id, [review.place(0)]) == []


def test_reading_can_be_stopped_and_ignores_other_articles(review: Review) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        review.cases.read(review.project, review.cases.documents, stop)
    assert review.cases.read(review.project, ["unknown"], no_progress) == {}
