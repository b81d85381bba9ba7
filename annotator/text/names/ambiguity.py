"""Which words of names are ordinary words or other names too, so that alone they say nothing of a person."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from annotator.resources import resource
from annotator.text.names.given_names import NameKind, given_names
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import word_frequencies

_COMMON = -4.2
"""The decimal logarithm of the share of all words from which on a word that is no known name is an ordinary one."""


def is_unambiguous(key: str, kind: NameKind, others: Container[str] = ()) -> bool:
    """Tell whether a word of a name, by its key, is most likely that name wherever it stands.

    It is not where it stands behind عبد, is a single letter, or is a bundled name that is marked as an ordinary word.
    Nor is it where it is no bundled name and one of the others, which are the caller's, or a place, title, nationality
    or other name of the bundled lexicons, or a common word.
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
    """Return the keys of the single words in the bundled lexicons."""
    found: set[str] = set()
    for path in resource("lexicons").glob("*.tsv"):
        surfaces = (line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines())
        found.update(normalise_key(surface) for surface in surfaces if surface and " " not in surface)
    return frozenset(found)
