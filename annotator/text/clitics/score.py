"""The evidence of a word itself for and against its first letter being a clitic.

It considers how common the word is with and without the letter, and after the article or a preposition (where no word
occurs that begins with a preposition); whether either form is the first word of a bundled name; and whether an article
follows. The weights are the rounded ones of a logistic regression on the two thirds of tests/data/clitics.tsv that are
for tuning.
"""

from __future__ import annotations

from math import log10

from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import UNKNOWN_WORD, first_words_of_names, word_frequencies

CONJUNCTIONS = frozenset("وف")
SECOND = frozenset("بكلس")
"""The clitics that can be first, or follow a conjunction."""
FIRST = CONJUNCTIONS | SECOND

_BIAS = {"و": -2.8, "ف": -3.6, "ب": -3.7, "ك": -4.9, "ل": -2.4, "س": -4.3}
_RARE_CONJUNCTION = -1.0
"""The bias of و if the word is not in the table of frequencies: in most such words it is a clitic."""
_RATIO = -2.2
_AFTER_CLITIC = -1.3
_UNSEEN, _UNSEEN_AFTER_CLITIC = 1e-7, 1e-9
_ARTICLE = 1.5
_WHOLE_IS_NAME = -2.1
_STEM_IS_NAME = 0.9
_CERTAIN = 20.0
_CHAIN = -1.5
"""The least frequency of a word after one more clitic, relative to the word itself, as a logarithm."""

_SHORTEST_IMPERFECT = 3
_LONGER_THAN = 3
"""An article or a second clitic is evidence only if the stem is longer than this, in letters."""

_PREFIXES_OF_THE_IMPERFECT = frozenset("يتنا")
_PRONOUNS = frozenset(("ها", "هم", "هما", "هن", "كم", "نا"))
_WHOLE = frozenset(
    map(
        normalise_key,
        (
            *("لكن", "لكنه", "لكنها", "لكنهم", "لدى", "لديه", "لديها", "لديهم", "كما", "كذلك", "كلا", "كلتا"),
            *("كان", "كانت", "كانوا", "فقط", "فعلا", "فعليا", "فعلي", "فجرا", "فورا", "فتحت", "فجرت", "وردت"),
        ),
    )
)
"""Particles, adverbs and verbs that never follow an article or a preposition, so that their frequencies mislead."""


def proclitic_score(key: str, n: int) -> float:
    """Return the evidence, in logits, that the n-th letter of a word is a clitic if the letters before it are.

    Positive values speak for a clitic. key is the word's key (normalise_key()), with at least one letter after the
    n-th.
    """
    letter, whole, stem = key[n - 1], key[n - 1 :], key[n:]
    if not "ء" <= stem[0] <= "ي":
        return _CERTAIN if stem[0].isalnum() else -_CERTAIN
    if letter in "بل" and stem in _PRONOUNS:
        return _CERTAIN
    if whole in _WHOLE or (letter == "س" and not _may_be_imperfect(stem)):
        return -_CERTAIN
    share, after_clitic = word_frequencies().get(whole, UNKNOWN_WORD)
    evidence = _RARE_CONJUNCTION if letter == "و" and whole not in word_frequencies() else _BIAS[letter]
    evidence += _RATIO * (share - _share_of_stem(key, n))
    evidence += _AFTER_CLITIC * (log10(10**after_clitic + _UNSEEN_AFTER_CLITIC) - log10(10**share + _UNSEEN))
    if len(stem) > _LONGER_THAN and (stem.startswith("ال") or letter == stem[0] == "ل"):
        evidence += _ARTICLE
    if whole in first_words_of_names():
        evidence += _WHOLE_IS_NAME
    if any(spelling in first_words_of_names() for spelling in stem_spellings(key, n)):
        evidence += _STEM_IS_NAME
    return evidence


def stem_spellings(key: str, n: int) -> tuple[str, ...]:
    """Return the stem after n letters and, if ل is the last of these, also with the alef of an article."""
    stem = key[n:]
    return (stem, "ا" + stem) if n and key[n - 1 : n + 1] == "لل" else (stem,)


def _may_be_imperfect(stem: str) -> bool:
    """Return True if a stem can be a verb that takes س."""
    return stem[0] in _PREFIXES_OF_THE_IMPERFECT and len(stem) >= _SHORTEST_IMPERFECT


def _share_of_stem(key: str, n: int) -> float:
    """Return the logarithm of the share of the stem after n letters; a rare stem may itself begin with a clitic."""
    words = word_frequencies()
    share = max(words.get(stem, UNKNOWN_WORD).share for stem in stem_spellings(key, n))
    if key[n - 1] in CONJUNCTIONS and key[n] in SECOND and len(key) - n > _LONGER_THAN:
        inner = max(words.get(stem, UNKNOWN_WORD).share for stem in stem_spellings(key, n + 1))
        share = max(share, inner + _CHAIN)
    return share
