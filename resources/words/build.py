"""Rebuild arabic.tsv.gz, the word frequencies by which clitics are told from a word's own letters.

    pip install wordfreq==3.1.1
    python resources/words/build.py

wordfreq is needed here only; the program reads the table. The same version of wordfreq gives the same bytes.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import defaultdict
from pathlib import Path

from annotator.text.normalise import normalise_key

TABLE = Path(__file__).resolve().parent / "arabic.tsv.gz"
RAREST = 3e-7
"""Words that are rarer than this among all words are left out."""

CLITIC_LETTERS = frozenset("وفبكلس")
BEFORE_NOUNS = ("ال", "ب", "ك", "ل", "لل")
"""What stands before nouns, and never before another preposition: its commonness tells ال|كتلة from ك|تلة."""

_ARABIC_WORD = re.compile(r"[ء-ي]{2,}")


def frequencies() -> dict[str, float]:
    """Return the share of each word among all words, spellings that are looked up alike added up."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict("ar", wordlist="large").items():
        found[normalise_key(word)] += frequency
    return {word: frequency for word, frequency in found.items() if _ARABIC_WORD.fullmatch(word)}


def table(shares: dict[str, float]) -> str:
    """Return the table's text: word, share, share behind BEFORE_NOUNS, as -10 times their decimal logarithms."""
    lines = []
    for word in sorted(word for word, share in shares.items() if share >= RAREST):
        line = f"{word}\t{_coded(shares[word])}"
        if word[0] in CLITIC_LETTERS:
            behind = sum(shares.get(prefix + word, 0) for prefix in _before(word))
            line += f"\t{_coded(behind)}" if behind else ""
        lines.append(line + "\n")
    return "".join(lines)


def _before(word: str) -> tuple[str, ...]:
    """Return what to look for before a word; ل before لدعم would be the article of للدعم."""
    return tuple(prefix for prefix in BEFORE_NOUNS if not (prefix == "ل" and word.startswith("ل")))


def _coded(share: float) -> int:
    """Return a share as -10 times its decimal logarithm."""
    return round(-10 * math.log10(share))


if __name__ == "__main__":
    TABLE.write_bytes(gzip.compress(table(frequencies()).encode(), 9, mtime=0))
