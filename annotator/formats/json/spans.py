"""The annotations that an article's JSON object holds: our own exports, and lists of [start, end, label]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.model.annotation import Origin, OriginKind
from annotator.domain.model.span import Span
from annotator.errors import Message
from annotator.formats.base.record import Entity
from annotator.formats.base.span_objects import RawSpan, is_doccano, is_int, is_span_list, parse_list, parse_spans
from annotator.formats.base.utf16 import Utf16

SPANS = ("spans", "entities", "label", "labels")
"""The fields in which annotations are looked for."""

OFFSET_UNIT, UTF_16 = "offset_unit", "utf-16"
"""The field, and its value, that say that offsets count UTF-16 units."""

SPAN_NOTES = "span_notes"
"""The field that holds what is noted on spans where a span is no object: lists of start, end, label, text, doubtful."""

_SUGGESTION = OriginKind.SUGGESTION.value
_OTHERS = ("ents", "annotations")  # of spaCy's, and of doccano's older versions
_SHOWN = 501  # characters of the text, of which no message shows more
_SPACIOUS = 8  # times longer than what is said to stand there a text may be that has the same letters


def pop_spans(fields: dict[str, Any], text: str) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Take the list of spans out of the fields; return its annotations, and a sentence for what of it does not fit.

    A list is one of spans when it holds objects with start, end and label (in the words of span_lists.py, or with the
    labels of Label Studio's JSON_MIN), or lists of these three; anything else stays where it is. So does a list of
    which not all could be read, and a second one. start and end count code points of text, half-open, unless the field
    offset_unit says utf-16, or the object is doccano's. A span beyond the text, or whose own "text" is not what stands
    there, does not fit.
    """
    noted = _span_notes(fields)
    is_utf_16 = fields.pop(OFFSET_UNIT, None) == UTF_16
    spelled = {field.strip().casefold(): field for field in fields}
    read: list[RawSpan] = []
    problems: list[str] = []
    first = ""
    known = [spelled.get(name, name) for name in (*SPANS, *_OTHERS)]
    for field in (*known, *(field for field in fields if field not in known and is_span_list(fields[field]))):
        listed = parse_list(fields.get(field))
        if listed is None:
            if field in known[:2] and isinstance(fields.get(field), dict) and fields[field]:
                problems.append(_no_list(field))
            continue
        found, told = parse_spans(listed)
        if first and found:
            problems.append(
                Message("stands in the field {field}, and those of {first} are read", field=field, first=first)
            )
        elif field in known[:2] and listed and not (found or told):
            problems.append(_no_list(field))
        elif found or told or not listed:
            first = field if found else ""
            read, problems = found, [*problems, *told]
            is_utf_16 = is_utf_16 or is_doccano(fields, listed)
            if not told:
                del fields[field]
    if noted:
        read = [(start, end, label, {**more, **noted.get((start, end, label), {})}) for start, end, label, more in read]
    entities, unfit = locate_spans(read, text, Utf16(text) if is_utf_16 else None)
    return entities, (*problems, *unfit)


def _no_list(field: str) -> Message:
    """Say that a field that is called as spans are holds something else."""
    return Message("may stand in the field {field}, which is no list of spans", field=field)


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


def is_suggestion(origin: str) -> bool:
    """Return True if an annotation of this origin is a suggestion that nobody confirmed."""
    return origin.startswith(_SUGGESTION) and origin.partition(":")[0] == _SUGGESTION


def suggested(origin: Origin) -> dict[str, Any]:
    """Return what our exports say besides of a suggestion that nobody confirmed, and nothing of all else."""
    if origin.kind is not OriginKind.SUGGESTION:
        return {}
    return {"suggester": origin.suggester, "score": origin.score}


def _are_alike(said: str, found: str) -> bool:
    r"""Return True if two texts differ in nothing but spaces, which Label Studio shows, and gives, as its browser does.

    So it does with line ends, which may stand as \n in two characters.
    """
    if said == found or len(found) > _SPACIOUS * len(said) + _SHOWN:  # more than spaces, and long to compare
        return said == found
    return "".join(said.replace(r"\n", " ").split()) == "".join(found.split())


def _score(more: Mapping[str, Any]) -> float:
    """Return the score that a span has, 0 if it has none."""
    try:
        return float(more.get("score") or 0.0)
    except (TypeError, ValueError):
        return 0.0


def locate_spans(
    found: Iterable[RawSpan], text: str, units: Utf16 | None = None
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return the annotations that fit the text, and what is said of the others; units are given for UTF-16 offsets.

    Where a span is what it says only in UTF-16 units, as old versions of Label Studio count, these are meant.
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
        surface = more.get("text")
        said = surface if isinstance(surface, str) else None
        # Nearly all spans are where they say: the test that settles it comes first.
        fits = 0 <= start < end <= length
        if not fits or (said is not None and said != text[start:end] and not _are_alike(said, text[start:end])):
            wide = wide or Utf16(text)
            place = None if units or said is None else _place_in_units(said, start, end, text, wide)
            if place is None:
                problems.append(_misfit(start, end, label, text, said))
                continue
            start, end = place
        entities.append(_entity(Span(start, end), label, more))
    return tuple(entities), tuple(problems)


def _entity(span: Span, label: str, more: Mapping[str, Any]) -> Entity:
    annotator, origin = str(more.get("annotator") or ""), str(more.get("origin") or "")
    note, is_doubtful = more.get("note"), more.get("doubtful") is True
    if note is None and not is_doubtful and not is_suggestion(origin):
        return Entity(span, label, annotator, origin)
    note = note if isinstance(note, str) else ""
    return Entity(span, label, annotator, origin, note, is_doubtful, _score(more) if is_suggestion(origin) else 0.0)


def _place_in_units(said: str, start: int, end: int, text: str, units: Utf16) -> tuple[int, int] | None:
    """Return the code points of a place in UTF-16 units, or None if what is said of it does not stand there."""
    first, last = units.point(start), units.point(end)
    if first is None or last is None or not 0 <= first < last <= len(text) or not _are_alike(said, text[first:last]):
        return None
    return first, last


def _misfit(start: int, end: int, label: str, text: str, said: str | None) -> Message:
    """Say why a span does not fit the text, in which something else is said to stand there, or nothing is."""
    if not 0 <= start < end <= len(text):
        return Message(
            "{start}-{end} {label} does not lie in the text, which has {length} characters",
            start=start,
            end=end,
            label=label,
            length=len(text),
        )
    return Message(
        "{start}-{end} {label} is «{found}» and not «{said}»",
        start=start,
        end=end,
        label=label,
        found=text[start : min(end, start + _SHOWN)],
        said=said,
    )
