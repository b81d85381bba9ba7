"""Prodigy: JSON Lines with text, tokens and spans, in code points, each span on whole tokens.

Tokens are cut where a span begins or ends, so each span is exact. Annotator, origin, notes and flags are fields that
Prodigy ignores and exports again. (Its own meta is for plain values, which it shows in a corner.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.formats.base.note_fields import document_notes, note_to_json, notes_to_json
from annotator.formats.base.read_back import read_back
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.object_writer import ObjectWriter
from annotator.formats.json.reader import JsonLinesReader
from annotator.formats.json.spans import suggested
from annotator.formats.tokens.spaced_tokens import spaced_tokens


class ProdigyWriter(ObjectWriter):
    """Writes examples answered "accept". Overlapping spans are for the recipe spans.manual."""

    name = "prodigy"
    suffix = ".jsonl"
    holds_suggestions = True

    def to_object(
        self, annotated: AnnotatedDocument, annotations: Sequence[Annotation], options: WriteOptions
    ) -> dict[str, Any]:
        """Return the example of a document."""
        document = annotated.document
        tokens = spaced_tokens(document.text, [a.span for a in annotations])
        starts = {token.start: number for number, token in enumerate(tokens)}
        ends = {token.end: number for number, token in enumerate(tokens)}
        return {
            "text": document.text,
            "id": document.id,
            "tokens": [
                {"text": t.text, "start": t.start, "end": t.end, "id": number, "ws": t.is_spaced}
                for number, t in enumerate(tokens)
            ],
            "spans": [
                {
                    "start": a.span.start,
                    "end": a.span.end,
                    "token_start": starts[a.span.start],
                    "token_end": ends[a.span.end],
                    "label": a.label,
                    "annotator": options.names.get(a.annotator, a.annotator),
                    "origin": str(a.origin),
                    **suggested(a.origin),
                    **note_to_json(annotated.note_on(a.id)),
                }
                for a in annotations
            ],
            **notes_to_json(document_notes(annotated, options)),
            "answer": "accept",
        }

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(JsonLinesReader(), path, documents, annotators=True)
