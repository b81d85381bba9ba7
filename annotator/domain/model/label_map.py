"""Which labels of one set become which of another: what a corpus or a suggester says in other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ALL_OTHERS = "*"
"""In a map, stands for every label that the map does not name."""


@dataclass(frozen=True, slots=True)
class LabelMap:
    """A label's other name, or None for a label that is to be dropped; labels it does not name stay as they are."""

    pairs: Mapping[str, str | None] = field(default_factory=dict)

    def get(self, label: str) -> str | None:
        """Return what a label becomes, or None where it is to be dropped."""
        return self.pairs[label] if label in self.pairs else self.pairs.get(ALL_OTHERS, label)
