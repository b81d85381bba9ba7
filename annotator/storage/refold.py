"""Take edits into the log in any order and keep the state tables the fold of it.

Most edits that come in are newer than all others of their annotator, and are simply written. Of the cells that an older
one writes, the last write is looked up in the log: by document, and among the edits that write elsewhere too.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, islice

from sqlite_utils import Database

from annotator.domain.edit import SHARED, CellKind, Edit, Value, Write
from annotator.storage.cells import clear_cells, replace_tagset, write_cells
from annotator.storage.quick import insert
from annotator.storage.rows import edit_to_row, to_json

Place = tuple[str, CellKind, str]
"""A cell of one annotator, or one that is everybody's: document, kind and key."""

_CHUNK = 500  # edits
_FEW = 500
"""So many edits of an annotator are read one after the other sooner than looked up by document."""
_NAMED = "exists (select 1 from json_each(:keys) k where instr(payload, k.value))"
"""Holds for edits whose payload names one of some keys, which are quoted as in JSON; few others are then read."""
_LATER = f"""
    select id, payload, {_NAMED} from edits where annotator = :annotator and id >= :since
    order by id limit :limit
"""  # noqa: S608
# A plus sign keeps SQLite from going through all later edits of an annotator by the index of these.
_LATER_IN_DOCUMENTS = f"""
    select id, payload from edits
    where document in (select value from json_each(:documents))
    and +annotator = :annotator and +id >= :since and {_NAMED}
    union
    select id, payload from edits
    where id in (select edit from further_documents where document in (select value from json_each(:documents)))
    and +annotator = :annotator and +id >= :since and {_NAMED}
    order by id
"""  # noqa: S608
_LATER_OF_ALL = f"""
    select id, payload from edits where document is null and id >= :since and {_NAMED}
    union
    select id, payload from edits
    where document in (select value from json_each(:documents)) and +id >= :since and {_NAMED}
    union
    select id, payload from edits
    where id in (select edit from further_documents where document in (select value from json_each(:documents)))
    and +id >= :since and {_NAMED}
    order by id
"""  # noqa: S608


def take_in(db: Database, edits: Iterable[Edit]) -> None:
    """Insert edits that the log lacks, and bring the tables to the fold of all, within the transaction that is open."""
    new = sorted(edits, key=lambda edit: (edit.annotator, edit.id))
    last = {annotator: _last_id(db, annotator) for annotator in {edit.annotator for edit in new}}
    insert(db, "edits", [edit_to_row(edit) for edit in new])
    for annotator, group in groupby(new, key=lambda edit: edit.annotator):
        theirs = list(group)
        _look_up(db, annotator, [edit for edit in theirs if edit.id < last[annotator]])
        _write(db, [edit for edit in theirs if edit.id > last[annotator]], but=SHARED)
    _look_up(db, None, new)


def _last_id(db: Database, annotator: str) -> str:
    """Return the greatest id of an annotator's edits, "" where there are none."""
    last: str = db.execute("select coalesce(max(id), '') from edits where annotator = ?", [annotator]).fetchone()[0]
    return last


def _look_up(db: Database, annotator: str | None, edits: Sequence[Edit]) -> None:
    """Write into the cells of an annotator that edits in the log write, or everybody's for None, what they hold now.

    These are the cells' last writes in the order of ids, whoever made them.
    """
    of_all = annotator is None
    written = [(edit.id, w) for edit in edits for w in edit.writes if (w.cell in SHARED) == of_all]
    if not written:
        return
    wanted: dict[Place, Value | None] = {(w.document, w.cell, w.key): None for _, w in written}
    args = {
        "annotator": annotator,
        "since": min(edit_id for edit_id, _ in written),
        "documents": to_json(sorted({document for document, _, _ in wanted})),
        "keys": to_json(sorted({to_json(key) for _, _, key in wanted})),
    }
    for payload in _payloads(db, args):
        for w in json.loads(payload):
            place = (w["document"], CellKind(w["cell"]), w["key"])
            if place in wanted:
                wanted[place] = w["after"]
    write_cells(db, annotator or "", [Write(*place, None, after) for place, after in wanted.items()])


def _payloads(db: Database, args: dict[str, str | None]) -> Iterator[str]:
    """Yield the payloads of the edits that may write what is looked up, in the order of their ids."""
    if args["annotator"] is None:
        return (row[1] for row in db.execute(_LATER_OF_ALL, args))
    later = db.execute(_LATER, args | {"limit": _FEW}).fetchall()
    if len(later) < _FEW:
        return (payload for _, payload, is_named in later if is_named)
    return (row[1] for row in db.execute(_LATER_IN_DOCUMENTS, args))


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
