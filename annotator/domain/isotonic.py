"""Isotonic regression: the rising sequence of shares that fits counts best, by pooling adjacent violators.

Example: of 10, 10 and 20 decisions, 6, 5 and 16 were acceptances. The shares .6, .5 and .8 do not rise, so the first
two become one pool: 11 of 20, and 16 of 20.

The method is from Ayer, Brunk, Ewing, Reid and Silverman, "An Empirical Distribution Function for Sampling with
Incomplete Information", Annals of Mathematical Statistics 26(4), 1955.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """Some neighbouring observations as one: hits out of total; width is how many observations there are."""

    hits: float
    total: float
    width: int = 1

    def share(self, smoothing: float = 0.0) -> float:
        """Return the share of hits, 0 to 1, after adding so many hits and so many misses."""
        return (self.hits + smoothing) / (self.total + 2 * smoothing)

    def __add__(self, later: Pool) -> Pool:
        """Return this pool and the one after it as one."""
        return Pool(self.hits + later.hits, self.total + later.total, self.width + later.width)


def isotonic(
    observations: Iterable[tuple[float, float]], *, smoothing: float = 0.0, strict: bool = False
) -> list[Pool]:
    """Return the pools, with rising shares, of observations that are each (hits, total), in their order.

    smoothing is the number of hits, and of misses, that each pool gets when it is compared. With strict, pools of equal
    share become one too.
    """
    pools: list[Pool] = []
    for hits, total in observations:
        pools.append(Pool(hits, total))
        while len(pools) > 1 and _is_violation(pools[-2], pools[-1], smoothing, strict):
            later = pools.pop()
            pools[-1] += later
    return pools


def _is_violation(earlier: Pool, later: Pool, smoothing: float, strict: bool) -> bool:
    # Products, since quotients that differ may round to the same number.
    before = (earlier.hits + smoothing) * (later.total + 2 * smoothing)
    after = (later.hits + smoothing) * (earlier.total + 2 * smoothing)
    return before > after or (strict and before == after)
