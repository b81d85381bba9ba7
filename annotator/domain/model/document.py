"""A document: one article whose text is fixed at import, with the news anatomy found in it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.model.span import Span


class RegionKind(StrEnum):
    """The parts of a news page that are told apart."""

    TITLE = "title"
    DATE = "date"
    CAPTION = "caption"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page, stored beside the text; value is what was read from it (an ISO date), or empty."""

    span: Span
    kind: RegionKind
    value: str = ""


class Token(NamedTuple):
    """A word, number or mark of the text; start and end in code points, half-open, text is exactly what lies between.

    A corpus has millions of them, so they are plain tuples, and a span is made only for who asks.
    """

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Return the place of the token."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; its span begins and ends at non-space characters."""

    span: Span


def document_id(text: str) -> str:
    """Return the identity of a text: the first 32 hexadecimal digits of the SHA-256 of its UTF-8 bytes.

    Raises UnicodeEncodeError for lone surrogates, which import refuses before this is asked.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Document:
    r"""One article.

    id is document_id(text). newlines names the line ends the file had before import
    made them all "\n": "lf", "crlf", "cr", "mixed" or "" (no line end). metadata holds
    every field of the input that has no place of its own, as JSON values.
    """

    id: str
    text: str
    title: str = ""
    date: datetime.date | None = None
    source: str = ""
    url: str = ""
    author: str = ""
    external_id: str = ""
    newlines: str = ""
    regions: tuple[Region, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def debris(self) -> tuple[Span, ...]:
        """Return the places of page debris, which get no suggestions and stay out of exports."""
        return tuple(r.span for r in self.regions if r.kind is RegionKind.DEBRIS)
