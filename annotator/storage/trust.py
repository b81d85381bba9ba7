"""How far suggestions can be trusted by one annotator in one project, as it stands when a document opens."""

from __future__ import annotations

from collections import Counter

from annotator.domain.calibration import Expected, Reliability, expected
from annotator.storage.judgements import Judgements
from annotator.storage.numbers import Numbers


class Trust:
    """What scores are worth, what a threshold promises for what is left to decide, and how often the model was right.

    reliability and promises stay as they are between two refresh(), so that nothing moves under the annotator's hand.
    """

    def __init__(self, judgements: Judgements, numbers: Numbers, annotator_id: str) -> None:
        """Read what the project's decisions and numbers say."""
        self._judgements = judgements
        self._recent = judgements.recent(annotator_id)
        self._numbers = numbers
        self._annotator = annotator_id
        self._tally = judgements.tally()
        self.reliability = Reliability()
        self._left: Counter[int] = Counter()
        self.refresh()

    def refresh(self) -> None:
        """Read it anew; costs time in proportion to what was decided since the last time."""
        self._recent.check(self._tally.refresh())
        self.reliability = Reliability(self._judgements.measured(), self._tally.cases())
        decided: Counter[int] = Counter()
        for case in self._tally.cases(self._annotator):
            decided[round(self.reliability.worth(case.suggester, case.label, case.score) * 100)] += case.decided
        self._left = self._numbers.worths() - decided

    def expected(self, threshold: float) -> Expected | None:
        """Say what a threshold promises for the project's suggestions that the annotator has not decided.

        None where nothing is left or nothing was measured yet.
        """
        return expected(self._left, threshold)

    def agreement(self, last: int = 100) -> tuple[int, int]:
        """Return how many of the annotator's last decisions accepted the suggestion, and how many these were."""
        return self._recent.agreement(last)
