"""The annotations that an article's JSON object holds: our own exports, and lists of [start, end, label]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.annotation import Origin, OriginKind
from annotator.domain.span import Span
from annotator.errors import Sentence
from annotator.formats.registry import Entity
from annotator.formats.utf16 import Utf16

SPANS = ("spans", "entities", "label", "labels")
"""The fields in which annotations are looked for."""

OFFSET_UNIT, UTF_16 = "offset_unit", "utf-16"
"""The field, and its value, that say that offsets count UTF-16 units."""

SPAN_NOTES = "span_notes"
"""The field that holds what is noted on spans where a span is no object: lists of start, end, label, text, doubtful."""

_SUGGESTION = OriginKind.SUGGESTION.value

Parts = tuple[int, int, str, Mapping[str, Any]]
"""start, end, label, and what else is said of a span."""


def spans_in(fields: dict[str, Any], text: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Take the list of spans out of the fields; return its annotations, and a sentence for what of it does not fit.

    A list is one of spans when it holds nothing but objects with start (or start_offset), end and label, or lists of
    these three; anything else stays where it is. start and end count code points of text, half-open, unless the field
    offset_unit says utf-16. A span beyond the text, or whose own "text" is not what stands there, does not fit.
    """
    noted = _span_notes(fields)
    units = Utf16(text) if fields.pop(OFFSET_UNIT, None) == UTF_16 else None
    spelled = {field.strip().casefold(): field for field in fields}
    for name in SPANS:
        listed = fields.get(spelled.get(name, name))
        if isinstance(listed, list):
            read = [_parts(item) for item in listed]
            found = [parts for parts in read if parts is not None]
            if len(found) == len(listed):
                del fields[spelled[name]]
                if noted:
                    found = [(s, e, label, {**more, **noted.get((s, e, label), {})}) for s, e, label, more in found]
                return fit(found, text, units)
    return (), ()


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
        label = item["label"] if "label" in item else item.get("label_offset")
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


def _score(more: Mapping[str, Any]) -> float:
    """Return the score that a span has, 0 where it has none."""
    try:
        return float(more.get("score") or 0.0)
    except (TypeError, ValueError):
        return 0.0


def fit(found: Iterable[Parts], text: str, units: Utf16 | None = None) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the annotations that fit the text, and what is said of the others; units are given for UTF-16 offsets."""
    entities: list[Entity] = []
    misfits: list[str] = []
    length = len(text)
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
        if not 0 <= start < end <= length:
            misfits.append(
                Sentence(
                    "{start}-{end} {label} does not lie in the text, which has {length} characters",
                    start=start,
                    end=end,
                    label=label,
                    length=length,
                )
            )
            continue
        surface = more.get("text")
        if isinstance(surface, str) and surface != text[start:end]:
            misfits.append(
                Sentence(
                    "{start}-{end} {label} is «{found}» and not «{said}»",
                    start=start,
                    end=end,
                    label=label,
                    found=text[start:end],
                    said=surface,
                )
            )
            continue
        annotator, origin, note = str(more.get("annotator") or ""), str(more.get("origin") or ""), more.get("note")
        noted = note if isinstance(note, str) else ""
        score = _score(more) if is_suggestion(origin) else 0.0
        entities.append(Entity(Span(start, end), label, annotator, origin, noted, more.get("doubtful") is True, score))
    return tuple(entities), tuple(misfits)
