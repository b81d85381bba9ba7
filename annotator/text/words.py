"""Which Arabic words there are, and how common: the bundled table of frequencies and the bundled names."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import NamedTuple

from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.text.normalise import normalise_key

_AMBIGUOUS = "ambiguous"


class Commonness(NamedTuple):
    """How common a word is, as decimal logarithms of its share among all words.

    behind is the share of the same word behind the article or a preposition, known for words that begin with a
    clitic's letter only.
    """

    share: float
    behind: float


RARE = Commonness(-7.0, -9.0)
"""What is taken for a word that the table leaves out."""


@lru_cache(maxsize=1)
def common_words() -> dict[str, Commonness]:
    """Return the commonest words by their key (annotator.text.normalise.normalise_key).

    Raises ResourceError where the bundled table is missing or damaged.
    """
    path = resource("words", "arabic.tsv.gz")
    words: dict[str, Commonness] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                word, share, *behind = line.split("\t")
                words[word] = Commonness(int(share) / -10, int(behind[0]) / -10 if behind else RARE.behind)
    except (OSError, EOFError, ValueError) as e:
        raise ResourceError(
            f"The bundled table {path} is damaged ({e}); "
            "install the program again with: pip install --force-reinstall annotator"
        ) from e
    return words


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Return the keys of the words with which bundled names begin, but for names that are ordinary words too."""
    return frozenset(
        normalise_key(line.partition("\t")[0]).partition(" ")[0]
        for path in resource("lexicons").glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#") and _AMBIGUOUS not in line.rpartition("\t")[2]
    )
