"""Find the annotations of an article in its JSON fields: our own exports, and lists of [start, end, label]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from annotator.domain.model.annotation import Origin, OriginKind
from annotator.domain.model.span import Span
from annotator.errors import Message
from annotator.formats.base.record import Entity
from annotator.formats.base.span_objects import RawSpan, is_doccano, is_int, is_span_list, parse_list, parse_spans
from annotator.formats.base.utf16 import Utf16

SPANS = ("spans", "entities", "label", "labels")
"""The fields that may hold annotations."""

OFFSET_UNIT, UTF_16 = "offset_unit", "utf-16"
"""The field and value of a record with offsets in UTF-16 units."""

SPAN_NOTES = "span_notes"
"""The field with notes on spans, if a span is a list: lists of start, end, label, text, doubtful."""

_SUGGESTION = OriginKind.SUGGESTION.value
_OTHERS = ("ents", "annotations")  # in spaCy, and in older versions of doccano
_SHOWN = 501  # characters of the text; no message shows more
_SPACIOUS = 8  # how many times longer a text may be than the claimed one and still be compared


def pop_spans(fields: dict[str, Any], text: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Remove the list of spans from the fields; return its annotations, and a sentence for each that cannot be used.

    A list of spans holds objects with start, end and label (under the names in base/span_objects.py, or with the labels
    of Label Studio's JSON_MIN), or lists of these three. Any other list stays in the fields, and so does one that could
    not be read completely, and a second one. start and end are code points of text, half-open, unless the field
    offset_unit says utf-16 or the object is from doccano. A span cannot be used if it ends beyond the text, or if its
    own "text" is not what is there.
    """
    noted = _span_notes(fields)
    is_utf_16 = fields.pop(OFFSET_UNIT, None) == UTF_16
    spelled = {field.strip().casefold(): field for field in fields}
    read: list[RawSpan] = []
    problems: list[str] = []
    first = ""
    known = [spelled.get(name, name) for name in (*SPANS, *_OTHERS)]
    others = [field for field in fields if field not in known and is_span_list(fields[field])]
    for field in (*(field for field in known if field in fields), *others):
        listed = parse_list(fields[field])
        if listed is None:
            if field in known[:2] and isinstance(fields[field], dict) and fields[field]:
                problems.append(_no_list(field))
            continue
        found, unread = parse_spans(listed)
        if first and found:
            problems.append(Message("is in the field {field}, but {first} is read", field=field, first=first))
        elif field in known[:2] and listed and not (found or unread):
            problems.append(_no_list(field))
        elif found or unread or not listed:
            first = field if found else ""
            read, problems = found, [*problems, *unread]
            is_utf_16 = is_utf_16 or is_doccano(fields, listed)
            if not unread:
                del fields[field]
    if noted:
        read = [(start, end, label, {**more, **noted.get((start, end, label), {})}) for start, end, label, more in read]
    entities, unfit = locate_spans(read, text, Utf16(text) if is_utf_16 else None)
    return entities, (*problems, *unfit)


def _no_list(field: str) -> Message:
    """Say that a field with the name of a list of spans holds something else."""
    return Message("may be in the field {field}, which is not a list of spans", field=field)


def _span_notes(fields: dict[str, Any]) -> dict[tuple[int, int, str], dict[str, Any]]:
    """Remove the notes on spans from the fields, if they have the form of SPAN_NOTES, and return them."""
    listed = fields.get(SPAN_NOTES)
    if not isinstance(listed, list) or not all(isinstance(item, list) and len(item) == 5 for item in listed):
        return {}
    del fields[SPAN_NOTES]
    return {
        (start, end, label): {"note": text, "doubtful": doubtful}
        for start, end, label, text, doubtful in listed
        if is_int(start) and is_int(end) and isinstance(label, str)
    }


@lru_cache(maxsize=256)
def is_suggestion(origin: str) -> bool:
    """Return True if this origin is that of an undecided suggestion. Cached, as a file repeats a few origins."""
    return origin.startswith(_SUGGESTION) and origin.partition(":")[0] == _SUGGESTION


def suggested(origin: Origin) -> dict[str, Any]:
    """Return the fields that our exports add for an undecided suggestion; none for anything else."""
    if origin.kind is not OriginKind.SUGGESTION:
        return {}
    return {"suggester": origin.suggester, "score": origin.score}


def _are_alike(said: str, found: str) -> bool:
    r"""Return True if two texts differ in spaces only.

    Label Studio exports what its browser shows, with other spaces. Line ends may even be \n in two characters.
    """
    if said == found or len(found) > _SPACIOUS * len(said) + _SHOWN:  # cannot be spaces alone
        return said == found
    return "".join(said.replace(r"\n", " ").split()) == "".join(found.split())


def _score(more: Mapping[str, Any]) -> float:
    try:
        return float(more.get("score") or 0.0)
    except (TypeError, ValueError):
        return 0.0


def locate_spans(
    found: Iterable[RawSpan], text: str, units: Utf16 | None = None
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the annotations that match the text, and a message for each of the others; units are for UTF-16 offsets.

    If a span has the text that it claims only in UTF-16 units, as in old versions of Label Studio, those are meant.
    """
    entities: list[Entity] = []
    problems: list[str] = []
    length = len(text)
    wide: Utf16 | None = None
    for start, end, label, more in found:
        if units:
            first, last = units.point(start), units.point(end)
            if first is None or last is None:
                problems.append(
                    Message(
                        "{start}-{end} {label} begins or ends inside a character", start=start, end=end, label=label
                    )
                )
                continue
            start, end = first, last
        said = more.get("text")
        # The cheap comparison comes first: nearly all spans have the text that they claim.
        fits = 0 <= start < end <= length and (
            said == text[start:end] or not isinstance(said, str) or _are_alike(said, text[start:end])
        )
        if not fits:
            said = said if isinstance(said, str) else None
            wide = wide or Utf16(text)
            place = None if units or said is None else _place_in_units(said, start, end, text, wide)
            if place is None:
                problems.append(_misfit(start, end, label, text, said))
                continue
            start, end = place
        entities.append(_entity(Span(start, end), label, more))
    return tuple(entities), tuple(problems)


def _entity(span: Span, label: str, more: Mapping[str, Any]) -> Entity:
    get = more.get
    annotator, origin = str(get("annotator") or ""), str(get("origin") or "")
    note, is_doubtful, is_suggested = get("note"), get("doubtful") is True, is_suggestion(origin)
    if note is None and not is_doubtful and not is_suggested:
        return Entity(span, label, annotator, origin)
    note = note if isinstance(note, str) else ""
    return Entity(span, label, annotator, origin, note, is_doubtful, _score(more) if is_suggested else 0.0)


def _place_in_units(said: str, start: int, end: int, text: str, units: Utf16) -> tuple[int, int] | None:
    """Return the code points of a place in UTF-16 units, or None if the claimed text is not there."""
    first, last = units.point(start), units.point(end)
    if first is None or last is None or not 0 <= first < last <= len(text) or not _are_alike(said, text[first:last]):
        return None
    return first, last


def _misfit(start: int, end: int, label: str, text: str, said: str | None) -> Message:
    if not 0 <= start < end <= len(text):
        return Message(
            "{start}-{end} {label} is outside the text, which has {length} characters",
            start=start,
            end=end,
            label=label,
            length=len(text),
        )
    return Message(
        "{start}-{end} {label} is «{found}», not «{said}»",
        start=start,
        end=end,
        label=label,
        found=text[start : min(end, start + _SHOWN)],
        said=said,
    )
