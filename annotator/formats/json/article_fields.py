"""The names of the parts of an article in files, and the article of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from annotator.errors import Message
from annotator.formats.base.note_fields import pop_notes
from annotator.formats.base.record import Problem, Record
from annotator.formats.json.other_programs import UnwrappedSpans, unwrap
from annotator.formats.json.spans import locate_spans, pop_spans
from annotator.formats.tokens.tagged_words import find_tagged, read_tagged

TEXT = (
    *("text", "content", "body", "article", "article_text", "full_text"),
    *("النص", "نص", "المحتوى", "المتن", "نص الخبر", "نص المقال"),
)
TITLE = ("title", "headline", "العنوان", "عنوان")
DATE = (
    *("date", "published", "published_at", "publish_date", "date_published", "datepublished", "pubdate"),
    *("publication_date", "timestamp", "created_at", "date_extracted"),
    *("التاريخ", "تاريخ", "تاريخ النشر"),
)
SOURCE = ("source", "publisher", "outlet", "site", "المصدر", "مصدر")
URL = ("url", "link", "الرابط", "رابط")
AUTHOR = ("author", "authors", "byline", "الكاتب", "المؤلف")
ID = ("id", "_id", "doc_id")
_DEEPEST = 100


def find_field(fields: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the field with the first of these names that is there, as the file spells it; case is ignored."""
    return first_field(fields_by_name(fields), names)


def fields_by_name(fields: Iterable[str]) -> Mapping[str, str]:
    """Return the fields as the file spells them, by their names in lower case."""
    return _by_name(tuple(fields))


@lru_cache(maxsize=64)
def _by_name(fields: tuple[str, ...]) -> Mapping[str, str]:
    """Cached, as the records of a file have the same fields."""
    return {field.strip().casefold(): field for field in fields}


def first_field(fields: Mapping[str, str], names: Iterable[str]) -> str | None:
    """Return the first of these names in what fields_by_name() returned, as the file spells it."""
    return next((fields[name] for name in names if name in fields), None)


def to_record(fields: Mapping[str, Any], place: str, offset: int) -> Record | Problem:
    """Return the article of a record, or what it lacks.

    place says where it is, offset how many bytes of the file were read by then. A list of spans among the fields
    becomes the annotations.
    """
    fields, unwrapped = unwrap(fields)
    known = fields_by_name(fields)
    if unwrapped and first_field(known, TEXT) is None:  # users of Label Studio choose its name
        texts = [name for name, value in fields.items() if isinstance(value, str) and _stand_in(value, unwrapped)]
        known = {**known, TEXT[0]: texts[0]} if len(texts) == 1 else known
    present = [known[name] for name in TEXT if name in known]
    name = next((name for name in present if fields[name] not in ("", None)), present[0] if present else None)
    is_free = name is None or isinstance(fields[name], str | None)
    if unwrapped is None and is_free and (tagged := find_tagged(fields)):
        fields, unwrapped, name = _with_tags(fields, *tagged, name)
    if name is None:
        has = ", ".join(list(fields)[:8]) or "no field"
        return Problem(
            place,
            Message("no text field (found: {has}). Rename one to text, content or body.", has=has),
        )
    text = fields[name]
    if not isinstance(text, str | None):
        return Problem(
            place, Message("the field {name} is not a string. Write the article's text in quotation marks.", name=name)
        )
    rest = {key: value for key, value in fields.items() if key != name}
    notes = pop_notes(rest)
    annotations, problems = (
        pop_spans(rest, text or "") if unwrapped is None else locate_spans(unwrapped.found, text or "")
    )
    deep = next((key for key, value in rest.items() if isinstance(value, list | dict) and _is_deep(value)), None)
    if deep is not None:
        return Problem(
            place,
            Message("the field {name} is nested more than {most} deep. Remove it.", name=deep, most=_DEEPEST),
        )
    more_problems = unwrapped.annotation_problems if unwrapped else ()
    return Record(text or "", rest, place, offset, annotations, problems + more_problems, notes)


def _stand_in(text: str, unwrapped: UnwrappedSpans) -> bool:
    """Return True if the spans fit a text: it has the texts that they claim, or at least their length."""
    said = [more.get("text") for *_, more in unwrapped.found]
    return len(text) >= max((end for _, end, *_ in unwrapped.found), default=1) and all(
        not isinstance(each, str) or each in text for each in said
    )


def _with_tags(
    fields: Mapping[str, Any], words: str, tags: str, name: str | None
) -> tuple[dict[str, Any], UnwrappedSpans, str]:
    """Return the fields without words and tags, the spans of the tags, and the name of the text field.

    name is that of the text field; without one, the text is made of the words. Tags that cannot be read stay.
    """
    text, found, problems = read_tagged(fields[words], fields[tags], (fields[name] or None) if name else None)
    read = (words,) if problems else (words, tags)
    rest = {key: value for key, value in fields.items() if key not in read}
    return {**rest, name or TEXT[0]: text}, UnwrappedSpans(tuple(found), tuple(problems)), name or TEXT[0]


def _is_deep(value: Any) -> bool:
    """Return True if lists and objects are nested so deep that the stored JSON could not be read again."""
    level = [value]
    for _ in range(_DEEPEST):
        nested = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, list | dict))
        level = [inner for values in nested for inner in values]
        if not level:
            return False
    return True
