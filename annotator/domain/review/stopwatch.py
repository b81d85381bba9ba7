"""How long somebody was at work on a document, pauses left out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

IDLE_MS = 60_000
"""A gap between two signs of life that is longer than this is a pause, and is not counted at all."""


@dataclass(frozen=True, slots=True)
class WorkInterval:
    """Some uninterrupted work: the document's id, when it began in ms since 1970, and how many ms it took."""

    document: str
    started: int
    ms: int


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """A stretch of work of one annotator, as a project keeps it; id is a UUIDv7, annotator an id."""

    id: str
    annotator: str
    stretch: WorkInterval


def steady_ms() -> int:
    """Return a clock in ms that never goes back."""
    return time.monotonic_ns() // 1_000_000


def wall_ms() -> int:
    """Return the time in ms since 1970."""
    return time.time_ns() // 1_000_000


class Stopwatch:
    """Counts from one sign of life to the next, as long as no pause lies between them.

    Signs of life are keys, the mouse, decisions; reading shows itself by scrolling.
    """

    def __init__(self, now: Callable[[], int] = steady_ms, wall: Callable[[], int] = wall_ms) -> None:
        """Count by now() in ms; wall() says when a stretch began."""
        self._now = now
        self._wall = wall
        self._document = ""
        self._last: int | None = None
        self._seen = self._began = self._ms = 0
        self._counted: list[WorkInterval] = []

    @property
    def document(self) -> str:
        """Return the document that is counted for, or ""."""
        return self._document

    def open(self, document: str) -> None:
        """Count for a document from now on; the time up to now is the one's before. "" counts for none."""
        self.rest()
        self._document = document
        self.touch()

    def touch(self) -> None:
        """Take a sign of life."""
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
        """Count up to now, and then no more until the next sign of life: the window was left."""
        if self._last is not None:
            self.touch()
        self._close()
        self._last = None

    def take(self) -> list[WorkInterval]:
        """Return what was counted since it was last taken; counting goes on."""
        self._close()
        taken, self._counted = self._counted, []
        return taken

    def _close(self) -> None:
        """End the stretch that runs."""
        if self._ms:
            self._counted.append(WorkInterval(self._document, self._began, self._ms))
            self._ms = 0
