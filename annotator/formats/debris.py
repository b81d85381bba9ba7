"""Page debris at export: the text is kept whole so that no offset moves, and spans in debris stay out."""

from __future__ import annotations

from annotator.domain.annotation import Annotation
from annotator.domain.corpus import AnnotatedDocument
from annotator.formats.registry import Fate, Reason, Remark, WriteOptions


def annotations_outside_debris(
    annotated: AnnotatedDocument, options: WriteOptions
) -> tuple[list[Annotation], list[Remark]]:
    """Part the annotations to write from those that touch debris, each of which gets a remark.

    All of them are written where debris was asked for.
    """
    debris = () if options.include_debris else annotated.document.debris()
    kept: list[Annotation] = []
    remarks: list[Remark] = []
    for annotation in annotated.annotations:
        if any(annotation.span.overlaps(span) for span in debris):
            remarks.append(Remark(annotation, Fate.LEFT_OUT, Reason.DEBRIS))
        else:
            kept.append(annotation)
    return kept, remarks
