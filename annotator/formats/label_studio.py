"""Label Studio: a JSON array of tasks, with one annotation for each annotator, for the labels of a Text tag.

Its labelling configuration must call the text "text" and the labels "label". Offsets are code points, which is what its
editor stores. Who made a region and how stands in the region's meta, because completed_by must name a user of the
server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from annotator.domain.annotation import Annotation
from annotator.domain.document import Document
from annotator.formats.json_objects import ObjectWriter
from annotator.formats.read_json import JsonReader
from annotator.formats.registry import ReadBack, WriteOptions
from annotator.formats.reread import read_back


class LabelStudioWriter(ObjectWriter):
    """Writes tasks, a task a line."""

    name = "label-studio"
    suffix = ".json"
    opening, between, closing = "[\n", ",\n", "]\n"

    def to_object(self, document: Document, annotations: Sequence[Annotation], options: WriteOptions) -> dict[str, Any]:
        """Return the task that stands for a document."""
        numbers = count(1)
        results: dict[str, list[dict[str, Any]]] = {}
        for annotation in annotations:
            who = options.names.get(annotation.annotator, annotation.annotator)
            region = _region(document, annotation, who, f"{document.id[:8]}-{next(numbers)}")
            results.setdefault(annotation.annotator, []).append(region)
        data = {"id": document.id, "text": document.text, "title": document.title, "source": document.source}
        data |= {"date": document.date.isoformat()} if document.date else {}
        return {"data": data, "annotations": [{"result": result} for result in results.values()], "predictions": []}

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document; raises ExportError where it does not fit."""
        return read_back(JsonReader(), path, documents, annotators=True)


def _region(document: Document, annotation: Annotation, who: str, region_id: str) -> dict[str, Any]:
    """Return the result that stands for an annotation."""
    span = annotation.span
    return {
        "id": region_id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": span.of(document.text), "labels": [annotation.label]},
        "meta": {"annotator": who, "origin": str(annotation.origin)},
    }
