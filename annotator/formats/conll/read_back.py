"""Read a CoNLL file back and match its tokens with the texts. It shares nothing with the writer but the tags."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from annotator.domain.corpus.iob import OUTSIDE, decode_iob2
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.record import Entity
from annotator.formats.base.writer import ReadBack, WriteOptions

DOCUMENT = "# newdoc id = "
DOCSTART = "-DOCSTART-"
_READ = 1 << 16  # characters
_SPACES = re.compile(r"\s*")
_EMPTY = [""]
_CHUNK = re.compile(r"\S+")
_OUT = f"\t{OUTSIDE}\n"
_TAGGED = re.compile(rf"\t(?!{OUTSIDE}\n)([^\n]*)\n")

_decoded = lru_cache(maxsize=4096)(lambda tags: tuple(decode_iob2(tags)))


def read_back(path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
    """Yield the entities of each document, in code points of its text.

    The tokens must follow one another in the text with nothing between them but spaces and, unless it was included,
    debris. All lines must have the same number of columns. Raises ExportError, with the line, if they do not.
    """
    waiting = iter(documents)
    width = 0
    for number, head, body in _parts(path, DOCSTART if options.docstart else DOCUMENT):
        document = next(waiting, None)
        if document is None or (head != DOCUMENT + document.id and not options.docstart):
            raise ExportError(
                "Line {number}: {head!r} is not the beginning of the document that was written here.",
                number=number,
                head=head,
            )
        text = document.text if options.include_debris else _without_debris(document)
        found = _in_two_columns(text, body) if width in (0, 2) else None
        if found is None:
            rows = [line.split("\t") for line in body.removesuffix("\n").split("\n")]
            width = _width(rows, number, width)
            found = list(_entities(document, text, rows, number))
        elif body.strip("\n"):
            width = 2
        yield ReadBack(document.id, tuple(found))
    if next(waiting, None) is not None:
        raise ExportError("The file ends before its last document.")


def _width(rows: list[list[str]], head_line: int, width: int) -> int:
    """Return the number of columns, 0 if there are no rows. Raises ExportError if a row has another number."""
    for line_number, row in enumerate(rows, head_line + 1):
        if row == _EMPTY:
            continue
        width = width or max(2, len(row))
        if len(row) != width:
            raise ExportError(
                "Line {line_number}: {line!r} does not have {columns} columns like the lines before it.",
                line_number=line_number,
                line="\t".join(row),
                columns=width,
            )
    return width


def _parts(path: Path, opening: str) -> Iterator[tuple[int, str, str]]:
    """Yield for each document the number of its first line, that line, and all other lines."""
    number, held = 1, ""
    with path.open(encoding="utf-8", newline="\n") as file:
        while more := file.read(max(_READ, len(held))):
            first, *others = (held + more).split(f"\n{opening}")
            *whole, held = first, *(opening + other for other in others)
            for part in whole:
                head, _, body = part.partition("\n")
                yield number, head, f"{body}\n"
                number += part.count("\n") + 1
    if held:
        head, _, body = held.partition("\n")
        yield number, head, body


def _in_two_columns(text: str, body: str) -> list[Entity] | None:
    """Return the entities of one document from all lines but its first, or None if anything is not as expected.

    Each line must be empty or hold a token and a tag. The tokens must be the text without its spaces, and one must end
    before each space. A few string operations check all of that; what differs is left to _entities().
    """
    tagged = [(match.start(), match[1]) for match in _TAGGED.finditer(body)]
    tokens = body.replace(_OUT, "\n").split("\n")
    if body.count(_OUT) + len(tagged) != len(tokens) - tokens.count("") or body.startswith("\t") or "\n\t" in body:
        return None
    runs: list[tuple[int, list[str]]] = []
    number, at, last = 0, 0, -2
    for place, tag in tagged:
        number += body.count("\n", at, place)
        at = place
        tokens[number] = tokens[number].removesuffix(f"\t{tag}")
        if not tag or "\t" in tag:
            return None
        if number != last + 1:
            runs.append((number, []))
        runs[-1][1].append(tag)
        last = number
    ends = list(accumulate(map(len, tokens)))
    places = _Places(text)
    if "".join(tokens) != places.joined or not places.chunk_ends <= set(ends):
        return None
    ends.append(0)  # the end of the token before the first: ends[-1]
    return [
        Entity(places.span(ends[first + start - 1], ends[first + end - 1]), label)
        for first, tags in runs
        for start, end, label in _decoded(tuple(tags))
    ]


def _entities(document: Document, text: str, rows: list[list[str]], head_line: int) -> Iterator[Entity]:
    """Yield the entities of one document from the cells of its lines; head_line is the number of the line before.

    Tokens and text are compared without their spaces. A token that covers a space of the text shows in its edges.
    """
    words = [row[0] for row in rows if row != _EMPTY]
    ends = [*accumulate(map(len, words)), 0]
    places = _Places(text)
    if not all(words) or "".join(words) != places.joined or not places.chunk_ends <= set(ends):
        raise _strange(document, text, rows, head_line)
    first, tags = 0, list[list[str]]()
    for row in (*rows, _EMPTY):
        if row != _EMPTY:
            tags.append(row[1:])
            continue
        for column in zip(*tags, strict=True):
            if any(tag != OUTSIDE for tag in column):
                for start, end, label in decode_iob2(column):
                    yield Entity(places.span(ends[first + start - 1], ends[first + end - 1]), label)
        first, tags = first + len(tags), []


class _Places:
    """Offsets in a text without its spaces, and back.

    joined is the text without spaces, chunk_ends the offsets in it where the text has spaces.
    """

    def __init__(self, text: str) -> None:
        chunks = text.split()
        self.joined = "".join(chunks)
        self._ends = list(accumulate(map(len, chunks)))
        self.chunk_ends = set(self._ends)
        self._gaps: list[int] | range = range(len(chunks))
        if len(text) != len(self.joined) + len(chunks) - 1:  # some spaces are runs
            starts = [0, *self._ends]
            self._gaps = [match.start() - start for match, start in zip(_CHUNK.finditer(text), starts, strict=False)]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the text for a start and end in the text without spaces."""
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, end)
        return Span(start + self._gaps[first], end + self._gaps[last])


def _strange(document: Document, text: str, rows: list[list[str]], head_line: int) -> ExportError:
    """Return the error for tokens that differ from the text: the first line that does not continue it."""
    cursor = 0
    for number, row in enumerate(rows, head_line + 1):
        token, line = row[0], "\t".join(row)
        match = _SPACES.match(text, cursor)
        start = match.end() if match else cursor
        if line and (not token or not text.startswith(token, start)):
            return ExportError(
                "Line {number}: {line!r} is not the next word of the document {document}.",
                number=number,
                line=line,
                document=document.id,
            )
        cursor = start + len(token) if line else cursor
    return ExportError(
        "Line {head_line}: the document {document} ends early, at character {cursor}.",
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
