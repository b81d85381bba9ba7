"""The rule that distinguishes a clitic from the first letter of a word: و is one in وديالى, and none in واشنطن.

The first letters are judged one by one: و or ف, then one of ب, ك, ل, س. Each counts as a clitic if the sum of the
evidence is not negative. Evidence comes from the word itself (annotator.text.clitics.score), its neighbours, the names
that the caller knows, and CAMeL's morphology if it is installed. The weights are in the unit of proclitic_score().
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
"""For a name of the caller that begins after the letter, or against it for one that begins with the letter."""
_PAIR = 5.0
"""The same for a bundled name of several words."""
_GOVERNED = -4.0
_JOINED = 2.0
"""For a tatweel after the letter: لـ"العربي"."""
_WITHOUT_HAMZA = -5.0
_HAMZA = 20.0
"""For إ after the letter, or أ after و, which only begin words: بإب, وأحد."""
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
"""Words that a noun follows directly, so that the next word begins with no clitic."""

_WITH_HAMZA = frozenset(
    map(normalise_key, ("أن", "إن", "أنه", "إنه", "أنها", "إنها", "أي", "أو", "أم", "إلى", "إذا", "أما", "إلا"))
)
"""Particles whose hamza is rarely omitted, so that بان is more likely a name than بأن."""


def clitic_length(
    word: str, previous: str = "", following: str = "", known: Callable[[str], bool] | None = None
) -> int:
    """Return how many code points at the start of a word are clitics, including their harakat and tatweel.

    The article is no clitic: والعراق and للعراق both return 1. previous and following are the words around it of
    the sentence, or "". known returns True for the key (normalise_key()) of a name that the caller knows.
    """
    return _length(word, _governs(previous), _pairs(word, following), _given(word, known) if known else ())


def name_start(
    word: str, policy: str, previous: str = "", following: str = "", known: Callable[[str], bool] | None = None
) -> int:
    """Return where a name begins in its first word, in code points, under the clitic policy of a tagset.

    That is after the clitics for "outside", and 0 for "inside". س occurs before verbs only, so here it is part of the
    name, as in سامر.
    """
    length = clitic_length(word, previous, following, known) if policy == OUTSIDE else 0
    future = word.rfind("س", 0, length)
    return length if future < 0 else future


@lru_cache(maxsize=1 << 16)
def _length(word: str, governed: bool, pairs: tuple[int, ...], given: tuple[int, ...]) -> int:
    """Return the length of a word's clitics, in code points.

    pairs, given: after how many letters a bundled name of several words, or a name of the caller, begins.
    """
    lengths = proclitic_lengths(word)
    key = normalise_key(word)
    if len(lengths) == 1 or key[0] not in FIRST:
        return 0
    analyser = installed_analyser()
    analysis = clitic_letters(analyser, key) if analyser else None
    found = 0
    for n in _cuts(key)[1:]:
        if n == len(lengths):
            break
        evidence = (
            proclitic_score(key, n) + _PAIR * _balance(pairs, n) + _GIVEN * _balance(given, n) + _GOVERNED * governed
        )
        if analysis is not None:
            evidence += _MORPHOLOGY if len(analysis) >= n else -_MORPHOLOGY
        if word[lengths[n] - 1] in JOINERS:
            evidence += _JOINED
        if word[lengths[n]] == "ا" and key[n:] in _WITH_HAMZA:
            evidence += _WITHOUT_HAMZA
        if word[lengths[n]] == "إ" or (word[lengths[n]] == "أ" and key[n - 1] == "و"):
            evidence += _HAMZA
        if evidence < 0:
            break
        found = n
    return lengths[found]


def _cuts(key: str) -> tuple[int, ...]:
    """Return after how many letters a word may begin, whose key has these clitics before it."""
    return (0, 1, 2) if key[:1] in CONJUNCTIONS and key[1:2] in SECOND else (0, 1)


def _balance(names: tuple[int, ...], n: int) -> int:
    """Return 1 if a name begins after the n-th letter or later, minus 1 if one begins with that letter."""
    return any(begin >= n for begin in names) - (n - 1 in names)


def _given(word: str, known: Callable[[str], bool]) -> tuple[int, ...]:
    """Return after how many letters a word is a name of the caller."""
    key = normalise_key(word)
    return tuple(n for n in _cuts(key) if any(map(known, stem_spellings(key, n))))


@lru_cache(maxsize=1 << 16)
def _pairs(word: str, following: str) -> tuple[int, ...]:
    """Return after how many letters a word and the next one begin a bundled name: 1 in وحزب الله."""
    if not following:
        return ()
    key, second = normalise_key(word), normalise_key(following)
    return tuple(
        n for n in _cuts(key) if any(f"{stem} {second}" in first_pairs_of_names() for stem in stem_spellings(key, n))
    )


@lru_cache(maxsize=1 << 16)
def _governs(previous: str) -> bool:
    return normalise_key(previous) in _GOVERNORS
