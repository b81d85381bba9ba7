"""Reads a CoNLL file back and lays its tokens on the texts, sharing nothing with the writer but the tags."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from annotator.domain.document import Document
from annotator.domain.iob import OUTSIDE, decode_iob2
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import Entity, ReadBack, WriteOptions

DOCUMENT = "# newdoc id = "
DOCSTART = "-DOCSTART-"
_SPACES = re.compile(r"\s*")
_EMPTY = [""]
_CHUNK = re.compile(r"\S+")


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
            raise ExportError(
                "Line {number}: {head!r} does not begin the document that was written here.", number=number, head=head
            )
        rows = [line.split("\t") for line in lines]
        for line_number, row in enumerate(rows, number + 1):
            if row == _EMPTY:
                continue
            width = width or max(2, len(row))
            if len(row) != width:
                raise ExportError(
                    "Line {line_number}: {line!r} has not {columns} columns as the lines before.",
                    line_number=line_number,
                    line="\t".join(row),
                    columns=width,
                )
        yield ReadBack(document.id, tuple(_entities(document, rows, number, options.include_debris)))
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


def _entities(document: Document, rows: list[list[str]], head_line: int, include_debris: bool) -> Iterator[Entity]:
    """Yield the entities of one document from the cells of its lines; head_line is the number of the line before.

    Tokens and text are compared with their spaces taken out, which the interpreter does in one step each; a token that
    lies over a space of the text shows by its edges.
    """
    text = document.text if include_debris else _without_debris(document)
    words = [row[0] for row in rows if row != _EMPTY]
    ends = list(accumulate(map(len, words)))
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    chunk_ends = list(accumulate(end - start for start, end in chunks))
    joined = "".join(words)
    if not all(words) or joined != "".join(text.split()) or not set(chunk_ends).issubset(ends):
        raise _strange(document, text, rows, head_line)
    places = _Places(ends, chunks, chunk_ends)
    first, tags = 0, list[list[str]]()
    for row in (*rows, _EMPTY):
        if row != _EMPTY:
            tags.append(row[1:])
            continue
        for column in zip(*tags, strict=True):
            if any(tag != OUTSIDE for tag in column):
                for start, end, label in decode_iob2(column):
                    yield Entity(places.span(first + start, first + end), label)
        first, tags = first + len(tags), []


class _Places:
    """Where the tokens of a document lie in its text."""

    def __init__(self, ends: list[int], chunks: list[tuple[int, int]], chunk_ends: list[int]) -> None:
        """Take where tokens end when the text has no spaces, and the stretches between the spaces that it has."""
        self._ends, self._chunks, self._chunk_ends = ends, chunks, chunk_ends

    def span(self, first: int, end: int) -> Span:
        """Return the place of the tokens from first to before end, in code points of the text."""
        start = self._ends[first - 1] if first else 0
        return Span(self._at(start + 1) - 1, self._at(self._ends[end - 1]))

    def _at(self, length: int) -> int:
        """Return behind which code point of the text so many that are no space have passed."""
        number = bisect_left(self._chunk_ends, length)
        return self._chunks[number][1] - (self._chunk_ends[number] - length)


def _strange(document: Document, text: str, rows: list[list[str]], head_line: int) -> ExportError:
    """Return the error for tokens that are not those of the text: the first line that does not go on with it."""
    cursor = 0
    for number, row in enumerate(rows, head_line + 1):
        token, line = row[0], "\t".join(row)
        match = _SPACES.match(text, cursor)
        start = match.end() if match else cursor
        if line and (not token or not text.startswith(token, start)):
            return ExportError(
                "Line {number}: {line!r} is not what the document {document} goes on with.",
                number=number,
                line=line,
                document=document.id,
            )
        cursor = start + len(token) if line else cursor
    return ExportError(
        "Line {head_line}: the document {document} is cut short at character {cursor}.",
        head_line=head_line,
        document=document.id,
        cursor=cursor,
    )


def _without_debris(document: Document) -> str:
    """Return the text with spaces in place of the debris, so that every offset stays."""
    text = document.text
    for span in document.debris():
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
