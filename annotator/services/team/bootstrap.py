"""Percentile intervals by a bootstrap over documents.

The measures are functions of sums over documents. So a draw is a number of times for each document, and its sums are
one matrix product; no document is read twice. (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 1_000
_LEVELS = (2.5, 97.5)
"""The percentiles of a 95% interval."""
_SEED = 1
"""Fixed, so that the same project gives the same intervals."""
_CELLS = 1 << 21
"""The most cells of a temporary matrix: 16 MB."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure, and its 95% interval; None for what is undefined."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, float | None]:
        """Return value, low and high, to six digits."""
        ends = {"value": self.value, "low": self.low, "high": self.high}
        return {name: None if each is None else round(each, 6) for name, each in ends.items()}


def draw_documents(documents: int, draws: int = DRAWS) -> NDArray[np.int16]:
    """Return how often each document is in each draw with replacement, as draws x documents."""
    random = np.random.default_rng(_SEED)
    times = np.empty((draws, documents), np.int16)
    rows = max(1, _CELLS // max(1, documents))
    for first in range(0, draws, rows):
        count = min(rows, draws - first)
        drawn = random.integers(documents, size=(count, documents)) + np.arange(count)[:, None] * documents
        times[first : first + count] = np.bincount(drawn.ravel(), minlength=count * documents).reshape(count, documents)
    return times


def drawn_sums(
    times: NDArray[np.int16], counts: NDArray[np.integer[Any]] | NDArray[np.floating[Any]]
) -> NDArray[np.float64]:
    """Return the sums of counts (documents x columns) in each draw, as draws x columns. Sums of integers are exact."""
    draws, documents = times.shape
    sums = np.zeros((draws, counts.shape[1]))
    step = max(1, _CELLS // max(draws, counts.shape[1]))
    for first in range(0, documents, step):
        part = slice(first, first + step)
        sums += times[:, part].astype(np.float64) @ counts[part].astype(np.float64)
    return sums


def interval(value: float | None, drawn: Iterable[float | None]) -> Estimate:
    """Return a measure with the interval of its values in the draws. Draws in which it is undefined do not count."""
    defined = [each for each in drawn if each is not None]
    if value is None or not defined:
        return Estimate(value)
    low, high = np.percentile(defined, _LEVELS)
    return Estimate(value, float(low), float(high))
