"""The one rule that tells a clitic from a word's own first letter: و in وديالى, and in واشنطن.

A word is read letter by letter: و or ف, then one of ب, ك, ل, س. Each letter is taken for a clitic where more speaks for it
than against, in decimal logarithms: how common the word is with and without the letter; whether the word stands behind
the article or a preposition, as no word does that begins with one itself; whether either is a known name; whether
an article follows; what stands before it; and what CAMeL's morphology says, where it is installed. The weights were fitted by
logistic regression on a part of tests/data/clitics.tsv and rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import log10

from annotator.domain.tagset import OUTSIDE
from annotator.text.characters import JOINERS
from annotator.text.clitics import proclitic_lengths
from annotator.text.morphology import clitic_letters, installed_analyser
from annotator.text.normalise import normalise_key
from annotator.text.words import RARE, common_words, names

_BIAS = {"و": -2.8, "ف": -3.6, "ب": -3.7, "ك": -4.9, "ل": -2.4, "س": -4.3}
_RATIO = -2.2
_BEHIND = -1.3
_UNSEEN, _UNSEEN_BEHIND = 1e-7, 1e-9
_ARTICLE = 1.5
_WHOLE_IS_NAME = -2.1
_STEM_IS_NAME = 0.9
_STEM_IS_GIVEN = 4.0
_GOVERNED = -4.0
_JOINED = 2.0
_MORPHOLOGY = 4.0
_CERTAIN = 20.0
_CHAIN = -1.5
"""How common a word is behind one of ب, ك, ل at least, against the word itself, as a logarithm."""
_SHORTEST_IMPERFECT = 3
_SHORTEST_WITH_ARTICLE = 3

_CONJUNCTIONS = frozenset("وف")
_PREPOSITIONS = frozenset("بكل")
_SECOND = _PREPOSITIONS | {"س"}
_IMPERFECT = frozenset("يتنا")
_PRONOUNS = frozenset(("ها", "هم", "هما", "هن", "كم", "نا"))
_OWN = frozenset(map(normalise_key, "لكن لكنه لكنها لكنهم لدى لديه لديها لديهم كما كذلك كلا كلتا كان كانت كانوا".split()))
_GOVERNORS = frozenset(
    map(normalise_key, "في من إلى على عن بن ابن بنت أبو أبي أم آل عبد مدينة محافظة بلدة قضاء قرية مخيم".split())
)
"""Words that want a noun at once, so that the next word begins with no clitic."""


def clitic_length(word: str, before: str = "", known: Callable[[str], bool] | None = None) -> int:
    """Return how many code points at the start of a word in a text are clitics, their marks and tatweel included.

    The article is none: 1 in والعراق, and 1 in للعراق. before is the word before it in the same sentence, if any;
    known tells, by its key (annotator.text.normalise.normalise_key), whether a stem is a name of the caller's.
    """
    given: tuple[int, ...] = ()
    if known is not None:
        key = normalise_key(word)
        given = tuple(n for n in (1, 2) if any(map(known, _spellings(key, n))))
    return _length(word, _governs(before), given)


def name_start(word: str, policy: str, before: str = "", known: Callable[[str], bool] | None = None) -> int:
    """Return where a name begins in its first word, in code points: behind the clitics, or at 0 where they are inside."""
    return clitic_length(word, before, known) if policy == OUTSIDE else 0


@lru_cache(maxsize=1 << 16)
def _length(word: str, governed: bool, given: tuple[int, ...]) -> int:
    """Return the length of a word's clitics; given are the numbers of letters behind which a name of the caller's begins."""
    lengths = proclitic_lengths(word)
    if len(lengths) == 1 or word[0] not in _BIAS:
        return 0
    key = normalise_key(word)
    analyser = installed_analyser()
    analysis = clitic_letters(analyser, key) if analyser else None
    found = 0
    for n in (1, 2):
        if n >= len(lengths) or (n == 2 and (key[0] not in _CONJUNCTIONS or key[1] not in _SECOND)):
            break
        score = _score(key, n)
        if n in given:
            score += _STEM_IS_GIVEN
        elif given and n < given[0]:
            score += _STEM_IS_GIVEN  # a letter before the letter before a name
        if governed:
            score += _GOVERNED
        if analysis is not None:
            score += _MORPHOLOGY if len(analysis) >= n else -_MORPHOLOGY
        if word[lengths[n] - 1] in JOINERS:
            score += _JOINED
        if score <= 0:
            break
        found = n
    return lengths[found]


def _score(key: str, n: int) -> float:
    """Return what speaks for the n-th letter of a word being a clitic, those before it being some; the word by its key."""
    letter, whole, stem = key[n - 1], key[n - 1 :], key[n:]
    if not ("ء" <= stem[0] <= "ي"):
        return _CERTAIN if stem[0].isalnum() else -_CERTAIN
    if letter == "س" and (stem[0] not in _IMPERFECT or len(stem) < _SHORTEST_IMPERFECT):
        return -_CERTAIN
    if letter in "بل" and stem in _PRONOUNS:
        return _CERTAIN
    if whole in _OWN:
        return -_CERTAIN
    share, behind = common_words().get(whole, RARE)
    score = _BIAS[letter] + _RATIO * (share - _stem_share(key, n))
    score += _BEHIND * (log10(10**behind + _UNSEEN_BEHIND) - log10(10**share + _UNSEEN))
    spellings = _spellings(key, n)
    if len(stem) > _SHORTEST_WITH_ARTICLE and (stem.startswith("ال") or len(spellings) > 1):
        score += _ARTICLE
    if whole in names():
        score += _WHOLE_IS_NAME
    if any(spelling in names() for spelling in spellings):
        score += _STEM_IS_NAME
    return score


def _stem_share(key: str, n: int) -> float:
    """Return the logarithm of the share of what lies behind n letters; a rare stem may itself begin with a clitic."""
    words = common_words()
    share = max(words.get(stem, RARE).share for stem in _spellings(key, n))
    if key[n - 1] in _CONJUNCTIONS and key[n] in _PREPOSITIONS and len(key) - n > _SHORTEST_WITH_ARTICLE:
        inner = max(words.get(stem, RARE).share for stem in _spellings(key, n + 1))
        share = max(share, inner + _CHAIN)
    return share


def _spellings(key: str, n: int) -> tuple[str, ...]:
    """Return what lies behind n letters, and behind ل also with the article's alef that is not written there."""
    stem = key[n:]
    return (stem, "ا" + stem) if key[n - 1 : n + 1] == "لل" else (stem,)


@lru_cache(maxsize=1 << 16)
def _governs(before: str) -> bool:
    """Tell whether a word wants a noun at once."""
    return normalise_key(before) in _GOVERNORS
