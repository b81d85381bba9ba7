"""Every two articles that are alike, for splits that must not have one in training and the other in testing.

find_repeats() compares an article with the first ones of the groups so far, which suits a list of articles. A split
must know of all pairs: where A resembles B and B resembles C, A and C need not be alike. It also must not miss one, so
the bands here are of three values each: two articles that share .7 of their shingles are compared 9,998 times in 10,000
(1 - (1 - .7 ** 3) ** 21; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from annotator.text.repeats import ALIKE, PERMUTATIONS, Fingerprints, as_table

_ROWS = 3
_BANDS = PERMUTATIONS // _ROWS
_BLOCK = 1000
"""Articles of one band that are compared with all others of it at a time."""


def alike_pairs(fingerprints: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Return every two articles whose fingerprints agree as find_repeats() asks (ALIKE), each in the order given.

    fingerprints are (document id, fingerprint); an article without words resembles none. Takes about 300 bytes of
    memory for each article and 16 for each pair: articles that are all alike make a pair of every two.
    """
    printed = [(document, print_) for document, print_ in fingerprints if print_]
    table = as_table(print_ for _, print_ in printed)
    found = np.unique(np.concatenate([np.empty(0, np.int64), *_pairs(table)]))
    firsts, seconds = np.divmod(found, len(printed) or 1)
    return [(printed[int(a)][0], printed[int(b)][0]) for a, b in zip(firsts, seconds, strict=True)]


def _pairs(table: Fingerprints) -> Iterator[Fingerprints]:
    """Yield the pairs of alike rows that share a band, each as first * rows + second; a pair may come again."""
    for band in range(_BANDS if len(table) else 0):
        values = np.ascontiguousarray(table[:, band * _ROWS : (band + 1) * _ROWS])
        _, kinds = np.unique(values.view(f"V{values.itemsize * _ROWS}").ravel(), return_inverse=True)
        order = kinds.argsort(kind="stable")
        borders = np.flatnonzero(np.diff(kinds[order], prepend=-1, append=-1))
        for start, end in pairwise(borders.tolist()):
            if end - start > 1:
                yield from _alike(table, order[start:end])


def _alike(table: Fingerprints, rows: Fingerprints) -> Iterator[Fingerprints]:
    """Yield the pairs among some rows, in rising order, that are alike."""
    for start in range(0, len(rows), _BLOCK):
        block, others = rows[start : start + _BLOCK], rows[start:]
        shares = np.zeros((len(block), len(others)), dtype=np.uint8)
        for column in range(PERMUTATIONS):
            shares += table[block, column][:, None] == table[others, column]
        first, second = np.nonzero(np.triu(shares >= ALIKE * PERMUTATIONS, 1))
        yield block[first] * len(table) + others[second]
