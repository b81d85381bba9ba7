"""The frequencies of Arabic words, and the first words of the bundled names."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.text.normalise import normalise_key

_AMBIGUOUS = "ambiguous"


class WordFrequency(NamedTuple):
    """The share of a word among all words, as a decimal logarithm.

    after_clitic is the share of the word after the article or a preposition. It is known only for words that begin with
    the letter of a clitic.
    """

    share: float
    after_clitic: float


UNKNOWN_WORD = WordFrequency(-7.0, -9.0)
"""The frequency of a word that is not in the table."""


@lru_cache(maxsize=1)
def word_frequencies() -> dict[str, WordFrequency]:
    """Return the frequencies of the commonest words, by their key (normalise_key()).

    Raises ResourceError if the bundled table is missing or damaged.
    """
    path = resource("words", "arabic.tsv.gz")
    words: dict[str, WordFrequency] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                word, share, *rest = line.split("\t")
                words[word] = WordFrequency(int(share) / -10, int(rest[0]) / -10 if rest else UNKNOWN_WORD.after_clitic)
        if not words:
            raise ValueError("it is empty")
    except (OSError, EOFError, ValueError, zlib.error) as e:
        raise ResourceError(
            "The bundled table {path} is damaged ({why}). Reinstall annotator.",
            path=path,
            why=e,
        ) from e
    return words


@lru_cache(maxsize=1)
def first_words_of_names() -> frozenset[str]:
    """Return the keys of the first words of the bundled names, except names that are ordinary words too."""
    return frozenset(key.partition(" ")[0] for key in _name_keys())


@lru_cache(maxsize=1)
def first_pairs_of_names() -> frozenset[str]:
    """Return the keys of the first two words of the bundled names that have several."""
    return frozenset(" ".join(key.split(" ", 2)[:2]) for key in _name_keys() if " " in key)


def _name_keys() -> Iterator[str]:
    """Yield the keys of the names in the bundled lexicons, except those marked as ambiguous."""
    for path in resource("lexicons").glob("*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            surface, *columns = line.split("\t")
            if columns and not line.startswith("#") and _AMBIGUOUS not in columns[-1]:
                yield normalise_key(surface)
