"""The network suggester: spans of security news from a small pretrained network.

It uses the labels of the tagset `security`. Tagsets of CAMeL Tools' four classes draw other borders (ministries and
armies are no names there), so for them it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ResourceError, SuggesterError
from annotator.resources import resource
from annotator.suggest.network.token_classifier import TokenClassifier, joined
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.starter.gazetteer import read_gazetteer
from annotator.suggest.starter.suggester import token_sentences
from annotator.suggest.suggester_labels import is_coarse, translate

DOUBT = 0.25
"""By what the probability of O is multiplied to find names, too, that are less likely than none."""

LEAST = 0.05
"""Spans that are less likely are not proposed."""


class NetworkSuggester:
    """Suggestions from a network, which is loaded with the first document. Spans overlap, and have several labels."""

    name = "network"

    def __init__(self, context: SuggesterContext, network: TokenClassifier) -> None:
        tagset = context.tagset
        self._network = network
        self._clitics = tagset.clitics
        self._is_coarse = is_coarse(tagset)
        # The network's LOC is any place, and in news most places are political ones.
        classes = ["GPE" if tag[2:] == "LOC" else tag[2:] for tag in network.tags]
        labels = [translate(name, tagset) if name else None for name in classes]
        self._classes = {label: name for label, name in zip(labels, classes, strict=True) if label}
        self._columns = {
            label: [column for column, other in enumerate(labels) if other == label] for label in labels if label
        }
        self._gazetteer = read_gazetteer(resource("models", "starter"))

    @property
    def version(self) -> str:
        """Return a string that changes with the network's files."""
        return self._network.version

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, () if self._is_coarse else outside_debris(document, self.suggest(document.text))

    def close(self) -> None:
        """Do nothing: the network goes with this object."""

    def suggest(self, text: str) -> list[Suggestion]:
        """Return the suggestions for a text, by start."""
        best: dict[tuple[Span, str], float] = {}
        for tokens in joined(token_sentences(text)):
            shares = self._network.probabilities([token.text for token in tokens])
            for first, end, label in self._found(shares):
                score = float(np.min(shares[first:end, self._columns[label]].sum(1)))
                if score >= LEAST:
                    best[self._span(tokens, first, end, label), label] = score
        return [
            Suggestion(span, label, round(self._network.calibration(score), 4), self.name, self.version)
            for (span, label), score in sorted(best.items())
        ]

    def _found(self, shares: NDArray[np.float32]) -> list[tuple[int, int, str]]:
        """Return the spans of the best tags, and of those that would be the best if O were less likely."""
        tags = self._network.tags
        doubted = shares * np.where(np.arange(len(tags)), 1, DOUBT).astype(np.float32)
        return sorted(
            {
                (first, end, label)
                for read in (shares, doubted)
                for first, end, _ in decode_iob2([tags[i] for i in read.argmax(-1)])
                for label, columns in self._columns.items()
                if np.max(shares[first:end, columns]) >= LEAST
            }
        )

    def _span(self, tokens: Sequence[Token], first: int, end: int, label: str) -> Span:
        """Return the span of some words, without the clitics of the first."""
        start = self._gazetteer.name_start(tokens, first, self._clitics, self._classes[label])
        return Span(start, tokens[end - 1].end)


def create(context: SuggesterContext) -> NetworkSuggester:
    """Make the suggester from the bundled network; raises SuggesterError if its description cannot be read."""
    try:
        return NetworkSuggester(context, TokenClassifier(resource("models", "network"), context.threads))
    except ResourceError as e:
        raise SuggesterError(e.message) from e
