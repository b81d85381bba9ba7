"""Write tagsets and label maps to files, and find the changes that bring in the tagset of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator.atomic_file import replace_file
from annotator.domain.model.label_map import LabelMap
from annotator.domain.tagset.changes import (
    AddLabel,
    ChangeTagset,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RenameLabel,
    SetLabelKey,
    TagsetChange,
)
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ExportError, InputError, ResourceError
from annotator.formats.base.label_map_file import label_map_text, read_label_map
from annotator.services.output_paths import check_output_name, check_output_paths
from annotator.storage.tables.tagsets import tagset_to_json

_DESCRIBED = ("names", "colour", "guideline", "examples", "counter_examples", "camel")


def write_tagset(tagset: Tagset, out: Path, project: Path) -> None:
    """Write the tagset of an open project to a file, atomically.

    Raises ExportError if that would overwrite a project, and ResourceError if the file cannot be written.
    """
    check_output_name(out)
    check_output_paths(project, out)
    try:
        with replace_file(out) as part:
            part.write_text(tagset_to_json(tagset), encoding="utf-8")
    except OSError as error:
        raise ResourceError(
            "Cannot write {path}: {why}. The existing file is unchanged.", path=out, why=error.strerror or error
        ) from error


def write_label_map(labels: LabelMap, out: Path, project: Path) -> None:
    """Write a label map as read_label_map() reads it, atomically: JSON if the file's name ends in .json, else a table.

    Raises ExportError if it cannot be written, if it would overwrite this project or another, or if a table cannot hold
    the labels.
    """
    check_output_name(out)
    check_output_paths(project, out)
    try:
        with replace_file(out) as part:
            part.write_text(label_map_text(labels, as_json=out.suffix.lower() == ".json"), "utf-8", newline="\n")
            if not _reads_back_as(part, labels):
                raise ExportError(
                    "{path} was not written. A table cannot hold a label that contains a tab or a line break, has a "
                    "space at its edge, or begins with # or a bracket. Choose a file name that ends in .json.",
                    path=out,
                )
    except (OSError, UnicodeEncodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error.reason
        raise ExportError("Cannot write {path} ({why}). Choose another place.", path=out, why=why) from error


def _reads_back_as(path: Path, labels: LabelMap) -> bool:
    try:
        return read_label_map(path) == labels
    except InputError:
        return False


def changes_to(draft: TagsetDraft, wanted: Tagset) -> list[TagsetChange]:
    """Return the changes that give a tagset everything that another one has; nothing is removed.

    A label is recognised by its id or a former id, in either tagset. Several labels here that are one there are merged.
    Labels that the other tagset lacks are moved behind the others. Raises ResourceError if the two cannot be
    reconciled.

    Example: if a label of the file has the id PLACE and the former id LOC, the changes begin with Rename("LOC",
    "PLACE").
    """
    made: list[TagsetChange] = []
    for steps in (_labels, _keys, _whole):
        for change in steps(draft.tagset, wanted):
            before, draft = draft, change.apply(draft)
            if draft.cells != before.cells:
                made.append(change)
    return made


def _labels(here: Tagset, wanted: Tagset) -> Iterator[TagsetChange]:
    """Yield the changes to labels, their ids and descriptions."""
    for label, own in _pairs(here, wanted):
        if not own:
            yield AddLabel(replace(label, key="", root=""))
            continue
        first, *others = own
        for other in others:
            yield MergeLabels(other.id, first.id)
        if first.id != label.id:
            yield RenameLabel(first.id, label.id)
        changed = {name: getattr(label, name) for name in _DESCRIBED if getattr(label, name) != getattr(first, name)}
        if changed:
            yield DescribeLabel(label.id, **changed)


def _pairs(here: Tagset, wanted: Tagset) -> list[tuple[Label, list[Label]]]:
    """Return each label of a file with the labels here that are the same: by id first, then by former ids."""
    pairs: list[tuple[Label, list[Label]]] = []
    taken: dict[str, str] = {}
    for label in wanted.labels:
        found = (here.find(label_id) for label_id in (label.id, *label.formerly))
        own = list({one.id: one for one in found if one}.values())
        for one in own:
            if one.id in taken:
                raise ResourceError(
                    "The labels {first} and {second} of the file are one label in this project, {label}. Remove one "
                    "of them, or list it among the former ids of the other.",
                    first=taken[one.id],
                    second=label.id,
                    label=one.id,
                )
            taken[one.id] = label.id
        pairs.append((label, own))
    return pairs


def _keys(here: Tagset, wanted: Tagset) -> Iterator[TagsetChange]:
    """Yield the changes to keys, when all labels are there. A label that the file lacks loses a key that is needed."""
    for label in wanted.labels:
        now = here.find(label.id)
        if now and now.key != label.key:
            yield SetLabelKey(label.id, label.key, take=True)


def _whole(_here: Tagset, wanted: Tagset) -> Iterator[TagsetChange]:
    """Yield the changes to the order and to the tagset as a whole, without its name."""
    for place, label in enumerate(wanted.labels):
        yield MoveLabel(label.id, place)
    yield ChangeTagset(wanted.nested, wanted.clitics, None, wanted.names or None, wanted.description or None)
