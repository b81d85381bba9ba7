"""The annotations that an article's JSON object holds: our own exports, and lists of [start, end, label]."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.domain.annotation import Origin, OriginKind
from annotator.domain.span import Span
from annotator.errors import Sentence
from annotator.formats.record import Entity
from annotator.formats.utf16 import Utf16

SPANS = ("spans", "entities", "label", "labels")
"""The fields in which annotations are looked for."""

OFFSET_UNIT, UTF_16 = "offset_unit", "utf-16"
"""The field, and its value, that say that offsets count UTF-16 units."""

SPAN_NOTES = "span_notes"
"""The field that holds what is noted on spans where a span is no object: lists of start, end, label, text, doubtful."""

_SUGGESTION = OriginKind.SUGGESTION.value
_COMMENTS = "Comments"  # what only doccano writes
_OFFSET = "start_offset"
_LABELS = ("label", "label_offset", "type", "tag", "entity_group")
"""The names that the label of a span has, the first of those that are there."""
_OTHERS = ("ents", "annotations")  # of spaCy's, and of doccano's older versions
_PLACES = {"start", "end", _OFFSET, "end_offset"}
_QUOTED = 80  # characters of a thing that is no span
_SHOWN = 501  # characters of the text, of which no message shows more
_SPACIOUS = 8  # times longer than what is said to stand there a text may be that has the same letters

Parts = tuple[int, int, str, Mapping[str, Any]]
"""start, end, label, and what else is said of a span."""


def spans_in(fields: dict[str, Any], text: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Take the list of spans out of the fields; return its annotations, and a sentence for what of it does not fit.

    A list is one of spans when it holds objects with start (or start_offset), end and label (or, as Label Studio's
    JSON_MIN has it, labels), or lists of these three; anything else stays where it is. So does a list of which not all
    could be read, and a second one. start and end count code points of text, half-open, unless the field offset_unit
    says utf-16, or the object is doccano's. A span beyond the text, or whose own "text" is not what stands there, does
    not fit.
    """
    noted = _span_notes(fields)
    is_utf_16 = fields.pop(OFFSET_UNIT, None) == UTF_16
    spelled = {field.strip().casefold(): field for field in fields}
    read: list[Parts] = []
    misfits: list[str] = []
    first = ""
    known = [spelled.get(name, name) for name in (*SPANS, *_OTHERS)]
    for field in (*known, *(field for field in fields if field not in known and _are_spans(fields[field]))):
        listed = _list_in(fields.get(field))
        if listed is None:
            if field in known[:2] and isinstance(fields.get(field), dict) and fields[field]:
                misfits.append(Sentence("may stand in the field {field}, which is no list of spans", field=field))
            continue
        found, told = _read_list(listed)
        if first and found:
            misfits.append(
                Sentence("stands in the field {field}, and those of {first} are read", field=field, first=first)
            )
        elif found or told or not listed:
            first = field if found else ""
            read, misfits = found, [*misfits, *told]
            is_utf_16 = is_utf_16 or _is_doccanos(fields, listed)
            if not told:
                del fields[field]
    if noted:
        read = [(start, end, label, {**more, **noted.get((start, end, label), {})}) for start, end, label, more in read]
    entities, unfit = fit(read, text, Utf16(text) if is_utf_16 else None)
    return entities, (*misfits, *unfit)


def _are_spans(value: Any) -> bool:
    """Tell whether a field, whatever its name, holds nothing but objects with a start, an end and a label or labels.

    So does the field that Label Studio's JSON_MIN names as the project calls its labels.
    """
    listed = _list_in(value)
    return bool(listed) and all(
        isinstance(item, dict) and not _PLACES.isdisjoint(item) and ("label" in item or "labels" in item)
        for item in listed or ()
    )


