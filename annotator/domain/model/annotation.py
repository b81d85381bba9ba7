"""An annotation: a span that an annotator gave a label, and answers for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from annotator.domain.model.edit import AnnotationValue
from annotator.domain.model.span import Span


class OriginKind(StrEnum):
    """How an annotation came to be; the last two stand in exports only.

    agreed: the majority of several annotators gave it. suggestion: it was suggested, and nobody has decided on it.
    """

    MANUAL = "manual"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    PROPAGATED = "propagated"
    IMPORTED = "imported"
    AGREED = "agreed"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Origin:
    """How an annotation came to be and, where it grew out of a suggestion, who suggested it.

    Of what is agreed, suggester says how many of how many gave it: "2/3". score, 0 to 1, is only a suggestion's.
    """

    kind: OriginKind = OriginKind.MANUAL
    suggester: str = ""
    score: float = 0.0

    def __str__(self) -> str:
        """Write the origin as exports carry it, without the score: "manual", "confirmed:lexicon"."""
        # The value itself: a corpus has very many of them, and reading .value takes as long as all the rest.
        return f"{self.kind._value_}:{self.suggester}" if self.suggester else self.kind._value_

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Origin:
        """Read what str(origin) wrote; raises ValueError for an unknown kind."""
        kind, _, suggester = text.partition(":")
        return cls(OriginKind(kind), suggester)


class Role(StrEnum):
    """What somebody is in a project: an adjudicator settles what annotators see differently."""

    ANNOTATOR = "annotator"
    ADJUDICATOR = "adjudicator"


@dataclass(frozen=True, slots=True)
class Annotator:
    """The person who answers for annotations: a random id, and a name to show."""

    id: str
    name: str


class Annotation(NamedTuple):
    """A labelled span of one document; id is random and stays the same through relabelling and moves.

    A corpus has very many of them, so they are plain tuples.
    """

    id: str
    span: Span
    label: str
    annotator: str
    origin: Origin = Origin()

    def to_value(self) -> AnnotationValue:
        """Return the cell value that the log stores; the annotator stands in the edit itself."""
        return {"start": self.span.start, "end": self.span.end, "label": self.label, "origin": str(self.origin)}

    @classmethod
    def from_value(cls, annotation_id: str, annotator: str, value: AnnotationValue) -> Annotation:
        """Read back what to_value wrote."""
        return cls(
            annotation_id,
            Span(value["start"], value["end"]),
            value["label"],
            annotator,
            Origin.parse(value["origin"]),
        )
