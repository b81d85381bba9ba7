"""Edits of hundreds of writes, written in another thread while the window stays responsive."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.model.edit import CellKind, Change, Edit, Write
from annotator.domain.review.review_state import ReviewItem, ReviewState
from annotator.storage.project import Project

LARGE = 200
"""The number of writes from which an edit is written in the background; fewer take some hundredths of a second."""
LARGE_PAYLOAD = 400 * LARGE
"""The number of characters from which an edit in the log is large: a confirmed suggestion takes about 450."""


@dataclass(frozen=True, slots=True)
class Written:
    """The result of a written edit.

    change is what it altered, wanted the edit as it was built, in_log the edit as the log stores it. state is the
    review state afterwards, and brought_back the first item that an undo or redo restored.
    """

    change: Change
    wanted: Edit
    in_log: Edit | None
    state: ReviewState
    brought_back: ReviewItem | None


class BackgroundEdit:
    """An edit prepared by the session, written by another thread, and then taken over by the session.

    The writing thread opens its own connection. state is a copy of the open document's state. basis and revision
    identify the original, so that the session can see if it changed in the meantime.
    """

    def __init__(self, path: Path, basis: ReviewState, document: str, annotator: str) -> None:
        """Prepare an edit of a project file; document and annotator are ids."""
        self._path = path
        self.basis = basis
        self.revision = basis.revision
        self.state = basis.copy()
        self.document = document
        self.annotator = annotator
        self.make: Callable[[Project], Edit | None] = lambda _: None
        self.written: Written | None = None

    def write(self) -> None:
        """Build the edit, append it to the log and update the copied state.

        Raises ProjectError as Log.append() does.
        """
        with _without_collection(), Project.open(self._path) as project:
            wanted = self.make(project)
            if wanted is None:
                return
            change = project.log.append(wanted)
            own = [w for w in change.edit.writes if w.document == self.document]
            self.state.apply(self.annotator, own)
            back = first_written(self.state, own, self.document) if wanted.reverts else None
            self.written = Written(change, wanted, project.log.latest, self.state, back)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Stop the garbage collector, and afterwards leave all that was made out of its next collections.

    With so many new objects, one collection blocks every thread for 0.1 s. They are still freed by their reference
    counts, which is what happens to an edit and to a state.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def first_of(state: ReviewState, keys: Iterable[str]) -> ReviewItem | None:
    """Return the first item in text order that has one of the keys, or None."""
    return min(filter(None, map(state.find, keys)), key=ReviewItem.order, default=None)


def first_written(state: ReviewState, writes: Iterable[Write], document: str) -> ReviewItem | None:
    """Return the first item of a document in text order that one of the writes is about, or None."""
    cells = (CellKind.ANNOTATION, CellKind.VERDICT, CellKind.NOTE)
    return first_of(state, {w.key for w in writes if w.document == document and w.cell in cells})
