"""Read JSON and JSON Lines exports back, and compare them with the documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.record import Entity, FileNote
from annotator.formats.base.writer import ReadBack

SPAN_KEYS = {"start", "end", "label", "text", "annotator", "origin"}
SUGGESTION_KEYS = {"suggester", "score"}
NOTE_KEYS = {"note": str, "doubtful": bool}
_SUGGESTION = "suggestion:"
_cells = itemgetter("start", "end", "label", "text", "annotator", "origin")


def lines_of_array(lines: Iterable[str], name: str) -> Iterator[str]:
    """Yield the objects of a JSON array with one object per line; name is that of the file, for messages.

    Raises ExportError if brackets and commas do not make it one JSON array.
    """
    state, waiting = "start", ""
    for line in lines:
        if state == "start" and line == "[\n":
            state = "open"
        elif state == "open" and line == "]\n":
            state = "closed"
            if waiting:
                yield waiting
        elif state == "open" and (not waiting or waiting.endswith(",\n")):
            if waiting:
                yield waiting.removesuffix(",\n")
            waiting = line
        else:
            raise ExportError("{name}: not a single JSON array.", name=name)
    if state != "closed" or waiting.endswith(",\n"):
        raise ExportError("{name}: not a single JSON array.", name=name)


def read_back(lines: Iterable[str], name: str, documents: Iterable[Document]) -> Iterator[ReadBack]:
    """Yield what each object holds. Raises ExportError if it differs from its document."""
    waiting = iter(documents)
    for number, line in enumerate(lines, 1):
        place = f"{name}, document {number}"
        document = next(waiting, None)
        if document is None:
            raise ExportError("{place}: more documents than were written.", place=place)
        try:
            record = json.loads(line)
            yield _read_document(record, document)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ExportError(
                "{place}: what was read back differs from what was written ({why}).", place=place, why=error
            ) from error
    if next(waiting, None) is not None:
        raise ExportError("{name} ends before its last document.", name=name)


def _read_document(record: dict[str, Any], document: Document) -> ReadBack:
    """Return the entities of one object. Raises ValueError if anything differs from the document."""
    regions = [[r.span.start, r.span.end, r.kind.value, r.value] for r in document.regions]
    expected = {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "date": str(document.date) if document.date else None,
        "source": document.source,
        "regions": [dict(zip(("start", "end", "kind", "value"), values, strict=True)) for values in regions],
    }
    spans, notes = record.pop("spans"), [FileNote(**note) for note in record.pop("notes", ())]
    for key in expected.keys() | record.keys():
        if record.get(key, ...) != expected.get(key, ...):
            raise ValueError(f"{key} differs")
    return ReadBack(document.id, tuple(_read_spans(spans, document.text)), tuple(notes))


def _read_spans(records: list[dict[str, Any]], text: str) -> list[Entity]:
    """Return the entities of one object, in one step if all of them are plain confirmed spans."""
    if set(map(len, records)) == {len(SPAN_KEYS)}:
        found = [
            Entity(Span(start, end), label, annotator, origin)
            for start, end, label, surface, annotator, origin in map(_cells, records)
            if text[start:end] == surface and not origin.startswith(_SUGGESTION)
        ]
        if len(found) == len(records):
            return found
    return [_read_span(record, text) for record in records]


def _read_span(record: dict[str, Any], text: str) -> Entity:
    """Return one entity. Raises ValueError if its text is not at its offsets."""
    noted = {key: record[key] for key in NOTE_KEYS.keys() & record.keys()}
    is_suggestion = record["origin"].startswith(_SUGGESTION)
    keys = SPAN_KEYS | SUGGESTION_KEYS if is_suggestion else SPAN_KEYS
    if record.keys() - noted.keys() != keys or not all(isinstance(noted[key], NOTE_KEYS[key]) for key in noted):
        raise ValueError(f"a span has the keys {sorted(record)}")
    span = Span(record["start"], record["end"])
    if span.of(text) != record["text"]:
        raise ValueError(f"{record['text']!r} is not at {span.start}:{span.end}")
    if is_suggestion and record["origin"] != f"suggestion:{record['suggester']}":
        raise ValueError(f"the suggester {record['suggester']} is not that of {record['origin']}")
    said = (record["label"], record["annotator"], record["origin"])
    return Entity(span, *said, **noted, score=record.get("score", 0.0))
