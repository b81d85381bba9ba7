"""Take edits into the log in any order and keep the state tables the fold of it.

Most edits that come in are newer than all others of their annotator, and are simply written. Of the cells that an older
one writes, the last write is looked up in the log.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, islice

from sqlite_utils import Database

from annotator.domain.model.edit import SHARED, Address, CellKind, Edit, Value, Write
from annotator.storage.file.fast_sql import insert
from annotator.storage.log.cells import clear_cells, replace_tagset, write_cells
from annotator.storage.rows import edit_to_row

_CHUNK = 500  # edits
_WRITERS = """
    select e.payload from cell_writes w join edits e on e.id = w.edit
    where w.cell = :cell and (e.annotator = :annotator or :annotator = '')
    order by w.edit desc
"""
"""The edits that write a cell, and perhaps a few that write cells much like it, the last one first."""


def insert_edits(db: Database, edits: Iterable[Edit]) -> None:
    """Insert edits that the log lacks, and bring the tables to the fold of all, within the transaction that is open."""
    new = sorted(edits, key=lambda edit: (edit.annotator, edit.id))
    last = {annotator: _last_id(db, annotator) for annotator in {edit.annotator for edit in new}}
    insert(db, "edits", [edit_to_row(edit) for edit in new])
    for annotator, group in groupby(new, key=lambda edit: edit.annotator):
        theirs = list(group)
        late = [w for edit in theirs if edit.id < last[annotator] for w in edit.writes if w.cell not in SHARED]
        if late:
            write_cells(db, annotator, _as_last_written(db, annotator, late))
        _write(db, [edit for edit in theirs if edit.id > last[annotator]], but=SHARED)
    shared = [w for edit in new for w in edit.writes if w.cell in SHARED]
    if shared:
        write_cells(db, "", _as_last_written(db, "", shared))


def cell_name(document: str, key: str) -> str:
    """Return the name under which the edits that write a cell are found, as the trigger of cell_writes makes it."""
    return document[:8] + key[-12:]


def _last_id(db: Database, annotator: str) -> str:
    """Return the greatest id of an annotator's edits, "" where there are none."""
    last: str = db.execute("select coalesce(max(id), '') from edits where annotator = ?", [annotator]).fetchone()[0]
    return last


def _as_last_written(db: Database, annotator: str, writes: Iterable[Write]) -> list[Write]:
    """Return for each cell that edits in the log write what the last of them in the order of ids writes into it."""
    cells = {Address.of(annotator, write): write for write in writes}
    return [write._replace(before=None, after=_last_written(db, cell)) for cell, write in cells.items()]


def _last_written(db: Database, cell: Address) -> Value | None:
    """Return what a cell that an edit in the log writes holds after all of them."""
    args = {"annotator": cell.annotator, "cell": cell_name(cell.document, cell.key)}
    for (payload,) in db.execute(_WRITERS, args):
        for write in reversed(json.loads(payload)):
            if (write["document"], write["cell"], write["key"]) == (cell.document, cell.cell, cell.key):
                value: Value | None = write["after"]
                return value
    raise LookupError(f"no edit writes {cell}")


def replay(db: Database, log: Iterable[Edit]) -> None:
    """Make the tables the fold of a log, whose edits come in the order of their ids; only some hundred are held."""
    clear_cells(db)
    tagset: dict[str, Value | None] = {}
    for chunk in _chunks(log):
        _write(db, chunk, but={CellKind.TAGSET})
        tagset.update({w.key: w.after for edit in chunk for w in edit.writes if w.cell is CellKind.TAGSET})
    replace_tagset(db, tagset)


def _write(db: Database, edits: Iterable[Edit], *, but: Container[CellKind]) -> None:
    """Write what edits in their order say, except to some kinds of cells."""
    for annotator, theirs in groupby(edits, key=lambda edit: edit.annotator):
        write_cells(db, annotator, [write for edit in theirs for write in edit.writes if write.cell not in but])


def _chunks(edits: Iterable[Edit]) -> Iterator[Sequence[Edit]]:
    """Yield the edits, some hundred at a time."""
    coming = iter(edits)
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk
