"""Changes to a tagset: each a small value, and a pure function from one draft of the tagset to the next.

A draft is what the project began with and the cells that were changed since (domain/tagset_cells.py). Several changes
one after the other end in a draft whose cells differ from those at the beginning; these are the writes of one edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from annotator.domain.edit import CellKind, Write
from annotator.domain.tagset import CLITIC_POLICIES, Example, Label, Tagset
from annotator.domain.tagset_cells import (
    WHOLE,
    Cells,
    Fields,
    Folded,
    cell_key,
    examples_value,
    fold_tagset,
    former_ids,
    known_labels,
    label_fields,
    was,
)
from annotator.errors import ResourceError

LABEL_ID = re.compile(r"\w[\w.-]*")
LABEL_KEY = re.compile(r"(Alt\+)?[0-9]")
LABEL_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Draft:
    """A tagset in the making: what the project began with, and the changed fields."""

    base: Tagset
    cells: Cells = field(default_factory=dict)

    @cached_property
    def folded(self) -> Folded:
        """Return the tagset as it stands, and what ids mean in it."""
        return fold_tagset(self.base, self.cells)

    @property
    def tagset(self) -> Tagset:
        """Return the tagset as it stands."""
        return self.folded.tagset

    @cached_property
    def known(self) -> dict[str, Fields]:
        """Return the fields of every label that there is or was, by root."""
        return known_labels(self.base, self.cells)

    def put(self, root: str, fields: Mapping[str, Any]) -> Draft:
        """Return the draft with some fields of a label (of the tagset for the root WHOLE) given; None empties a cell.

        A field that gets the value that it has is left alone.
        """
        held = self.known.get(root, {})
        cells = dict(self.cells)
        for name, value in fields.items():
            key = cell_key(root, name)
            if value is None:
                cells.pop(key, None)
            elif key in cells or root == WHOLE or held.get(name) != value:
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


def writes_between(old: Draft, new: Draft) -> tuple[Write, ...]:
    """Return what turns one draft into another as the writes of one edit."""
    keys = sorted(old.cells.keys() | new.cells.keys())
    pairs = [(key, old.cells.get(key), new.cells.get(key)) for key in keys]
    return tuple(
        Write("", CellKind.TAGSET, key, _value(before), _value(after))
        for key, before, after in pairs
        if before != after
    )


def _value(value: Any) -> dict[str, Any] | None:
    """Return a field's value as its cell holds it."""
    return None if value is None else {"value": value}


@dataclass(frozen=True, slots=True)
class Add:
    """A new label comes in, behind all others; one that was removed comes back by its first id."""

    label: Label

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for an id that is or was in use, and for a key that is."""
        label = self.label
        _refuse_id(draft, label.id, own="")
        _refuse_unfit(label.names, label.colour)
        _refuse_key(draft, label.key, own="")
        last = max((fields["position"] for fields in draft.known.values()), default=-1.0)
        fields = label_fields(replace(label, root=""), last + 1) | {was(i): True for i in label.formerly}
        known = draft.known.get(label.id)
        if known is None:
            return draft.put(label.id, fields)
        return draft.put(label.id, fields | dict.fromkeys(("gone", "into")))


@dataclass(frozen=True, slots=True)
class Rename:
    """A label gets another id; its names are Describe's."""

    label: str
    id: str

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for an id that another label has or had."""
        label = draft.find(self.label)
        if label.id == self.id:
            return draft
        root = label.first_id
        _refuse_id(draft, self.id, own=root)
        noted = {} if label.id == root else {was(label.id): True}
        return draft.put(root, {"id": self.id} | noted)


@dataclass(frozen=True, slots=True)
class Describe:
    """Some of a label's names, colour, guideline, examples and CAMeL classes change; None leaves a field as it is."""

    label: str
    names: Mapping[str, str] | None = None
    colour: Mapping[str, str] | None = None
    guideline: Mapping[str, str] | None = None
    examples: Sequence[Example] | None = None
    counter_examples: Sequence[Example] | None = None
    camel: Sequence[str] | None = None

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it.

        Raises ResourceError for a label without a name or colour, and for an example without its marked part, or with
        two of it.
        """
        label = draft.find(self.label)
        _refuse_unfit(label.names if self.names is None else self.names, self.colour or label.colour)
        for example in (*(self.examples or ()), *(self.counter_examples or ())):
            if not example.span.strip() or example.text.count(example.span) != 1:
                raise ResourceError(
                    'The marked part "{span}" must be found once in its example "{text}".',
                    span=example.span,
                    text=example.text,
                )
        fields = {
            "names": _filled(self.names),
            "colour": self.colour and dict(self.colour),
            "guideline": _filled(self.guideline),
            "examples": None if self.examples is None else examples_value(self.examples),
            "counter_examples": None if self.counter_examples is None else examples_value(self.counter_examples),
            "camel": None if self.camel is None else list(self.camel),
        }
        return draft.put(label.first_id, {name: value for name, value in fields.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Rekey:
    """A label is given by another key, or by none (""); take has the label that has the key now lose it."""

    label: str
    key: str
    take: bool = False

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for what is no key, and for one that another label has."""
        label = draft.find(self.label)
        other = draft.tagset.by_key(self.key)
        if self.take and other and other.id != label.id:
            draft = draft.put(other.first_id, {"key": ""})
        _refuse_key(draft, self.key, own=label.id)
        return draft.put(label.first_id, {"key": self.key})


