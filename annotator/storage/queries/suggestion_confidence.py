"""How reliable suggestions are for one annotator, as known when a document is opened."""

from __future__ import annotations

from collections import Counter

from annotator.domain.review.calibration import Calibrator, ThresholdEffect, threshold_effect
from annotator.domain.review.measured_precision import MeasuredPrecision, precision_by_suggester
from annotator.storage.queries.suggestion_decisions import SuggestionDecisions
from annotator.storage.tables.document_metrics import DocumentMetricsTable


class SuggestionConfidence:
    """What scores are worth, what a threshold promises, and how often suggestions were accepted.

    by_suggester has the measured precision of each suggester with decisions. Values only change with refresh(), so that
    the display does not change while the annotator works.
    """

    def __init__(self, decisions: SuggestionDecisions, numbers: DocumentMetricsTable, annotator_id: str) -> None:
        self._decisions = decisions
        self._recent = decisions.recent(annotator_id)
        self._metrics = numbers
        self._annotator = annotator_id
        self._counts = decisions.counts()
        self.reliability = Calibrator()
        self._left: Counter[float] = Counter()
        self._measured: list[tuple[float, MeasuredPrecision]] = []
        self.by_suggester: dict[str, MeasuredPrecision] = {}
        self.refresh()

    def refresh(self, *, with_merged: bool = True) -> None:
        """Compute the values again. The time depends on the number of decisions since the last call.

        After a merge everything is counted again. A merge writes thousands of times, and whoever works meanwhile must
        not wait for that each time. With with_merged=False the values stay as they are once edits were merged.
        """
        if self._counts.refresh(with_merged=with_merged):
            self._recent.forget()
        cases = self._counts.cases()
        self.reliability = Calibrator(self._decisions.curves(), cases)
        self._measured = [
            (
                self.reliability.confidence(case.suggester, case.label, case.score),
                MeasuredPrecision(case.accepted, case.decided),
            )
            for case in cases
        ]
        self.by_suggester = precision_by_suggester(cases)
        left = self._metrics.scores()
        for case in self._counts.cases(self._annotator):
            left[case.suggester, case.label, case.score] -= case.decided
        self._left = Counter()
        for place, count in left.items():
            self._left[self.reliability.confidence(*place)] += max(count, 0)

    def expected(self, threshold: float) -> ThresholdEffect | None:
        """Return what a threshold promises for the project's suggestions that the annotator has not decided.

        None if nothing is left or nothing was measured yet. What is left is counted by the scores that were given, so
        that one calibration, the present one, says what all of it is worth.
        """
        return threshold_effect(self._left, threshold)

    def measured(self, threshold: float) -> MeasuredPrecision:
        """Return the precision of the suggestions from a threshold on that anybody decided on in this project."""
        return sum((found for confidence, found in self._measured if confidence >= threshold), MeasuredPrecision())

    def agreement(self, last: int = 100) -> tuple[int, int]:
        """Return how many of the annotator's last decisions accepted a suggestion, and how many there were."""
        return self._recent.agreement(last)
