"""Page debris gets no suggestions, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion


def outside_debris(document: Document, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions that share no character with a region of debris."""
    debris = document.debris()
    return tuple(s for s in suggestions if not any(s.span.overlaps(place) for place in debris))