@dataclass(frozen=True, slots=True)
class Move:
    """A label goes to another place in the list, from 0."""

    label: str
    place: int

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; only the label that moves is written, unless there is no room between two."""
        label = draft.find(self.label)
        others = [each.first_id for each in draft.tagset.labels if each.id != label.id]
        place = min(max(self.place, 0), len(others))
        if [each.id for each in draft.tagset.labels].index(label.id) == place:
            return draft
        at = [float(draft.known[root]["position"]) for root in others]
        before = at[place - 1] if place else min(at, default=0.0) - 2
        behind = at[place] if place < len(at) else before + 2
        middle = (before + behind) / 2
        if before < middle < behind:
            return draft.put(label.first_id, {"position": middle})
        others.insert(place, label.first_id)
        for position, root in enumerate(others):
            draft = draft.put(root, {"position": float(position)})
        return draft


@dataclass(frozen=True, slots=True)
class Merge:
    """A label becomes part of another: all that has it, and all its ids, mean the other from now on."""

    label: str
    into: str

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for a merge of a label with itself."""
        label, into = draft.find(self.label), draft.find(self.into)
        if label.id == into.id:
            raise ResourceError("The label {label} cannot be merged into itself; name another one.", label=label.id)
        return draft.put(label.first_id, {"into": into.first_id})


@dataclass(frozen=True, slots=True)
class Remove:
    """A label that nobody uses goes; one that is in use can only be merged, for which whoever applies this looks."""

    label: str

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for the last label, and for one that holds merged ones."""
        label = draft.find(self.label)
        root = label.first_id
        if len(draft.tagset.labels) == 1:
            raise ResourceError("{label} is the only label; a tagset has at least one.", label=label.id)
        if any(fields.get("into") == root for fields in draft.known.values()):
            raise ResourceError(
                "Other labels were merged into {label}, so it cannot be removed; merge it into another one.",
                label=label.id,
            )
        return draft.put(root, {"gone": True})


@dataclass(frozen=True, slots=True)
class Settle:
    """What holds for the tagset as a whole changes; None leaves a field as it is."""

    nested: bool | None = None
    clitics: str | None = None
    name: str | None = None
    names: Mapping[str, str] | None = None
    description: Mapping[str, str] | None = None

    def apply(self, draft: Draft) -> Draft:
        """Return the draft with it; raises ResourceError for an unknown policy for clitics."""
        if self.clitics is not None and self.clitics not in CLITIC_POLICIES:
            raise ResourceError(
                "There is no policy for clitics called {policy}; there are: {known}.",
                policy=self.clitics,
                known=", ".join(CLITIC_POLICIES),
            )
        asked = {
            "nested": self.nested,
            "clitics": self.clitics,
            "name": self.name,
            "names": _filled(self.names),
            "description": _filled(self.description),
        }
        new = {n: value for n, value in asked.items() if value is not None and value != getattr(draft.tagset, n)}
        return draft.put(WHOLE, new)


TagsetChange = Add | Rename | Describe | Rekey | Move | Merge | Remove | Settle


def _filled(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    """Return texts by language without the blank ones."""
    return None if texts is None else {language: text.strip() for language, text in texts.items() if text.strip()}


def _refuse_id(draft: Draft, label_id: str, own: str) -> None:
    """Refuse an id that is none, or that a label has or had other than the one with the root own.

    A removed label's first id is free to bring the label back, where own is "".
    """
    if not LABEL_ID.fullmatch(label_id) or label_id == "O":
        raise ResourceError(
            '"{label}" cannot be a label\'s id: an id is letters, digits, "_", "-" or ".", and not O.', label=label_id
        )
    for root, fields in draft.known.items():
        if root == own or (fields.get("gone") and not own and root == label_id):
            continue
        if label_id == root or label_id == fields["id"] or label_id in former_ids(fields):
            if any(each.id == label_id for each in draft.tagset.labels):
                raise ResourceError("There is a label {label} already; choose another id.", label=label_id)
            raise ResourceError(
                "The id {label} belonged to another label before, and what was labelled under it still means that one; "
                "choose another id.",
                label=label_id,
            )


def _refuse_key(draft: Draft, key: str, own: str) -> None:
    """Refuse a key that is none, or that gives another label than own."""
    if key and not LABEL_KEY.fullmatch(key):
        raise ResourceError('"{key}" cannot give a label: a key is a digit or "Alt+" and a digit.', key=key)
    other = draft.tagset.by_key(key)
    if other is not None and other.id != own:
        raise ResourceError(
            "The key {key} gives the label {label} already; choose another one.", key=key, label=other.id
        )


def _refuse_unfit(names: Mapping[str, str], colour: Mapping[str, str]) -> None:
    """Refuse a label without a name or without its two colours."""
    if not _filled(names):
        raise ResourceError("A label needs a name in at least one language.")
    for theme in ("light", "dark"):
        if not LABEL_COLOUR.fullmatch(colour.get(theme, "")):
            raise ResourceError('A label needs a colour for the {theme} theme, written "#rrggbb".', theme=theme)


def apply_all(draft: Draft, changes: Sequence[TagsetChange]) -> Draft:
    """Return the draft after some changes; raises ResourceError at the first that cannot be made."""
    for change in changes:
        draft = change.apply(draft)
    return draft
