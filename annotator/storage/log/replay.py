"""Add edits to the log in any order, and keep the state tables equal to the fold of the log.

Example: the log has edit 5 of an annotator. Edit 7 of the same annotator is newer than all of theirs, so its writes go
straight to the tables. Edit 3 is late: for each cell that it writes, the last write is looked up in the log, which may
be that of edit 5.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, islice

from sqlite_utils import Database

from annotator.domain.model.edit import SHARED, Address, CellKind, Edit, EditKind, Value, Write
from annotator.storage.file.fast_sql import insert, insert_values
from annotator.storage.log.cells import clear_cells, replace_tagset, write_cells
from annotator.storage.rows import edit_to_row

_CHUNK = 500  # edits
_WRITERS = """
    select e.id from cell_writes w join edits e on e.id = w.edit
    where w.cell in (:cell, :document) and (e.annotator = :annotator or :annotator = '')
    order by w.edit desc
"""
"""The edits that write a cell, last first, and perhaps a few that write others (see cell_names)."""
_DECODED = 16
"""How many decoded edits are held while cells are looked up. Most cells that follow each other are of one edit."""
_Decoded = dict[str, dict[tuple[str, str, str], Value | None]]
"""What edits write, by their ids: the last value of each cell, by document, kind and key."""


def insert_edits(db: Database, edits: Iterable[Edit]) -> None:
    """Insert edits that the log does not have, and update the tables, in the open transaction."""
    new = sorted(edits, key=lambda edit: (edit.annotator, edit.id))
    last = {annotator: _last_id(db, annotator) for annotator in {edit.annotator for edit in new}}
    store_edits(db, new)
    for annotator, group in groupby(new, key=lambda edit: edit.annotator):
        theirs = list(group)
        late = [w for edit in theirs if edit.id < last[annotator] for w in edit.writes if w.cell not in SHARED]
        if late:
            write_cells(db, annotator, _as_last_written(db, annotator, late))
        _write(db, [edit for edit in theirs if edit.id > last[annotator]], but=SHARED)
    # The team has no table.
    shared = [w for edit in new for w in edit.writes if w.cell in SHARED and w.cell is not CellKind.TEAM]
    if shared:
        write_cells(db, "", _as_last_written(db, "", shared))


def store_edits(db: Database, edits: Iterable[Edit]) -> None:
    """Insert the rows of edits, and the index from the cells that they write."""
    edits = list(edits)
    insert(db, "edits", [edit_to_row(edit) for edit in edits])
    written = [
        (name, edit.id) for edit in edits for name in cell_names(edit.kind, [(w.document, w.key) for w in edit.writes])
    ]
    insert_values(db, "cell_writes", ("cell", "edit"), written)


def cell_names(kind: str, cells: Iterable[tuple[str, str]]) -> set[str]:
    """Return the names that the table cell_writes has for the cells that an edit writes, given as (document, key).

    An import writes many cells of a document, and there are few imports of a document. So one name is for all of its
    cells.
    """
    if kind == EditKind.IMPORT:
        return {cell_name(document, "") for document in {document for document, _ in cells}}
    return {cell_name(document, key) for document, key in cells}


def cell_name(document: str, key: str) -> str:
    """Return a part of a document's id and of a key: two cells seldom have the same parts."""
    return document[:8] + key[-12:]


def _last_id(db: Database, annotator: str) -> str:
    """Return the greatest id of an annotator's edits, or ""."""
    last: str = db.execute("select coalesce(max(id), '') from edits where annotator = ?", [annotator]).fetchone()[0]
    return last


def _as_last_written(db: Database, annotator: str, writes: Iterable[Write]) -> list[Write]:
    """Return a write for each cell that the given writes concern, with the value of the last write in the log."""
    cells = {Address.of(annotator, write): write for write in writes}
    decoded: _Decoded = {}
    return [write._replace(before=None, after=_last_written(db, cell, decoded)) for cell, write in cells.items()]


def _last_written(db: Database, cell: Address, decoded: _Decoded) -> Value | None:
    """Return the value that the log gives a cell. Raises LookupError if no edit writes it.

    decoded keeps what was read, because an edit that hands out thousands of documents is read once, not for each cell.
    """
    names = {"cell": cell_name(cell.document, cell.key), "document": cell_name(cell.document, "")}
    at = (cell.document, cell.cell.value, cell.key)
    for (edit,) in db.execute(_WRITERS, {"annotator": cell.annotator, **names}):
        if edit not in decoded:
            if len(decoded) == _DECODED:
                del decoded[next(iter(decoded))]
            (payload,) = db.execute("select payload from edits where id = ?", [edit]).fetchone()
            decoded[edit] = {(w["document"], w["cell"], w["key"]): w["after"] for w in json.loads(payload)}
        if at in decoded[edit]:
            return decoded[edit][at]
    raise LookupError(f"no edit writes {cell}")


def replay(db: Database, log: Iterable[Edit]) -> None:
    """Compute the tables from a log, with its edits in the order of their ids. Only 500 are held in memory."""
    clear_cells(db)
    tagset: dict[str, Value | None] = {}
    for chunk in _chunks(log):
        _write(db, chunk, but={CellKind.TAGSET})
        tagset.update({w.key: w.after for edit in chunk for w in edit.writes if w.cell is CellKind.TAGSET})
    replace_tagset(db, tagset)


def _write(db: Database, edits: Iterable[Edit], *, but: Container[CellKind]) -> None:
    """Apply the writes of edits in order, except to some kinds of cells."""
    for annotator, theirs in groupby(edits, key=lambda edit: edit.annotator):
        write_cells(db, annotator, [write for edit in theirs for write in edit.writes if write.cell not in but])


def _chunks(edits: Iterable[Edit]) -> Iterator[Sequence[Edit]]:
    coming = iter(edits)
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk
