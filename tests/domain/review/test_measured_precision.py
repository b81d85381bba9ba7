"""The precision of decided suggestions: Wilson's interval, and who is credited with a decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.review.calibration import ScoreOutcome
from annotator.domain.review.measured_precision import MeasuredPrecision, precision_by_suggester


@pytest.mark.parametrize(
    ("accepted", "decided", "low", "high"),
    # From R: prop.test(accepted, decided, correct = FALSE)$conf.int
    [(9, 10, 0.5958, 0.9821), (81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_that_of_wilson(accepted: int, decided: int, low: float, high: float) -> None:
    assert MeasuredPrecision(accepted, decided).interval() == pytest.approx((low, high), abs=1e-4)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_share_is_inside_its_interval(accepted: int, rejected: int) -> None:
    precision = MeasuredPrecision(accepted, accepted + rejected)
    low, high = precision.interval()
    assert 0 <= low <= precision.share <= high <= 1


def test_a_combined_suggestion_counts_for_all_that_proposed_it() -> None:
    cases = [
        ScoreOutcome("combined:starter+lexicon", "LOC", 0.9, 3, 4),
        ScoreOutcome("combined:starter", "ORG", 0.5, 0, 2),
        ScoreOutcome("camel", "ORG", 0.5, 1, 1),
    ]
    assert precision_by_suggester(cases) == {
        "combined": MeasuredPrecision(3, 6),
        "starter": MeasuredPrecision(3, 6),
        "lexicon": MeasuredPrecision(3, 4),
        "camel": MeasuredPrecision(1, 1),
    }
