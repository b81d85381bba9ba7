"""Time tracking: how long an annotator worked on a document, without pauses."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

IDLE_MS = 60_000
"""A longer gap than this between two activities is a pause, and does not count at all."""


@dataclass(frozen=True, slots=True)
class WorkInterval:
    """A period of work without a pause: the document's id, when it began in ms since 1970, and its length in ms."""

    document: str
    started: int
    ms: int


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """An interval of work of one annotator, as a project stores it; id is a UUIDv7, annotator an id."""

    id: str
    annotator: str
    stretch: WorkInterval


def steady_ms() -> int:
    """Return the time of a clock in ms that never goes back."""
    return time.monotonic_ns() // 1_000_000


def wall_ms() -> int:
    """Return the time in ms since 1970."""
    return time.time_ns() // 1_000_000


class Stopwatch:
    """Counts the time from one activity to the next, unless a pause is between them.

    Activities are key presses, mouse moves and decisions; a reader scrolls. now() returns a steady time in ms, and
    wall() the ms since 1970.
    """

    def __init__(self, now: Callable[[], int] = steady_ms, wall: Callable[[], int] = wall_ms) -> None:
        self._now = now
        self._wall = wall
        self._document = ""
        self._last: int | None = None
        self._seen = self._began = self._ms = 0
        self._counted: list[WorkInterval] = []

    @property
    def document(self) -> str:
        """Return the id of the current document, or ""."""
        return self._document

    def open(self, document: str) -> None:
        """Count for another document from now on, or for none if it is ""."""
        self.rest()
        self._document = document
        self.touch()

    def touch(self) -> None:
        """Record an activity."""
        if not self._document:
            return
        now = self._now()
        if self._last is not None and now - self._last <= IDLE_MS:
            self._began = self._began if self._ms else self._seen
            self._ms += now - self._last
        else:
            self._close()
        self._last, self._seen = now, self._wall()

    def rest(self) -> None:
        """Count up to now, then stop until the next activity; for when the window loses the focus."""
        if self._last is not None:
            self.touch()
        self._close()
        self._last = None

    def take(self) -> list[WorkInterval]:
        """Return the intervals since the last call, and continue counting."""
        self._close()
        taken, self._counted = self._counted, []
        return taken

    def _close(self) -> None:
        if self._ms:
            self._counted.append(WorkInterval(self._document, self._began, self._ms))
            self._ms = 0
