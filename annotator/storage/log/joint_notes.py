"""Notes that are read as one since the labels of their suggestions were merged, and that therefore go as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlite_utils import Database

from annotator.domain.model.edit import CellKind, Edit, Write
from annotator.domain.tagset.cells import LabelIds
from annotator.storage.log.cells import read_cells


def with_merged_notes(db: Database, edit: Edit, ids: LabelIds) -> Edit:
    """Return an edit of the log that, where it writes a note, empties those that were read together with it.

    Who alters or empties the note has seen all of them. An undo or redo knows itself what it brings back.
    """
    if ids.is_plain or edit.reverts:
        return edit
    return replace(edit, writes=(*edit.writes, *_emptied(db, edit, ids)))


def _emptied(db: Database, edit: Edit, ids: LabelIds) -> Iterator[Write]:
    """Yield the writes that empty what was noted under the other ids of the labels."""
    written = {(w.document, w.key) for w in edit.writes if w.cell is CellKind.NOTE}
    for document, key in sorted(written):
        place, colon, label = key.rpartition(":")
        others = [f"{place}:{other}" for other in ids.all_in_log(label)] if colon else []
        for other in read_cells(db, CellKind.NOTE, document, edit.annotator, others) if len(others) > 1 else ():
            if (document, other) not in written:
                yield Write(document, CellKind.NOTE, other, None, None)
