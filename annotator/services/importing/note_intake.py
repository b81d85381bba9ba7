"""Notes that come in with articles, as cells of the annotator whose annotations they come with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.notes import in_one, note_value
from annotator.formats.base.record import Entity, FileNote, Record
from annotator.storage.project import Project

_DAMAGED = re.compile("[\x00\ud800-\udfff]")


def count_notes(record: Record) -> int:
    """Return how many notes a record of a file holds."""
    return len(record.notes) + sum(bool(entity.note or entity.doubtful) for entity in record.annotations)


def is_damaged(record: Record) -> bool:
    """Tell whether a note of a record holds NUL or a lone surrogate, which cannot be stored."""
    texts = [note.text for note in record.notes] + [entity.note for entity in record.annotations]
    return any(_DAMAGED.search(text) for text in texts)


def noted(
    project: Project,
    document_id: str,
    annotator: Annotator,
    entities: Iterable[tuple[str, Entity]],
    notes: Iterable[FileNote],
) -> Edit | None:
    """Return the edit that writes what is noted on a document and on the annotator's annotations in it, or None.

    entities are those of the file with the id of the annotation that each became, "" where it became none: a note on
    such a one has no place. Notes of several people on one subject become one. A note that the annotator has made
    already stays as it is.
    """
    found: dict[str, list[tuple[str, bool]]] = {}
    for note in notes:
        found.setdefault("", []).append((note.text, note.doubtful))
    for key, entity in entities:
        if key and (entity.note or entity.doubtful):
            found.setdefault(key, []).append((entity.note, entity.doubtful))
    if not found:
        return None
    there = project.log.cells(CellKind.NOTE, document_id, annotator.id)
    values = {key: note_value(*in_one(said)) for key, said in found.items() if key not in there}
    writes = tuple(Write(document_id, CellKind.NOTE, key, None, value) for key, value in values.items() if value)
    return Edit("", annotator.id, document_id, EditKind.IMPORT, writes) if writes else None
