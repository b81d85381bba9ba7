"""From one draft of a tagset to another in as few changes as say it: what an editor's many steps come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.domain.tagset.cells import TAGSET_FIELDS, TAGSET_ROOT, LabelFields, cell_key
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
)
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Example

_TEXTS = ("names", "colour", "guideline")
_EXAMPLES = ("examples", "counter_examples")


def changes_between(old: TagsetDraft, new: TagsetDraft) -> list[TagsetChange]:
    """Return changes that make of the first draft a tagset equal to the second's, labels named by their ids in the old.

    Raises ResourceError where steps such as a swap of two ids cannot be told in one go.
    """
    roots = [root for root in new.known if _fields(old, root) != _fields(new, root)]
    changes = [change for steps in (_added, _told, _gone) for root in roots for change in steps(old, new, root)]
    draft = old
    for change in changes:
        draft = change.apply(draft)
    for place, label in enumerate(new.tagset.labels):
        if draft.tagset.labels[place].first_id != label.first_id:
            move = MoveLabel(_name(old, label.first_id), place)
            draft = move.apply(draft)
            changes.append(move)
    whole = {name: new.cells.get(cell_key(TAGSET_ROOT, name)) for name in TAGSET_FIELDS}
    if whole != {name: old.cells.get(cell_key(TAGSET_ROOT, name)) for name in TAGSET_FIELDS}:
        changed = {n: getattr(new.tagset, n) for n in TAGSET_FIELDS if getattr(new.tagset, n) != getattr(old.tagset, n)}
        if changed:
            changes.append(ChangeTagset(**changed))
    return changes


def _fields(draft: TagsetDraft, root: str) -> LabelFields:
    """Return the fields of a label that is or was there, empty where it never was."""
    return draft.known.get(root, {})


def _is_there(draft: TagsetDraft, root: str) -> bool:
    """Tell whether a label is there, merged into another or not."""
    return root in draft.known and root not in draft.folded.ids.gone


def _name(old: TagsetDraft, root: str) -> str:
    """Return the id by which a label is called in changes: the one of the old draft, or a new label's own."""
    return old.folded.ids.now(root)


def _added(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield the coming of a label, without its key, which another may have to give up first."""
    if _is_there(new, root) and not _is_there(old, root):
        fields = new.known[root]
        label = next((each for each in new.tagset.labels if each.first_id == root), None)
        if label is not None:
            camel = tuple(fields["camel"])
            yield AddLabel(replace(label, id=root, root="", key="", formerly=(), camel=camel))


def _told(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield a label's new id, what is said of it, and its key."""
    if not _is_there(new, root):
        return
    before, after = _fields(old, root), new.known[root]
    name, is_new = _name(old, root), not _is_there(old, root)
    if is_new and after.get("into"):
        return
    if after["id"] != (root if is_new else before["id"]):
        yield RenameLabel(name, after["id"])
    if not is_new:
        told = {n: _read(n, after[n]) for n in (*_TEXTS, *_EXAMPLES, "camel") if before[n] != after[n]}
        if told:
            yield DescribeLabel(name, **told)
    if after["key"] != ("" if is_new else before["key"]):
        yield SetLabelKey(name, after["key"], take=True)


def _gone(old: TagsetDraft, new: TagsetDraft, root: str) -> Iterator[TagsetChange]:
    """Yield that a label is merged or removed; one that came and went in between leaves nothing."""
    if not _is_there(old, root):
        return
    into = new.known[root].get("into")
    if into and into != _fields(old, root).get("into"):
        # What was merged into a label that came and was merged itself goes where that one went.
        end = new.find(new.folded.ids.now(into)).first_id
        yield MergeLabels(_name(old, root), _name(old, into if _is_there(old, into) else end))
    elif not _is_there(new, root):
        yield RemoveLabel(_name(old, root))


def _read(name: str, value: Any) -> Any:
    """Return a field's value as Describe takes it."""
    if name in _EXAMPLES:
        return tuple(Example(e["text"], e["span"], e["note"]) for e in value)
    return dict(value) if isinstance(value, Mapping) else tuple(value)
