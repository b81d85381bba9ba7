"""Articles that were printed twice: wire stories that several papers took over, found by MinHash and LSH.

An article's fingerprint is the MinHash of its shingles, five words in a row, over normalised text. Two fingerprints
estimate how much of their shingles two articles share (Jaccard), within .06 of the truth two times out of three. Which
fingerprints to compare follows from bands of equal values (LSH).

The method is A. Broder's (On the resemblance and containment of documents, 1997). The hash functions, and so the bytes
of a fingerprint, are those of the datasketch library, which projects on disk were made with. It is not imported: it
brings scipy (143 MB) for the one integral that BANDS comes from, and its index took 317 MB and 6 s for 100,000
articles, the sorted arrays here 62 MB and 1 s.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.domain.model.document import Document
from annotator.text.normalise import normalise

SHINGLE = 5
"""Words in a shingle."""

SIMILARITY_THRESHOLD = 0.7
"""The share of common shingles from which two articles count as one."""

PERMUTATIONS = 64
"""Values in a fingerprint."""

BANDS, ROWS = 8, 8
"""How many bands a fingerprint has, and values a band: the division of 64 values with the fewest false positives and
false negatives at a Jaccard similarity of .7, weighted equally (datasketch.lsh, 1.10)."""

_PRIME = np.uint64((1 << 61) - 1)
_LOW = np.uint64((1 << 32) - 1)
_VALUE = "<u4"
_NEAREST = 4
"""How many of the articles that share a band are looked at, from the last one back."""

Fingerprints = NDArray[Any]
"""One row for each article."""
_WORD = re.compile(r"\w+")


def _hash_functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the factors and summands of the hash functions (a * x + b) mod 2**61 - 1, one for each value."""
    random = np.random.RandomState(1)
    pairs = [[random.randint(low, _PRIME, dtype=np.uint64) for low in (1, 0)] for _ in range(PERMUTATIONS)]
    factors, summands = np.array(pairs, dtype=np.uint64).T
    return factors, summands


_FACTORS, _SUMMANDS = _hash_functions()


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
    digests = (hashlib.sha1(" ".join(words[i : i + SHINGLE]).encode(), usedforsecurity=False) for i in starts)
    hashed = np.frombuffer(b"".join(made.digest()[:4] for made in digests), _VALUE).astype(np.uint64)[:, None]
    values = (hashed * _FACTORS + _SUMMANDS) % _PRIME & _LOW
    return bytes(values.min(axis=0).astype(_VALUE).tobytes())


def find_reprints(fingerprints: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return, for each article that repeats an earlier one, the first article of its group.

    fingerprints are (document id, fingerprint) in the order in which first is meant. Each article is compared with the
    first ones of the groups so far, and belongs to the most alike, of equally alike ones to the earliest. Takes about
    300 bytes of memory for each article.
    """
    printed = [(document, print_) for document, print_ in fingerprints if print_]
    table = fingerprint_matrix(print_ for _, print_ in printed)
    earlier = _earlier_alike(table)
    firsts = np.arange(len(printed))
    repeats: dict[str, str] = {}
    for number, before in enumerate(earlier):
        near = {int(firsts[i]) for i in _chain(earlier, before)}
        if not near:
            continue
        candidates = np.array(sorted(near))
        shares = (table[candidates] == table[number]).mean(axis=1)
        best = int(shares.argmax())
        if shares[best] >= SIMILARITY_THRESHOLD:
            firsts[number] = candidates[best]
            repeats[printed[number][0]] = printed[candidates[best]][0]
    return repeats


def fingerprint_matrix(fingerprints: Iterable[bytes]) -> Fingerprints:
    """Return fingerprints, none of them empty, as the rows of a table."""
    return np.frombuffer(b"".join(fingerprints), _VALUE).reshape(-1, PERMUTATIONS)


def _earlier_alike(table: Fingerprints) -> Fingerprints:
    """Return for each fingerprint and band the number of the last fingerprint before it with the same band, or -1."""
    earlier = np.full((len(table), BANDS), -1, dtype=np.int64)
    for band in range(BANDS):
        values = np.ascontiguousarray(table[:, band * ROWS : (band + 1) * ROWS])
        _, kinds = np.unique(values.view(f"V{values.itemsize * ROWS}").ravel(), return_inverse=True)
        order = kinds.argsort(kind="stable")
        same = kinds[order[1:]] == kinds[order[:-1]]
        earlier[order[1:][same], band] = order[:-1][same]
    return earlier


def _chain(earlier: Fingerprints, before: Fingerprints) -> Iterator[int]:
    """Yield the numbers of the last few fingerprints with the same value in some band."""
    for band, number in enumerate(before):
        for _ in range(_NEAREST):
            if number < 0:
                break
            yield int(number)
            number = earlier[number, band]
