"""The queue: where each document stands under a filter, and that nothing jumps while one decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.review.document_filter import DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.services.project.document_queue import DocumentQueue
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from tests.storage.strategies import PEOPLE, make_project

ME = PEOPLE[0]
VIEWER = Viewer(ME.id)
OPEN = DocumentFilter(progress=frozenset({Progress.NOTHING}))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path / "p.annot", texts=[f"نص رقم {n} عن بغداد" for n in range(6)])) as opened:
        opened.annotators.add(ME)
        yield opened


def shown(queue: DocumentQueue) -> list[str]:
    return [row.id for row in queue.page(0, 100, VIEWER)]


def call_done(project: Project, document: str) -> None:
    session = Session(project, ME)
    session.open(document)
    session.confirm_all()
    session.set_done(True)


@pytest.mark.parametrize("asked", [DocumentFilter(), OPEN])
@pytest.mark.parametrize("order", DocumentOrder)
def test_places_count_from_the_first_whatever_filter_and_order(
    project: Project, asked: DocumentFilter, order: DocumentOrder
) -> None:
    queue = DocumentQueue(project)
    queue.arrange(order, asked, VIEWER)
    ids = project.documents.page_ids(0, 9, order)
    assert shown(queue) == ids
    assert [queue.position(i) for i in ids] == list(range(6))
    assert [queue.at(place) for place in (-1, 0, 5, 6)] == [None, ids[0], ids[5], None]
    assert (queue.count(), queue.matching, queue.total()) == (6, 6, 6)
    with pytest.raises(KeyError):
        queue.position("nowhere")


def test_the_next_unfinished_document_comes_after_the_last_from_the_beginning(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(), VIEWER)
    assert queue.next_unfinished(ids[1], ME.id) == ids[2]
    call_done(project, ids[2])
    call_done(project, ids[3])
    assert queue.next_unfinished(ids[1], ME.id) == ids[4]
    assert queue.next_unfinished(ids[5], ME.id) == ids[0]
    assert queue.next_unfinished(ids[1], PEOPLE[1].id) == ids[2]
    for each in (ids[0], ids[4], ids[5]):
        call_done(project, each)
    assert queue.next_unfinished(ids[1], ME.id) is None
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER)
    assert queue.next_unfinished(ids[3], ME.id) == ids[1]


def test_a_document_that_stops_matching_leaves_when_one_moves_on(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[1])
    call_done(project, ids[1])
    assert shown(queue) == ids
    assert queue.leave(ids[0], VIEWER) is None
    assert queue.leave(ids[1], VIEWER) == 1
    assert shown(queue) == [ids[0], *ids[2:]]
    assert queue.leave(ids[1], VIEWER) is None
    assert queue.matching == 5


def test_an_open_document_that_does_not_match_is_not_in_the_list(project: Project) -> None:
    ids = list(project.documents.ids())
    call_done(project, ids[3])
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[3])
    assert shown(queue) == [*ids[:3], *ids[4:]]
    assert (queue.count(), queue.matching) == (5, 5)
    with pytest.raises(KeyError):
        queue.position(ids[3])
    assert not queue.admit(ids[3], VIEWER)
    assert queue.leave(ids[3], VIEWER) is None
    assert [queue.neighbour(ids[3], by) for by in (-1, 1, 2)] == [ids[2], ids[4], ids[5]]
    assert [queue.neighbour(ids[0], by) for by in (-1, 1)] == [None, ids[1]]
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(words="لا شيء"), VIEWER, ids[3])
    assert (shown(queue), queue.matching) == ([], 0)
    assert queue.neighbour(ids[3], 1) is queue.neighbour(ids[3], -1) is queue.neighbour("nowhere", 1) is None


def test_under_the_same_filter_the_open_document_keeps_its_place_until_one_moves_on(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER)
    call_done(project, ids[2])
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[2])
    assert shown(queue) == ids
    assert (queue.count(), queue.matching) == (6, 5)
    assert queue.leave(ids[2], VIEWER) == 2
    assert (queue.count(), queue.matching) == (5, 5)


def test_a_document_that_is_opened_and_matches_again_is_in_the_list(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(progress=frozenset({Progress.DONE})), VIEWER, ids[2])
    assert (queue.count(), queue.matching) == (0, 0)
    call_done(project, ids[2])
    assert queue.admit(ids[2], VIEWER)
    assert not queue.admit(ids[2], VIEWER)
    assert queue.leave(ids[2], VIEWER) is None
    assert (queue.count(), queue.matching) == (1, 1)


def test_without_a_filter_all_are_there_and_none_leaves(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = DocumentQueue(project)
    queue.arrange(DocumentOrder.NEWEST, OPEN, VIEWER)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(), VIEWER)
    assert not queue.is_filtered
    assert not queue.admit(ids[0], VIEWER)
    assert queue.leave(ids[0], VIEWER) is None
    assert shown(queue) == ids
