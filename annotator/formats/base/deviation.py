"""What a writer reports of the annotations that it could not write exactly as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span


class DeviationKind(StrEnum):
    """What happened to an annotation."""

    ADAPTED = "adapted"  # exact, but tokens or sentences were adjusted
    ALTERED = "altered"  # written with other edges than were confirmed
    LEFT_OUT = "left-out"  # not in the file


class Reason(StrEnum):
    """Why an annotation was not written as it is."""

    CLITIC = "clitic"  # an edge is between a word and its clitic
    INSIDE_WORD = "inside-word"  # an edge is inside a word, and not at a clitic
    SENTENCE_BORDER = "sentence-border"  # the span crosses the end of a sentence
    OVERLAP = "overlap"  # another annotation of the same annotator has the same words
    OTHER_ANNOTATOR = "other-annotator"  # an annotation of another annotator has the same words
    NEIGHBOUR = "neighbour"  # the scheme cannot tell it from its neighbour of the same label
    SAME_SPAN = "same-span"  # an equal annotation is in the file
    DEBRIS = "debris"  # the span is in page debris, which is left out
    EDGE_SPACE = "edge-space"  # the span begins or ends with a space, and no token has one
    ONLY_SPACE = "only-space"  # the span is only spaces


@dataclass(frozen=True, slots=True)
class Deviation:
    """One annotation that differs in the file; written is its span there, or None.

    because is the annotation that took its place, if one did.
    """

    annotation: Annotation
    kind: DeviationKind
    reason: Reason
    written: Span | None = None
    because: Annotation | None = None
