"""A document: one article, whose text never changes after import, and the regions found in it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.model.span import Span


class RegionKind(StrEnum):
    """The parts of a news page; debris is what does not belong to the article, such as links to other articles."""

    TITLE = "title"
    DATE = "date"
    CAPTION = "caption"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page; value is the date read from it (ISO 8601), or empty."""

    span: Span
    kind: RegionKind
    value: str = ""


class Token(NamedTuple):
    """A word, number or punctuation mark; start and end are code points, half-open, and text is what they cover.

    A tuple, and without a Span unless somebody asks for it, since a corpus has millions of them.
    """

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Return the span of the token."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; its span begins and ends at non-space characters."""

    span: Span


def document_id(text: str) -> str:
    """Return the id of a text: the first 32 hexadecimal digits of the SHA-256 of its UTF-8 bytes.

    Raises UnicodeEncodeError for lone surrogates, which the import refuses earlier.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Document:
    r"""One article.

    id is document_id(text). newlines are the line ends that the file had before the import made them all "\n": "lf",
    "crlf", "cr", "mixed" or "" (none). metadata has the fields of the input for which there is no attribute here, as
    JSON values.
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
        """Return the spans of page debris, which get no suggestions and are not exported by default."""
        return tuple(r.span for r in self.regions if r.kind is RegionKind.DEBRIS)
