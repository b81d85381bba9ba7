"""An annotation: a span to which an annotator gave a label, and for which that annotator is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from annotator.domain.model.edit import AnnotationValue
from annotator.domain.model.span import Span


class OriginKind(StrEnum):
    """How an annotation was made; the last three exist in exports only.

    agreed: the majority of several annotators gave it. adjudicated: an adjudicator settled it. suggestion: an undecided
    suggestion.
    """

    MANUAL = "manual"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    PROPAGATED = "propagated"
    IMPORTED = "imported"
    AGREED = "agreed"
    ADJUDICATED = "adjudicated"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Origin:
    """How an annotation was made and, if it was a suggestion before, the name of the suggester.

    If kind is agreed or adjudicated, suggester is how many of how many annotators gave it: "2/3". Only a suggestion has
    a score, 0 to 1.
    """

    kind: OriginKind = OriginKind.MANUAL
    suggester: str = ""
    score: float = 0.0

    def __str__(self) -> str:
        """Return the origin as exports write it, without the score: "manual", "confirmed:lexicon"."""
        # _value_, since a corpus has very many origins, and .value takes as long as everything else here.
        return f"{self.kind._value_}:{self.suggester}" if self.suggester else self.kind._value_

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Origin:
        """Parse what str(origin) returned; raises ValueError for an unknown kind."""
        kind, _, suggester = text.partition(":")
        return cls(OriginKind(kind), suggester)


class Role(StrEnum):
    """The role of somebody in a project.

    An adjudicator settles the differences between annotators. A lead does too, hands out work and gives roles.
    """

    ANNOTATOR = "annotator"
    ADJUDICATOR = "adjudicator"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Annotator:
    """The person responsible for annotations: a random id, and a name to show."""

    id: str
    name: str


class Annotation(NamedTuple):
    """A labelled span of one document; its random id stays the same when its label or span changes.

    A tuple and not a dataclass, since a corpus has very many of them.
    """

    id: str
    span: Span
    label: str
    annotator: str
    origin: Origin = Origin()

    def to_value(self) -> AnnotationValue:
        """Return the cell value that the log stores; the edit itself has the annotator."""
        start, end = self.span
        return {"start": start, "end": end, "label": self.label, "origin": str(self.origin)}

    @classmethod
    def from_value(cls, annotation_id: str, annotator: str, value: AnnotationValue) -> Annotation:
        """Return the annotation with this cell value, which to_value() returned."""
        return cls(
            annotation_id,
            Span(value["start"], value["end"]),
            value["label"],
            annotator,
            Origin.parse(value["origin"]),
        )
