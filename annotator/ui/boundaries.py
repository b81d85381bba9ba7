"""Where the edge of a span goes next: by word or by character, without splitting a letter from its marks."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum

from annotator.domain.document import Token
from annotator.domain.span import Span


class Unit(Enum):
    """How far one step goes."""

    WORD = "word"
    CHARACTER = "character"


class Edge(Enum):
    """Which end of a span is meant: where reading begins, or where it ends."""

    START = "start"
    END = "end"


def move_edge(span: Span, edge: Edge, unit: Unit, *, forward: bool, text: str, tokens: Sequence[Token]) -> Span | None:
    """Return the span with one edge a step further on or back; None where no such span exists."""
    here = span.start if edge is Edge.START else span.end
    there = _step(here, edge, unit, forward=forward, text=text, tokens=tokens)
    if there is None:
        return None
    start, end = (there, span.end) if edge is Edge.START else (span.start, there)
    return Span(start, end) if start < end else None


def next_place(position: int, unit: Unit, *, forward: bool, text: str, tokens: Sequence[Token]) -> Span | None:
    """Return the word (or character) that follows or precedes a position in code points; marks are passed over."""
    if unit is Unit.CHARACTER:
        there = _character(position, forward=forward, text=text)
        if there is None:
            return None
        return Span(min(position, there), max(position, there))
    if forward:
        index = bisect_left(tokens, position, key=lambda token: token.span.start)
        candidates = (tokens[i] for i in range(index, len(tokens)))
    else:
        index = bisect_right(tokens, position, key=lambda token: token.span.end)
        candidates = (tokens[i] for i in range(index - 1, -1, -1))
    return next((token.span for token in candidates if any(map(str.isalnum, token.text))), None)


def _step(here: int, edge: Edge, unit: Unit, *, forward: bool, text: str, tokens: Sequence[Token]) -> int | None:
    """Return the next position for an edge that stands at a position."""
    if unit is Unit.CHARACTER:
        return _character(here, forward=forward, text=text)

    def place(token: Token) -> int:
        """Return the token's edge of the same side."""
        return token.span.start if edge is Edge.START else token.span.end

    index = bisect_right(tokens, here, key=place) if forward else bisect_left(tokens, here, key=place) - 1
    return place(tokens[index]) if 0 <= index < len(tokens) else None


def _character(here: int, *, forward: bool, text: str) -> int | None:
    """Return the next position that has a whole letter, with its marks, on either side."""
    there = here + 1 if forward else here - 1
    while 0 < there < len(text) and unicodedata.category(text[there]) in ("Mn", "Me", "Cf"):
        there += 1 if forward else -1
    return there if 0 <= there <= len(text) else None
