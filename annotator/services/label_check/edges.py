"""Spans with a space or punctuation mark at the edge, and spans that cut a word."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix
from annotator.services.label_check.labelled_document import QUOTATION_MARKS, LabelledDocument, trimmed
from annotator.services.label_check.rule import MOST_PLACES

_SCORE = 0.97


class Edges:
    """A space or punctuation mark at the edge of a span. Quotation marks in pairs are a habit, and have a rule."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[CasePlace]] = {}

    def count(self, document: LabelledDocument) -> None:
        """Count nothing."""

    def collect(self, document: LabelledDocument) -> None:
        """Take the spans with such an edge."""
        for named in document.names:
            span, text = named.span, document.text
            inner = trimmed(text, span)
            if inner == span or (_is_quoted(text[span.start], text[span.end - 1])):
                continue
            places = self._places.setdefault((inner.of(text), named.label), [])
            if len(places) < MOST_PLACES:
                places.append(CasePlace(document.document.id, span, named.label, Fix(inner, named.label)))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name."""
        for (name, label), places in self._places.items():
            yield Case(CaseKind.EDGE, name, (label,), tuple(places), _SCORE)


def _is_quoted(first: str, last: str) -> bool:
    return first in QUOTATION_MARKS and last in QUOTATION_MARKS
