"""Precision, recall and F1 of suggested spans against settled ones: by class and in all, exact and by overlap."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.span import Span
from annotator.suggest.registry import Suggester
from annotator.text.tokenizer import tokenize

Labelled = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of spans, and the ratios that follow from them; a ratio is 0 if its denominator is 0.

    found_gold counts the gold spans that a suggestion of their class overlaps. touching counts the suggestions that
    overlap a gold span of their class.
    """

    right: int = 0
    gold: int = 0
    suggested: int = 0
    found_gold: int = 0
    touching: int = 0

    @property
    def precision(self) -> float:
        """Return the share of suggestions that are exactly right."""
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """Return the share of gold spans that were suggested exactly."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return _f1(self.precision, self.recall)

    @property
    def overlap_f1(self) -> float:
        """Return F1 if any overlap with a span of the same class counts."""
        precision = self.touching / self.suggested if self.suggested else 0.0
        return _f1(precision, self.found_gold / self.gold if self.gold else 0.0)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.gold + other.gold,
            self.suggested + other.suggested,
            self.found_gold + other.found_gold,
            self.touching + other.touching,
        )

    def to_json(self) -> dict[str, Any]:
        """Return counts and ratios (four digits) as JSON values."""
        shares = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1", "overlap_f1")}
        return {**shares, "right": self.right, "gold": self.gold, "suggested": self.suggested}


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by class, and how many tokens the suggester read in how many seconds."""

    by_label: Mapping[str, Score] = field(default_factory=dict)
    tokens: int = 0
    seconds: float = 0.0

    def micro(self, labels: Iterable[str] | None = None) -> Score:
        """Return the score over all spans of some classes, by default all."""
        chosen = self.by_label if labels is None else labels
        return sum((self.by_label.get(label, Score()) for label in chosen), Score())

    @property
    def tokens_per_second(self) -> float:
        """Return the speed, or 0 if no time was measured."""
        return self.tokens / self.seconds if self.seconds else 0.0

    def to_json(self, labels: Sequence[str] | None = None) -> dict[str, Any]:
        """Return the whole report as JSON values; micro is taken over labels, or over all classes."""
        return {
            "micro": self.micro(labels).to_json(),
            "labels": {label: score.to_json() for label, score in sorted(self.by_label.items())},
            "tokens": self.tokens,
            "tokens_per_second": round(self.tokens_per_second),
        }


def evaluate(
    suggester: Suggester,
    gold: Iterable[AnnotatedDocument],
    *,
    mapping: Mapping[str, str] | None = None,
    threshold: float = 0.0,
    words: bool = True,
) -> Report:
    """Run a suggester over documents and compare its suggestions with the settled annotations.

    mapping turns labels on both sides into common ones; labels that it lacks are dropped. With words, the spans on both
    sides are widened to whole words, because corpora disagree about clitics. Suggestions below the threshold are
    dropped.
    """
    scores: dict[str, Score] = {}
    tokens = 0
    documents = list(gold)
    started = time.perf_counter()
    suggested = dict(suggester.suggest_many(item.document for item in documents))
    seconds = time.perf_counter() - started
    for item in documents:
        text = item.document.text
        tokens += len(tokenize(text))
        settled = [(a.span, a.label) for a in item.annotations]
        made = [(s.span, s.label) for s in suggested.get(item.document.id, ()) if s.score >= threshold]
        sides = [_mapped(side, mapping) for side in (settled, made)]
        if words:
            sides = [[(whole_words(text, span), label) for span, label in side] for side in sides]
        for label, score in compare(*sides).items():
            scores[label] = scores.get(label, Score()) + score
    return Report(scores, tokens, seconds)


def compare(gold: Iterable[Labelled], suggested: Iterable[Labelled]) -> dict[str, Score]:
    """Return the score of each class for the spans of one document; a span given twice counts once."""
    wanted, made = set(gold), set(suggested)
    right = Counter(label for _, label in wanted & made)
    scores = {}
    for label in {label for _, label in wanted | made}:
        truths = [span for span, own in wanted if own == label]
        guesses = [span for span, own in made if own == label]
        scores[label] = Score(
            right[label],
            len(truths),
            len(guesses),
            sum(any(truth.overlaps(guess) for guess in guesses) for truth in truths),
            sum(any(guess.overlaps(truth) for truth in truths) for guess in guesses),
        )
    return scores


def whole_words(text: str, span: Span) -> Span:
    """Return a span widened to whole words: ديالى in وديالى becomes وديالى."""
    start, end = span.start, span.end
    while start and _is_letter(text[start - 1]) and _is_letter(text[start]):
        start -= 1
    while end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end]):
        end += 1
    return Span(start, end)


def _is_letter(char: str) -> bool:
    """Return True for a letter, a digit, or a mark on one."""
    return char.isalnum() or unicodedata.category(char) == "Mn"


def _mapped(spans: Iterable[Labelled], mapping: Mapping[str, str] | None) -> list[Labelled]:
    if mapping is None:
        return list(spans)
    return [(span, mapping[label]) for span, label in spans if label in mapping]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
