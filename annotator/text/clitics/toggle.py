"""Excluding the clitic at the edge of a span and including it again: وديالى and ديالى, قيادتهم and قيادت."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.clitics.rule import name_start
from annotator.text.clitics.score import CONJUNCTIONS, SECOND
from annotator.text.normalise import normalise_key

_BEFORE_NOUNS = SECOND - {"س"}
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك", "ي")
"""The pronouns written onto a noun, longest first."""
_LETTERS_OF_A_STEM = 3


@lru_cache(maxsize=1 << 14)
def proclitic_choices(word: str, previous: str = "", following: str = "") -> tuple[int, ...]:
    """Return how many code points at the start of a word can be excluded from a name, the likeliest number first.

    The article does not count, nor does س, which occurs before verbs only. previous and following are the
    words around it.
    """
    lengths, key = proclitic_lengths(word), normalise_key(word)
    found = []
    if len(lengths) > 1 and key[:1] in CONJUNCTIONS | _BEFORE_NOUNS:
        found.append(lengths[1])
        if len(lengths) > 2 and key[0] in CONJUNCTIONS and key[1:2] in _BEFORE_NOUNS:
            found.append(lengths[2])
    likely = name_start(word, OUTSIDE, previous, following) if found else 0
    return tuple(sorted(found, key=lambda length: (length != likely, length)))


def toggle_proclitic(span: Span, tokens: Sequence[Token]) -> Span | None:
    """Return the span with its start moved to the next possible clitic boundary of its first word.

    Repeated calls cycle from the start of the word to the boundary after the likeliest clitics, to the others, and
    back. tokens are those of the whole text. Return None if there is no other boundary within the span.
    """
    places = [place for place in _possible_starts(span.start, tokens) if place < span.end]
    if len(places) < 2:
        return None
    at = places.index(span.start) if span.start in places else -1
    return Span(places[(at + 1) % len(places)], span.end)


def toggle_pronoun(span: Span, tokens: Sequence[Token]) -> Span | None:
    """Return the span with its end before the pronoun of its last word, or after it if it is there already.

    The longest possible pronoun counts, and whether the letters really are one is not judged. At least three letters
    remain for the stem. Return None if the word ends in no pronoun, or the span would be empty.
    """
    places = _possible_ends(span.end, tokens)
    if len(places) < 2:
        return None
    end = places[0] if span.end == places[1] else places[1]
    return Span(span.start, end) if span.start < end else None


def differ_by_clitics(first: Span, second: Span, tokens: Sequence[Token]) -> bool:
    """Return True if two different spans become equal by including or excluding clitics.

    That are the clitics that toggle_proclitic() and toggle_pronoun() find: وديالى and ديالى, or قيادتهم and قيادت.
    tokens are those of the whole text.
    """
    return (
        first != second
        and first.overlaps(second)
        and (first.start == second.start or {first.start, second.start} <= {*_possible_starts(first.start, tokens)})
        and (first.end == second.end or {first.end, second.end} <= {*_possible_ends(first.end, tokens)})
    )


def _possible_starts(start: int, tokens: Sequence[Token]) -> list[int]:
    """Return where a span can begin in the word around an offset: at its start, then after its clitics."""
    number = bisect_right(tokens, start, key=itemgetter(0)) - 1
    if number < 0 or not start < tokens[number].end:
        return []
    word = tokens[number]
    previous = tokens[number - 1].text if number else ""
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    return [word.start + length for length in (0, *proclitic_choices(word.text, previous, following))]


def _possible_ends(end: int, tokens: Sequence[Token]) -> list[int]:
    """Return where a span can end in the word before an offset: at its end, then before the longest pronoun."""
    number = bisect_right(tokens, end - 1, key=itemgetter(0)) - 1
    if number < 0 or not end <= tokens[number].end:
        return []
    word = tokens[number]
    letters = [(place, char) for place, char in enumerate(word.text, word.start) if char.isalpha()]
    plain = "".join(char for _, char in letters)
    for pronoun in _PRONOUNS:
        if plain.endswith(pronoun) and len(plain) - len(pronoun) >= _LETTERS_OF_A_STEM:
            return [word.end, letters[len(plain) - len(pronoun)][0]]
    return [word.end]
