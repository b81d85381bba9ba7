"""In which order documents are offered, and the numbers about a document that the orders go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import DEFAULT_THRESHOLD


class DocumentOrder(StrEnum):
    """The orders that one may work in. In all but the order of import, repeated articles come last."""

    IMPORTED = "imported"
    NEWEST = "newest"
    ENTITIES = "entities"
    UNCERTAIN = "uncertain"
    NEW_NAMES = "new-names"


@dataclass(frozen=True, slots=True)
class DocumentMetrics:
    """What is known of a document from its suggestions.

    entities: suggestions that are more likely right than not. uncertainty: see uncertainty(), 0 to 1. new_names:
    different names among the entities that nobody has confirmed.
    """

    entities: int
    uncertainty: float
    new_names: int


def uncertainty(worths: Iterable[float]) -> float:
    """Return the mean of 1 - |2p - 1| over the worths p of a document's suggestions; 0 where there are none.

    |2p - 1| is the margin between the two answers, p and 1 - p: margin sampling (Scheffer, Decomain and Wrobel, Active
    Hidden Markov Models for Information Extraction, 2001), as a mean so that long articles are not preferred.
    """
    margins = [1 - abs(2 * worth - 1) for worth in worths]
    return sum(margins) / len(margins) if margins else 0.0


def document_metrics(
    suggestions: Iterable[Suggestion], name_of: Callable[[Suggestion], str], is_known: Callable[[str], bool]
) -> DocumentMetrics:
    """Return the numbers of a document from the suggestions that stand in it, their scores calibrated.

    name_of gives a suggestion's text in the spelling by which names are compared; is_known tells confirmed ones.
    """
    standing = list(suggestions)
    entities = [s for s in standing if s.score >= DEFAULT_THRESHOLD]
    return DocumentMetrics(
        entities=len(entities),
        uncertainty=uncertainty(s.score for s in standing),
        new_names=sum(not is_known(name) for name in {name_of(s) for s in entities}),
    )
