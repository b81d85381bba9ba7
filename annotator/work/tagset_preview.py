"""What changes of a tagset concern, before they are made: how many annotations, documents, people and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.tagset_changes import Add, Move, Settle, TagsetChange
from annotator.storage.project import Project
from annotator.storage.usage import Usage


@dataclass(frozen=True, slots=True)
class Effect:
    """A change, and how much has the label that it is about, as the project stands before it; None where it is moot."""

    change: TagsetChange
    usage: Usage | None


def effects(project: Project, changes: Sequence[TagsetChange]) -> list[Effect]:
    """Return what changes concern, after a look at all suggestions of the project.

    A label is counted by whichever of its ids a change names; an order, a new label and what holds for the whole
    tagset concern nothing that there is. Raises ResourceError where a change cannot be made.
    """
    draft = project.labels.draft
    counted: dict[str, Usage] = {}
    found = []
    for change in changes:
        usage = None
        if not isinstance(change, Add | Move | Settle):
            root = draft.find(change.label).first_id
            now = project.labels.ids.now(root)
            if project.tagset.find(now):
                usage = counted.get(now) or project.labels.usage(now)
                counted[now] = usage
        found.append(Effect(change, usage))
        draft = change.apply(draft)
    return found
