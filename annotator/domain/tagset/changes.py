"""Changes of a tagset. Each is a value with a method apply(), which returns the next draft of the tagset.

kind is the name of the change in the output of the CLI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import CLITIC_POLICIES, Example, Label
from annotator.domain.tagset.tagset_cells import TAGSET_ROOT, examples_value, former_id_field, label_fields
from annotator.domain.tagset.validation import check_id, check_key, check_names_and_colours, without_blank
from annotator.errors import ResourceError


@dataclass(frozen=True, slots=True)
class AddLabel:
    """Add a label after all others; the first id of a removed label brings that label back."""

    kind: ClassVar = "add"
    label: Label

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if the id is or was in use, or the key is."""
        label = self.label
        check_id(draft, label.id, own="")
        check_names_and_colours(label.names, label.colour)
        check_key(draft, label.key, own="")
        last = max((fields["position"] for fields in draft.known.values()), default=-1.0)
        fields = label_fields(replace(label, root=""), last + 1) | {former_id_field(i): True for i in label.formerly}
        known = draft.known.get(label.id)
        if known is None:
            return draft.put(label.id, fields)
        return draft.put(label.id, fields | dict.fromkeys(("gone", "into")))


@dataclass(frozen=True, slots=True)
class RenameLabel:
    """Change the id of a label; DescribeLabel changes its names."""

    kind: ClassVar = "rename"
    label: str
    id: str

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if another label has or had the id."""
        label = draft.find(self.label)
        if label.id == self.id:
            return draft
        root = label.first_id
        check_id(draft, self.id, own=root)
        noted = {} if label.id == root else {former_id_field(label.id): True}
        return draft.put(root, {"id": self.id} | noted)


@dataclass(frozen=True, slots=True)
class DescribeLabel:
    """Change the names, colour, guideline, examples or CAMeL classes of a label; None keeps a field."""

    kind: ClassVar = "describe"
    label: str
    names: Mapping[str, str] | None = None
    colour: Mapping[str, str] | None = None
    guideline: Mapping[str, str] | None = None
    examples: Sequence[Example] | None = None
    counter_examples: Sequence[Example] | None = None
    camel: Sequence[str] | None = None

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft.

        Raises ResourceError for a label without a name or colour, and for an example in which the marked part does not
        occur exactly once.
        """
        label = draft.find(self.label)
        check_names_and_colours(label.names if self.names is None else self.names, self.colour or label.colour)
        for example in (*(self.examples or ()), *(self.counter_examples or ())):
            if not example.span.strip() or example.text.count(example.span) != 1:
                raise ResourceError(
                    'The marked part "{span}" must occur exactly once in the example "{text}".',
                    span=example.span,
                    text=example.text,
                )
        fields = {
            "names": without_blank(self.names),
            "colour": self.colour and dict(self.colour),
            "guideline": without_blank(self.guideline),
            "examples": None if self.examples is None else examples_value(self.examples),
            "counter_examples": None if self.counter_examples is None else examples_value(self.counter_examples),
            "camel": None if self.camel is None else list(self.camel),
        }
        return draft.put(label.first_id, {name: value for name, value in fields.items() if value is not None})


@dataclass(frozen=True, slots=True)
class SetLabelKey:
    """Change the key of a label; "" removes it. With take, another label that has the key loses it."""

    kind: ClassVar = "rekey"
    label: str
    key: str
    take: bool = False

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if the key is invalid, or another label has it."""
        label = draft.find(self.label)
        other = draft.tagset.by_key(self.key)
        if self.take and other and other.id != label.id:
            draft = draft.put(other.first_id, {"key": ""})
        check_key(draft, self.key, own=label.id)
        return draft.put(label.first_id, {"key": self.key})


@dataclass(frozen=True, slots=True)
class MoveLabel:
    """Move a label to another place in the list, counted from 0."""

    kind: ClassVar = "move"
    label: str
    place: int

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft.

        Only the moved label is written: its position is the mean of its neighbours'. If there is no number between
        these, all labels are numbered again.
        """
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
class MergeLabels:
    """Merge a label into another: its annotations and its ids belong to the other from now on."""

    kind: ClassVar = "merge"
    label: str
    into: str

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if both are the same label."""
        label, into = draft.find(self.label), draft.find(self.into)
        if label.id == into.id:
            raise ResourceError("The label {label} cannot be merged into itself. Choose another label.", label=label.id)
        return draft.put(label.first_id, {"into": into.first_id})


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    """Remove a label. The caller must check that it is unused: a label in use can only be merged."""

    kind: ClassVar = "remove"
    label: str

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if it is the last label, or others were merged into it."""
        label = draft.find(self.label)
        root = label.first_id
        if len(draft.tagset.labels) == 1:
            raise ResourceError(
                "{label} is the only label and cannot be removed. Add another label first.", label=label.id
            )
        if any(fields.get("into") == root for fields in draft.known.values()):
            raise ResourceError(
                "{label} cannot be removed, because other labels were merged into it. Merge it into another "
                "label instead.",
                label=label.id,
            )
        return draft.put(root, {"gone": True})


@dataclass(frozen=True, slots=True)
class ChangeTagset:
    """Change the fields of the tagset itself; None keeps a field."""

    kind: ClassVar = "settle"
    nested: bool | None = None
    clitics: str | None = None
    name: str | None = None
    names: Mapping[str, str] | None = None
    description: Mapping[str, str] | None = None

    def apply(self, draft: TagsetDraft) -> TagsetDraft:
        """Return the next draft; raises ResourceError if the clitic policy is unknown."""
        if self.clitics is not None and self.clitics not in CLITIC_POLICIES:
            raise ResourceError(
                "Unknown clitic policy: {policy}. Choose one of: {known}.",
                policy=self.clitics,
                known=", ".join(CLITIC_POLICIES),
            )
        asked = {
            "nested": self.nested,
            "clitics": self.clitics,
            "name": self.name,
            "names": without_blank(self.names),
            "description": without_blank(self.description),
        }
        new = {n: value for n, value in asked.items() if value is not None and value != getattr(draft.tagset, n)}
        return draft.put(TAGSET_ROOT, new)


TagsetChange = (
    AddLabel | RenameLabel | DescribeLabel | SetLabelKey | MoveLabel | MergeLabels | RemoveLabel | ChangeTagset
)


def apply_all(draft: TagsetDraft, changes: Sequence[TagsetChange]) -> TagsetDraft:
    """Return the draft after some changes; raises ResourceError at the first one that is invalid."""
    for change in changes:
        draft = change.apply(draft)
    return draft
