"""Lists of spans in JSON and in tables, in whichever form other programs write them."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.errors import Message

RawSpan = tuple[int, int, str, Mapping[str, Any]]
"""Start, end, label, and the other fields of a span."""
_EDGES = (
    *(("start", "end"), ("start_offset", "end_offset"), ("begin", "end"), ("start_char", "end_char")),
    *(("startOffset", "endOffset"), ("BeginOffset", "EndOffset")),
)
"""The names of the offsets of a span; the first pair that is there counts."""
_LABELS = ("label", "label_offset", "type", "tag", "entity_group", "Type", "category")
"""The names of its label."""
_COMMENTS = "Comments"  # a field that only doccano has
_OFFSET = "start_offset"
_PLACES = {"span", "offset", *(name for names in _EDGES for name in names)}
_LONGEST_CELL = 200_000  # characters of a list in Python syntax; longer ones take too long to parse
_QUOTED = 80  # characters of an item in a message


def is_span_list(value: Any) -> bool:
    """Return True if a field, of any name, holds only objects with a start, an end and a label or labels.

    Label Studio's JSON_MIN has such a field, named after the labels in the project's configuration.
    """
    listed = parse_list(value)
    return bool(listed) and all(
        isinstance(item, dict) and not _PLACES.isdisjoint(item) and ("label" in item or "labels" in item)
        for item in listed or ()
    )


def parse_list(value: Any) -> list[Any] | None:
    """Return a list, also from a cell with JSON (Label Studio) or Python (pandas); None for anything else.

    An object of lists, in which the datasets library stores a list of objects, is a list too.
    """
    if isinstance(value, str) and value.startswith(("[{", "[[", "[(")):
        value = _written_list(value)
    if isinstance(value, dict) and "start" in value and "end" in value:
        columns = list(value.values())
        if all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return value if isinstance(value, list) else None


def _written_list(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        if len(cell) > _LONGEST_CELL:
            return None
    try:
        return ast.literal_eval(cell)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def is_doccano(fields: Mapping[str, Any], listed: list[Any]) -> bool:
    """Return True if a list of spans is from doccano: with its own names, or with comments in the same object."""
    if not listed:
        return False
    return _OFFSET in listed[0] if isinstance(listed[0], dict) else isinstance(fields.get(_COMMENTS), list)


def parse_spans(listed: list[Any]) -> tuple[list[RawSpan], list[str]]:
    """Return the spans of a list, and a sentence for each item that was meant to be one but cannot be read."""
    plain = _plain_spans(listed)
    if plain is not None:
        return plain, []
    parts = [_parts(item) for item in listed]
    found = [each for each in parts if each is not None]
    if len(found) == len(listed):
        return found, []
    several = [[one] if one else list(_labelled_often(item)) for item, one in zip(listed, parts, strict=True)]
    if not any(several) and not any(map(_is_meant_for_one, listed)):
        return [], []
    problems: list[str] = []
    for item, spans in zip(listed, several, strict=True):
        if not spans:
            quoted = _written(item)
            problems.append(Message("{written} needs start and end as whole numbers, and a label", written=quoted))
    return [span for spans in several for span in spans], problems


def _plain_spans(listed: list[Any]) -> list[RawSpan] | None:
    """Return the spans of a list in which all objects have start, end and label; else None.

    Nearly all lists are like that, and an import spends much of its time on them: one comprehension reads them, one
    loop checks them.
    """
    try:
        spans = [(item["start"], item["end"], item["label"], item) for item in listed]
    except (KeyError, TypeError, IndexError):
        return None
    for start, end, label, _ in spans:
        if type(start) is not int or type(end) is not int or type(label) is not str or not label:
            return None
    return spans


def _is_meant_for_one(item: Any) -> bool:
    """Return True if an item has the offsets of a span: by their names, or two numbers and a text."""
    if isinstance(item, dict):
        return not _PLACES.isdisjoint(item)
    return isinstance(item, list) and sum(map(is_int, item)) > 1 and any(isinstance(each, str) for each in item)


def _written(item: Any) -> str:
    """Return the beginning of an item, for a message."""
    try:
        return json.dumps(item, ensure_ascii=False, default=str)[:_QUOTED]
    except RecursionError:
        return "[[…]]"


def _labelled_often(item: Any) -> Iterator[RawSpan]:
    """Yield the spans of an object with a list of labels, or with offsets such as 3.0."""
    if isinstance(item, list) and len(item) == 3:
        item = dict(zip(("start", "end", "label"), item, strict=True))
    if not isinstance(item, dict):
        return
    places = {n: int(v) for n, v in item.items() if n in _PLACES and isinstance(v, float) and v.is_integer()}
    listed = item.get("labels")
    labels = listed if isinstance(listed, list) and "label" not in item else [item.get("label")]
    parts = [_parts({**item, **places, "label": label}) for label in labels]
    if all(parts):
        yield from filter(None, parts)


def _parts(item: Any) -> RawSpan | None:
    """Return start, end, label and the other fields of an item; None if it is not a span."""
    start: Any
    end: Any
    if isinstance(item, dict):
        more = item
        start, end = next(((item[a], item[b]) for a, b in _EDGES if a in item and b in item), (None, None))
        label = next((item[name] for name in _LABELS if name in item), None)
    elif isinstance(item, list | tuple) and len(item) == 3:
        (start, end, label), more = item, {}
    else:
        return None
    if is_int(start) and is_int(end) and isinstance(label, str) and label:
        return start, end, label, more
    return None


def is_int(value: Any) -> bool:
    """Return True if a JSON value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)
