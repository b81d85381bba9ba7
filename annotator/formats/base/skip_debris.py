"""What a writer leaves out before it begins: spans in page debris, and equal spans where nobody's name stands."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.formats.base.remark import Fate, Reason, Remark
from annotator.formats.base.writer import WriteOptions


def annotations_outside_debris(
    annotated: AnnotatedDocument, options: WriteOptions
) -> tuple[list[Annotation], list[Remark]]:
    """Part the annotations to write from those that touch debris, each of which gets a remark.

    All of them are written where debris was asked for. The text is kept whole, so that no offset moves.
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


def each_once(annotations: Iterable[Annotation]) -> tuple[list[Annotation], list[Remark]]:
    """Part the annotations from those that are equal to one before, each of which gets a remark."""
    first: dict[tuple[Span, str], Annotation] = {}
    remarks: list[Remark] = []
    for annotation in annotations:
        stands = first.setdefault((annotation.span, annotation.label), annotation)
        if stands is not annotation:
            remarks.append(Remark(annotation, Fate.ADAPTED, Reason.SAME_SPAN, annotation.span, stands))
    return list(first.values()), remarks
