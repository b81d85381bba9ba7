"""Label Studio: a JSON array of tasks, with one annotation per annotator, for the labels of a Text tag.

Its labelling configuration must call the text "text" and the labels "label". Offsets are code points, as its editor
stores them. The annotator and origin of a region are in its meta, because completed_by must be a user of the server.
Its note is there too, and Label Studio shows it with the region. Notes on a document are in the task's meta. Undecided
suggestions are predictions, one per suggester.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document
from annotator.formats.base.note_fields import document_notes, note_to_json, notes_to_json
from annotator.formats.base.read_back import read_back
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.object_writer import ObjectWriter
from annotator.formats.json.reader import JsonReader
from annotator.formats.json.spans import suggested


class LabelStudioWriter(ObjectWriter):
    """Writes one task per line."""

    name = "label-studio"
    suffix = ".json"
    holds_suggestions = True
    opening, between, closing = "[\n", ",\n", "]\n"

    def to_object(
        self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions
    ) -> dict[str, Any]:
        """Return the task of a document."""
        document = annotated.document
        numbers = count(1)
        results: dict[str, list[dict[str, Any]]] = {}
        predicted: dict[str, list[dict[str, Any]]] = {}
        for annotation in annotations:
            who = options.names.get(annotation.annotator, annotation.annotator)
            region = _region(annotated, annotation, who, f"{document.id[:8]}-{next(numbers)}")
            if annotation.origin.kind is OriginKind.SUGGESTION:
                predicted.setdefault(annotation.origin.suggester, []).append(
                    region | {"score": annotation.origin.score}
                )
            else:
                results.setdefault(annotation.annotator, []).append(region)
        data = {"id": document.id, "text": document.text, "title": document.title, "source": document.source}
        data |= {"date": document.date.isoformat()} if document.date else {}
        notes = notes_to_json(document_notes(annotated, options))
        task = {
            "data": data,
            "annotations": [{"result": result} for result in results.values()],
            "predictions": [{"model_version": name, "result": result} for name, result in predicted.items()],
        }
        return task | ({"meta": notes} if notes else {})

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(JsonReader(), path, documents, annotators=True)


def _region(annotated: AnnotatedDocument, annotation: Annotation, who: str, region_id: str) -> dict[str, Any]:
    span, text = annotation.span, annotated.document.text
    noted = note_to_json(annotated.note_on(annotation.id))
    shown = {"text": [noted["note"]]} if "note" in noted else {}
    return {
        "id": region_id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": span.of(text), "labels": [annotation.label]},
        "meta": {"annotator": who, "origin": str(annotation.origin), **suggested(annotation.origin), **noted, **shown},
    }
