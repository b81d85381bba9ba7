"""Moving a boundary of a span by words or by characters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span

Edge = Literal["start", "end"]
Unit = Literal["word", "char"]

_JOINERS = "\u200c\u200d"


def move_edge(span: Span, edge: Edge, step: int, unit: Unit, text: str, tokens: Sequence[Token]) -> Span | None:
    """Return the span with one edge moved by step words or characters, forward in the text if step is positive.

    By word, a start moves to starts of tokens and an end to ends of tokens. By character, harakat and joiners move with
    their letter, so that an edge is never between a letter and its marks. Return None if the edge would leave the text,
    or if the span would be empty.
    """
    place = span.start if edge == "start" else span.end
    sign = 1 if step > 0 else -1
    for _ in range(abs(step)):
        found = _next_word_edge(place, edge, sign, tokens) if unit == "word" else _next_character(place, sign, text)
        if found is None:
            return None
        place = found
    start, end = (place, span.end) if edge == "start" else (span.start, place)
    return Span(start, end) if start < end else None


def _next_word_edge(place: int, edge: Edge, sign: int, tokens: Sequence[Token]) -> int | None:
    """Return the next start or end of a token in the direction of sign, or None."""

    def edge_of(token: Token) -> int:
        return token.start if edge == "start" else token.end

    i = bisect_right(tokens, place, key=edge_of) if sign > 0 else bisect_left(tokens, place, key=edge_of) - 1
    return edge_of(tokens[i]) if 0 <= i < len(tokens) else None


def _next_character(place: int, sign: int, text: str) -> int | None:
    """Return the next position between two characters with their marks, or None at the end of the text."""
    place += sign
    while 0 < place < len(text) and (unicodedata.combining(text[place]) or text[place] in _JOINERS):
        place += sign
    return place if 0 <= place <= len(text) else None