def _list_in(value: Any) -> list[Any] | None:
    """Return a list, also one that is written as JSON in a cell, as Label Studio's CSV has it; None for all else.

    An object of lists, as the datasets library stores a list of objects, is one too.
    """
    if isinstance(value, str) and value.startswith("[{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, dict) and "start" in value and "end" in value:
        columns = list(value.values())
        if all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return value if isinstance(value, list) else None


def _is_doccanos(fields: Mapping[str, Any], listed: list[Any]) -> bool:
    """Tell whether a list of spans is as doccano exports them, with comments beside lists, or with its own names."""
    if not listed:
        return False
    return _OFFSET in listed[0] if isinstance(listed[0], dict) else isinstance(fields.get(_COMMENTS), list)


def _read_list(listed: list[Any]) -> tuple[list[Parts], list[str]]:
    """Return the spans of a list, and a sentence for each thing in it that is meant for one, or stands beside one."""
    parts = [_parts(item) for item in listed]
    found = [each for each in parts if each is not None]
    if len(found) == len(listed):
        return found, []
    several = [[one] if one else list(_labelled_often(item)) for item, one in zip(listed, parts, strict=True)]
    if not any(several) and not any(map(_is_meant_for_one, listed)):
        return [], []
    told: list[str] = []
    for item, spans in zip(listed, several, strict=True):
        if not spans:
            quoted = _written(item)
            told.append(Sentence("{written} has not a start and an end in whole numbers and a label", written=quoted))
    return [span for spans in several for span in spans], told


def _is_meant_for_one(item: Any) -> bool:
    """Tell whether a thing that cannot be read as a span has places: by their names, or two numbers beside a text."""
    if isinstance(item, dict):
        return not _PLACES.isdisjoint(item)
    return isinstance(item, list) and sum(map(is_int, item)) > 1 and any(isinstance(each, str) for each in item)


def _written(item: Any) -> str:
    """Return the beginning of what stands in a file, as it can be quoted."""
    try:
        return json.dumps(item, ensure_ascii=False, default=str)[:_QUOTED]
    except RecursionError:
        return "[[…]]"


def _labelled_often(item: Any) -> Iterator[Parts]:
    """Yield the spans of an object with a list of labels, or of one whose places are whole numbers with a point."""
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


def _span_notes(fields: dict[str, Any]) -> dict[tuple[int, int, str], dict[str, Any]]:
    """Take what is noted on spans out of the fields, where it is written as SPAN_NOTES says."""
    listed = fields.get(SPAN_NOTES)
    if not isinstance(listed, list) or not all(isinstance(item, list) and len(item) == 5 for item in listed):
        return {}
    del fields[SPAN_NOTES]
    return {
        (start, end, label): {"note": text, "doubtful": doubtful}
        for start, end, label, text, doubtful in listed
        if is_int(start) and is_int(end) and isinstance(label, str)
    }


def _parts(item: Any) -> Parts | None:
    """Return start, end and label of an item, and its other fields; None where it is no span."""
    start: Any
    end: Any
    if isinstance(item, dict):
        start = item["start"] if "start" in item else item.get("start_offset")
        end = item["end"] if "end" in item else item.get("end_offset")
        label = next((item[name] for name in _LABELS if name in item), None)
        more = item
    elif isinstance(item, list) and len(item) == 3:
        (start, end, label), more = item, {}
    else:
        return None
    if is_int(start) and is_int(end) and isinstance(label, str) and label:
        return start, end, label, more
    return None


def is_int(value: Any) -> bool:
    """Tell whether a JSON value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_suggestion(origin: str) -> bool:
    """Tell whether an annotation of this origin is a suggestion that nobody confirmed."""
    return origin.startswith(_SUGGESTION) and origin.partition(":")[0] == _SUGGESTION


def suggested(origin: Origin) -> dict[str, Any]:
    """Return what our exports say besides of a suggestion that nobody confirmed, and nothing of all else."""
    if origin.kind is not OriginKind.SUGGESTION:
        return {}
    return {"suggester": origin.suggester, "score": origin.score}


def _are_alike(said: str, found: str) -> bool:
    r"""Tell whether two texts differ in nothing but spaces, which Label Studio shows, and gives, as its browser does.

    So it does with line ends, which may stand as \n in two characters.
    """
    if said == found or len(found) > _SPACIOUS * len(said) + _SHOWN:  # more than spaces, and long to compare
        return said == found
    return "".join(said.replace(r"\n", " ").split()) == "".join(found.split())


def _score(more: Mapping[str, Any]) -> float:
    """Return the score that a span has, 0 where it has none."""
    try:
        return float(more.get("score") or 0.0)
    except (TypeError, ValueError):
        return 0.0


def fit(found: Iterable[Parts], text: str, units: Utf16 | None = None) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the annotations that fit the text, and what is said of the others; units are given for UTF-16 offsets.

    Where a span is what it says only in UTF-16 units, as old versions of Label Studio count, these are meant.
    """
    entities: list[Entity] = []
    misfits: list[str] = []
    length = len(text)
    wide: Utf16 | None = None
    for start, end, label, more in found:
        if units:
            first, last = units.point(start), units.point(end)
            if first is None or last is None:
                misfits.append(
                    Sentence(
                        "{start}-{end} {label} begins or ends inside a character", start=start, end=end, label=label
                    )
                )
                continue
            start, end = first, last
        surface = more.get("text")
        said = surface if isinstance(surface, str) else None
        if not 0 <= start < end <= length or (said is not None and not _are_alike(said, text[start:end])):
            wide = wide or Utf16(text)
            place = None if units or said is None else _place_in_units(said, start, end, text, wide)
            if place is None:
                misfits.append(_misfit(start, end, label, text, said))
                continue
            start, end = place
        annotator, origin, note = str(more.get("annotator") or ""), str(more.get("origin") or ""), more.get("note")
        noted = note if isinstance(note, str) else ""
        score = _score(more) if is_suggestion(origin) else 0.0
        entities.append(Entity(Span(start, end), label, annotator, origin, noted, more.get("doubtful") is True, score))
    return tuple(entities), tuple(misfits)


def _place_in_units(said: str, start: int, end: int, text: str, units: Utf16) -> tuple[int, int] | None:
    """Return the code points of a place in UTF-16 units, or None where what is said of it does not stand there."""
    first, last = units.point(start), units.point(end)
    if first is None or last is None or not 0 <= first < last <= len(text) or not _are_alike(said, text[first:last]):
        return None
    return first, last


def _misfit(start: int, end: int, label: str, text: str, said: str | None) -> Sentence:
    """Say why a span does not fit the text, in which something else is said to stand there, or nothing is."""
    if not 0 <= start < end <= len(text):
        return Sentence(
            "{start}-{end} {label} does not lie in the text, which has {length} characters",
            start=start,
            end=end,
            label=label,
            length=len(text),
        )
    return Sentence(
        "{start}-{end} {label} is «{found}» and not «{said}»",
        start=start,
        end=end,
        label=label,
        found=text[start : min(end, start + _SHOWN)],
        said=said,
    )
