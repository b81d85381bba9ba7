"""What a raw score is worth: a rising table from raw scores to the share that was right, fitted to decided cases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LEAST_IN_STEP = 25
"""A step of the table stands on so many cases at least, so that it is no accident."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A step function: scores from edges[i] on are worth values[i]; without steps every score is worth itself."""

    edges: tuple[float, ...] = ()
    values: tuple[float, ...] = ()

    def __call__(self, raw: float) -> float:
        """Return what a raw score is worth, between two steps in proportion."""
        if not self.edges:
            return raw
        i = bisect_right(self.edges, raw)
        if i == 0:
            return self.values[0]
        if i == len(self.edges):
            return self.values[-1]
        low, high = self.edges[i - 1], self.edges[i]
        return self.values[i - 1] + (self.values[i] - self.values[i - 1]) * (raw - low) / (high - low)


def fit(cases: Iterable[tuple[float, bool]]) -> Calibration:
    """Fit a rising table to (raw score, was it right): groups of cases, merged until their shares rise."""
    ordered = sorted(cases)
    steps: list[list[float]] = []
    for at in range(0, len(ordered), _LEAST_IN_STEP):
        group = ordered[at : at + _LEAST_IN_STEP]
        steps.append([sum(raw for raw, _ in group), float(sum(right for _, right in group)), float(len(group))])
        while len(steps) > 1 and _share(steps[-2]) >= _share(steps[-1]):
            last = steps.pop()
            steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    edges = [round(total / count, 4) for total, _, count in steps]
    kept = [i for i, edge in enumerate(edges) if i == 0 or edge > edges[i - 1]]
    return Calibration(tuple(edges[i] for i in kept), tuple(round(_share(steps[i]), 4) for i in kept))


def _share(step: Sequence[float]) -> float:
    """Return the share of right cases, with one doubt added on each side."""
    return (step[1] + 1) / (step[2] + 2)
