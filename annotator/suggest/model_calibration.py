"""Table from the raw scores of a suggester to the share that was right, fitted to decided cases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from annotator.domain.isotonic import isotonic

_CASES_IN_GROUP = 25
"""The fewest cases that a step of the table is computed from, so that it is no accident."""
_SMOOTHING = 1.0
"""How many right and wrong cases each step gets in addition, so that few cases never give 0 or 1."""


@dataclass(frozen=True, slots=True)
class ModelCalibration:
    """A step function: scores from edges[i] on are worth values[i]; without steps every score is worth itself."""

    edges: tuple[float, ...] = ()
    values: tuple[float, ...] = ()

    def __call__(self, raw: float) -> float:
        """Return what a raw score is worth, interpolated between two steps."""
        if not self.edges:
            return raw
        i = bisect_right(self.edges, raw)
        if i == 0:
            return self.values[0]
        if i == len(self.edges):
            return self.values[-1]
        low, high = self.edges[i - 1], self.edges[i]
        return self.values[i - 1] + (self.values[i] - self.values[i - 1]) * (raw - low) / (high - low)


def fit(cases: Iterable[tuple[float, bool]]) -> ModelCalibration:
    """Return the table that fits (raw score, was it right) best: groups of cases, pooled until their shares rise."""
    ordered = sorted(cases)
    groups = [ordered[at : at + _CASES_IN_GROUP] for at in range(0, len(ordered), _CASES_IN_GROUP)]
    right = [(float(sum(is_right for _, is_right in group)), float(len(group))) for group in groups]
    edges: list[float] = []
    values: list[float] = []
    at = 0
    for pool in isotonic(right, smoothing=_SMOOTHING, strict=True):
        pooled = [raw for group in groups[at : at + pool.width] for raw, _ in group]
        at += pool.width
        edge = round(fsum(pooled) / len(pooled), 4)
        if not edges or edge > edges[-1]:
            edges.append(edge)
            values.append(round(pool.share(_SMOOTHING), 4))
    return ModelCalibration(tuple(edges), tuple(values))
