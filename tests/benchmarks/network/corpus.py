"""The texts that the network is trained on: NewsFANE with its own classes and with ours, and the project's articles.

The network knows words as they are usually written, and NewsFANE has lost the hamza. So each of its words is spelt like
the commonest of the words that are alike without hamza.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.corpus.iob import encode_iob2
from annotator.suggest.metrics import Labelled
from annotator.suggest.network.token_classifier import joined
from annotator.suggest.starter.gazetteer import Gazetteer
from annotator.suggest.starter.newsfane import Tagged, natural, read, relabelled
from annotator.suggest.starter.suggester import token_sentences
from tests.benchmarks.security_scores import LabelledArticle
from tests.conftest import ROOT

NEWS, SECURITY = "news", "security"
"""The two sets of classes: those of the starter, and those of the tagset `security`."""

RELABELLED = ROOT / "tests" / "data" / "newsfane_security.tsv"
"""The labels of `security` for NewsFANE, by sentence and word. They have no text."""

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
    return _restored(NEWS, (relabelled(natural(sentence), gazetteer) for sentence in read(path)), shares)


def relabelled_newsfane(path: Path, labels: Path, shares: Mapping[str, float]) -> Iterator[Passage]:
    """Yield NewsFANE in its order, with the labels of `security` that this project's readers gave it.

    A line of labels has the number of a sentence, counted from 0, and after a tab its spans as FIRST:END:LABEL, in
    words after clitics were joined. Sentences without a line were not read, and are left out.
    """
    spans = {}
    for line in labels.read_text(encoding="utf-8").splitlines():
        number, _, given = line.partition("\t")
        parts = [span.split(":") for span in given.split()]
        spans[int(number)] = [(int(first), int(end), label) for first, end, label in parts]
    chosen = ((natural(sentence), spans[number]) for number, sentence in enumerate(read(path)) if number in spans)
    return _restored(SECURITY, (_with_spans(words, own) for words, own in chosen), shares)


def _with_spans(sentence: Tagged, spans: Sequence[tuple[int, int, str]]) -> Tagged:
    return [(word, tag) for (word, _), tag in zip(sentence, encode_iob2(len(sentence), spans), strict=True)]


def _restored(kind: str, sentences: Iterable[Tagged], shares: Mapping[str, float]) -> Iterator[Passage]:
    restored = HamzaRestorer(shares)
    for passage in joined(sentences):
        bare = tuple(word for word, _ in passage)
        yield Passage(kind, tuple(map(restored, bare)), tuple(tag for _, tag in passage), bare)


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
