"""Names whose suggestions a team keeps rejecting in a project, and which are therefore not suggested any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.suggest.registry import KnownName
from annotator.text.normalise import normalise_key

RefusedNames = Mapping[tuple[str, str], MeasuredPrecision]
"""How often a name, by its normal form, was confirmed with a label that it hardly ever has."""


def refused_names(names: Iterable[KnownName]) -> dict[tuple[str, str], MeasuredPrecision]:
    """Return the names with a label that they have in fewer than half of all cases, with 95% confidence.

    Example: 4 rejections and no confirmation, or 7 rejections and one. Each annotation counts as a confirmation, so a
    name returns if somebody labels it by hand often enough.
    """
    decided: dict[tuple[str, str], MeasuredPrecision] = defaultdict(MeasuredPrecision)
    for name in names:
        if name.rejected or name.count:
            place = (normalise_key(name.text), name.label)
            decided[place] += MeasuredPrecision(name.count, name.count + name.rejected)
    return {place: found for place, found in decided.items() if found.interval()[1] < DEFAULT_THRESHOLD}


def without_refused(text: str, suggestions: Iterable[Suggestion], refused: RefusedNames) -> list[Suggestion]:
    """Return the suggestions for a text, without refused names."""
    if not refused:
        return list(suggestions)
    return [s for s in suggestions if (normalise_key(s.span.of(text)), s.label) not in refused]
