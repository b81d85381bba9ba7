"""The difference of two drafts of a tagset, as the few changes that lead from one to the other.

Example: in the editor, somebody adds a label, renames it twice, moves LOC up and down again, and removes GPE. The
difference is AddLabel and RemoveLabel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RemoveLabel,
    RenameLabel,
    SetLabelKey,
    TagsetChange,
    apply_all,
)
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Example, Label
from annotator.domain.tagset.tagset_cells import TAGSET_FIELDS, TAGSET_ROOT, LabelFields, cell_key

_TEXTS = ("names", "colour", "guideline")
_EXAMPLES = ("examples", "counter_examples")


def changes_between(old: TagsetDraft, new: TagsetDraft) -> list[TagsetChange]:
    """Return changes that turn the first draft into a tagset equal to the second; they use the ids of the first.

    Raises ResourceError if that takes more than one step, as swapping the ids of two labels does.
    """
    changed = [root for root in new.known if _fields(old, root) != _fields(new, root)]
    # Additions come first, since a label can be merged into a new one; keys and ids of removed labels are freed last.
    changes: list[TagsetChange] = []
    for steps in (_additions, _edits, _removals):
        for root in changed:
            changes += steps(old, new, root)
    changes += _moves(old, new, apply_all(old, changes))
    changes += _tagset_edit(old, new)
    return changes


def _fields(draft: TagsetDraft, root: str) -> LabelFields:
    """Return the fields of a label, or an empty dict if it never existed."""
    return draft.known.get(root, {})


def _exists(draft: TagsetDraft, root: str) -> bool:
    """Return True for a label that was not removed, even if it was merged into another."""
    return root in draft.known and root not in draft.folded.ids.gone


def _id_in(old: TagsetDraft, root: str) -> str:
    """Return the id of a label in the old draft, or its root if it is new."""
    return old.folded.ids.now(root)


def _additions(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield the addition of a label, without its key: another label may have to give it up first."""
    if _exists(new, root) and not _exists(old, root):
        label = next((each for each in new.tagset.labels if each.first_id == root), None)
        if label is not None:
            camel = tuple(new.known[root]["camel"])
            yield AddLabel(replace(label, id=root, root="", key="", formerly=(), camel=camel))
        elif root in old.known:
            # It was removed, came back, and was merged into another: _removals merges it.
            yield AddLabel(Label(root, new.known[root]["names"], new.known[root]["colour"]))


def _edits(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield what changes the id, the fields and the key of a label."""
    if not _exists(new, root):
        return
    after = new.known[root]
    is_new = not _exists(old, root)
    if is_new and after.get("into"):
        return
    # AddLabel gives a new label its root as id, all its fields, and no key.
    before = after | {"id": root, "key": ""} if is_new else old.known[root]
    name = _id_in(old, root)
    if after["id"] != before["id"]:
        yield RenameLabel(name, after["id"])
    fields = {n: _read(n, after[n]) for n in (*_TEXTS, *_EXAMPLES, "camel") if before[n] != after[n]}
    if fields:
        yield DescribeLabel(name, **fields)
    if after["key"] != before["key"] and not after.get("into"):
        yield SetLabelKey(name, after["key"], take=True)


def _removals(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield the merging or removal of a label; one that the old draft never had needs none."""
    if root not in old.known:
        return
    existed, exists = _exists(old, root), _exists(new, root)
    into = new.known[root].get("into")
    if into and (into != _fields(old, root).get("into") if existed else exists):
        # If it was merged into a label that was added and merged itself, it ends up in the label that has that one.
        target = into if _exists(old, into) else new.find(new.folded.ids.now(into)).first_id
        yield MergeLabels(_id_in(old, root), _id_in(old, target))
    elif existed and not exists:
        yield RemoveLabel(_id_in(old, root))


def _moves(old: TagsetDraft, new: TagsetDraft, draft: TagsetDraft) -> Iterator[TagsetChange]:
    """Yield moves that bring the labels of draft, which has the same ones, into the order of new."""
    for place, label in enumerate(new.tagset.labels):
        if draft.tagset.labels[place].first_id != label.first_id:
            move = MoveLabel(_id_in(old, label.first_id), place)
            draft = move.apply(draft)
            yield move


def _tagset_edit(old: TagsetDraft, new: TagsetDraft) -> Iterator[TagsetChange]:
    """Yield the change of the fields of the tagset itself, if any."""
    keys = [cell_key(TAGSET_ROOT, name) for name in TAGSET_FIELDS]
    if any(old.cells.get(key) != new.cells.get(key) for key in keys):
        pairs = ((name, getattr(old.tagset, name), getattr(new.tagset, name)) for name in TAGSET_FIELDS)
        changed = {name: after for name, before, after in pairs if before != after}
        if changed:
            yield ChangeTagset(**changed)


def _read(name: str, value: Any) -> Any:
    """Return the value of a field as DescribeLabel takes it."""
    if name in _EXAMPLES:
        return tuple(Example(e["text"], e["span"], e["note"]) for e in value)
    return dict(value) if isinstance(value, Mapping) else tuple(value)
