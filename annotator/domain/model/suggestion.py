"""A suggestion: a span that a suggester proposes, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.model.span import Span


class Verdict(StrEnum):
    """What an annotator made of a suggestion; pending means nothing yet, skipped that it comes back later."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Suggestion(NamedTuple):
    """A proposed span with the suggester's name, version and score (0 to 1, higher is surer).

    raw is None as long as score is what the suggester gave; once score was calibrated, raw keeps what it gave.
    A corpus has millions of them, so they are plain tuples.
    """

    span: Span
    label: str
    score: float
    suggester: str
    version: str = ""
    raw: float | None = None

    @property
    def given(self) -> float:
        """Return the score that the suggester gave."""
        return self.score if self.raw is None else self.raw

    @property
    def key(self) -> str:
        """Name the place and label, whoever proposed it: a verdict on it holds for every suggester."""
        return f"{self.span.start}:{self.span.end}:{self.label}"


@dataclass(frozen=True, slots=True)
class Run:
    """What one suggester proposed for a document in one go; stamp is a UUIDv7 that says when."""

    document: str
    suggester: str
    version: str
    stamp: str
    suggestions: tuple[Suggestion, ...]
