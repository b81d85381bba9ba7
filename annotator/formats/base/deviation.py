"""What a writer says of the annotations that are not simply written as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span


class DeviationKind(StrEnum):
    """What became of an annotation that a writer remarks on."""

    ADAPTED = "adapted"  # written exactly, but the tokens or sentences around it had to give way
    ALTERED = "altered"  # written with other borders than were confirmed
    LEFT_OUT = "left-out"  # not in the file


class Reason(StrEnum):
    """Why an annotation was not simply written as it is."""

    CLITIC = "clitic"  # an edge lies between a word and the clitic written onto it
    INSIDE_WORD = "inside-word"  # an edge lies inside a word, and not at a clitic
    SENTENCE_BORDER = "sentence-border"  # the span goes on over the end of a sentence
    OVERLAP = "overlap"  # another annotation of the same annotator has the same words
    OTHER_ANNOTATOR = "other-annotator"  # an annotation of another annotator has the same words
    NEIGHBOUR = "neighbour"  # the scheme cannot tell it from its neighbour of the same label
    SAME_SPAN = "same-span"  # an equal annotation stands for this one too
    DEBRIS = "debris"  # the span lies in page debris, which was not asked for
    EDGE_SPACE = "edge-space"  # the span begins or ends with a space, which no token holds
    ONLY_SPACE = "only-space"  # the span covers nothing but spaces


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a report must say of one annotation; written is the span that stands in the file, or None.

    because is the annotation that took its place, where there is one.
    """

    annotation: Annotation
    kind: DeviationKind
    reason: Reason
    written: Span | None = None
    because: Annotation | None = None
