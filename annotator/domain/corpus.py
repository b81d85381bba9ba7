"""A document together with what was confirmed in it: what writers write."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.annotation import Annotation
from annotator.domain.document import Document


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document and its confirmed annotations, ordered by start, then longest first, then id."""

    document: Document
    annotations: tuple[Annotation, ...] = ()
