"""The particles that are written onto the word behind them: وديالى is و + ديالى, للقوات is ل + القوات.

Here is which letters may be such particles; whether they are is told by annotator.text.clitics.rule.
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
    """Return how many code points at the start of the word may be clitics: 0 and more, rising.

    Harakat, tatweel and joiners count with the letter before them. Every reading is given, whatever the
    word means: وبالعراق gives 0 and the lengths of و, وب and وبال. A stem keeps two letters or digits at least.
    """
    letters, ends = _beginning(word)
    longest = len(letters) - _LETTERS_OF_A_STEM
    return tuple(0 if n == 0 else ends[n - 1] for n in range(longest + 1) if letters[:n] in _CHAINS) or (0,)


def hides_article(word: str, length: int) -> bool:
    """Tell whether behind this many code points of clitics the article stands without its alef, as in ل|لقوات."""
    letters, ends = _beginning(word)
    n = ends.index(length) + 1 if length in ends else 0
    return letters[:n] in ("ل", "ول", "فل") and letters[n : n + 1] == "ل"


def _beginning(word: str) -> tuple[str, list[int]]:
    """Return as many letters from the start as matter here, without marks, and where each one ends with its marks."""
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
