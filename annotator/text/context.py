"""Keyword in context: a span with the words around it, on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain.model.span import Span

_REACH = 90
"""Code points on each side."""
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Context:
    """A line of text, and the span of the keyword in it; None for the start of a text without a keyword."""

    line: str
    keyword: Span | None

    @property
    def word(self) -> str:
        """Return the keyword, or ""."""
        return self.keyword.of(self.line) if self.keyword else ""


def context(text: str, span: Span, reach: int = _REACH) -> Context:
    """Return a span with the whole words within reach code points on each side; line ends become spaces."""
    first, last = max(0, span.start - reach), min(len(text), span.end + reach)
    while 0 < first < span.start and not text[first - 1].isspace():
        first += 1
    while span.end < last < len(text) and not text[last].isspace():
        last -= 1
    line = _BLANK.sub(" ", text[first:last])
    return Context(line, Span(span.start - first, span.end - first))


def first_line(text: str, reach: int = 2 * _REACH) -> Context:
    """Return the start of a text, up to reach code points, without a keyword."""
    return Context(_BLANK.sub(" ", text[:reach]), None)
