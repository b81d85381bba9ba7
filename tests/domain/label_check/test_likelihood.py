"""A few odd places among many are slips, many are a second use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.label_check.likelihood import slip_probability


@pytest.mark.parametrize(
    ("different", "total", "probability"), [(1, 31, 0.94), (1, 3, 0.37), (1, 2, 0.20), (5, 15, 0.06), (0, 9, 0.0)]
)
def test_examples(different: int, total: int, probability: float) -> None:
    assert slip_probability(different, total) == pytest.approx(probability, abs=0.01)


@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(0.01, 100))
def test_it_is_a_probability_and_falls_with_the_share_that_differs(different: int, same: int, odds: float) -> None:
    total = different + same
    found = slip_probability(different, total, odds)
    assert 0 <= found <= 1
    if 0 < different < same:
        assert slip_probability(different, total + 1, odds) >= found
