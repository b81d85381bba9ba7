"""A mapping of labels from one tagset to another, such as from those of a corpus or a suggester."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ALL_OTHERS = "*"
"""The key of a map for all labels that it does not name."""


@dataclass(frozen=True, slots=True)
class LabelMap:
    """Maps labels to labels, or to None to drop them; labels that it does not name remain as they are."""

    pairs: Mapping[str, str | None] = field(default_factory=dict)

    def get(self, label: str) -> str | None:
        """Return the label that a label becomes, or None to drop it."""
        return self.pairs[label] if label in self.pairs else self.pairs.get(ALL_OTHERS, label)
