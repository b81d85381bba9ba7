"""An edit of thousands of writes, made and written in another thread for the session to take over."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.model.edit import Change, Edit
from annotator.domain.review.review_state import ReviewItem, ReviewState
from annotator.storage.project import Project

LARGE = 200
"""Places from which on a gesture is prepared as a large edit; fewer cost some hundredths of a second."""
LARGE_PAYLOAD = 400 * LARGE
"""Characters from which on an edit in the log is large: a confirmed suggestion takes about 450."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the change, the edit as it was wanted, the edit as the log keeps it, and the state after it."""

    change: Change
    wanted: Edit
    in_log: Edit | None
    state: ReviewState
    brought_back: ReviewItem | None


class BackgroundEdit:
    """Prepared in the session's thread, written in any one thread on a connection of its own, then taken over.

    state is a copy of the open document's. basis and revision name the state that it was copied from, so that the
    session can see whether it was altered meanwhile.
    """

    def __init__(self, path: Path, basis: ReviewState, document: str, annotator: str) -> None:
        """Prepare for a project file, and the document that is open; document and annotator are ids."""
        self._path = path
        self.basis = basis
        self.revision = basis.revision
        self.state = basis.copy()
        self.document = document
        self.annotator = annotator
        self.make: Callable[[Project], Edit | None] = lambda _: None
        self.written: Written | None = None

    def write(self) -> None:
        """Make the edit, append it, and bring the state to what it left; raises ProjectError as Log.append() does."""
        with _without_collection(), Project.open(self._path) as project:
            wanted = self.make(project)
            if wanted is None:
                return
            change = project.log.append(wanted)
            own = [w for w in change.edit.writes if w.document == self.document]
            self.state.apply(self.annotator, own)
            back = first_of(self.state, {w.key for w in own}) if wanted.reverts else None
            self.written = Written(change, wanted, project.log.latest, self.state, back)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collect no garbage in the block: with so many new objects that stops every thread for a tenth of a second."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def first_of(state: ReviewState, keys: Iterable[str]) -> ReviewItem | None:
    """Return the first item in the text that has one of some keys, or None."""
    return min(filter(None, map(state.find, keys)), key=ReviewItem.order, default=None)
