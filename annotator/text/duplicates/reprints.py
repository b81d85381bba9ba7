"""Find reprints, such as wire stories that several newspapers printed, with MinHash and LSH.

The fingerprint of an article is the MinHash of its shingles, runs of five words of normalised text. The share of equal
values in two fingerprints estimates the Jaccard similarity of two articles, with a standard error of .06. Only articles
that agree in a band of values are compared (LSH).

The method is from A. Broder, "On the resemblance and containment of documents", 1997. The hash functions, and so the
bytes of a fingerprint, are those of the library datasketch, with which existing projects were made. It is not imported,
since it brings scipy (143 MB) for the one integral that BANDS comes from. Its index took 317 MB and 6 s for 100,000
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
"""The share of common shingles from which on two articles are near-duplicates."""

PERMUTATIONS = 64
"""Values in a fingerprint."""

BANDS, ROWS = 8, 8
"""How many bands a fingerprint has, and how many values a band.

Of all divisions of 64 values, this one has the fewest false positives and false negatives, weighted equally, at a
Jaccard similarity of .7 (datasketch.lsh, 1.10)."""

_PRIME = np.uint64((1 << 61) - 1)
_LOW = np.uint64((1 << 32) - 1)
_VALUE = "<u4"
_NEAREST = 4
"""How many of the articles that share a band are compared, from the last one back."""

Fingerprints = NDArray[Any]
"""One row for each article."""
_WORD = re.compile(r"\w+")


def _hash_functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return a and b of the hash functions (a * x + b) mod 2**61 - 1, one for each value of a fingerprint."""
    random = np.random.RandomState(1)
    pairs = [[random.randint(low, _PRIME, dtype=np.uint64) for low in (1, 0)] for _ in range(PERMUTATIONS)]
    factors, summands = np.array(pairs, dtype=np.uint64).T
    return factors, summands


_FACTORS, _SUMMANDS = _hash_functions()


def fingerprint(document: Document) -> bytes:
    """Return the fingerprint of an article, without page debris; b"" if it has no words."""
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

    fingerprints are (document id, fingerprint), in order. Each article is compared with the first articles of the
    groups so far, and joins the group of the most similar one; the earliest wins a tie. This takes about 300 bytes of
    memory for each article.
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
    """Return fingerprints, of which none is empty, as the rows of a matrix."""
    return np.frombuffer(b"".join(fingerprints), _VALUE).reshape(-1, PERMUTATIONS)


def _earlier_alike(table: Fingerprints) -> Fingerprints:
    """Return, for each fingerprint and band, the number of the last fingerprint before it with equal values, or -1."""
    earlier = np.full((len(table), BANDS), -1, dtype=np.int64)
    for band in range(BANDS):
        values = np.ascontiguousarray(table[:, band * ROWS : (band + 1) * ROWS])
        _, kinds = np.unique(values.view(f"V{values.itemsize * ROWS}").ravel(), return_inverse=True)
        order = kinds.argsort(kind="stable")
        same = kinds[order[1:]] == kinds[order[:-1]]
        earlier[order[1:][same], band] = order[:-1][same]
    return earlier


def _chain(earlier: Fingerprints, before: Fingerprints) -> Iterator[int]:
    """Yield the numbers of the last few fingerprints with equal values in some band."""
    for band, number in enumerate(before):
        for _ in range(_NEAREST):
            if number < 0:
                break
            yield int(number)
            number = earlier[number, band]
