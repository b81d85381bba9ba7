"""What a suggester's score is worth: the share of its suggestions with that score that an annotator would accept.

The estimator, in one paragraph. A curve has a value at each of KNOTS and runs straight between them. It begins as a
prior: a table measured beforehand, or the score itself where nothing was measured. Each decision of the project counts
towards the two knots around its score, in proportion to nearness. A knot's value is (PRIOR_WEIGHT * prior + accepted) /
(PRIOR_WEIGHT + decided), the mean of a Beta distribution that the prior stands for with PRIOR_WEIGHT decisions. Then
neighbouring knots that fall are pooled (isotonic regression), so that a higher score is never worth less.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.isotonic import isotonic
from annotator.domain.model.suggestion import Suggestion

KNOTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
PRIOR_WEIGHT = 10.0
"""How many decisions at a knot weigh as much as what was known beforehand."""

DEFAULT_THRESHOLD = 0.5
"""The threshold to begin with: from here on a suggestion is more likely to be accepted than not."""

ANY_LABEL = "*"
"""Stands for every label of a suggester in a table of curves."""

Curve = tuple[float, ...]
"""One value for each knot, rising, 0 to 1."""

IDENTITY_CURVE: Curve = KNOTS
"""The curve of a suggester that is taken at its word."""


@dataclass(frozen=True, slots=True)
class ScoreOutcome:
    """Decisions on suggestions by one suggester with one label and score: how many were accepted, of how many."""

    suggester: str
    label: str
    score: float
    accepted: int
    decided: int


def round_score(score: float) -> float:
    """Return a score as decisions are counted; round() takes .125 for .12, and SQLite's for .13."""
    return int(score * 100 + 0.5) / 100


def _told(case: ScoreOutcome) -> tuple[float, float, float]:
    """Return a case as fit_curve() takes it."""
    return case.score, float(case.accepted), float(case.decided)


def interpolate(curve: Curve, score: float) -> float:
    """Return what a score is worth by a curve; a higher score is never worth less, not even by rounding."""
    at, share = _place(score)
    return curve[at] if not share else min(curve[at] + (curve[at + 1] - curve[at]) * share, curve[at + 1])


def _least_score(curve: Curve, threshold: float) -> float | None:
    """Return the lowest score that is worth a threshold by a curve, or None."""
    low, high = 0.0, 1.0
    if interpolate(curve, high) < threshold:
        return None
    if interpolate(curve, low) >= threshold:
        return low
    # Halved until no number is left between the two, so that a score passes exactly if its worth does.
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if interpolate(curve, middle) >= threshold else (middle, high)
    return high


def fit_curve(prior: Curve, cases: Iterable[tuple[float, float, float]], weight: float = PRIOR_WEIGHT) -> Curve:
    """Return the curve that a prior becomes by decisions, each (score, how many accepted, of how many)."""
    accepted = [weight * value for value in prior]
    decided = [weight] * len(prior)
    for score, right, total in cases:
        at, share = _place(score)
        for knot, part in ((at, 1 - share), (at + 1, share)):
            if part:
                accepted[knot] += part * right
                decided[knot] += part * total
    return _rising(accepted, decided)


def _place(score: float) -> tuple[int, float]:
    """Return the knot at or before a score, and how far towards the next one the score lies, 0 to 1."""
    at = min(max(bisect_right(KNOTS, score) - 1, 0), len(KNOTS) - 1)
    if at == len(KNOTS) - 1:
        return at, 0.0
    return at, min(max((score - KNOTS[at]) / (KNOTS[at + 1] - KNOTS[at]), 0.0), 1.0)


def _rising(accepted: Sequence[float], decided: Sequence[float]) -> Curve:
    values: list[float] = []
    for pool in isotonic(zip(accepted, decided, strict=True)):
        # Rounding may leave a pool an ulp below the one before it, or above 1.
        values += [min(max(pool.share(), values[-1] if values else 0.0), 1.0)] * pool.width
    return tuple(values)


class Calibrator:
    """What the scores of every suggester are worth in one project."""

    def __init__(
        self, tables: Mapping[tuple[str, str], Curve] | None = None, cases: Iterable[ScoreOutcome] = ()
    ) -> None:
        """Take measured curves by (suggester, label or ANY), and the project's own decisions.

        A label's curve begins at its own table or, where there is none, at the suggester's, which the decisions on its
        other labels have moved; then the decisions on the label move it.
        """
        self._tables = dict(tables or {})
        self._cases: dict[str, list[ScoreOutcome]] = defaultdict(list)
        for case in cases:
            self._cases[case.suggester].append(case)
        self._curves: dict[tuple[str, str], Curve] = {}
        self._worths: dict[tuple[str, str, float], float] = {}
        self._least: dict[tuple[str, str, float], float | None] = {}

    def curve(self, suggester: str, label: str) -> Curve:
        """Return the curve in force for a suggester's label."""
        key = (suggester, label)
        if key not in self._curves:
            cases = self._cases.get(suggester, ())
            prior = self._tables.get(key) or fit_curve(
                self._tables.get((suggester, ANY_LABEL), IDENTITY_CURVE),
                (_told(case) for case in cases if case.label != label),
            )
            self._curves[key] = fit_curve(prior, (_told(case) for case in cases if case.label == label))
        return self._curves[key]

    def confidence(self, suggester: str, label: str, score: float) -> float:
        """Return how likely a suggestion is to be accepted, 0 to 1."""
        key = (suggester, label, score)
        worth = self._worths.get(key)
        if worth is None:
            worth = self._worths[key] = interpolate(self.curve(suggester, label), score)
        return worth

    def min_score(self, suggester: str, label: str, threshold: float) -> float | None:
        """Return the lowest score that is worth a threshold; None if no score is."""
        key = (suggester, label, threshold)
        if key not in self._least:
            self._least[key] = _least_score(self.curve(suggester, label), threshold)
        return self._least[key]

    def calibrated(self, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
        """Return the suggestions with what their scores are worth as score, and the score itself as raw."""
        confidence = self.confidence
        return [
            Suggestion(s.span, s.label, confidence(s.suggester, s.label, s.given), s.suggester, s.version, s.given)
            for s in suggestions
        ]


@dataclass(frozen=True, slots=True)
class ThresholdEffect:
    """What a threshold promises for suggestions to decide.

    shown and hidden: how many there are of each. precision: the share of the shown ones that will be accepted, None
    if none is shown. missed: how many of the hidden ones would be accepted.
    """

    shown: int
    hidden: int
    precision: float | None
    missed: float


def threshold_effect(worths: Mapping[float, int], threshold: float) -> ThresholdEffect | None:
    """Return what a threshold promises for suggestions, counted by worth; None if there are none.

    A worth is how likely a suggestion is to be accepted, so their sum is how many are expected to be.
    """
    shown = sum(count for worth, count in worths.items() if worth >= threshold)
    hidden = sum(worths.values()) - shown
    if not shown + hidden:
        return None
    right = sum(worth * count for worth, count in worths.items() if worth >= threshold)
    missed = sum(worth * count for worth, count in worths.items() if worth < threshold)
    return ThresholdEffect(shown, hidden, right / shown if shown else None, missed)
