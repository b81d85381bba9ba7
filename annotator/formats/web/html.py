"""Read saved web pages: the article in each, with the title, date, source, author and address that the page gives.

Offsets count from the extracted text; the markup is not kept. Web archives in one file (MHTML) are read too. The
encoding is that of the byte order mark, else UTF-8 if it is valid, else what the page declares. Nothing is fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from annotator.errors import InputError, Message
from annotator.formats.base.encoding import detect_encoding
from annotator.formats.base.record import Problem, Record
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.web.article_extraction import extract

_LARGEST = 20 << 20  # bytes; news pages are a hundred times smaller
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding=["']([\w.-]{1,40})""", re.I
)
_DAMAGED = "\ufffd"
_WHERE_DECLARED = 4096  # bytes; a browser looks at the first 1024
_ARCHIVE = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.I)


class HtmlReader:
    """Reads .html and .mhtml files, one page in each."""

    name = "html"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the page's article, or a Problem if it has none or cannot be read."""
        try:
            size = path.stat().st_size
            if size > _LARGEST:
                raise InputError("larger than 20 MB. Save only the article.")
            page, address = _page(path.read_bytes())
            if not page.text.strip():
                raise InputError("empty file. Save the page again.")
            found = extract(page.text)
            if page.is_damaged:
                check_damage(f"{found.text}\n{found.title}")
            if not found.text:
                raise InputError("no article found (is the page filled by scripts?). Save its text as .txt.")
            fields = {"title": found.title, "date": found.date, "source": found.source}
            fields |= {"url": found.url or address, "author": found.author}
            yield Record(found.text, {k: v for k, v in fields.items() if v}, str(path), size)
        except (InputError, OSError) as error:
            yield Problem.from_error(path, error)
        except (ValueError, RecursionError, LookupError) as error:  # the bases of lxml's errors, for hostile markup
            yield Problem(
                str(path),
                Message("cannot read its markup ({why}). Save the page again.", why=type(error).__name__),
            )


class Page(NamedTuple):
    """The characters of a page; is_damaged says that bytes could not be decoded and are U+FFFD."""

    text: str
    is_damaged: bool


def check_damage(article: str) -> None:
    """Raise InputError if an article has damaged characters. Damage elsewhere on the page does no harm."""
    at = article.find(_DAMAGED)
    if at >= 0:
        raise InputError(
            "damaged character in the article («{around}»). Save it again.",
            around=" ".join(article[max(at - 20, 0) : at + 20].split()),
        )


def _page(data: bytes) -> tuple[Page, str]:
    """Return the page, and its address if an archive gives it. Raises InputError if there is no page."""
    if not _ARCHIVE.match(data[:_WHERE_DECLARED]):
        return decode_page(data), ""
    message = BytesParser(policy=policy.default).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            address = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
            if isinstance(content, bytes):
                return decode_page(content, part.get_content_charset()), str(address)
    raise InputError("a web archive without a page. Save the page again.")


def decode_page(data: bytes, declared: str | None = None) -> Page:
    """Return the characters of a page; declared is the encoding that the server or the archive states.

    A declaration that the bytes contradict is ignored. Raises InputError for what is not text.
    """
    match = _DECLARED.search(data[:_WHERE_DECLARED])
    name = declared or ((match[1] or match[2]).decode("ascii") if match else "")
    try:
        looks = detect_encoding(data)
    except InputError:
        looks = ""
        if not _is_codec(name) or b"\x00" in data:
            raise
    # Bytes beyond ASCII are never valid UTF-8 by chance. Other encodings are easily taken for one another.
    tries = [looks, name] if looks.startswith("utf") else [name, looks]
    for codec in tries:
        if _is_codec(codec):
            try:
                return Page(data.decode(codec), is_damaged=False)
            except UnicodeDecodeError:
                continue
    return Page(data.decode(looks or name, "replace"), is_damaged=True)


def _is_codec(name: str) -> bool:
    """Return True if Python has a text codec of this name."""
    try:
        return bool(name) and codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False
