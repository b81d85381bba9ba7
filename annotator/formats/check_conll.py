"""Reads a CoNLL file back and lays its tokens on the texts, sharing nothing with the code that wrote it but IOB2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.document import Document
from annotator.domain.iob import decode_iob2, ranges_to_spans
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import Entity, ReadBack

DOCUMENT = "# newdoc id = "
_SPACES = re.compile(r"\s*")


def read_back(path: Path, documents: Iterable[Document], *, include_debris: bool) -> Iterator[ReadBack]:
    """Yield the entities of each document, in code points of its text.

    The tokens must follow one another in the text with nothing between them but spaces and, unless
    it was included, debris. Raises ExportError where they do not, with the line.
    """
    waiting = iter(documents)
    for number, head, lines in _parts(path):
        document = next(waiting, None)
        if document is None or head != DOCUMENT + document.id:
            raise ExportError(f"Line {number}: {head!r} does not begin the document that was written here.")
        yield ReadBack(document.id, tuple(_entities(document, lines, number, include_debris)))
    if next(waiting, None) is not None:
        raise ExportError("The file ends before its last document.")


def _parts(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Yield for each document the number of its first line, that line, and all other lines."""
    number, head, lines = 1, "", list[str]()
    with path.open(encoding="utf-8", newline="\n") as file:
        for line_number, line in enumerate(file, 1):
            content = line.removesuffix("\n")
            if line_number == 1 or content.startswith(DOCUMENT):
                if line_number > 1:
                    yield number, head, lines
                number, head, lines = line_number, content, []
            else:
                lines.append(content)
    if head:
        yield number, head, lines


def _entities(document: Document, lines: list[str], head_line: int, include_debris: bool) -> Iterator[Entity]:
    """Yield the entities of one document; head_line is the number of the line before its lines."""
    text = document.text if include_debris else _without_debris(document)
    cursor = 0
    spans: list[Span] = []
    tags: list[str] = []
    for number, line in enumerate([*lines, ""], head_line + 1):
        if line:
            token, tab, tag = line.partition("\t")
            match = _SPACES.match(text, cursor)
            start = match.end() if match else cursor
            if not token or not tab or not text.startswith(token, start):
                raise ExportError(f"Line {number}: {line!r} is not what the document {document.id} goes on with.")
            cursor = start + len(token)
            spans.append(Span(start, cursor))
            tags.append(tag)
        elif tags:
            yield from (Entity(span, label) for span, label in ranges_to_spans(spans, decode_iob2(tags)))
            spans, tags = [], []
    if text[cursor:].strip():
        raise ExportError(f"Line {head_line}: the document {document.id} is cut short at character {cursor}.")


def _without_debris(document: Document) -> str:
    """Return the text with spaces in place of the debris, so that every offset stays."""
    text = document.text
    for span in document.debris():
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
