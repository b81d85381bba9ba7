"""The literal text that every match of a regular expression contains, for a search index.

Example: matches of "رئيس .* العراق" contain "رئيس " and " العراق". Matches of "بغداد|دمشق" share nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]  # there is no public way to read an expression
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from annotator.text.normalise import normalise_key, normalise_words

_BREAK = ""


def required_literals(pattern: str) -> list[str]:
    """Return normalised strings that occur in every text in which the expression matches.

    Return an empty list if there are none, or if Python's re cannot parse the expression.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return []
    pieces = list(_pieces(parsed, cased=not parsed.state.flags & re.IGNORECASE))
    if "{" in pieces:  # In the regex package it can begin fuzzy matching.
        return []
    runs = "".join(piece or "\0" for piece in pieces).split("\0")
    return [words for run in runs if (words := normalise_words(run)).strip()]


def _pieces(parsed: Iterable[Any], *, cased: bool) -> Iterator[str]:
    """Yield adjacent letters, and _BREAK where something unknown can be in between."""
    for kind, value in parsed:
        if kind is op.LITERAL:
            yield _letter(value, cased)
        elif kind is op.IN:
            yield _one_of(value, cased)
        elif kind is op.SUBPATTERN:
            _, added, _, inner = value
            yield from _pieces(inner, cased=cased and not added & re.IGNORECASE)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
            yield _BREAK
            yield from _pieces(value[2], cased=cased)
            yield _BREAK
        elif kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            yield _BREAK


def _letter(code_point: int, cased: bool) -> str:
    """Return a letter that must occur; _BREAK if its other case matches too."""
    char = chr(code_point)
    return char if char != "\0" and (cased or char.lower() == char.upper()) else _BREAK


def _one_of(members: Iterable[Any], cased: bool) -> str:
    """Return one letter of a character class if all have the same normal form, as in [ةه], and else _BREAK."""
    letters = {_letter(value, cased) if kind is op.LITERAL else _BREAK for kind, value in members}
    if _BREAK in letters:
        return _BREAK
    keys = {normalise_key(letter) for letter in letters}
    return letters.pop() if len(keys) == 1 else _BREAK
