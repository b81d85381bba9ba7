"""Reads a CoNLL file back and lays its tokens on the texts, sharing nothing with the code that wrote it but IOB2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.document import Document
from annotator.domain.iob import decode_iob2, ranges_to_spans
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import Entity, ReadBack

DOCUMENT = "# newdoc id = "


def read_back(path: Path, documents: Iterable[Document], *, include_debris: bool) -> Iterator[ReadBack]:
    """Yield the entities of each document, in code points of its text.

    The tokens must follow one another in the text with nothing between them but spaces and, unless
    it was included, debris. Raises ExportError where they do not, with the line.
    """
    waiting = iter(documents)
    aligner: _Aligner | None = None
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            place = f"{path.name}, line {number}"
            content = line.removesuffix("\n")
            if content.startswith(DOCUMENT):
                if aligner:
                    yield aligner.close(place)
                document = next(waiting, None)
                if document is None or document.id != content.removeprefix(DOCUMENT):
                    raise ExportError(f"{place}: this document is not the one that was written here.")
                aligner = _Aligner(document, include_debris)
            elif aligner is None:
                raise ExportError(f"{place}: the file does not begin with a document.")
            elif content:
                aligner.take(content, place)
            else:
                aligner.end_sentence()
    if aligner:
        yield aligner.close(f"{path.name}, at its end")
    if next(waiting, None) is not None:
        raise ExportError(f"{path.name} ends before its last document.")


class _Aligner:
    """Follows the tokens of one document through its text."""

    def __init__(self, document: Document, include_debris: bool) -> None:
        """Begin at the start of the document's text."""
        self._document = document
        self._debris = () if include_debris else document.debris()
        self._cursor = 0
        self._spans: list[Span] = []
        self._tags: list[str] = []
        self._entities: list[Entity] = []

    def take(self, line: str, place: str) -> None:
        """Take one line of a token; raises ExportError where the text goes on otherwise."""
        token, tab, tag = line.partition("\t")
        self._skip()
        if not token or not tab or not self._document.text.startswith(token, self._cursor):
            raise ExportError(f"{place}: {line!r} is not what the document {self._document.id} goes on with.")
        self._spans.append(Span(self._cursor, self._cursor + len(token)))
        self._tags.append(tag)
        self._cursor += len(token)

    def end_sentence(self) -> None:
        """Turn the tags of the sentence into entities."""
        found = ranges_to_spans(self._spans, decode_iob2(self._tags))
        self._entities += [Entity(span, label) for span, label in found]
        self._spans, self._tags = [], []

    def close(self, place: str) -> ReadBack:
        """Return what was found; raises ExportError where text is left over."""
        self.end_sentence()
        self._skip()
        if self._cursor < len(self._document.text):
            raise ExportError(f"{place}: the document {self._document.id} is cut short at character {self._cursor}.")
        return ReadBack(self._document.id, tuple(self._entities))

    def _skip(self) -> None:
        """Move over spaces and left-out debris."""
        text = self._document.text
        while self._cursor < len(text):
            debris = next((d for d in self._debris if d.start <= self._cursor < d.end), None)
            if debris:
                self._cursor = debris.end
            elif text[self._cursor].isspace():
                self._cursor += 1
            else:
                return
