"""The tokens of a document that statistics count, and how many of them a span touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.text.tokenizer import tokenize


def content_tokens(document: Document, include_debris: bool = False) -> list[Token]:
    """Return the tokens of a document; those of page debris only with include_debris."""
    tokens, debris = tokenize(document.text), document.debris()
    if include_debris or not debris:
        return tokens
    return [token for token in tokens if not any(d.start < token.end and token.start < d.end for d in debris)]


def count_touched(tokens: Sequence[Token], span: Span) -> int:
    """Return how many tokens, given in text order, share a code point with a span."""
    first = bisect_right(tokens, span.start, key=lambda token: token.end)
    return bisect_left(tokens, span.end, key=lambda token: token.start) - first
