"""Which words of names are ambiguous: ordinary words or other names too, so that alone they do not mean a person."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from annotator.resources import resource
from annotator.text.names.given_names import NameKind, given_names
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import word_frequencies

_COMMON = -4.2
"""A word that is no known name counts as an ordinary one from this share of all words (decimal logarithm)."""


def is_unambiguous(key: str, kind: NameKind, others: Container[str] = ()) -> bool:
    """Return True if a word of a name, given by its key, most likely means that name wherever it occurs.

    It does not if its kind is DIVINE (after عبد), if it is a single letter, or if it is a bundled name that is marked
    as an ordinary word. A word that is no bundled name is ambiguous if it is one of others, a common word, or a place,
    nationality or other name of the bundled lexicons, or a bundled title.
    """
    names = given_names()
    if kind is NameKind.DIVINE or len(key) < 2 or key in names.common:
        return False
    if key in names.known:
        return True
    common = word_frequencies().get(key)
    return key not in others and key not in _lexicon() and not (common and common.share >= _COMMON)


@lru_cache(maxsize=1)
def _lexicon() -> frozenset[str]:
    """Return the keys of the single words in the bundled lexicons that are no persons, and among the titles."""
    found: set[str] = set()
    for path in (*resource("lexicons").glob("*.tsv"), resource("names", "titles.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            surface, _, rest = line.partition("\t")
            if surface and " " not in surface and not rest.startswith("PERS\t"):
                found.add(normalise_key(surface))
    return frozenset(found)
