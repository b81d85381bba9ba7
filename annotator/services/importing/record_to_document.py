"""Make a document of a record that a reader found."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from annotator.domain.model.document import Document, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.errors import Message
from annotator.formats.base.record import MAX_TEXT, Entity, Problem, Record
from annotator.formats.base.sanitise import printable_quote
from annotator.formats.json.article_fields import AUTHOR, DATE, ID, SOURCE, TITLE, URL, fields_by_name, first_field
from annotator.formats.json.writer import region_to_json
from annotator.text.page.dates import parse_date
from annotator.text.page.regions import find_regions

_LINE_END = re.compile(r"\r\n?|\n")
_PAIR = re.compile(r"\r\n")
_NAMES = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_document(record: Record) -> Document | Problem:
    r"""Return the document, or a Problem if its text cannot be stored.

    Line ends become "\n"; nothing else of the text changes. Fields without a place of their own are kept as metadata,
    as are a date that cannot be read and one with a time. A missing title or date is taken from the text. What an
    export of ours repeats is not kept: regions that are found here too, and an id that is that of the text.
    """
    trouble = _trouble(record)
    if trouble:
        return Problem(record.place, trouble)
    text, ends = record.text, {"\n"} if "\n" in record.text else set()
    if "\r" in text:
        ends = set(_LINE_END.findall(text))
        text = _LINE_END.sub("\n", text)
    rest = dict(record.fields)
    title_name, date_name, *names = _names(tuple(rest))
    title = _take(rest, title_name)
    date = parse_date(str(rest[date_name])[:100]) if date_name is not None else None
    if date_name is not None and date is not None and rest[date_name] == date.isoformat():
        del rest[date_name]
    source, url, author, external_id = [_take(rest, name) for name in names]
    regions = find_regions(text, title)
    for region in regions:
        if region.kind is RegionKind.TITLE:
            title = title or region.span.of(text)
        if region.kind is RegionKind.DATE:
            date = date or parse_date(region.value)
    if rest.get("regions") == [region_to_json(region) for region in regions]:
        del rest["regions"]
    own_id = document_id(text)
    return Document(
        id=own_id,
        text=text,
        title=title,
        date=date,
        source=source,
        url=url,
        author=author,
        external_id="" if external_id == own_id else external_id,
        newlines=_NAMES[ends.pop()] if len(ends) == 1 else "mixed" if ends else "",
        regions=regions,
        metadata={name: value for name, value in rest.items() if value not in ("", None)},
    )


@lru_cache(maxsize=64)
def _names(fields: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return the fields for title, date, source, url, author and id. Cached, as the records of a file have the same."""
    known = fields_by_name(fields)
    return tuple([first_field(known, names) for names in (TITLE, DATE, SOURCE, URL, AUTHOR, ID)])


def annotations_of(record: Record) -> list[Entity]:
    """Return the record's annotations with spans in the document's text, where a line end is one character."""
    if "\r" not in record.text:
        return list(record.annotations)
    pairs = [match.start() for match in _PAIR.finditer(record.text)]

    def moved(span: Span) -> Span:
        """Return a span in the document's text; an edge inside a CR LF moves out of it."""
        return Span(span.start - bisect_left(pairs, span.start), span.end - bisect_left(pairs, span.end - 1))

    return [entity._replace(span=moved(entity.span)) for entity in record.annotations]


def _trouble(record: Record) -> str:
    """Return why a record cannot be stored, and what to do, or ""."""
    text = record.text
    if not text:
        return Message("empty. Remove it, or add its text.")
    if text.isspace() or not text.strip("\ufeff\u200b\u200e\u200f \t\r\n"):
        return Message("contains only spaces. Remove it, or add its text.")
    if "\x00" in text:
        return Message("NUL character on line {line}. Remove it.", line=_line(text, text.index(chr(0))))
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        return Message(
            "invalid character on line {line}. Correct it and save the file as UTF-8.",
            line=_line(text, error.start),
        )
    if size > MAX_TEXT:
        return Message("larger than 50 MB. Split it into its articles.")
    name = _damaged_field(record.fields)
    if name is not None:
        return Message("the field {name} has a damaged character. Correct it and save the file as UTF-8.", name=name)
    return ""


def _damaged_field(fields: Mapping[str, Any]) -> str | None:
    """Return the name of a field with NUL or a lone surrogate, or None."""
    for name, value in fields.items():
        written = name + (value if isinstance(value, str) else _ENCODER.encode(value))
        if "\x00" in written or _SURROGATE.search(written):
            return printable_quote(name)
    return None


def _line(text: str, place: int) -> int:
    """Return the number of the line of a place, from 1."""
    return len(_LINE_END.findall(text, 0, place)) + 1


def _take(fields: dict[str, Any], name: str | None) -> str:
    """Remove a field and return its value, if it is a string or a number; else ""."""
    if name is None or isinstance(fields[name], bool) or not isinstance(fields[name], str | int | float):
        return ""
    return " ".join(str(fields.pop(name)).split())
