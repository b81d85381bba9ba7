"""The grammar suggester: dates, casualties, attacks and other phrases by the rules in resources/grammar."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from annotator import __version__
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import OUTSIDE, Tagset
from annotator.resources import resource
from annotator.suggest.grammar.grammar_file import NONE, Grammar, Rule, bundled_grammar
from annotator.suggest.grammar.vocabulary import LINE_BREAK, line_breaks
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.suggester_labels import translate
from annotator.text.tokenizer import tokenize

PRECISION = "precision.json"
"""The file of the grammar with how often each rule was right; tests/benchmarks/grammar_precision.py measures it."""

_CACHED_WORDS = 1 << 16
_OF_THE_LABEL = 4.0
"""How many suggestions of its whole label count with those of a rule, so that few cases give no extreme confidence."""
_DOUBT = 1.0
"""How many wrong suggestions are added to each rule, since it was written while looking at what it is measured on."""


class Found(NamedTuple):
    """What a rule found: morphemes first to last, half-open."""

    first: int
    last: int
    rule: Rule


class GrammarSuggester:
    """Suggestions from rules, in this process."""

    name = "grammar"

    def __init__(self, grammar: Grammar, version: str, tagset: Tagset) -> None:
        """Take a grammar and a tagset; rules without a label in the tagset are dropped."""
        self.version = version
        self._nested = tagset.nested
        self._inside = tagset.clitics != OUTSIDE
        labels = {rule.label: translate(rule.label, tagset) for rule in grammar.rules}
        labels[NONE] = NONE
        self._rules = [(rule, label) for rule in grammar.rules if (label := labels[rule.label]) is not None]
        self._labels = {rule.name: label for rule, label in self._rules}
        self._line_break = grammar.symbol(LINE_BREAK)
        self._scores = confidences(grammar)

        @lru_cache(maxsize=_CACHED_WORDS)
        def split(word: str) -> tuple[tuple[str, int, int], ...]:
            """Return the symbol of each morpheme of a word, and its place in it."""
            return tuple((grammar.symbol(part.key), part.start, part.end) for part in grammar.vocabulary.split(word))

        self._split = split

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text."""
        return tuple(
            Suggestion(span, label, self._scores[rule.name], self.name, self.version)
            for span, label, rule in self.find(text)
        )

    def find(self, text: str) -> Iterator[tuple[Span, str, Rule]]:
        """Yield the spans in a text by start, each with the tagset's label and the rule that found it."""
        symbols: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for token in line_breaks(text, tokenize(text)):
            if token is None:
                symbols.append(self._line_break)
                starts.append(0)
                ends.append(0)
                continue
            at = token.start
            for symbol, start, end in self._split(token.text):
                symbols.append(symbol)
                starts.append(at if self._inside else at + start)
                ends.append(at + end)
        for found in longest(self._candidates("".join(symbols)), nested=self._nested):
            yield Span(starts[found.first], ends[found.last - 1]), self._labels[found.rule.name], found.rule

    def _candidates(self, symbols: str) -> Iterator[Found]:
        """Yield what each rule finds, also what overlaps."""
        for rule, _ in self._rules:
            for pattern in rule.patterns:
                match = pattern.search(symbols)
                while match:
                    places = [place for place in match.regs[1:] if place[0] < place[1]] or [match.span()]
                    for first, last in places:
                        if first < last:
                            yield Found(first, last, rule)
                    # What follows the span may be what the next one follows.
                    match = pattern.search(symbols, max(match.start() + 1, places[-1][1]))

    def close(self) -> None:
        """Do nothing: there is no process or file to close."""


@lru_cache(maxsize=1)
def _measured() -> dict[str, tuple[str, int, int]]:
    """Return, for each measured rule, its label, how often it was right, and how many suggestions it made."""
    rules = json.loads((resource("grammar") / PRECISION).read_text(encoding="utf-8"))["rules"]
    return {name: (row["label"], row["right"], row["suggestions"]) for name, row in rules.items()}


def confidences(grammar: Grammar) -> dict[str, float]:
    """Return the confidence of each rule by name: its precision, drawn towards that of all rules of its label."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for label, n, suggestions in _measured().values():
        right[label] += n
        total[label] += suggestions
    found = {}
    for rule in grammar.rules:
        of_label = (right[rule.label] + 1) / (total[rule.label] + 2)
        _, n, suggestions = _measured().get(rule.name, ("", 0, 0))
        found[rule.name] = round((n + _OF_THE_LABEL * of_label) / (suggestions + _OF_THE_LABEL + _DOUBT), 3)
    return found


def longest(candidates: Iterable[Found], *, nested: bool = False) -> list[Found]:
    """Return the candidates with a label that no longer one overlaps, by place.

    Of two that are equally long, the one of the label "none" counts, then the first. nested keeps those of nested
    rules that a longer one covers.
    """
    kept: list[Found] = []
    cluster: list[Found] = []
    reach = 0
    for one in sorted(candidates, key=lambda c: c.first):
        if one.first >= reach:
            kept += _resolved(cluster, nested)
            cluster = []
        cluster.append(one)
        reach = max(reach, one.last)
    return kept + _resolved(cluster, nested)


def _resolved(cluster: list[Found], nested: bool) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(cluster, key=lambda c: (c.first - c.last, c.rule.label != NONE)):
        if all(_may_stay(one, longer, nested) for longer in kept):
            kept.append(one)
    return sorted((one for one in kept if one.rule.label != NONE), key=lambda c: (c.first, -c.last))


def _may_stay(one: Found, longer: Found, nested: bool) -> bool:
    """Return True if what was found can be kept together with something that is at least as long."""
    if one.last <= longer.first or longer.last <= one.first:
        return True
    return nested and one.rule.nested and longer.first <= one.first and one.last <= longer.last


def create(context: SuggesterContext) -> GrammarSuggester:
    """Make the suggester from the bundled grammar."""
    digest = hashlib.sha256()
    for path in sorted(resource("grammar").iterdir()):
        digest.update(path.read_bytes())
    return GrammarSuggester(bundled_grammar(), f"{__version__}+{digest.hexdigest()[:8]}", context.tagset)
