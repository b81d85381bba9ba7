"""Reads a CoNLL file back and lays its tokens on the texts, sharing nothing with the writer but the tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.document import Document
from annotator.domain.iob import decode_iob2, ranges_to_spans
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import Entity, ReadBack, WriteOptions

DOCUMENT = "# newdoc id = "
DOCSTART = "-DOCSTART-"
_SPACES = re.compile(r"\s*")


def read_back(path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
    """Yield the entities of each document, in code points of its text.

    The tokens must follow one another in the text with nothing between them but spaces and, unless
    it was included, debris, and all lines have the same number of columns. Raises ExportError where they do not, with
    the line.
    """
    waiting = iter(documents)
    width = 0
    for number, head, lines in _parts(path, DOCSTART if options.docstart else DOCUMENT):
        document = next(waiting, None)
        if document is None or (head != DOCUMENT + document.id and not options.docstart):
            raise ExportError(f"Line {number}: {head!r} does not begin the document that was written here.")
        for line_number, line in enumerate(lines, number + 1):
            width = width or line.count("\t")
            if line and line.count("\t") != width:
                raise ExportError(f"Line {line_number}: {line!r} has not {width + 1} columns as the lines before.")
        yield ReadBack(document.id, tuple(_entities(document, lines, number, options.include_debris)))
    if next(waiting, None) is not None:
        raise ExportError("The file ends before its last document.")


def _parts(path: Path, opening: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield for each document the number of its first line, that line, and all other lines."""
    number, head, lines = 1, "", list[str]()
    with path.open(encoding="utf-8", newline="\n") as file:
        for line_number, line in enumerate(file, 1):
            content = line.removesuffix("\n")
            if line_number == 1 or content.startswith(opening):
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
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""], head_line + 1):
        if line:
            token, *tags = line.split("\t")
            match = _SPACES.match(text, cursor)
            start = match.end() if match else cursor
            if not token or not tags or not text.startswith(token, start):
                raise ExportError(f"Line {number}: {line!r} is not what the document {document.id} goes on with.")
            cursor = start + len(token)
            spans.append(Span(start, cursor))
            rows.append(tags)
        elif rows:
            for column in zip(*rows, strict=True):
                yield from (Entity(span, label) for span, label in ranges_to_spans(spans, decode_iob2(column)))
            spans, rows = [], []
    if text[cursor:].strip():
        raise ExportError(f"Line {head_line}: the document {document.id} is cut short at character {cursor}.")


def _without_debris(document: Document) -> str:
    """Return the text with spaces in place of the debris, so that every offset stays."""
    text = document.text
    for span in document.debris():
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
