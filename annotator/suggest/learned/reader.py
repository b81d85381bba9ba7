"""Describe a text for a CRF by its words and by the answers of other suggesters, and read what the CRF finds in it.

So the CRF learns when each suggester is right: its labels, where its names begin and end, and how sure it is. This is
stacking, as in Wolpert, "Stacked Generalization", Neural Networks 5, 1992.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pycrfsuite

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import Tagset
from annotator.resources import resource
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.registry import Combining, Suggester, SuggesterContext, create
from annotator.suggest.starter.features import Features, read_extractor
from annotator.suggest.starter.starter_model import Found, found_in
from annotator.suggest.starter.suggester import token_sentences

FEATURES = 1
"""The version of the features. A CRF that was trained with others is of no use."""

SOURCES = ("starter", "lexicon", "grammar")
"""The suggesters whose answers are features, unless a caller names others."""

_WINDOW = 2
"""How many words before and after a word give it the answers about them as features."""
_BINS = 4

Answers = Mapping[str, Iterable[Suggestion]]
"""The suggestions of each suggester for one document, by the suggester's name."""


@dataclass(frozen=True, slots=True)
class DescribedText:
    """A text as the CRF sees it: the answers, its sentences, the features of each word, and answers by first token."""

    answers: Mapping[str, Sequence[Suggestion]]
    sentences: Sequence[Sequence[Token]]
    rows: Sequence[Sequence[Features]]
    begun: Mapping[int, Sequence[Suggestion]]


class StackedReader:
    """Describes and reads texts for one tagset; the suggesters are made when their answers are first needed."""

    def __init__(self, tagset: Tagset, sources: Sequence[str] = SOURCES) -> None:
        self._tagset = tagset
        self._sources = tuple(sources)
        self._suggesters: dict[str, Suggester] = {}
        self._extractor = read_extractor(resource("models", "starter"))

    def describe(self, document: Document, given: Answers | None = None) -> DescribedText:
        """Return what a CRF sees of a document.

        given has answers that are there already; suggesters that it lacks are asked.
        """
        answers = self._answers(document, given or {})
        sentences = [tokens for tokens in token_sentences(document.text) if tokens]
        tokens = [token for sentence in sentences for token in sentence]
        starts = [token.start for token in tokens]
        said: list[list[str]] = [[] for _ in tokens]
        labels = [["O"] * len(answers) for _ in tokens]
        begun: dict[int, list[Suggestion]] = defaultdict(list)
        for number, (name, found) in enumerate(answers.items()):
            for suggestion in sorted(found, key=lambda s: (s.given, s.span)):
                first = max(bisect_right(starts, suggestion.span.start) - 1, 0)
                last = bisect_left(starts, suggestion.span.end) - 1
                begun[starts[first]].append(suggestion)
                for i in range(first, last + 1):
                    # Of answers of one suggester that overlap, the surest counts.
                    labels[i][number] = _tag(suggestion.label, i == first)
                    said[i] = [each for each in said[i] if not each.startswith(f"{name}:")]
                    said[i] += _features(name, suggestion.label, suggestion.given, i == first, i == last)
        rows: list[list[Features]] = []
        at = 0
        for sentence in sentences:
            part = range(at, at + len(sentence))
            seen = [_word(tuple(labels[i]), tuple(said[i])) for i in part]
            rows.append(
                [
                    [*row, *seen[i], *_around(seen, i)]
                    for i, row in enumerate(self._extractor.sentence([token.text for token in sentence]))
                ]
            )
            at += len(sentence)
        return DescribedText(answers, sentences, rows, begun)

    def read(
        self, described: DescribedText, tagger: pycrfsuite.Tagger, calibration: ModelCalibration
    ) -> Iterator[tuple[Span, Found]]:
        """Yield what a CRF finds in a text, with its span, by start."""
        for tokens, rows in zip(described.sentences, described.rows, strict=True):
            for found in found_in(tagger, rows, calibration):
                end = tokens[found.end - 1].end
                yield Span(self._start(described, tokens, found, end), end), found

    def ask(self, name: str, document: Document, answers: Answers) -> tuple[Suggestion, ...]:
        """Return a suggester's answer for a document; one that combines is given the answers of others."""
        if name not in self._suggesters:
            self._suggesters[name] = create(name, SuggesterContext(self._tagset))
        suggester = self._suggesters[name]
        if isinstance(suggester, Combining):
            return suggester.combine(document, answers)
        return dict(suggester.suggest_many([document])).get(document.id, ())

    def close(self) -> None:
        """Close the suggesters."""
        for suggester in self._suggesters.values():
            suggester.close()
        self._suggesters = {}

    def _answers(self, document: Document, given: Answers) -> dict[str, tuple[Suggestion, ...]]:
        answers: dict[str, tuple[Suggestion, ...]] = {}
        for name in self._sources:
            answers[name] = tuple(given[name]) if name in given else self.ask(name, document, answers)
        return answers

    def _start(self, described: DescribedText, tokens: Sequence[Token], found: Found, end: int) -> int:
        """Return where a name begins in its first token: where an answer does, or else after the clitics."""
        first = tokens[found.first]
        near = described.begun.get(first.start)
        if near:
            return max(near, key=lambda s: (s.label == found.label, s.span.end == end, s.given)).span.start
        return self._extractor.gazetteer.name_start(tokens, found.first, self._tagset.clitics, found.label)


def _tag(label: str, is_first: bool) -> str:
    return f"{'B' if is_first else 'I'}-{label}"


@lru_cache(maxsize=1 << 14)
def _features(name: str, label: str, score: float, is_first: bool, is_last: bool) -> tuple[str, ...]:
    """Return what one answer says about a word: label and place in the name, and in which quarter the score is."""
    tag = _tag(label, is_first)
    quarter = min(int(score * _BINS), _BINS - 1)
    found = (f"{name}:{tag}", f"{name}:{tag}:{quarter}", f"{name}:{tag[0]}")
    return (*found, f"{name}:E-{label}") if is_last else found


@lru_cache(maxsize=1 << 14)
def _word(labels: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what all answers say about a word, the labels also together."""
    return (*said, f"all:{'|'.join(labels)}")


@lru_cache(maxsize=1 << 16)
def _near(distance: int, features: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{distance:+}{feature}" for feature in features)


def _around(seen: Sequence[tuple[str, ...]], i: int) -> Iterator[str]:
    """Yield what the answers say about the words around a word."""
    for distance in range(-_WINDOW, _WINDOW + 1):
        if distance and 0 <= i + distance < len(seen):
            yield from _near(distance, seen[i + distance])
