"""How far suggestions can be trusted by one annotator in one project, as it stands when a document opens."""

from __future__ import annotations

from collections import Counter

from annotator.domain.review.calibration import Calibrator, ThresholdEffect, threshold_effect
from annotator.storage.queries.suggestion_decisions import SuggestionDecisions
from annotator.storage.tables.document_metrics import DocumentMetricsTable


class SuggestionConfidence:
    """What scores are worth, what a threshold promises for what is left to decide, and how often the model was right.

    reliability and promises stay as they are between two refresh(), so that nothing moves under the annotator's hand.
    """

    def __init__(self, decisions: SuggestionDecisions, numbers: DocumentMetricsTable, annotator_id: str) -> None:
        """Read what the project's decisions and numbers say."""
        self._decisions = decisions
        self._recent = decisions.recent(annotator_id)
        self._metrics = numbers
        self._annotator = annotator_id
        self._counts = decisions.counts()
        self.reliability = Calibrator()
        self._left: Counter[float] = Counter()
        self.refresh()

    def refresh(self) -> None:
        """Read it anew; costs time in proportion to what was decided since the last time."""
        self._recent.check(self._counts.refresh())
        self.reliability = Calibrator(self._decisions.curves(), self._counts.cases())
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

    def agreement(self, last: int = 100) -> tuple[int, int]:
        """Return how many of the annotator's last decisions accepted the suggestion, and how many these were."""
        return self._recent.agreement(last)
