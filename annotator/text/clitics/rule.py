"""The one rule that tells a clitic from a word's own first letter: و in وديالى, and in واشنطن.

A word is read letter by letter: و or ف, then one of ب, ك, ل, س. Each is taken for a clitic where more speaks for it
than against: the word itself (annotator.text.clitics.score), the words beside it, names that the caller knows, and
CAMeL's morphology where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from annotator.domain.tagset.tagset import OUTSIDE
from annotator.text.characters import JOINERS
from annotator.text.clitics.morphology import clitic_letters, installed_analyser
from annotator.text.clitics.proclitics import proclitic_lengths
from annotator.text.clitics.score import CONJUNCTIONS, FIRST, SECOND, proclitic_score, stem_spellings
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import first_pairs_of_names

_GIVEN = 3.0
"""A name of the caller's behind the letter, or with it."""
_PAIR = 5.0
"""A bundled name of several words behind the letter, or with it."""
_GOVERNED = -4.0
_JOINED = 2.0
"""A tatweel behind the letter: لـ"العربي"."""
_WITHOUT_HAMZA = -5.0
_MORPHOLOGY = 4.0

_GOVERNORS = frozenset(
    map(
        normalise_key,
        (
            *("في", "من", "إلى", "على", "عن", "بن", "ابن", "بنت", "أبو", "أبي", "أم", "آل", "عبد"),
            *("مدينة", "محافظة", "بلدة", "قضاء", "قرية", "مخيم"),
        ),
    )
)
"""Words that want a noun at once, so that the next word begins with no clitic."""

_WITH_HAMZA = frozenset(
    map(normalise_key, ("أن", "إن", "أنه", "إنه", "أنها", "إنها", "أي", "أو", "أم", "إلى", "إذا", "أما", "إلا"))
)
"""Particles whose hamza is rarely left out, so that بان is a name rather than بأن."""


def clitic_length(word: str, before: str = "", behind: str = "", known: Callable[[str], bool] | None = None) -> int:
    """Return how many code points at the start of a word in a text are clitics, their marks and tatweel included.

    The article is none: 1 in والعراق, and 1 in للعراق. before and behind are the words beside it in the same sentence,
    if any; known tells, by its key (annotator.text.normalise.normalise_key), whether a word is a name of the caller's.
    """
    return _length(word, _governs(before), _pairs(word, behind), _given(word, known) if known else ())


def name_start(
    word: str, policy: str, before: str = "", behind: str = "", known: Callable[[str], bool] | None = None
) -> int:
    """Return where a name begins in its first word, in code points, under a tagset's policy for clitics.

    That is behind the clitics for "outside", and 0 for "inside". س stands before verbs only, so it is the name's own:
    سامر is no امر.
    """
    length = clitic_length(word, before, behind, known) if policy == OUTSIDE else 0
    future = word.rfind("س", 0, length)
    return length if future < 0 else future


@lru_cache(maxsize=1 << 16)
def _length(word: str, governed: bool, pairs: tuple[int, ...], given: tuple[int, ...]) -> int:
    """Return the length of a word's clitics, in code points.

    pairs and given are the numbers of letters behind which a bundled name of several words, or the caller's, begins.
    """
    lengths = proclitic_lengths(word)
    key = normalise_key(word)
    if len(lengths) == 1 or key[0] not in FIRST:
        return 0
    analyser = installed_analyser()
    analysis = clitic_letters(analyser, key) if analyser else None
    found = 0
    for n in (1, 2):
        if n == len(lengths) or (n == 2 and (key[0] not in CONJUNCTIONS or key[1] not in SECOND)):
            break
        sum_of_all = (
            proclitic_score(key, n) + _PAIR * _balance(pairs, n) + _GIVEN * _balance(given, n) + _GOVERNED * governed
        )
        if analysis is not None:
            sum_of_all += _MORPHOLOGY if len(analysis) >= n else -_MORPHOLOGY
        if word[lengths[n] - 1] in JOINERS:
            sum_of_all += _JOINED
        if word[lengths[n]] == "ا" and key[n:] in _WITH_HAMZA:
            sum_of_all += _WITHOUT_HAMZA
        if sum_of_all <= 0:
            break
        found = n
    return lengths[found]


def _balance(names: tuple[int, ...], n: int) -> int:
    """Return 1 where a name begins behind the n-th letter or later, less 1 where one begins with it."""
    return any(begin >= n for begin in names) - (n - 1 in names)


def _given(word: str, known: Callable[[str], bool]) -> tuple[int, ...]:
    """Return the numbers of letters behind which a word is a name of the caller's."""
    key = normalise_key(word)
    return tuple(n for n in (0, 1, 2) if any(map(known, stem_spellings(key, n))))


@lru_cache(maxsize=1 << 16)
def _pairs(word: str, behind: str) -> tuple[int, ...]:
    """Return the numbers of letters behind which a word and the next one begin a bundled name: 1 in وحزب الله."""
    if not behind:
        return ()
    key, following = normalise_key(word), normalise_key(behind)
    return tuple(
        n for n in (0, 1, 2) if any(f"{stem} {following}" in first_pairs_of_names() for stem in stem_spellings(key, n))
    )


@lru_cache(maxsize=1 << 16)
def _governs(before: str) -> bool:
    """Tell whether a word wants a noun at once."""
    return normalise_key(before) in _GOVERNORS
