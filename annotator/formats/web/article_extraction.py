"""Extract the article from a web page: its text without menus and adverts, and the page's metadata.

Trafilatura does it. Its own text output adds marks for lists and tables that no page shows, so the text is put together
here from the elements that it keeps: one line per paragraph, heading, item or row. It drops invisible characters such
as U+200F, and a paragraph that repeats an earlier one. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.errors import InputError

_INLINE = {"hi", "ref", "del", "graphic", "span", "cell"}
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*+""")
_OPENING = re.compile("<[a-zA-Z]")
_MOST_TAGS = 100_000  # take some seconds and 200 MB; news pages have some thousand
_MANY_TAGS = 15_000  # above this only linear methods are tried, as others take quadratic time
_LONG_TAG = 4_000  # characters; a shorter tag cannot have too many attributes
_MOST_ATTRIBUTES = 1_000  # parsing takes quadratic time in their number
_FIELDS = ("title", "date", "sitename", "hostname", "url", "author")


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says; a field is empty if the page does not say it."""

    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    author: str = ""


def extract(page: str) -> Article:
    """Return the article of an HTML page; its text is empty if none is found.

    date is the ISO date in the page's own markup. Raises InputError for a page built to exhaust the parser.
    """
    tags = sum(1 for _ in _OPENING.finditer(page))
    if tags > _MOST_TAGS:
        raise InputError("the page has more than {most} tags. Save its text as .txt.", most=_MOST_TAGS)
    if any(len(m[0]) > _LONG_TAG and len(m[0].split()) > _MOST_ATTRIBUTES for m in _TAG.finditer(page)):
        raise InputError(
            "a tag has more than {most} attributes. Save the text of the page as .txt.",
            most=_MOST_ATTRIBUTES,
        )
    import trafilatura  # imported here: it takes a second that only web pages need

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the caller reports what is wrong
    found: Any = trafilatura.bare_extraction(
        page, fast=tags > _MANY_TAGS, include_comments=False, with_metadata=True, config=_config()
    )
    if found is None or found.body is None:
        return Article("")
    said = {name: " ".join(str(getattr(found, name, None) or "").split()) for name in _FIELDS}
    source = said["sitename"] or said["hostname"]
    return Article(_text(found.body), said["title"], said["date"], source, said["url"], said["author"])


@cache
def _config() -> Any:
    """Return the settings: short articles count, and no date is guessed from words in the text."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    config.set("DEFAULT", "EXTENSIVE_DATE_SEARCH", "off")
    return config


def _text(body: Any) -> str:
    """Return the text under an element, one line per block with words."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(body)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(body: Any) -> Iterator[str]:
    """Yield the texts of the elements in order, with line ends at the edges of blocks."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(body, events=("start", "end", "comment", "pi")):
        inline = element.tag in _INLINE
        border = " " if element.tag == "cell" else "" if inline else "\n"
        if event == "start":
            yield border + _flat(element.text)
        else:
            yield ("" if event in ("comment", "pi") else border) + _flat(element.tail if element is not body else "")


def _flat(text: str | None) -> str:
    """Return a text on one line, if its line ends come from the markup and not from the article."""
    return re.sub(r"[\r\n]+", " ", text or "")
