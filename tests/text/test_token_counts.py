"""Tokens for statistics: debris does not count, and a span counts every token that it touches."""

from __future__ import annotations

from hypothesis import given

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.span import Span
from annotator.text.token_counts import content_tokens, count_touched
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents


def test_debris_counts_only_where_it_is_asked_for() -> None:
    document = marked("قال محمد.\n⟦debris|شارك عبر واتساب⟧").document
    assert [token.text for token in content_tokens(document)] == ["قال", "محمد", "."]
    assert len(content_tokens(document, include_debris=True)) == 6


def test_a_span_touches_the_words_it_lies_in_even_in_part() -> None:
    tokens = content_tokens(marked("في وديالى هدوء").document)
    assert count_touched(tokens, Span(4, 9)) == 1
    assert count_touched(tokens, Span(4, 11)) == 2
    assert count_touched(tokens, Span(2, 3)) == 0


@given(annotated_documents())
def test_touched_tokens_are_those_that_share_a_character(annotated: AnnotatedDocument) -> None:
    tokens = content_tokens(annotated.document)
    for annotation in annotated.annotations:
        assert count_touched(tokens, annotation.span) == sum(token.span.overlaps(annotation.span) for token in tokens)
