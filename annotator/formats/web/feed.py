"""Read feeds (RSS of every version, Atom): one document per entry, with its title, date, source, address and author.

HTML in an entry is extracted like a saved page. An entry with nothing but a title has the title as its text. The date
is the one that the feed gives, in its own time zone. A feed that defines entities is refused before it is parsed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException

from annotator.errors import InputError, Message
from annotator.formats.base.record import MAX_TEXT, Problem, Record
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.web.article_extraction import extract
from annotator.formats.web.html import Page, check_damage, decode_page

_DATES = ("published", "updated", "created")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class FeedReader:
    """Reads .rss and .atom files, and .xml files that are feeds."""

    name = "feed"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the entries in the order of the feed, and a Problem for each without a text."""
        try:
            page = _page(path)
            found, fault = _parsed(page.text)
            items = [
                _entry(entry, found.feed, f"{path}, entry {number}", is_damaged=page.is_damaged)
                for number, entry in enumerate(found.entries, 1)
            ]
            if fault and not any(isinstance(item, Record) for item in items):
                raise InputError("not valid XML ({why}): no entry can be read. Save it again.", why=fault)
            yield from items
            if fault:
                yield Problem(
                    str(path),
                    Message("not valid XML ({why}): later entries may be missing. Save it again.", why=fault),
                )
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)


def _page(path: Path) -> Page:
    """Return the characters of a feed. Raises InputError if it is too large, not text, or defines entities."""
    if path.stat().st_size > MAX_TEXT:
        raise InputError("larger than 50 MB. Split it.")
    page = decode_page(path.read_bytes())
    if "<!ENTITY" in page.text:
        raise InputError("unsafe XML: it declares entities. Save it without them.")
    return page


def _parsed(text: str) -> tuple[Any, str]:
    """Return the feed, and what is wrong with its XML or "". Raises InputError if it has no entry."""
    import feedparser  # imported here: only feeds need it

    # A stream: feedparser would fetch a bare string that looks like an address.
    plain = BytesIO(_DECLARATION.sub("", text).encode("utf-8", "replace"))
    try:
        found = feedparser.parse(plain, response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as error:  # feedparser lets any error of its parts through, for broken XML
        raise InputError("not a valid feed ({why}). Save it again.", why=type(error).__name__) from error
    if not found.entries:
        raise InputError("no entry found. Choose an RSS or Atom feed with articles.")
    fault = found.get("bozo_exception")
    return found, " ".join(fault.getMessage().split()) if isinstance(fault, SAXParseException) else ""


def _entry(entry: Mapping[str, Any], channel: Mapping[str, Any], place: str, *, is_damaged: bool) -> Record | Problem:
    """Return the document of an entry, or what it lacks; is_damaged says that a character of the feed is damaged."""
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    content = max((str(c.get("value") or "") for c in contents), key=len, default="")
    title = _plain(str(entry.get("title") or ""))
    try:
        text = _text(content) or title
        if is_damaged:
            check_damage(f"{text}\n{title}")
    except (InputError, ValueError, RecursionError) as error:
        said = error.message if isinstance(error, InputError) else Message("cannot read its markup.")
        return Problem(place, said)
    if not text:
        return Problem(place, Message("no text and no title. Remove the entry."))
    source = (entry.get("source") or {}).get("title") or channel.get("title") or ""
    fields = {"title": title, "date": _day(entry), "source": _plain(str(source)), "url": str(entry.get("link") or "")}
    fields |= {"author": str(entry.get("author") or ""), "id": str(entry.get("id") or "")}
    return Record(text, {name: value for name, value in fields.items() if value}, place)


def _text(content: str) -> str:
    """Return the text of an entry, which may be plain or HTML. Raises what extract() raises."""
    if not _MARKUP.search(content):
        return "\n".join(filter(None, (line.strip() for line in unescape(content).split("\n"))))
    found = extract(f"<html><body><article>{content}</article></body></html>")
    return found.text or _plain(content)


def _plain(text: str) -> str:
    """Return a text without tags, on one line."""
    return " ".join(unescape(_MARKUP.sub(" ", text)).split())


def _day(entry: Mapping[str, Any]) -> str:
    """Return the date of an entry in ISO; as it is written if no known format fits; "" if there is none."""
    # feedparser's own "in" finds one date under another name.
    given = [name for name in _DATES if name in entry.keys()]  # noqa: SIM118
    for name in given:
        written = str(entry.get(name) or "").strip()
        day = _read(datetime.datetime.fromisoformat, written) or _read(parsedate_to_datetime, written)
        if day:
            return day
        parsed = entry.get(f"{name}_parsed")
        if parsed:
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
    return next((" ".join(str(entry[name]).split()) for name in given if entry[name]), "")


def _read(how: Callable[[str], datetime.datetime], written: str) -> str:
    """Return the date in ISO if the time is written in this way, else ""."""
    try:
        return how(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
