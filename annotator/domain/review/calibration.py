"""Calibration of suggesters' scores: the probability that an annotator accepts a suggestion with a given score.

A curve has a value at each of KNOTS and is linear between them. It starts as a prior: a measured table, or the score
itself if nothing was measured. Each decision in the project counts towards the two knots around its score, in
proportion to nearness. The value at a knot is (PRIOR_WEIGHT * prior + accepted) / (PRIOR_WEIGHT + decided): the mean of
a Beta distribution in which the prior counts as PRIOR_WEIGHT decisions. Isotonic regression then pools neighbouring
knots whose values fall, so that a higher score never means a lower probability.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.isotonic import isotonic
from annotator.domain.model.suggestion import Suggestion, calibrated_as

KNOTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
PRIOR_WEIGHT = 10.0
"""The number of decisions at a knot that weigh as much as the prior."""

DEFAULT_THRESHOLD = 0.5
"""The initial threshold: suggestions above it are more likely to be accepted than not."""

WEAK_FROM = 0.15
"""The least probability of a weak suggestion, which is only underlined."""

ANY_LABEL = "*"
"""The key of a suggester's curve for labels without a curve of their own."""

Curve = tuple[float, ...]
"""One probability for each of KNOTS, rising."""

IDENTITY_CURVE: Curve = KNOTS
"""The curve that leaves scores as they are."""


@dataclass(frozen=True, slots=True)
class ScoreOutcome:
    """How many suggestions with one suggester, label and score were accepted, and how many were decided."""

    suggester: str
    label: str
    score: float
    accepted: int
    decided: int


def least_marked(threshold: float) -> float:
    """Return the least probability of suggestions that are shown or underlined.

    Whoever raises the threshold above the default wants fewer marks, so that then nothing below it is underlined.
    """
    return min(threshold, WEAK_FROM) if threshold <= DEFAULT_THRESHOLD else threshold


def round_score(score: float) -> float:
    """Return a score rounded half up, as SQLite does; Python's round() makes .12 of .125."""
    return int(score * 100 + 0.5) / 100


def _counts(case: ScoreOutcome) -> tuple[float, float, float]:
    return case.score, float(case.accepted), float(case.decided)


def interpolate(curve: Curve, score: float) -> float:
    """Return the probability for a score; a higher score never has a lower one, not even by rounding."""
    at, share = _knot_at(score)
    return curve[at] if not share else min(curve[at] + (curve[at + 1] - curve[at]) * share, curve[at + 1])


def _min_score(curve: Curve, threshold: float) -> float | None:
    """Return the lowest score whose probability reaches a threshold, or None."""
    low, high = 0.0, 1.0
    if interpolate(curve, high) < threshold:
        return None
    if interpolate(curve, low) >= threshold:
        return low
    # Bisect until no float is left between the two, so that a score passes exactly if its probability does.
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if interpolate(curve, middle) >= threshold else (middle, high)
    return high


def fit_curve(prior: Curve, cases: Iterable[tuple[float, float, float]], weight: float = PRIOR_WEIGHT) -> Curve:
    """Return the curve that a prior becomes with some cases, each (score, accepted, decided)."""
    accepted = [weight * value for value in prior]
    decided = [weight] * len(prior)
    for score, right, total in cases:
        at, share = _knot_at(score)
        for knot, part in ((at, 1 - share), (at + 1, share)):
            if part:
                accepted[knot] += part * right
                decided[knot] += part * total
    return _rising(accepted, decided)


def _knot_at(score: float) -> tuple[int, float]:
    """Return the index of the knot at or before a score, and the distance towards the next one, 0 to 1."""
    at = max(bisect_right(KNOTS, score) - 1, 0)
    if at == len(KNOTS) - 1:
        return at, 0.0
    return at, max((score - KNOTS[at]) / (KNOTS[at + 1] - KNOTS[at]), 0.0)


