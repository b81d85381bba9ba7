"""Isotonic regression: rising shares, nothing lost, and closest to what was counted."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.isotonic import Pool, isotonic

observations = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda c: (float(c[0]), float(c[0] + c[1] + 1))), max_size=8
)


@given(observations, st.sampled_from([0.0, 1.0]))
def test_shares_rise_and_every_observation_is_in_one_pool(counts: list[tuple[float, float]], smoothing: float) -> None:
    pools = isotonic(counts, smoothing=smoothing)
    assert sum(pool.width for pool in pools) == len(counts)
    assert sum(pool.hits for pool in pools) == sum(hits for hits, _ in counts)
    assert sum(pool.total for pool in pools) == sum(total for _, total in counts)
    assert all(a.share(smoothing) <= b.share(smoothing) for a, b in pairwise(pools))
    strict = isotonic(counts, smoothing=smoothing, strict=True)
    assert all(a.share(smoothing) < b.share(smoothing) for a, b in pairwise(strict))


@given(observations.filter(bool))
def test_no_other_rising_division_into_pools_is_closer(counts: list[tuple[float, float]]) -> None:
    def distance(pools: list[Pool]) -> float:
        shares = [pool.share() for pool in pools for _ in range(pool.width)]
        return sum(total * (hits / total - share) ** 2 for (hits, total), share in zip(counts, shares, strict=True))

    found = distance(isotonic(counts))
    for number in range(len(counts)):
        for borders in combinations(range(1, len(counts)), number):
            parts = [counts[start:end] for start, end in pairwise((0, *borders, len(counts)))]
            pools = [Pool(sum(h for h, _ in part), sum(t for _, t in part), len(part)) for part in parts]
            if all(a.share() <= b.share() for a, b in pairwise(pools)):
                assert found <= distance(pools) + 1e-9


def test_the_example_of_the_docstring() -> None:
    assert isotonic([(6, 10), (5, 10), (16, 20)]) == [Pool(11, 20, 2), Pool(16, 20)]
    assert Pool(1, 2).share(1.0) == pytest.approx(0.5)


def test_equal_shares_are_pooled_only_if_they_must_rise_strictly() -> None:
    counts = [(1.0, 2.0), (2.0, 4.0)]
    assert isotonic(counts) == [Pool(1, 2), Pool(2, 4)]
    assert isotonic(counts, strict=True) == [Pool(3, 6, 2)]
