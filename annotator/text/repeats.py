"""Articles that were printed twice: wire stories that several papers took over, found by MinHash and its LSH.

An article's fingerprint stands for the set of its shingles, five words in a row, over normalised text. Two fingerprints
estimate how much of their shingles two articles share (Jaccard), within .06 of the truth two times out of three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from datasketch import LeanMinHash, MinHash, MinHashLSH

from annotator.domain.document import Document
from annotator.text.normalise import normalise

SHINGLE = 5
"""Words in a shingle."""

ALIKE = 0.7
"""The share of common shingles from which two articles count as one."""

_PERMUTATIONS = 64
_SEED = 1
_WORD = re.compile(r"\w+")


def fingerprint(document: Document) -> bytes:
    """Return an article's fingerprint, without its page debris; b"" for one without words."""
    debris: set[int] = set()
    for span in document.debris():
        debris.update(range(span.start, span.end))
    text = (
        "".join(" " if i in debris else letter for i, letter in enumerate(document.text)) if debris else document.text
    )
    words = _WORD.findall(normalise(text).text)
    if not words:
        return b""
    starts = range(max(1, len(words) - SHINGLE + 1))
    made = MinHash(_PERMUTATIONS, seed=_SEED)
    made.update_batch([" ".join(words[i : i + SHINGLE]).encode() for i in starts])
    lean = LeanMinHash(made)
    buffer = bytearray(lean.bytesize())
    lean.serialize(buffer)
    return bytes(buffer)


def find_repeats(fingerprints: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return, for each article that repeats an earlier one, the first article of its group.

    fingerprints are (document id, fingerprint) in the order in which first is meant. Each article is compared with the
    first ones of the groups so far, and belongs to the most alike, of equally alike ones to the earliest. Takes about
    3 kB of memory for each group.
    """
    index = MinHashLSH(ALIKE, _PERMUTATIONS, hashfunc=hash)
    firsts: list[tuple[str, LeanMinHash]] = []
    repeats: dict[str, str] = {}
    for document, print_ in fingerprints:
        if not print_:
            continue
        own = LeanMinHash.deserialize(print_)
        alike = [(-own.jaccard(firsts[number][1]), number) for number in index.query(own)]
        unlike, number = min(alike, default=(0.0, -1))
        if -unlike >= ALIKE:
            repeats[document] = firsts[number][0]
        else:
            index.insert(len(firsts), own, check_duplication=False)
            firsts.append((document, own))
    return repeats
