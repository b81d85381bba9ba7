"""Notes that come in with articles, as cells of the annotator whose annotations they come with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.domain.annotation import Annotator
from annotator.domain.edit import CellKind, Edit, EditKind, Write
from annotator.domain.label_map import LabelMap
from annotator.domain.notes import in_one, note_value
from annotator.formats.registry import Entity, FileNote, Record
from annotator.storage.project import Project

_DAMAGED = re.compile("[\x00\ud800-\udfff]")


def count_notes(record: Record) -> int:
    """Return how many notes a record of a file holds."""
    return len(record.notes) + sum(bool(entity.note or entity.doubtful) for entity in record.annotations)


def is_damaged(record: Record) -> bool:
    """Tell whether a note of a record holds NUL or a lone surrogate, which cannot be stored."""
    texts = [note.text for note in record.notes] + [entity.note for entity in record.annotations]
    return any(_DAMAGED.search(text) for text in texts)


def take_in(
    project: Project,
    document_id: str,
    annotator: Annotator,
    labels: LabelMap,
    entities: Iterable[Entity],
    notes: Iterable[FileNote],
) -> int:
    """Write what is noted on a document and on the annotator's annotations in it, in one edit; return how many were.

    Notes of several people on one subject become one. A note that the annotator has made already stays as it is; one
    on a span that did not become an annotation has no place.
    """
    ids = {(a.span, a.label): a.id for a in project.log.annotations(document_id, annotator.id)}
    found: dict[str, list[tuple[str, bool]]] = {}
    for note in notes:
        found.setdefault("", []).append((note.text, note.doubtful))
    for entity in entities:
        label = project.tagset.find(labels.get(entity.label) or "")
        key = ids.get((entity.span, label.id if label else ""))
        if key and (entity.note or entity.doubtful):
            found.setdefault(key, []).append((entity.note, entity.doubtful))
    there = project.log.cells(CellKind.NOTE, document_id, annotator.id)
    values = {key: note_value(*in_one(said)) for key, said in found.items() if key not in there}
    writes = [Write(document_id, CellKind.NOTE, key, None, value) for key, value in values.items() if value]
    if writes:
        project.log.append(Edit(project.log.new_id(), annotator.id, document_id, EditKind.IMPORT, tuple(writes)))
    return len(writes)
