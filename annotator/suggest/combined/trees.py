"""Gradient-boosted decision trees for a yes-or-no question: prediction in plain Python, fitting with NumPy.

Newton boosting of the logistic loss over binned features, as in Chen and Guestrin, "XGBoost: A Scalable Tree Boosting
System", KDD 2016. It is written here because the libraries that do it are larger than the program, and store pickles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Node: TypeAlias = "tuple[int, float, Node, Node] | float"
"""A leaf's value, or (feature, threshold, node for values up to the threshold, node for values above it)."""

_SUREST = 0.01
_DIGITS = 5
"""The digits of a leaf and of a threshold, so that summing in another order hardly ever changes the file."""


@dataclass(frozen=True, slots=True)
class Options:
    """How trees are grown: how many, how deep, the learning rate, the least curvature in a leaf, and L2."""

    trees: int = 60
    depth: int = 3
    rate: float = 0.1
    least: float = 5.0
    ridge: float = 10.0
    bins: int = 32


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """Trees whose sum corrects a probability that is known before, in log odds."""

    trees: tuple[Node, ...] = ()

    def probability(self, prior: float, row: Sequence[float]) -> float:
        """Return the probability for one row of features, given the probability without them."""
        total = log_odds(prior)
        for node in self.trees:
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return 1 / (1 + math.exp(-total))

    def to_json(self) -> list[Any]:
        """Return JSON values."""
        return list(self.trees)

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> BoostedTrees:
        """Return trees from JSON values; raises TypeError or ValueError if they are none."""
        return cls(tuple(map(_node, value)))


def log_odds(probability: float) -> float:
    """Return log odds; 0 and 1 count as nearly so."""
    within = min(max(probability, _SUREST), 1 - _SUREST)
    return math.log(within / (1 - within))


def _node(value: Any) -> Node:
    if isinstance(value, list):
        feature, threshold, low, high = value
        return int(feature), float(threshold), _node(low), _node(high)
    return float(value)


def fit(
    priors: Sequence[float], rows: Sequence[Sequence[float]], right: Sequence[bool], options: Options = Options()
) -> BoostedTrees:
    """Return trees that predict right from rows of features, given the probability of each row without them."""
    import numpy as np

    values = np.asarray(rows, dtype=np.float64)
    target = np.asarray(right, dtype=np.float64)
    edges = [_edges(values[:, i], options.bins) for i in range(values.shape[1])]
    binned = np.stack([np.searchsorted(e, values[:, i], side="left") for i, e in enumerate(edges)], axis=1)
    odds = np.array([log_odds(prior) for prior in priors])
    trees: list[Node] = []
    for _ in range(options.trees):
        chance = 1 / (1 + np.exp(-odds))
        grower = _Grower(binned, edges, target - chance, chance * (1 - chance), options, odds)
        trees.append(grower.grow(np.arange(len(target)), options.depth))
    return BoostedTrees(tuple(trees))


def _edges(column: NDArray[np.float64], bins: int) -> NDArray[np.float64]:
    """Return the thresholds of a feature: between its values if they are few, or else at quantiles."""
    import numpy as np

    distinct = np.unique(column)
    if len(distinct) > bins:
        distinct = np.unique(np.quantile(column, np.linspace(0, 1, bins + 1), method="nearest"))
    return np.round((distinct[:-1] + distinct[1:]) / 2, _DIGITS)


class _Grower:
    """Grows one tree, and adds its values to the odds."""

    def __init__(
        self,
        binned: NDArray[np.int64],
        edges: Sequence[NDArray[np.float64]],
        slope: NDArray[np.float64],
        curve: NDArray[np.float64],
        options: Options,
        odds: NDArray[np.float64],
    ) -> None:
        self._binned, self._edges, self._slope, self._curve = binned, edges, slope, curve
        self._options, self._odds = options, odds

    def grow(self, rows: NDArray[np.int64], depth: int) -> Node:
        """Return the tree for some rows."""
        slope, curve = float(self._slope[rows].sum()), float(self._curve[rows].sum())
        split = self._best_split(rows, slope, curve) if depth and curve >= 2 * self._options.least else None
        if split is None:
            value = round(self._options.rate * slope / (curve + self._options.ridge), _DIGITS)
            self._odds[rows] += value
            return value
        feature, at = split
        low = self._binned[rows, feature] <= at
        threshold = float(self._edges[feature][at])
        return feature, threshold, self.grow(rows[low], depth - 1), self.grow(rows[~low], depth - 1)

    def _best_split(self, rows: NDArray[np.int64], slope: float, curve: float) -> tuple[int, int] | None:
        import numpy as np

        least, ridge = self._options.least, self._options.ridge
        best, found = 1e-6 + slope**2 / (curve + ridge), None
        slopes, curves = self._slope[rows], self._curve[rows]
        for feature, edges in enumerate(self._edges):
            if not len(edges):
                continue
            bins = self._binned[rows, feature]
            low_slope = np.cumsum(np.bincount(bins, slopes, len(edges) + 1))[:-1]
            low_curve = np.cumsum(np.bincount(bins, curves, len(edges) + 1))[:-1]
            gain = low_slope**2 / (low_curve + ridge) + (slope - low_slope) ** 2 / (curve - low_curve + ridge)
            gain[(low_curve < least) | (curve - low_curve < least)] = -1
            at = int(np.argmax(gain))
            if gain[at] > best + 1e-9:
                best, found = float(gain[at]), (feature, at)
        return found
