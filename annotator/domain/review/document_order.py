"""The orders of the article list, and the metrics of a document that they sort by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import DEFAULT_THRESHOLD


class DocumentOrder(StrEnum):
    """How the article list is sorted. Duplicates come last, except in the order of import."""

    IMPORTED = "imported"
    NEWEST = "newest"
    ENTITIES = "entities"
    UNCERTAIN = "uncertain"
    NEW_NAMES = "new-names"


@dataclass(frozen=True, slots=True)
class DocumentMetrics:
    """Metrics of a document that follow from its suggestions.

    entities: suggestions that are more likely right than not. uncertainty: see uncertainty(), 0 to 1. new_names: the
    number of different names among the entities that nobody has confirmed.
    """

    entities: int
    uncertainty: float
    new_names: int


def uncertainty(probabilities: Iterable[float]) -> float:
    """Return the mean of 1 - |2p - 1| over the probabilities p of a document's suggestions; 0 if there are none.

    |2p - 1| is the margin between the two answers, p and 1 - p. This is margin sampling (Scheffer, Decomain and Wrobel,
    Active Hidden Markov Models for Information Extraction, 2001). It is a mean, so that long articles are not
    preferred.
    """
    margins = [1 - abs(2 * p - 1) for p in probabilities]
    return sum(margins) / len(margins) if margins else 0.0


def document_metrics(
    suggestions: Iterable[Suggestion], name_of: Callable[[Suggestion], str], is_known: Callable[[str], bool]
) -> DocumentMetrics:
    """Return the metrics of a document from its visible suggestions, with calibrated scores.

    name_of returns the text of a suggestion, normalised for comparing names. is_known returns True for such a text if
    somebody confirmed it.
    """
    visible = list(suggestions)
    entities = [s for s in visible if s.score >= DEFAULT_THRESHOLD]
    return DocumentMetrics(
        entities=len(entities),
        uncertainty=uncertainty(s.score for s in visible),
        new_names=sum(not is_known(name) for name in {name_of(s) for s in entities}),
    )