def _rising(accepted: Sequence[float], decided: Sequence[float]) -> Curve:
    values: list[float] = []
    for pool in isotonic(zip(accepted, decided, strict=True)):
        # Rounding may leave a pool an ulp below the one before it, or above 1.
        values += [min(max(pool.share(), values[-1] if values else 0.0), 1.0)] * pool.width
    return tuple(values)


class Calibrator:
    """Converts scores to probabilities of acceptance, for all suggesters of one project.

    tables are measured curves by (suggester, label or ANY_LABEL); cases are the decisions in the project. The prior
    of a label is its own table. Without one, it is the suggester's curve, adjusted by the decisions on its other
    labels.
    """

    def __init__(
        self, tables: Mapping[tuple[str, str], Curve] | None = None, cases: Iterable[ScoreOutcome] = ()
    ) -> None:
        self._tables = dict(tables or {})
        self._cases: dict[str, list[ScoreOutcome]] = defaultdict(list)
        for case in cases:
            self._cases[calibrated_as(case.suggester)].append(case)
        self._curves: dict[tuple[str, str], Curve] = {}
        self._confidences: dict[tuple[str, str, float], float] = {}
        self._min_scores: dict[tuple[str, str, float], float | None] = {}

    def curve(self, suggester: str, label: str) -> Curve:
        """Return the curve of a suggester's label; combined suggestions have one, whoever proposed them."""
        suggester = calibrated_as(suggester)
        key = (suggester, label)
        if key not in self._curves:
            cases = self._cases.get(suggester, ())
            prior = self._tables.get(key) or fit_curve(
                self._tables.get((suggester, ANY_LABEL), IDENTITY_CURVE),
                (_counts(case) for case in cases if case.label != label),
            )
            self._curves[key] = fit_curve(prior, (_counts(case) for case in cases if case.label == label))
        return self._curves[key]

    def confidence(self, suggester: str, label: str, score: float) -> float:
        """Return the probability that a suggestion with this score is accepted, 0 to 1."""
        key = (suggester, label, score)
        confidence = self._confidences.get(key)
        if confidence is None:
            confidence = self._confidences[key] = interpolate(self.curve(suggester, label), score)
        return confidence

    def min_score(self, suggester: str, label: str, threshold: float) -> float | None:
        """Return the lowest score whose probability reaches a threshold; None if there is none."""
        key = (suggester, label, threshold)
        if key not in self._min_scores:
            self._min_scores[key] = _min_score(self.curve(suggester, label), threshold)
        return self._min_scores[key]

    def calibrated(self, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
        """Return the suggestions with the probability as score, and the suggester's score as raw."""
        confidence = self.confidence
        return [
            Suggestion(s.span, s.label, confidence(s.suggester, s.label, s.given), s.suggester, s.version, s.given)
            for s in suggestions
        ]


@dataclass(frozen=True, slots=True)
class ThresholdEffect:
    """The expected effect of a threshold on undecided suggestions.

    shown, hidden: how many there are of each. precision: the share of the shown ones that would be accepted, None if
    none is shown. missed: how many of the hidden ones would be accepted.
    """

    shown: int
    hidden: int
    precision: float | None
    missed: float


def threshold_effect(confidences: Mapping[float, int], threshold: float) -> ThresholdEffect | None:
    """Return the expected effect of a threshold, or None if there are no suggestions.

    confidences has the number of suggestions for each probability of acceptance. Their sum is the number of
    suggestions that are expected to be accepted.
    """
    shown = sum(count for confidence, count in confidences.items() if confidence >= threshold)
    hidden = sum(confidences.values()) - shown
    if not shown + hidden:
        return None
    right = sum(confidence * count for confidence, count in confidences.items() if confidence >= threshold)
    missed = sum(confidence * count for confidence, count in confidences.items() if confidence < threshold)
    return ThresholdEffect(shown, hidden, right / shown if shown else None, missed)
