"""Find all pairs of near-duplicates, for splits that must not have one in train and the other in test.

find_reprints() compares an article only with the first articles of the groups so far, which is enough for a list of
articles. A split needs all pairs: if A is similar to B, and B to C, A and C may differ. It must not miss any, so the
bands here have three values. Two articles that share .7 of their shingles are compared in 9,998 of 10,000 cases
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
"""How many articles of a band are compared with the others at a time, to limit memory."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class NearDuplicateIndex(Mapping[str, Sequence[str]]):
    """The near-duplicates of each article that has any, in the order given.

    names are the articles; each row of pairs has the numbers of two, without repetition. Numbers and not names are
    kept, 8 bytes for each pair: if all articles are alike, every two are a pair.
    """

    def __init__(self, names: Sequence[str], pairs: Fingerprints) -> None:
        self._names = names
        self._numbers = {name: number for number, name in enumerate(names)}
        both = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int32)
        self._others = both[np.lexsort((both[:, 1], both[:, 0]))][:, 1].copy()
        counts = np.bincount(both[:, 0], minlength=len(names))
        self._starts = np.concatenate([[0], np.cumsum(counts)])

    def __getitem__(self, name: str) -> Sequence[str]:
        """Return the near-duplicates of an article; raises KeyError if there are none."""
        others = self._of(self._numbers[name])
        if not len(others):
            raise KeyError(name)
        return [self._names[other] for other in others.tolist()]

    def __iter__(self) -> Iterator[str]:
        return (name for number, name in enumerate(self._names) if len(self._of(number)))

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self._starts)))

    def _of(self, number: int) -> Fingerprints:
        return self._others[self._starts[number] : self._starts[number + 1]]


def find_near_duplicates(
    fingerprints: Iterable[tuple[str, bytes]], also: Iterable[tuple[str, str]] = ()
) -> NearDuplicateIndex:
    """Return which articles are near-duplicates: all pairs that reach SIMILARITY_THRESHOLD, and the pairs in also.

    fingerprints are (document id, fingerprint); an article without words has no near-duplicates. This takes about 500
    bytes of memory for each article, and 30 for each pair.
    """
    printed = [(document, print_) for document, print_ in fingerprints if print_]
    names = [document for document, _ in printed]
    numbers = {name: number for number, name in enumerate(names)}
    given = [sorted((numbers[one], numbers[other])) for one, other in also if one in numbers and other in numbers]
    found = np.array([one * len(names) + other for one, other in given], dtype=np.int64)
    for pairs in _pairs(fingerprint_matrix(print_ for _, print_ in printed)):
        found = np.union1d(found, pairs)
    return NearDuplicateIndex(names, np.stack(np.divmod(np.unique(found), len(names) or 1), axis=1))


def _pairs(table: Fingerprints) -> Iterator[Fingerprints]:
    """Yield, for each band, the pairs of near-duplicates that share its values, each as first * rows + second."""
    compared: set[bytes] = set()
    for band in range(_BANDS if len(table) else 0):
        values = table[:, band * _ROWS : (band + 1) * _ROWS].astype(np.uint64)
        # A collision of two different values costs a comparison and nothing else.
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
    """Yield the pairs of near-duplicates among some rows, which are sorted."""
    for start in range(0, len(rows), _BLOCK):
        block, others = rows[start : start + _BLOCK], rows[start:]
        shares = np.zeros((len(block), len(others)), dtype=np.uint8)
        for column in range(PERMUTATIONS):
            shares += table[block, column][:, None] == table[others, column]
        first, second = np.nonzero(np.triu(shares >= SIMILARITY_THRESHOLD * PERMUTATIONS, 1))
        yield block[first] * len(table) + others[second]
