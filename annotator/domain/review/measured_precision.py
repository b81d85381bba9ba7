"""The measured precision of suggestions: how many of the decided ones were accepted, and how sure that share is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from annotator.domain.model.suggestion import calibrated_as, proposers_of
from annotator.domain.review.calibration import ScoreOutcome

_Z = 1.959964
"""The normal quantile of a 95% interval."""


@dataclass(frozen=True, slots=True)
class MeasuredPrecision:
    """How many suggestions were accepted, of how many that annotators decided on."""

    accepted: int = 0
    decided: int = 0

    def __add__(self, other: MeasuredPrecision) -> MeasuredPrecision:
        """Return both together."""
        return MeasuredPrecision(self.accepted + other.accepted, self.decided + other.decided)

    @property
    def share(self) -> float:
        """Return the accepted share, 0 to 1; 0 without decisions."""
        return self.accepted / self.decided if self.decided else 0.0

    def interval(self) -> tuple[float, float]:
        """Return the ends of the 95% interval of the share, by Wilson (1927); (0, 1) without decisions.

        Example: 9 of 10 is 0.90, with the interval from 0.60 to 0.98.
        """
        if not self.decided:
            return 0.0, 1.0
        doubt = _Z * _Z / self.decided
        middle = (self.share + doubt / 2) / (1 + doubt)
        half = sqrt(doubt * (self.share * (1 - self.share) + doubt / 4)) / (1 + doubt)
        # Rounding may leave an end an ulp outside.
        return max(min(middle - half, self.share), 0.0), min(max(middle + half, self.share), 1.0)


def precision_by_suggester(cases: Iterable[ScoreOutcome]) -> dict[str, MeasuredPrecision]:
    """Return the precision of each suggester, over the suggestions that it made or that it proposed to be combined.

    Example: a decision on a suggestion of "combined:starter+lexicon" counts for combined, starter and lexicon.
    """
    found: dict[str, MeasuredPrecision] = defaultdict(MeasuredPrecision)
    for case in cases:
        for name in {calibrated_as(case.suggester), *proposers_of(case.suggester)}:
            found[name] += MeasuredPrecision(case.accepted, case.decided)
    return dict(found)
