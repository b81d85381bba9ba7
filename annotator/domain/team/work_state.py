"""How far an annotator is with a document that was handed out, and how far a team is with all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag, StrEnum


class Work(IntFlag):
    """What is known of an annotator and a document: it was assigned, begun (labelled or decided on), marked as done."""

    NONE = 0
    ASSIGNED = 1
    BEGUN = 2
    DONE = 4


class WorkState(StrEnum):
    """How far an annotator is with a document.

    - finished: marked as done.
    - begun: something was labelled or decided on; skipping is no decision.
    - untouched: neither, and the document is the annotator's to label.
    - "": neither, and it is not.
    """

    FINISHED = "finished"
    BEGUN = "begun"
    UNTOUCHED = "untouched"
    NONE = ""


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How many documents were assigned, are done, and were begun and are not done; and how many assigned are left."""

    assigned: int = 0
    done: int = 0
    begun: int = 0
    left: int = 0


def work_state(work: int, *, anything_assigned: bool) -> WorkState:
    """Return the state for some flags of Work. If nothing was assigned to anybody, every document is everybody's."""
    if work & Work.DONE:
        return WorkState.FINISHED
    if work & Work.BEGUN:
        return WorkState.BEGUN
    return WorkState.UNTOUCHED if work & Work.ASSIGNED or not anything_assigned else WorkState.NONE


def count_work(works: Iterable[int], *, anything_assigned: bool) -> WorkCounts:
    """Return the counts of one annotator from the flags of Work for each document of the project.

    done also counts documents that were not assigned to this annotator.
    """
    held = Counter(works)
    ours = [(work, count) for work, count in held.items() if work & Work.ASSIGNED or not anything_assigned]
    return WorkCounts(
        assigned=sum(count for _, count in ours),
        done=sum(count for work, count in held.items() if work & Work.DONE),
        begun=sum(count for work, count in held.items() if work & Work.BEGUN and not work & Work.DONE),
        left=sum(count for work, count in ours if not work & Work.DONE),
    )


def count_team(works: Mapping[str, Sequence[int]], documents: int, *, anything_assigned: bool) -> WorkCounts:
    """Return the counts of the team, in documents. works has the flags of each annotator for all documents.

    An assigned document is done when everybody to whom it was assigned has finished it. Any other document is done when
    anybody has. A document that is not done was begun if anybody began or finished it.
    """
    assigned = done = begun = left = 0
    rows: Iterable[tuple[int, ...]] = zip(*works.values(), strict=True) if works else [()] * documents
    for row, count in Counter(rows).items():
        theirs = [work for work in row if work & Work.ASSIGNED]
        is_ours = bool(theirs) or not anything_assigned
        is_done = all(work & Work.DONE for work in theirs) if theirs else any(work & Work.DONE for work in row)
        assigned += count * is_ours
        done += count * is_done
        left += count * (is_ours and not is_done)
        begun += count * (not is_done and any(work & (Work.BEGUN | Work.DONE) for work in row))
    return WorkCounts(assigned, done, begun, left)
