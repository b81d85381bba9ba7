"""What brings changesets from one copy of a project to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotator.errors import Message
from annotator.services.progress import Progress
from annotator.storage.changeset import Changeset

Marks = Mapping[str, str]
"""What a copy remembers of its carrier, so that it asks only for what is new: texts by name."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A changeset that a carrier brings, the marks to remember when it is in the project, and its path in messages."""

    path: Path
    changes: Changeset
    marks: Marks


class Carrier(Protocol):
    """A place that all copies reach. It may bring the same changes several times, and in any order."""

    @property
    def address(self) -> str:
        """Return what a project remembers as its carrier."""

    def check(self) -> None:
        """Raise UserError if it cannot be reached, or nothing can be written to it."""

    def has_lost(self, marks: Marks, on_step: Callable[[], None]) -> bool:
        """Return True if something is missing that this copy has seen there. on_step is called often.

        Raises UserError if everything is missing, so that it is probably another place.
        """

    def outdated(self, marks: Marks) -> list[str]:
        """Return the names of the marks that are no longer of use."""

    def arrivals(
        self, project_id: str, marks: Marks, report: Callable[[Message], None], progress: Progress
    ) -> Iterator[Arrival]:
        """Yield what the marks do not cover. What cannot be read is reported, if somebody can do something about it."""

    def send(self, changes: Changeset, project_id: str) -> Marks:
        """Store a changeset durably, and return the marks that cover it. Raises UserError."""
