"""A suggestion: a span and label that a suggester proposes, and the verdict on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.model.span import Span

COMBINED = "combined"
"""The suggester whose answers are made from those of others, which it replaces for the annotator."""


class Verdict(StrEnum):
    """What an annotator decided on a suggestion; pending is nothing yet, and skipped comes back later."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Suggestion(NamedTuple):
    """A proposed span and label, with the suggester's name, version and score (0 to 1, higher is surer).

    After calibration, score is the probability of acceptance and raw is the suggester's score; before, raw is None. It
    is a tuple, since a corpus has millions of them.
    """

    span: Span
    label: str
    score: float
    suggester: str
    version: str = ""
    raw: float | None = None

    @property
    def given(self) -> float:
        """Return the suggester's own score, before calibration."""
        return self.score if self.raw is None else self.raw

    @property
    def key(self) -> str:
        """Return "start:end:label"; a verdict is stored by it, and so holds for every suggester."""
        return f"{self.span.start}:{self.span.end}:{self.label}"


@dataclass(frozen=True, slots=True)
class Run:
    """The suggestions of one suggester for a document, from one run; stamp is a UUIDv7, and so a time."""

    document: str
    suggester: str
    version: str
    stamp: str
    suggestions: tuple[Suggestion, ...]


def combined_name(proposers: Iterable[str]) -> str:
    """Return the name of the suggester of a combined suggestion: "combined:starter+lexicon", or "combined"."""
    return ":".join(filter(None, (COMBINED, "+".join(proposers))))


def proposers_of(suggester: str) -> tuple[str, ...]:
    """Return who proposed a suggestion, from the name of its suggester.

    Example: starter and lexicon for "combined:starter+lexicon", camel for "camel".
    """
    combined, _, names = suggester.partition(":")
    return tuple(filter(None, names.split("+"))) if combined == COMBINED else (suggester,)


def calibrated_as(suggester: str) -> str:
    """Return the suggester whose scores these are: all combined suggestions come from one model."""
    return COMBINED if suggester.partition(":")[0] == COMBINED else suggester
