"""What a writer leaves out before it begins: spans in page debris, and duplicates where the file names no annotator."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.writer import WriteOptions


def exclude_debris(annotated: AnnotatedDocument, options: WriteOptions) -> tuple[list[Annotation], list[Deviation]]:
    """Return the annotations to write, and a deviation for each one that touches page debris.

    All are written if debris is included. The text stays whole, so no offset moves.
    """
    debris = () if options.include_debris else annotated.document.debris()
    kept: list[Annotation] = []
    deviations: list[Deviation] = []
    for annotation in annotated.annotations:
        if any(annotation.span.overlaps(span) for span in debris):
            deviations.append(Deviation(annotation, DeviationKind.LEFT_OUT, Reason.DEBRIS))
        else:
            kept.append(annotation)
    return kept, deviations


def exclude_duplicates(annotations: Iterable[Annotation]) -> tuple[list[Annotation], list[Deviation]]:
    """Return the annotations without duplicates, and a deviation for each one that equals an earlier one."""
    first: dict[tuple[Span, str], Annotation] = {}
    deviations: list[Deviation] = []
    for annotation in annotations:
        equal = first.setdefault((annotation.span, annotation.label), annotation)
        if equal is not annotation:
            deviations.append(Deviation(annotation, DeviationKind.ADAPTED, Reason.SAME_SPAN, annotation.span, equal))
    return list(first.values()), deviations
