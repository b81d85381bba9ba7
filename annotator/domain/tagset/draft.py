"""A draft of a tagset: what the project began with, and the cells that were changed since.

Changes (changes.py) turn one draft into the next. The cells in which the last draft differs from the first are the
writes of one edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from annotator.domain.model.edit import CellKind, TagsetValue, Write
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.domain.tagset.tagset_cells import (
    TAGSET_ROOT,
    FoldedTagset,
    LabelFields,
    TagsetCells,
    cell_key,
    fold_tagset,
    known_labels,
)
from annotator.errors import ResourceError


@dataclass(frozen=True)
class TagsetDraft:
    """A draft of a tagset; base is what the project began with, and cells are the changed fields."""

    base: Tagset
    cells: TagsetCells = field(default_factory=dict)

    @cached_property
    def folded(self) -> FoldedTagset:
        """Return the tagset of this draft, and what ids mean in it."""
        return fold_tagset(self.base, self.cells)

    def settled(self) -> TagsetDraft:
        """Return the draft without removals that have no effect, so that its labels can be removed again."""
        idle = {cell_key(root, "gone") for root in self.folded.kept}
        return replace(self, cells={key: value for key, value in self.cells.items() if key not in idle})

    @property
    def tagset(self) -> Tagset:
        """Return the tagset of this draft."""
        return self.folded.tagset

    @cached_property
    def known(self) -> dict[str, LabelFields]:
        """Return the fields of every label by root, including removed and merged ones."""
        return known_labels(self.base, self.cells)

    def put(self, root: str, fields: Mapping[str, Any]) -> TagsetDraft:
        """Return the draft with other values for some fields of a label, or of the tagset if root is TAGSET_ROOT.

        None empties a cell. A field that already has its value gets no cell.
        """
        held = self.known.get(root, {})
        cells = dict(self.cells)
        for name, value in fields.items():
            key = cell_key(root, name)
            if value is None:
                cells.pop(key, None)
            elif key in cells or root == TAGSET_ROOT or held.get(name) != value:
                cells[key] = value
        return replace(self, cells=cells)

    def find(self, label_id: str) -> Label:
        """Return the label that has an id, or had it before; raises ResourceError if there is none."""
        label = self.tagset.find(label_id)
        if label is None:
            raise ResourceError(
                "Label not found: {label}. Labels in the tagset: {known}.",
                label=label_id,
                known=", ".join(each.id for each in self.tagset.labels),
            )
        return label


def writes_between(old: TagsetDraft, new: TagsetDraft) -> tuple[Write, ...]:
    """Return the writes of the edit that turns one draft into another."""
    keys = sorted(old.cells.keys() | new.cells.keys())
    pairs = [(key, old.cells.get(key), new.cells.get(key)) for key in keys]
    return tuple(
        Write("", CellKind.TAGSET, key, _value(before), _value(after))
        for key, before, after in pairs
        if before != after
    )


def _value(value: Any) -> TagsetValue | None:
    return None if value is None else {"value": value}
