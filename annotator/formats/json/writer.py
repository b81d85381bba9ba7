"""JSON and JSON Lines: one object per document, exact to the character.

The keys are id, text, title, date, source, regions, spans and, if there are any, notes. start and end are code points,
half-open. An undecided suggestion has the origin "suggestion:" with its suggester, no annotator, and the keys suggester
and score. The text is whole even if debris is left out, so that no offset moves: the regions say where the debris is,
and no span is in it. "json" is one array with an object per line, written one by one; "jsonl" is the objects alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document, Region
from annotator.formats.base.note_fields import document_notes, note_to_json, notes_to_json
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.object_writer import ObjectWriter
from annotator.formats.json.read_back import lines_of_array, read_back
from annotator.formats.json.spans import suggested

_quoted = json.JSONEncoder(ensure_ascii=False).encode
_quoted_name = lru_cache(maxsize=4096)(_quoted)


class JsonlWriter(ObjectWriter):
    """Writes one object per line."""

    name = "jsonl"
    suffix = ".jsonl"
    holds_suggestions = True

    def to_object(
        self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions
    ) -> dict[str, Any]:
        """Return the object of a document."""
        return document_to_json(annotated, annotations, options)

    def to_line(self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions) -> str:
        """Return the object as JSON. Its spans are formatted here, which takes a quarter of the time.

        The bytes are those of json.dumps(), with a space after each comma and colon; orjson has no such format. A
        document with notes or suggestions is left to the base class.
        """
        if annotated.notes or any(annotation.origin.kind is OriginKind.SUGGESTION for annotation in annotations):
            return super().to_line(annotated, annotations, options)
        head = super().to_line(annotated, (), options).removesuffix("]}")
        text, names = annotated.document.text, options.names
        spans = [
            f'{{"start": {start}, "end": {end}, "label": {_quoted_name(label)}, "text": {_quoted(text[start:end])}, '
            f'"annotator": {_quoted_name(names.get(annotator, annotator))}, "origin": {_quoted_name(str(origin))}}}'
            for _, (start, end), label, annotator, origin in annotations
        ]
        return f"{head}{', '.join(spans)}]}}"

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from read_back(file, path.name, documents)


class JsonWriter(JsonlWriter):
    """Writes one array, an object per line."""

    name = "json"
    suffix = ".json"
    opening, between, closing = "[\n", ",\n", "]\n"

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the array holds of each document. Raises ExportError if it does not match."""
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from read_back(lines_of_array(file, path.name), path.name, documents)


def document_to_json(
    annotated: AnnotatedDocument, annotations: Iterable[Annotation], options: WriteOptions
) -> dict[str, Any]:
    """Return the object of a document with these of its annotations.

    Annotators have the names in options.names. Fields for notes are there only if there are notes.
    """
    document = annotated.document
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "source": document.source,
        "regions": [region_to_json(region) for region in document.regions],
        "spans": [
            {
                "start": annotation.span.start,
                "end": annotation.span.end,
                "label": annotation.label,
                "text": annotation.span.of(document.text),
                "annotator": options.names.get(annotation.annotator, annotation.annotator),
                "origin": str(annotation.origin),
                **suggested(annotation.origin),
                **note_to_json(annotated.note_on(annotation.id)),
            }
            for annotation in annotations
        ],
        **notes_to_json(document_notes(annotated, options)),
    }


def region_to_json(region: Region) -> dict[str, Any]:
    """Return the object of a region of the page."""
    return {"start": region.span.start, "end": region.span.end, "kind": region.kind.value, "value": region.value}
