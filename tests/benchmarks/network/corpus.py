"""The texts that the network is trained on: NewsFANE, and the labelled articles of this project.

The network knows words as they are usually written, and NewsFANE has lost the hamza. So each of its words is spelt like
the commonest of the words that are alike without hamza.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.corpus.iob import encode_iob2
from annotator.suggest.metrics import Labelled
from annotator.suggest.network.token_classifier import joined
from annotator.suggest.starter.gazetteer import Gazetteer
from annotator.suggest.starter.newsfane import Tagged, natural, read, relabelled
from annotator.suggest.starter.suggester import token_sentences
from tests.benchmarks.security_scores import LabelledArticle

NEWS, SECURITY = "news", "security"
"""The two sets of classes: those of the starter, and those of the tagset `security`."""

_WITHOUT_HAMZA = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ء": None})
_CLITICS = re.compile("[وف]?(?:[بكل](?=..)|ال|بال|لل)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words with their IOB2 tags, of one set of classes; bare are the words as they were without hamza."""

    kind: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    bare: tuple[str, ...]


def newsfane_passages(path: Path, gazetteer: Gazetteer, shares: Mapping[str, float]) -> Iterator[Passage]:
    """Yield NewsFANE in its order; shares are the frequencies of words as they are written."""
    restored = HamzaRestorer(shares)
    for passage in joined(relabelled(natural(sentence), gazetteer) for sentence in read(path)):
        bare = tuple(word for word, _ in passage)
        yield Passage(NEWS, tuple(map(restored, bare)), tuple(tag for _, tag in passage), bare)


def article_passages(article: LabelledArticle) -> Iterator[Passage]:
    """Yield a labelled article; a word with a clitic has the tag of the name after it."""
    for passage in joined(_tagged(article.document.text, sorted(article.spans))):
        words = tuple(word for word, _ in passage)
        yield Passage(SECURITY, words, tuple(tag for _, tag in passage), words)


def _tagged(text: str, spans: Sequence[Labelled]) -> Iterator[Tagged]:
    for tokens in token_sentences(text):
        entities = []
        taken = 0
        for span, label in spans:
            places = [i for i, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
            if places and places[0] >= taken:
                taken = places[-1] + 1
                entities.append((places[0], taken, label))
        words = [token.text for token in tokens]
        yield list(zip(words, encode_iob2(len(words), entities), strict=True))


class HamzaRestorer:
    """Spells a word without hamza like the commonest word that is alike."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._spellings: dict[str, str] = {}
        for word in sorted(shares, key=lambda word: (-shares[word], word)):
            self._spellings.setdefault(word.translate(_WITHOUT_HAMZA), word)

    def __call__(self, word: str) -> str:
        """Return the word, spelt as usual; an unknown one after its clitics, or as it is."""
        key = word.translate(_WITHOUT_HAMZA)
        if key in self._spellings:
            return self._spellings[key]
        match = _CLITICS.match(key)
        length = match.end() if match else 0
        rest = self._spellings.get(key[length:])
        return word[:length] + rest if rest and len(key) == len(word) else word
