"""The queue: where each document stands under a filter, and that nothing jumps while one decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.document_filter import DocumentFilter, Progress
from annotator.domain.order import DocumentOrder
from annotator.session import Session
from annotator.storage.filtering import Viewer
from annotator.storage.project import Project
from annotator.work.queue import Queue
from tests.storage.strategies import PEOPLE, make_project

ME = PEOPLE[0]
VIEWER = Viewer(ME.id)
OPEN = DocumentFilter(progress=frozenset({Progress.NOTHING}))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path / "p.annot", texts=[f"نص رقم {n} عن بغداد" for n in range(6)])) as opened:
        opened.annotators.add(ME)
        yield opened


def shown(queue: Queue) -> list[str]:
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
    queue = Queue(project)
    queue.arrange(order, asked, VIEWER)
    ids = project.documents.stretch(0, 9, order)
    assert shown(queue) == ids
    assert [queue.position(i) for i in ids] == list(range(6))
    assert [queue.at(place) for place in (-1, 0, 5, 6)] == [None, ids[0], ids[5], None]
    assert (queue.count(), queue.matching, queue.total()) == (6, 6, 6)
    with pytest.raises(KeyError):
        queue.position("nowhere")


def test_a_document_that_stops_matching_leaves_when_one_moves_on(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = Queue(project)
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[1])
    call_done(project, ids[1])
    assert shown(queue) == ids
    assert queue.leave(ids[0], VIEWER) is None
    assert queue.leave(ids[1], VIEWER) == 1
    assert shown(queue) == [ids[0], *ids[2:]]
    assert queue.leave(ids[1], VIEWER) is None
    assert queue.matching == 5


def test_the_open_document_keeps_its_place_though_it_does_not_match(project: Project) -> None:
    ids = list(project.documents.ids())
    call_done(project, ids[3])
    queue = Queue(project)
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[3])
    assert queue.position(ids[3]) == 3
    assert (queue.count(), queue.matching) == (6, 5)
    assert queue.leave(ids[3], VIEWER) == 3
    assert queue.invite(ids[3])
    assert not queue.invite(ids[3])
    assert (queue.position(ids[3]), queue.count(), queue.matching) == (3, 6, 5)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(words="لا شيء"), VIEWER, ids[3])
    assert (shown(queue), queue.matching) == ([ids[3]], 0)


def test_of_two_guests_after_one_another_the_first_leaves_and_nobody_else(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = Queue(project)
    for number in (1, 3):
        call_done(project, ids[number])
    queue.arrange(DocumentOrder.IMPORTED, OPEN, VIEWER, ids[0])
    assert queue.invite(ids[1]) and queue.leave(ids[0], VIEWER) is None
    assert queue.invite(ids[3]) and queue.leave(ids[1], VIEWER) == 1
    assert shown(queue) == [ids[0], *ids[2:]]
    assert (queue.count(), queue.matching) == (5, 4)
    assert queue.leave(ids[3], VIEWER) == 2 and shown(queue) == [ids[0], ids[2], *ids[4:]]


def test_without_a_filter_all_are_there_and_none_leaves(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = Queue(project)
    queue.arrange(DocumentOrder.NEWEST, OPEN, VIEWER)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(), VIEWER)
    assert not queue.is_filtered
    assert not queue.invite(ids[0])
    assert queue.leave(ids[0], VIEWER) is None
    assert shown(queue) == ids


def test_a_guest_that_comes_to_match_stays_and_is_counted(project: Project) -> None:
    ids = list(project.documents.ids())
    queue = Queue(project)
    queue.arrange(DocumentOrder.IMPORTED, DocumentFilter(progress=frozenset({Progress.DONE})), VIEWER, ids[2])
    assert (queue.count(), queue.matching) == (1, 0)
    call_done(project, ids[2])
    assert queue.leave(ids[2], VIEWER) is None
    assert (queue.count(), queue.matching) == (1, 1)
