"""Proclitics, the particles that are written onto the next word: وديالى is و + ديالى, للقوات is ل + القوات.

This module says which letters can be proclitics; annotator.text.clitics.rule decides whether they are.
"""

from __future__ import annotations

import re

from annotator.text.characters import INVISIBLE, JOINERS, MARK

_CHAINS = frozenset(
    conjunction + rest
    for conjunction in ("", "و", "ف")
    for rest in ("", "ب", "ك", "ل", "س", "ال", "بال", "كال", "لل", "لال")  # لال is a common misspelling of لل
)
_LONGEST_CHAIN = max(map(len, _CHAINS))
_LETTERS_OF_A_STEM = 2
_NOT_A_LETTER = re.compile(f"[{MARK}{''.join(JOINERS)}{''.join(INVISIBLE)}]")


def proclitic_lengths(word: str) -> tuple[int, ...]:
    """Return how many code points at the start of the word can be clitics: 0 and possibly more, rising.

    All readings count, whatever the word means: وبالعراق returns 0 and the lengths of و, وب and وبال. Harakat, tatweel
    and joiners belong to the letter before them, so that a name never begins with a mark. At least two letters or one
    digit remain for the stem.
    """
    letters, ends = _beginning(word)
    return tuple(
        0 if n == 0 else ends[n - 1]
        for n in range(len(letters))
        if letters[:n] in _CHAINS and (n + _LETTERS_OF_A_STEM <= len(letters) or letters[n].isdigit())
    ) or (0,)


def hides_article(word: str, length: int) -> bool:
    """Return True if ال follows the clitics, length code points long, without its alef: للقوات is ل + القوات."""
    letters, ends = _beginning(word)
    n = ends.index(length) + 1 if length in ends else 0
    return letters[:n] in ("ل", "ول", "فل") and letters[n : n + 1] == "ل"


def _beginning(word: str) -> tuple[str, list[int]]:
    """Return the first letters without marks, as many as matter here, and the offset after each one with its marks."""
    letters = ""
    ends: list[int] = []
    for i, char in enumerate(word):
        if _NOT_A_LETTER.match(char):
            if ends:
                ends[-1] = i + 1
            continue
        if len(letters) == _LONGEST_CHAIN + _LETTERS_OF_A_STEM:
            break
        letters += "ا" if char == "ٱ" else char
        ends.append(i + 1)
    return letters, ends
