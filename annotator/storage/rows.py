"""Convert between values of the domain and rows of the tables."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

import orjson

from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.edit import (
    AnnotationValue,
    AssignmentValue,
    CellKind,
    CheckedValue,
    Edit,
    EditKind,
    GoldValue,
    NoteValue,
    RemovedValue,
    RuleValue,
    StatusValue,
    TitleValue,
    VerdictValue,
    Write,
)
from annotator.domain.model.span import Span

Row = dict[str, Any]

TABLES = {"documents": "articles"}
"""The table of a kind of rows if it has another name: documents is a view for other programs (see migrations.views)."""
_AT_ONCE = 200  # writes
_ANNOTATION = CellKind.ANNOTATION.value
_FLAGS = frozenset({"doubtful", "removed", "assigned"})
_OBJECTS = frozenset({"rests"})
"""The fields that are JSON objects; their columns hold JSON."""
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class CellTable(Generic[V]):
    """The table of one kind of cell: a row for each cell, with a column for each field of its value.

    The key of a row is (document, annotator, key); a shared cell has "" as its annotator.
    """

    kind: CellKind
    name: str
    fields: tuple[str, ...]

    def value(self, row: Row) -> V:
        """Return the value of a cell from its row; a column that is NULL is a field that the value lacks."""
        value = {name: row[name] for name in self.fields if row[name] is not None}
        for name in _FLAGS & value.keys():
            value[name] = bool(value[name])  # SQLite has no booleans, the log's JSON has
        for name in _OBJECTS & value.keys():
            value[name] = json.loads(value[name])
        return cast("V", value)

    def columns(self, value: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the values of the columns in the order of fields; None for a field that the value lacks."""
        if _OBJECTS.isdisjoint(self.fields):
            return tuple(map(value.get, self.fields))
        held = {name: to_json(each) if name in _OBJECTS else each for name, each in value.items()}
        return tuple(map(held.get, self.fields))


ANNOTATIONS: CellTable[AnnotationValue] = CellTable(CellKind.ANNOTATION, "spans", ("start", "end", "label", "origin"))
VERDICTS: CellTable[VerdictValue] = CellTable(
    CellKind.VERDICT, "verdicts", ("verdict", "suggester", "version", "score")
)
STATUSES: CellTable[StatusValue] = CellTable(CellKind.STATUS, "statuses", ("status",))
NOTES: CellTable[NoteValue] = CellTable(CellKind.NOTE, "notes", ("text", "doubtful"))
REMOVALS: CellTable[RemovedValue] = CellTable(CellKind.REMOVED, "removals", ("removed",))
TITLES: CellTable[TitleValue] = CellTable(CellKind.TITLE, "titles", ("title",))
ASSIGNMENTS: CellTable[AssignmentValue] = CellTable(CellKind.ASSIGNMENT, "assignments", ("assigned",))
CHECKS: CellTable[CheckedValue] = CellTable(CellKind.CHECKED, "label_checks", ("label",))
RULES: CellTable[RuleValue] = CellTable(CellKind.RULE, "label_rules", ("pattern", "label"))
GOLD: CellTable[GoldValue] = CellTable(CellKind.GOLD, "gold", ("label", "by", "rests"))
CELL_TABLES: Mapping[CellKind, CellTable[Any]] = {
    table.kind: table
    for table in (ANNOTATIONS, VERDICTS, STATUSES, NOTES, REMOVALS, TITLES, ASSIGNMENTS, CHECKS, RULES, GOLD)
}
"""The tables of cells by kind. The tagset's is a different one, and the team has none."""

CELL_FIELDS = {table.kind: frozenset(table.fields) for table in CELL_TABLES.values()} | {
    CellKind.TAGSET: frozenset({"value"}),
    CellKind.TEAM: frozenset({"value"}),
}
"""The fields that the value of a cell can have."""
LAST_MS = 253_402_300_800_000
"""The year 10000, in ms since 1970: the time of an edit is before that."""
_kind = cache(RegionKind)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Return a value as JSON with sorted keys, so that equal values give equal text."""
    return _ENCODER.encode(value)


def document_to_row(document: Document, stamp: str) -> Row:
    """Return the row of a document. stamp is a UUIDv7 from the time of its import."""
    return {
        "id": document.id,
        "stamp": stamp,
        "length": len(document.text),
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "source": document.source,
        "url": document.url,
        "author": document.author,
        "external_id": document.external_id,
        "newlines": document.newlines,
        "regions": to_json([[r.span.start, r.span.end, r.kind.value, r.value] for r in document.regions]),
        "metadata": to_json(dict(document.metadata)),
        "text": document.text,
    }


def document_from_row(row: Row, *, is_erased: bool = False) -> Document:
    """Return the document of a row.

    Raises ValueError if its text is not the imported one; an erased document has no text.
    """
    if row["text"] if is_erased else document_id(row["text"]) != row["id"]:
        raise ValueError(f"the text of {row['id']} has changed")
    return Document(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        date=date_from_text(row["date"]),
        source=row["source"],
        url=row["url"],
        author=row["author"],
        external_id=row["external_id"],
        newlines=row["newlines"],
        regions=tuple([Region(Span(s, e), _kind(kind), value) for s, e, kind, value in json.loads(row["regions"])]),
        metadata=json.loads(row["metadata"]),
    )


def date_from_text(text: str | None) -> datetime.date | None:
    """Return an ISO date, or None for an empty text."""
    return datetime.date.fromisoformat(text) if text else None


def edit_to_row(edit: Edit) -> Row:
    """Return the row of an edit, with its writes as JSON."""
    # _value_, since .value is a slow property, and a corpus has very many writes.
    writes = [
        {"document": document, "cell": cell._value_, "key": key, "before": before, "after": after}
        for document, cell, key, before, after in edit.writes
    ]
    return {
        "id": edit.id,
        "annotator": edit.annotator,
        "document": edit.document or None,
        "kind": edit.kind.value,
        "reverts": edit.reverts,
        "time": edit.time,
        # Some at a time: all at once, thousands of writes would hold the GIL and keep every other thread waiting.
        "payload": f"[{','.join(_list_to_json(writes[at : at + _AT_ONCE]) for at in range(0, len(writes), _AT_ONCE))}]",
    }


def _list_to_json(writes: list[dict[str, Any]]) -> str:
    """Return writes as to_json() does, without the brackets. Annotations, of which an import has very many, are fast.

    orjson gives the same characters for whole numbers and texts, but not for floats: scores are left to json, and so
    are texts with lone surrogates, which orjson refuses.
    """
    if all(write["cell"] == _ANNOTATION for write in writes):
        with suppress(TypeError):
            return orjson.dumps(writes, option=orjson.OPT_SORT_KEYS)[1:-1].decode()
    return to_json(writes)[1:-1]


def edit_from_row(row: Row) -> Edit:
    """Return the edit of a row. Raises ValueError for an impossible time, or for an unknown field of a value."""
    if not 0 <= row["time"] < LAST_MS:
        raise ValueError(f"{row['id']} was made at no time")
    writes = tuple(
        Write(w["document"], CellKind(w["cell"]), w["key"], w["before"], w["after"]) for w in json.loads(row["payload"])
    )
    for w in writes:
        fields = CELL_FIELDS[w.cell]
        if (w.before and not w.before.keys() <= fields) or (w.after and not w.after.keys() <= fields):
            raise ValueError(f"a {w.cell.value} has other fields in {row['id']}")
    return Edit(
        row["id"], row["annotator"], row["document"] or "", EditKind(row["kind"]), writes, row["reverts"], row["time"]
    )
