"""Read an export back with the reader that would import it, and compare its texts with the documents."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.reader import Reader
from annotator.formats.base.record import Entity, Problem
from annotator.formats.base.writer import ReadBack

_SPACE = re.compile(r"\s")


def read_back(
    reader: Reader,
    path: Path,
    documents: Iterable[Document],
    *,
    without_debris: bool = False,
    annotators: bool = False,
    blank: bool = False,
) -> Iterator[ReadBack]:
    """Yield what the file holds of each document, in code points of the document's text.

    without_debris: the texts in the file lack the page debris. annotators: the file says who made each entity, and how.
    blank: it says where spaces are, but not which ones, and not those at the end. Raises ExportError if a document is
    missing, has another text, or has something that cannot be read.
    """
    with ExitStack() as stack:
        found = reader.read(path)
        if isinstance(found, Generator):
            stack.callback(found.close)
        is_empty = True
        for document in documents:
            record, is_empty = next(found, None), False
            if record is None:
                raise ExportError("The file ends before the document {document}.", document=document.id)
            if isinstance(record, Problem):
                raise ExportError("{place}: {problem}", place=record.place, problem=record.message)
            if record.annotation_problems:
                raise ExportError(
                    "{place}: annotation {misfit}.", place=record.place, misfit=record.annotation_problems[0]
                )
            kept = places_outside_debris(document) if without_debris else range(len(document.text))
            text = "".join(document.text[place] for place in kept) if without_debris else document.text
            same = _blank(record.text) == _blank(text) if blank else record.text == text
            if not same and (record.text or text.strip()):
                raise ExportError(
                    "{place}: the text differs from the document {document}.",
                    place=record.place,
                    document=document.id,
                )
            entities = (_moved(entity, kept) for entity in record.annotations)
            yield ReadBack(
                document.id,
                tuple(e if annotators else e._replace(annotator="", origin="") for e in entities),
                record.notes,
            )
        extra: Any = next(found, None)
        if extra is not None and not (is_empty and isinstance(extra, Problem)):  # a Problem for an empty file
            raise ExportError("{place}: more than was written.", place=extra.place)


def _blank(text: str) -> str:
    """Return a text with a plain space for each space, and none at the end."""
    return _SPACE.sub(" ", text).rstrip()


def places_outside_debris(document: Document) -> list[int]:
    """Return the offsets of the characters outside page debris, in code points."""
    debris = document.debris()
    return [place for place in range(len(document.text)) if not any(s.start <= place < s.end for s in debris)]


def _moved(entity: Entity, kept: range | list[int]) -> Entity:
    """Return the entity with its span in the whole text."""
    return entity._replace(span=Span(kept[entity.span.start], kept[entity.span.end - 1] + 1))
