"""The state tables: the value that each cell has after all edits of the log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from annotator.domain.model.edit import SHARED, Address, CellKind, Edit, Value, Write
from annotator.domain.tagset.tagset_cells import TAGSET_ROOT, LabelIds, cell_key
from annotator.storage.file.fast_sql import insert_values, select
from annotator.storage.file.label_ids import write_label_ids
from annotator.storage.rows import CELL_TABLES, NOTES, CellTable, V, to_json
from annotator.storage.tables.team import read_team

_KEY = ("document", "annotator", "key")
_NESTED = cell_key(TAGSET_ROOT, "nested")


def read_cells(
    db: Database, table: CellTable[V], document: str, annotator: str, keys: Sequence[str] | None = None
) -> dict[str, V]:
    """Return the values of the cells of one kind in a document, by key; keys limits which.

    The cells are the annotator's own, or everybody's if the kind is shared.
    """
    some = "" if keys is None else " and key in (select value from json_each(?))"
    query = f"select * from {table.name} where document = ? and annotator = ?{some}"  # noqa: S608
    rows = select(db, query, [document, _owner(table.kind, annotator), *([] if keys is None else [to_json(keys)])])
    return {row["key"]: table.value(row) for row in rows}


def _current_values(
    db: Database, cell: CellKind, document: str, annotator: str, keys: Sequence[str]
) -> dict[str, Value]:
    if cell is CellKind.TAGSET:
        return _read_tagset(db)
    if cell is CellKind.TEAM:
        team = read_team(db)
        return {key: value for key in keys if (value := team.value(key)) is not None}
    return read_cells(db, CELL_TABLES[cell], document, annotator, keys)


def with_current_values(db: Database, edit: Edit) -> Edit:
    """Return an edit with the present values of its cells as the "before" of its writes.

    An undo or redo leaves a shared cell as it is if somebody changed it since.
    """
    keys: dict[tuple[str, CellKind], list[str]] = defaultdict(list)
    for w in edit.writes:
        keys[w.document, w.cell].append(w.key)
    return _grounded(
        edit, {place: _current_values(db, place[1], place[0], edit.annotator, keys[place]) for place in keys}
    )


def with_current_values_of_many(db: Database, annotator: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits of one annotator as with_current_values() does; each sees what the edits before it write."""
    edits = list(edits)
    keys: dict[CellKind, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edit in edits:
        for document, cell, key, _, _ in edit.writes:
            keys[cell][document].append(key)
    held: dict[tuple[str, CellKind], dict[str, Value]] = {}
    for cell, documents in keys.items():
        held |= {(document, cell): {} for document in documents}
        some = "document in (select value from json_each(?))"
        query = f"select distinct document from {CELL_TABLES[cell].name} where annotator = ? and {some}"  # noqa: S608
        for (document,) in db.execute(query, [_owner(cell, annotator), to_json(list(documents))]).fetchall():
            held[document, cell] = _current_values(db, cell, document, annotator, documents[document])
    return [_grounded(edit, held) for edit in edits]


def _grounded(edit: Edit, held: Mapping[tuple[str, CellKind], dict[str, Value]]) -> Edit:
    """Return an edit with values as the "before" of its writes, and update values to what it writes."""
    writes = []
    for w in edit.writes:
        document, cell, key, before, after = w
        values = held[document, cell]
        now = values.get(key)
        if edit.reverts and cell in SHARED and now != before:
            after = now
        writes.append(w if before is now and after is w.after else Write(document, cell, key, now, after))
        if after is None:
            values.pop(key, None)
        else:
            values[key] = after
    return replace(edit, writes=tuple(writes))


def with_merged_notes(db: Database, edit: Edit, ids: LabelIds) -> Edit:
    """Return an edit that, if it writes a note, also empties the notes that are read as one with it.

    Notes are read as one if the labels of their suggestions were merged (Labels.current_notes). Whoever changes the
    note has seen all of them. An undo or redo is not changed.
    """
    if ids.is_plain or edit.reverts:
        return edit
    return replace(edit, writes=(*edit.writes, *_emptied(db, edit, ids)))


def _emptied(db: Database, edit: Edit, ids: LabelIds) -> Iterator[Write]:
    """Yield the writes that empty the notes under the other ids of the labels."""
    written = {(w.document, w.key) for w in edit.writes if w.cell is CellKind.NOTE}
    for document, key in sorted(written):
        place, colon, label = key.rpartition(":")
        others = [f"{place}:{other}" for other in ids.all_in_log(label)] if colon else []
        for other in read_cells(db, NOTES, document, edit.annotator, others) if len(others) > 1 else ():
            if (document, other) not in written:
                yield Write(document, CellKind.NOTE, other, None, None)


def write_cells(db: Database, annotator: str, writes: Iterable[Write]) -> None:
    """Apply writes to the tables, in order: the last write to a cell counts."""
    last: dict[CellKind, dict[tuple[str, str], Value | None]] = defaultdict(dict)
    for document, cell, key, _, after in writes:
        last[cell][document, key] = after
    for cell, values in last.items():
        if cell is CellKind.TAGSET:
            _write_tagset(db, {key: value for (_, key), value in values.items()}, _read_tagset(db))
            continue
        if cell is CellKind.TEAM:
            continue  # It has no table: which write counts depends on the order of all (domain/team/roles.py).
        name, owner = CELL_TABLES[cell].name, _owner(cell, annotator)
        emptied = [(document, owner, key) for (document, key), value in values.items() if value is None]
        if emptied:
            where = "document = ? and annotator = ? and key = ?"
            db.conn.executemany(f"delete from {name} where {where}", emptied)  # noqa: S608
        kept = [(document, key, value) for (document, key), value in values.items() if value is not None]
        kept.sort(key=itemgetter(0))  # by document, so that rows on the same pages are written one after another
        # Nearly all values are annotations and have all fields in order, so those need no call of a function.
        fields = None if cell is CellKind.GOLD else CELL_TABLES[cell].fields
        filled = [
            (document, owner, key, *value.values())
            if tuple(value) == fields
            else _row(cell, document, owner, key, value)
            for document, key, value in kept
        ]
        insert_values(db, name, (*_KEY, *CELL_TABLES[cell].fields), filled, key=_KEY)


def clear_cells(db: Database) -> None:
    """Empty all state tables but that of the tagset."""
    for table in CELL_TABLES.values():
        db.table(table.name).delete_where()


def replace_tagset(db: Database, values: Mapping[str, Value | None]) -> None:
    """Make the tagset's table hold exactly these cells, by key; None means no cell."""
    held = _read_tagset(db)
    _write_tagset(db, dict.fromkeys(held) | dict(values), held)


def read_state(db: Database) -> dict[Address, Value]:
    """Return all cells."""
    state: dict[Address, Value] = {
        Address(row["annotator"], row["document"], cell, row["key"]): table.value(row)
        for cell, table in CELL_TABLES.items()
        for row in db.table(table.name).rows
    }
    return state | {Address("", "", CellKind.TAGSET, key): value for key, value in _read_tagset(db).items()}


def _read_tagset(db: Database) -> dict[str, Value]:
    return {row["key"]: json.loads(row["value"]) for row in db.table("tagset").rows}


def _write_tagset(db: Database, values: Mapping[str, Value | None], held: Mapping[str, Value]) -> None:
    """Write or delete cells of the tagset. If nesting changed, all documents must be measured again."""
    if _NESTED in values and values[_NESTED] != held.get(_NESTED):
        db.execute("update document_numbers set basis = ''")
    for key, value in values.items():
        if value is None:
            db.table("tagset").delete_where("key = ?", [key])
        else:
            db.table("tagset").upsert({"key": key, "value": to_json(value)}, pk="key")
    if values:
        write_label_ids(db)


def _owner(cell: CellKind, annotator: str) -> str:
    """Return the annotator in the key of a cell: "" for a shared one."""
    return "" if cell in SHARED else annotator


def _row(cell: CellKind, document: str, annotator: str, key: str, value: Value) -> tuple[Any, ...]:
    """Return the values of all columns for a cell. Raises ValueError for a field without a column."""
    table = CELL_TABLES[cell]
    if strange := value.keys() - table.fields:
        raise ValueError(f"a {cell.value} has no field {', '.join(sorted(strange))}")
    return (document, annotator, key, *table.columns(value))
