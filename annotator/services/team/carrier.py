"""What brings changesets from one copy of a project to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from annotator.domain.model.annotation import Annotator
from annotator.errors import Message
from annotator.services.progress import Progress
from annotator.storage.changeset import Changeset
from annotator.storage.rows import Row

Marks = Mapping[str, str]
"""What a copy remembers of its carrier, so that it asks only for what is new: texts by name."""
Report = Callable[[Message], None]
"""Called with what was skipped and why, if somebody can do something about it."""


class Arrival(Protocol):
    """A changeset that a carrier brings."""

    @property
    def path(self) -> Path:
        """Return where it comes from, for messages."""

    @property
    def changes(self) -> Changeset:
        """Return the rows. Raises ValueError if one is invalid."""

    @property
    def marks(self) -> Marks:
        """Return the marks to remember when all rows are in the project."""

    def halves(self) -> Sequence[Arrival]:
        """Return the same rows in two parts, so that one row that cannot be merged does not hold up others.

        The result is empty if the changeset cannot be divided.
        """

    def damaged(self) -> Message:
        """Return the message for invalid rows."""


@dataclass(frozen=True, slots=True)
class WholeArrival:
    """An arrival that is merged as a whole: a file."""

    path: Path
    changes: Changeset
    marks: Marks

    def halves(self) -> Sequence[Arrival]:
        """Return nothing."""
        return ()

    def damaged(self) -> Message:
        """Return the message for a damaged file."""
        return Message("{file} is damaged and was skipped. Delete it: what it held is sent again.", file=str(self.path))


class Withheld(Enum):
    """Why a row is not sent to a carrier. It stays in the outbox.

    OTHERS: another annotator made it, who sends it. SHARED: it changes what belongs to the team, which this annotator
    may not. LARGE: it is larger than the carrier can store.
    """

    OTHERS = "others"
    SHARED = "shared"
    LARGE = "large"


class Carrier(Protocol):
    """A place that all copies reach. It may bring the same changes several times, and in any order.

    check() comes first, then has_lost(), then join(); close() comes last.
    """

    @property
    def address(self) -> str:
        """Return what a project remembers as its carrier."""

    def check(self, on_wait: Callable[[], None]) -> None:
        """Raise UserError if it cannot be reached, or nothing can be written to it.

        on_wait is called often while a call, this one or a later one, waits for an answer that may take minutes. An
        exception that it raises ends the wait.
        """

    def close(self) -> None:
        """Free what check() took."""

    def warning(self, project: Path) -> Message | None:
        """Return a warning if using this carrier endangers a project file."""

    def has_lost(self, project_id: str, marks: Marks, on_step: Callable[[], None]) -> bool:
        """Return True if something is missing that this copy has seen there. on_step is called often.

        Raises UserError if everything is missing, so that it is probably another place.
        """

    def join(self, project_id: str, annotator: Annotator | None, report: Report) -> None:
        """Get ready to send the work of a copy, given who works in it, if that is known. Raises UserError."""

    def tidied(self, marks: Marks) -> Marks:
        """Return marks that say the same, without those that are no longer of use."""

    def arrivals(self, project_id: str, marks: Marks, report: Report, progress: Progress) -> Iterator[Arrival]:
        """Yield what the marks do not cover."""

    def withheld(self, kind: str, row: Row) -> Withheld | None:
        """Return why a row is not to be sent, or None if it is."""

    def send(self, changes: Changeset, project_id: str) -> Marks:
        """Store a changeset durably, and return the marks that cover it. Raises UserError."""
