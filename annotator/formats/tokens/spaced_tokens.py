"""Tokens for spaCy and Prodigy: the tokens and the single spaces after them are the whole text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.formats.tokens.flatten import cut
from annotator.text.tokenizer import tokenize


@dataclass(frozen=True, slots=True)
class SpacedToken:
    """A token, and whether it is followed by one space that is not part of another token."""

    start: int
    end: int
    text: str
    is_spaced: bool


def spaced_tokens(text: str, spans: Iterable[Span]) -> list[SpacedToken]:
    """Return the tokens, cut so that each span begins where a token begins and ends where one ends.

    Spaces beyond the single one after a token, and those at the edge of a span, are tokens themselves.
    """
    edges = {edge for span in spans for edge in (span.start, span.end)}
    shut = {place for span in spans for place in (span.start, span.end - 1)}  # spaces here must be tokens
    words = cut(tokenize(text), edges)
    pieces: list[Token] = []
    at = 0
    for word in [*words, Token(len(text), len(text) + 1, "")]:
        pieces += _spaces(text, at, word.start, edges, shut, bool(pieces))
        pieces.append(word)
        at = word.end
    pieces.pop()
    following = [*(piece.start for piece in pieces), len(text)][1:]
    return [SpacedToken(*p, is_spaced=end > p.end) for p, end in zip(pieces, following, strict=True)]


def _spaces(text: str, start: int, end: int, edges: set[int], shut: set[int], is_behind: bool) -> list[Token]:
    """Return the tokens of the spaces between two words, without the single space of the word before."""
    if is_behind and start < end and text[start] == " " and start not in shut:
        start += 1
    inner = [start, *(place for place in range(start + 1, end) if place in edges), end]
    return [Token(a, b, text[a:b]) for a, b in pairwise(inner) if a < b]
