"""The state tables: what the cells hold now, which is the fold of the log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlite_utils import Database

from annotator.domain.edit import Address, CellKind, Edit, Value, Write
from annotator.domain.tagset_cells import WHOLE, cell_key
from annotator.storage.quick import insert, select
from annotator.storage.rows import CELL_TABLES, Row, to_json, value_from_row

_NESTED = cell_key(WHOLE, "nested")


def read_cells(
    db: Database, cell: CellKind, document: str, annotator: str, keys: Sequence[str] | None = None
) -> dict[str, Value]:
    """Return the values of one kind of cell by key, for one annotator in one document; keys limits which."""
    if cell is CellKind.TAGSET:
        return _read_tagset(db)
    some = "" if keys is None else " and key in (select value from json_each(?))"
    query = f"select * from {CELL_TABLES[cell][0]} where document = ? and annotator = ?{some}"  # noqa: S608
    rows = select(db, query, [document, annotator, *([] if keys is None else [to_json(keys)])])
    return {row["key"]: value_from_row(cell, row) for row in rows}


def ground(db: Database, edit: Edit) -> Edit:
    """Return the edit with the values that its cells hold at this moment as the writes' before.

    An undo or redo leaves a field of the tagset that somebody else has changed since as it is.
    """
    keys: dict[tuple[str, CellKind], list[str]] = defaultdict(list)
    for w in edit.writes:
        keys[w.document, w.cell].append(w.key)
    held = {place: read_cells(db, place[1], place[0], edit.annotator, some) for place, some in keys.items()}
    writes = []
    for w in edit.writes:
        values = held[w.document, w.cell]
        now = values.get(w.key)
        if w.cell is CellKind.TAGSET and edit.reverts and now != w.before:
            w = replace(w, after=now)
        writes.append(replace(w, before=now))
        if w.after is None:
            values.pop(w.key, None)
        else:
            values[w.key] = w.after
    return replace(edit, writes=tuple(writes))


def write_cells(db: Database, annotator: str, writes: Iterable[Write]) -> None:
    """Bring the tables to what an edit's writes say; of two writes to one cell the later counts."""
    last = {(w.cell, w.document, w.key): w.after for w in writes}
    for cell, group in groupby(sorted(last, key=lambda place: place[0].value), key=lambda place: place[0]):
        if cell is CellKind.TAGSET:
            _write_tagset(db, {place[2]: last[place] for place in group}, _read_tagset(db))
            continue
        name = CELL_TABLES[cell][0]
        filled = []
        for place in group:
            value = last[place]
            if value is None:
                where = "document = ? and annotator = ? and key = ?"
                db.execute(f"delete from {name} where {where}", [place[1], annotator, place[2]])  # noqa: S608
            else:
                filled.append(_row(cell, Address(annotator, place[1], cell, place[2]), value))
        insert(db, name, filled, replace=True)


def replace_all(db: Database, state: Mapping[Address, Value]) -> None:
    """Make the tables hold exactly this state."""
    for cell, (name, _) in CELL_TABLES.items():
        db.table(name).delete_where()
        rows = [_row(cell, address, value) for address, value in state.items() if address.cell is cell]
        insert(db, name, rows)
    held = _read_tagset(db)
    wanted = {address.key: value for address, value in state.items() if address.cell is CellKind.TAGSET}
    _write_tagset(db, dict.fromkeys(held) | wanted, held)


def read_state(db: Database) -> dict[Address, Value]:
    """Return all that the tables hold."""
    own = {
        Address(row["annotator"], row["document"], cell, row["key"]): value_from_row(cell, row)
        for cell, (name, _) in CELL_TABLES.items()
        for row in db.table(name).rows
    }
    return own | {Address("", "", CellKind.TAGSET, key): value for key, value in _read_tagset(db).items()}


def _read_tagset(db: Database) -> dict[str, Value]:
    """Return the tagset's cells."""
    return {row["key"]: json.loads(row["value"]) for row in db.table("tagset").rows}


def _write_tagset(db: Database, values: Mapping[str, Value | None], held: Mapping[str, Value]) -> None:
    """Fill or empty cells of the tagset, which hold this; documents are measured anew where spans begin to nest."""
    if _NESTED in values and values[_NESTED] != held.get(_NESTED):
        db.execute("update document_numbers set basis = ''")
    for key, value in values.items():
        if value is None:
            db.table("tagset").delete_where("key = ?", [key])
        else:
            db.table("tagset").upsert({"key": key, "value": to_json(value)}, pk="key")


def _row(cell: CellKind, address: Address, value: Value) -> Row:
    """Return the row of a cell; raises ValueError for a field that its table has no column for."""
    fields = CELL_TABLES[cell][1]
    if strange := set(value) - set(fields):
        raise ValueError(f"a {cell.value} has no field {', '.join(sorted(strange))}")
    held = {"document": address.document, "annotator": address.annotator, "key": address.key}
    return held | {name: value.get(name) for name in fields}
