"""The lines of export-report.json: one for each span or note that is not in the file as it was confirmed."""

from __future__ import annotations

from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.writer import WriteOptions
from annotator.services.exporting.lost_notes import NoteLoss

PSEUDONYM = "stand-in"
"""The reason code of a span that was widened because its edge lay inside a replaced name."""


def deviation_to_json(deviation: Deviation, document: Document, options: WriteOptions) -> dict[str, Any]:
    """Return the line of a span that the writer could not write as it was confirmed."""
    return {
        "document": document.id,
        "fate": deviation.kind.value,
        "reason": deviation.reason.value,
        "span": _annotation(deviation.annotation, document, options),
        "written": _span(deviation.written, document) if deviation.written else None,
        "because_of": _annotation(deviation.because, document, options) if deviation.because else None,
    }


def widened_to_json(annotation: Annotation, document: Document, options: WriteOptions) -> dict[str, Any]:
    """Return the line of a span that covers a whole pseudonym now.

    Where it was before cannot be said in the new text, so "span" and "written" have the same offsets.
    """
    return {
        "document": document.id,
        "fate": DeviationKind.ALTERED.value,
        "reason": PSEUDONYM,
        "span": _annotation(annotation, document, options),
        "written": _span(annotation.span, document),
        "because_of": None,
    }


def lost_note_to_json(note: Note, why: NoteLoss, annotated: AnnotatedDocument, options: WriteOptions) -> dict[str, Any]:
    """Return the line of a note; without its text if names are replaced, since it may hold them."""
    place = next((a for a in annotated.annotations if a.id == note.key), None)
    return {
        "document": annotated.document.id,
        "fate": DeviationKind.LEFT_OUT.value,
        "reason": "note",
        "because_of": why.value,
        "span": _span(place.span, annotated.document) if place else None,
        "note": None if why is NoteLoss.PSEUDONYMS else note.text,
        "doubtful": note.doubtful,
        "annotator": options.names.get(note.annotator, note.annotator),
    }


def _span(span: Span, document: Document) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(document.text)}


def _annotation(annotation: Annotation, document: Document, options: WriteOptions) -> dict[str, Any]:
    name = options.names.get(annotation.annotator, annotation.annotator)
    return _span(annotation.span, document) | {"label": annotation.label, "annotator": name}
