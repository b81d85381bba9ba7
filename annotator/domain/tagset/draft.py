"""A tagset in the making: what the project began with and the cells that were changed since.

Several changes (domain/tagset/changes.py) one after the other end in a draft whose cells differ from those at the
beginning; these are the writes of one edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from annotator.domain.model.edit import CellKind, TagsetValue, Write
from annotator.domain.tagset.cells import (
    TAGSET_ROOT,
    FoldedTagset,
    LabelFields,
    TagsetCells,
    cell_key,
    fold_tagset,
    known_labels,
)
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError


@dataclass(frozen=True)
class TagsetDraft:
    """A tagset in the making: what the project began with, and the changed fields."""

    base: Tagset
    cells: TagsetCells = field(default_factory=dict)

    @cached_property
    def folded(self) -> FoldedTagset:
        """Return the tagset as it stands, and what ids mean in it."""
        return fold_tagset(self.base, self.cells)

    def settled(self) -> TagsetDraft:
        """Return the draft without the removals that do not count, so that a label can be removed from it again."""
        idle = {cell_key(root, "gone") for root in self.folded.kept}
        return replace(self, cells={key: value for key, value in self.cells.items() if key not in idle})

    @property
    def tagset(self) -> Tagset:
        """Return the tagset as it stands."""
        return self.folded.tagset

    @cached_property
    def known(self) -> dict[str, LabelFields]:
        """Return the fields of every label that there is or was, by root."""
        return known_labels(self.base, self.cells)

    def put(self, root: str, fields: Mapping[str, Any]) -> TagsetDraft:
        """Return the draft with some fields of a label (of the tagset for the root WHOLE) given; None empties a cell.

        A field that gets the value that it has is left alone.
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
        """Return the label with an id, now or formerly; raises ResourceError where there is none."""
        label = self.tagset.find(label_id)
        if label is None:
            raise ResourceError(
                "The tagset has no label {label}; there are: {known}.",
                label=label_id,
                known=", ".join(each.id for each in self.tagset.labels),
            )
        return label


def writes_between(old: TagsetDraft, new: TagsetDraft) -> tuple[Write, ...]:
    """Return what turns one draft into another as the writes of one edit."""
    keys = sorted(old.cells.keys() | new.cells.keys())
    pairs = [(key, old.cells.get(key), new.cells.get(key)) for key in keys]
    return tuple(
        Write("", CellKind.TAGSET, key, _value(before), _value(after))
        for key, before, after in pairs
        if before != after
    )


def _value(value: Any) -> TagsetValue | None:
    """Return a field's value as its cell holds it."""
    return None if value is None else {"value": value}
