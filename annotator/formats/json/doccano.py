"""doccano: JSON Lines with id, text and label, a list of [start, end, label].

doccano counts UTF-16 units, as JavaScript does, unless its project counts grapheme clusters. So do these files, and the
field offset_unit says so. doccano keeps it as metadata and exports it again, as it does with notes on the document and
with span_notes, a list of [start, end, label, text, doubtful]. Its own comments are not imported. Every line has all
fields: if some lines lacked one, doccano would write NaN and fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.formats.base.note_fields import NOTES, document_notes, entity_notes, notes_to_json
from annotator.formats.base.read_back import read_back
from annotator.formats.base.utf16 import Utf16
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.object_writer import ObjectWriter
from annotator.formats.json.reader import JsonLinesReader
from annotator.formats.json.spans import OFFSET_UNIT, SPAN_NOTES, UTF_16
from annotator.formats.suffixes import SUFFIXES


class DoccanoReader(JsonLinesReader):
    """Reads what doccano exports, with or without relations, in UTF-16 units. It must be named."""

    name = "doccano"
    suffixes = SUFFIXES[name]
    taken_for_granted = {OFFSET_UNIT: UTF_16}  # noqa: RUF012 - nobody writes to it


class DoccanoWriter(ObjectWriter):
    """Writes JSONL for a sequence labelling project of doccano, which must allow overlapping spans."""

    name = "doccano"
    suffix = ".jsonl"
    holds_annotators = False

    def to_object(
        self,
        annotated: AnnotatedDocument,
        annotations: Sequence[Annotation],
        options: WriteOptions,
    ) -> dict[str, Any]:
        """Return the object of a document."""
        document, units = annotated.document, Utf16(annotated.document.text)
        noted = entity_notes(annotated, ())
        label = [[units.unit(a.span.start), units.unit(a.span.end), a.label] for a in annotations]
        notes = [
            [*place, *noted[a.span, a.label]]
            for place, a in zip(label, annotations, strict=True)
            if any(noted[a.span, a.label])
        ]
        record = {"id": document.id, "text": document.text, OFFSET_UNIT: UTF_16, "label": label, SPAN_NOTES: notes}
        return record | {NOTES: [], **notes_to_json(document_notes(annotated, options, named=False))}

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(DoccanoReader(), path, documents)
