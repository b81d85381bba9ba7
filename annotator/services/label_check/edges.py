"""Spans with a space or punctuation mark at the edge, and spans that cut a word."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix
from annotator.domain.model.span import Span
from annotator.services.label_check.labelled_document import LabelledDocument, NamedSpan, trimmed
from annotator.services.label_check.rule import MOST_PLACES
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.clitics.toggle import toggle_pronoun

_MARK = 0.97
_CUT = 0.9


class Edges:
    """A space or punctuation mark at the edge of a span, or a part of a word that is no clitic left outside.

    Quotation marks in pairs are a habit, and have a rule of their own.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, str, float], list[CasePlace]] = {}

    def count(self, document: LabelledDocument) -> None:
        """Count nothing."""

    def collect(self, document: LabelledDocument) -> None:
        """Take the spans with such an edge."""
        for named in document.names:
            inner, score = trimmed(document.text, named.span, pairs=False), _MARK
            if inner == named.span:
                inner, score = _whole_words(document, named), _CUT
            if inner == named.span:
                continue
            places = self._places.setdefault((" ".join(inner.of(document.text).split()), named.label, score), [])
            if len(places) < MOST_PLACES:
                places.append(CasePlace(document.document.id, named.span, named.label, Fix(inner, named.label)))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name."""
        for (name, label, score), places in self._places.items():
            yield Case(CaseKind.EDGE, name, (label,), tuple(places), score)


def _whole_words(document: LabelledDocument, named: NamedSpan) -> Span:
    """Return the span of an annotation without cut words: those of which it leaves out more than clitics."""
    start, end = named.span
    words = document.words(named.span)
    if not words:
        return named.span
    first, last = words[0], words[-1]
    if start - first.start not in proclitic_lengths(first.text) and _has_letters(first.text[: start - first.start]):
        start = first.start
    rest = last.text[end - last.start :]
    if _has_letters(rest) and toggle_pronoun(Span(last.start, last.end), [last]) != Span(last.start, end):
        end = last.end
    return Span(start, end)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)
