"""What a writer leaves out before it begins: spans in page debris, and equal spans where nobody's name stands."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.writer import WriteOptions


def exclude_debris(annotated: AnnotatedDocument, options: WriteOptions) -> tuple[list[Annotation], list[Deviation]]:
    """Part the annotations to write from those that touch debris, each of which gets a remark.

    All of them are written where debris was asked for. The text is kept whole, so that no offset moves.
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
    """Part the annotations from those that are equal to one before, each of which gets a remark."""
    first: dict[tuple[Span, str], Annotation] = {}
    deviations: list[Deviation] = []
    for annotation in annotations:
        stands = first.setdefault((annotation.span, annotation.label), annotation)
        if stands is not annotation:
            deviations.append(Deviation(annotation, DeviationKind.ADAPTED, Reason.SAME_SPAN, annotation.span, stands))
    return list(first.values()), deviations
