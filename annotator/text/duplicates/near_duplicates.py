"""Every two articles that are alike, for splits that must not have one in training and the other in testing.

find_reprints() compares an article with the first ones of the groups so far, which suits a list of articles. A split
must know of all pairs: where A resembles B and B resembles C, A and C need not be alike. It also must not miss one, so
the bands here are of three values each: two articles that share .7 of their shingles are compared 9,998 times in 10,000
(1 - (1 - .7 ** 3) ** 21; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from annotator.text.duplicates.reprints import PERMUTATIONS, SIMILARITY_THRESHOLD, Fingerprints, fingerprint_matrix

_ROWS = 3
_BANDS = PERMUTATIONS // _ROWS
_BLOCK = 1000
"""Articles of one band that are compared with all others of it at a time."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class NearDuplicateIndex(Mapping[str, Sequence[str]]):
    """For each article that has any, those that are alike to it, in the order given.

    It holds numbers and not names, since articles that are all alike make a pair of every two: 8 bytes for each pair.
    """

    def __init__(self, names: Sequence[str], pairs: Fingerprints) -> None:
        """Take the names of the articles and pairs of their numbers, one a row, none twice."""
        self._names = names
        self._numbers = {name: number for number, name in enumerate(names)}
        both = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int32)
        self._others = both[np.lexsort((both[:, 1], both[:, 0]))][:, 1].copy()
        counts = np.bincount(both[:, 0], minlength=len(names))
        self._starts = np.concatenate([[0], np.cumsum(counts)])

    def __getitem__(self, name: str) -> Sequence[str]:
        """Return the articles alike to one; raises KeyError where there are none."""
        others = self._of(self._numbers[name])
        if not len(others):
            raise KeyError(name)
        return [self._names[other] for other in others.tolist()]

    def __iter__(self) -> Iterator[str]:
        """Yield the articles that have any."""
        return (name for number, name in enumerate(self._names) if len(self._of(number)))

    def __len__(self) -> int:
        """Return how many articles have any."""
        return int(np.count_nonzero(np.diff(self._starts)))

    def _of(self, number: int) -> Fingerprints:
        """Return the numbers of those alike to one."""
        return self._others[self._starts[number] : self._starts[number + 1]]


def find_near_duplicates(
    fingerprints: Iterable[tuple[str, bytes]], also: Iterable[tuple[str, str]] = ()
) -> NearDuplicateIndex:
    """Return which articles are near-duplicates: all pairs that reach SIMILARITY_THRESHOLD, and the pairs in also.

    fingerprints are (document id, fingerprint); an article without words resembles none. Takes about 500 bytes of
    memory for each article and 30 for each pair.
    """
    printed = [(document, print_) for document, print_ in fingerprints if print_]
    names = [document for document, _ in printed]
    numbers = {name: number for number, name in enumerate(names)}
    told = [sorted((numbers[one], numbers[other])) for one, other in also if one in numbers and other in numbers]
    found = np.array([one * len(names) + other for one, other in told], dtype=np.int64)
    for pairs in _pairs(fingerprint_matrix(print_ for _, print_ in printed)):
        found = np.union1d(found, pairs)
    return NearDuplicateIndex(names, np.stack(np.divmod(np.unique(found), len(names) or 1), axis=1))


def _pairs(table: Fingerprints) -> Iterator[Fingerprints]:
    """Yield, for each band, the pairs of alike rows that share it, each as first * rows + second."""
    compared: set[bytes] = set()
    for band in range(_BANDS if len(table) else 0):
        values = table[:, band * _ROWS : (band + 1) * _ROWS].astype(np.uint64)
        # Values that fall together though they differ cost a comparison, no more.
        mixed = ((values[:, 0] * _SPREAD) ^ values[:, 1]) * _SPREAD ^ values[:, 2]
        order = mixed.argsort(kind="stable")
        borders = np.flatnonzero(np.concatenate([[True], np.diff(mixed[order]) != 0, [True]]))
        found = []
        for start, end in pairwise(borders.tolist()):
            if end - start > 1 and (key := order[start:end].tobytes()) not in compared:
                compared.add(key)
                found += list(_alike(table, order[start:end]))
        if found:
            yield np.concatenate(found)


def _alike(table: Fingerprints, rows: Fingerprints) -> Iterator[Fingerprints]:
    """Yield the pairs among some rows, in rising order, that are alike."""
    for start in range(0, len(rows), _BLOCK):
        block, others = rows[start : start + _BLOCK], rows[start:]
        shares = np.zeros((len(block), len(others)), dtype=np.uint8)
        for column in range(PERMUTATIONS):
            shares += table[block, column][:, None] == table[others, column]
        first, second = np.nonzero(np.triu(shares >= SIMILARITY_THRESHOLD * PERMUTATIONS, 1))
        yield block[first] * len(table) + others[second]
