"""Tokens of figures: debris does not count, and a span counts every token that it touches."""

from __future__ import annotations

from hypothesis import given

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.span import Span
from annotator.text.counting import counted_tokens, touched
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents


def test_debris_counts_only_where_it_is_asked_for() -> None:
    document = marked("قال محمد.\n⟦debris|شارك عبر واتساب⟧").document
    assert [token.text for token in counted_tokens(document)] == ["قال", "محمد", "."]
    assert len(counted_tokens(document, include_debris=True)) == 6


def test_a_span_touches_the_words_it_lies_in_even_in_part() -> None:
    tokens = counted_tokens(marked("في وديالى هدوء").document)
    assert touched(tokens, Span(4, 9)) == 1
    assert touched(tokens, Span(4, 11)) == 2
    assert touched(tokens, Span(2, 3)) == 0


@given(annotated_documents())
def test_touched_tokens_are_those_that_share_a_character(annotated: AnnotatedDocument) -> None:
    tokens = counted_tokens(annotated.document)
    for annotation in annotated.annotations:
        assert touched(tokens, annotation.span) == sum(token.span.overlaps(annotation.span) for token in tokens)
