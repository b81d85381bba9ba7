"""What changes to a tagset affect, before they are made: annotations, documents, annotators and suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.tagset.changes import AddLabel, ChangeTagset, MoveLabel, TagsetChange
from annotator.domain.tagset.draft import TagsetDraft
from annotator.storage.project import Project
from annotator.storage.tables.label_usage import LabelUsage


@dataclass(frozen=True, slots=True)
class Uses:
    """How much labels are used: by the id that the log gives them, and by the first id of each label that there is."""

    stored: Mapping[str, LabelUsage]
    labels: Mapping[str, LabelUsage]


@dataclass(frozen=True, slots=True)
class Effect:
    """A change, and the usage of its label before it; None if the change affects no label."""

    change: TagsetChange
    usage: LabelUsage | None


def count_uses(project: Project) -> Uses:
    """Return how much each label is used, after one look at all suggestions of the project."""
    stored = project.labels.usage_by_label()
    counted: dict[str, LabelUsage] = {}
    for label in project.tagset.labels:
        ids = project.labels.ids.all_in_log(label.id)
        used = [stored.get(each, LabelUsage()) for each in ids]
        # A document that has both of two merged labels counts once.
        whole = used[0] if len(used) == 1 else project.label_occurrences.usage(label.id)
        counted[label.first_id] = replace(whole, suggestions=sum(each.suggestions for each in used))
    return Uses(stored, counted)


def effects(draft: TagsetDraft, changes: Sequence[TagsetChange], uses: Mapping[str, LabelUsage]) -> list[Effect]:
    """Return what changes of a draft concern; uses are Uses.labels.

    A label is counted by whichever of its ids a change names; an order, a new label and what holds for the whole
    tagset concern nothing that there is. Raises ResourceError if a change cannot be made.
    """
    found = []
    for change in changes:
        usage = None
        if not isinstance(change, AddLabel | MoveLabel | ChangeTagset):
            usage = uses.get(draft.find(change.label).first_id)
        found.append(Effect(change, usage))
        draft = change.apply(draft)
    return found
