"""Habits of where spans begin and end: with or without a clitic, a title, a word of kind, quotation marks."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix, Support
from annotator.domain.label_check.likelihood import PRIOR_ODDS, slip_probability
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.resources import resource
from annotator.services.label_check.labelled_document import CLOSING, OPENING, LabelledDocument, NamedSpan
from annotator.services.label_check.rule import MOST_EXAMPLES, MOST_PLACES
from annotator.text.clitics.rule import name_start
from annotator.text.normalise import normalise_key

_UNSURE_ODDS = PRIOR_ODDS / 8
"""The odds of a habit that may be none: a word that no list has may be part of some names."""
_LETTER = 0.3
"""How likely the first letter of a name that never occurs without it is a clitic after all."""
_SAME_NAME = 4.0
"""How much likelier a slip is if the same name is bounded as usual elsewhere."""


@dataclass(slots=True)
class Choice:
    """Annotations of one habit: how many include the part and leave it out, and examples of both."""

    counts: Counter[bool] = field(default_factory=Counter)
    examples: dict[bool, list[Support]] = field(default_factory=lambda: {True: [], False: []})

    def add(self, document: LabelledDocument, named: NamedSpan, *, includes: bool) -> None:
        """Count one annotation."""
        self.counts[includes] += 1
        if len(self.examples[includes]) < MOST_EXAMPLES:
            self.examples[includes].append(Support(document.document.id, named.span, named.label))

    def is_rare(self, includes: bool) -> bool:
        """Return True if most annotations are otherwise; of two equally frequent choices, including is rare."""
        same, other = self.counts[includes], self.counts[not includes]
        return same < other or (same == other and includes)

    def case(self, kind: CaseKind, name: str, places: list[CasePlace], odds: float, sure: float = 1.0) -> Case:
        """Return the case of some places of the rarer choice. sure is how likely the part is one at all."""
        usual = self.is_rare(False)  # whether most include the part
        many = self.counts[usual]
        score = sure * slip_probability(self.counts[not usual], self.counts.total(), odds)
        return Case(kind, name, (places[0].label,), tuple(places), score, many, tuple(self.examples[usual]))


def _place(document: LabelledDocument, named: NamedSpan, span: Span) -> CasePlace:
    return CasePlace(document.document.id, named.span, named.label, Fix(span, named.label))


class Clitics:
    """Names with their clitics, where most are without; or the other way round."""

    def __init__(self) -> None:
        self._choice = Choice()
        self._names: Counter[str] = Counter()
        self._places: dict[tuple[str, str], list[CasePlace]] = defaultdict(list)
        self._shown: dict[str, str] = {}

    def count(self, document: LabelledDocument) -> None:
        """Count the names with clitics before them."""
        for named in document.names:
            if named.clitic:
                self._choice.add(document, named, includes=named.includes_clitic)
            if not named.includes_clitic:
                self._names[named.name] += 1

    def collect(self, document: LabelledDocument) -> None:
        """Take those that differ from most."""
        for named in document.names:
            if named.clitic and self._choice.is_rare(named.includes_clitic):
                begin = named.core.start if named.includes_clitic else named.core.start - named.clitic
                places = self._places[named.name, named.label]
                if len(places) < MOST_PLACES and begin < named.inner.end:
                    self._shown.setdefault(named.name, named.inner.of(document.text))
                    places.append(_place(document, named, Span(begin, named.inner.end)))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name. It is surer if the name occurs without the clitic."""
        for (name, _), places in self._places.items():
            if places:
                sure = 1.0 if self._names[name] else _LETTER
                yield self._choice.case(CaseKind.CLITIC, self._shown[name], places, PRIOR_ODDS, sure)


class QuotationMarks:
    """Names with the quotation marks or brackets around them, where most are without; or the other way round."""

    def __init__(self) -> None:
        self._choice = Choice()
        self._places: dict[tuple[str, str], list[CasePlace]] = defaultdict(list)

    def count(self, document: LabelledDocument) -> None:
        """Count the names in quotation marks."""
        for named in document.names:
            includes = _quoted(document.text, named.span)
            if includes is not None:
                self._choice.add(document, named, includes=includes)

    def collect(self, document: LabelledDocument) -> None:
        """Take those that differ from most."""
        for named in document.names:
            includes = _quoted(document.text, named.span)
            if includes is not None and self._choice.is_rare(includes):
                start, end = named.span
                span = Span(start + 1, end - 1) if includes else Span(start - 1, end + 1)
                places = self._places[named.name, named.label]
                if len(places) < MOST_PLACES:
                    places.append(_place(document, named, span))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name."""
        for (name, _), places in self._places.items():
            if places:
                yield self._choice.case(CaseKind.QUOTATION, name, places, PRIOR_ODDS * _SAME_NAME)


class FirstWords:
    """Titles and words of kind, such as مدينة, in some spans and before others with the same label.

    A word that no list has as a title or kind counts if the name without it is labelled by itself elsewhere. Where a
    name is bounded in the same way throughout, as شمال سيناء, the word is a part of it.
    """

    def __init__(self) -> None:
        self._choices: dict[tuple[str, str], Choice] = defaultdict(Choice)
        self._names: Counter[tuple[str, str]] = Counter()
        self._pairs: dict[tuple[str, str, str], Counter[bool]] = defaultdict(Counter)
        self._shown: dict[str, str] = {}
        self._places: dict[tuple[str, str], list[tuple[str, CasePlace]]] = defaultdict(list)

    def count(self, document: LabelledDocument) -> None:
        """Count which words begin a span, and which precede one."""
        for named in document.names:
            self._names[named.name, named.label] += 1
            for word, _, includes, _ in _first_words(document, named):
                self._choices[word, named.label].add(document, named, includes=includes)

    def collect(self, document: LabelledDocument) -> None:
        """Take the spans that differ from most."""
        taken: OverlapIndex | None = None
        for named in document.names:
            for word, name, includes, span in _first_words(document, named):
                choice = self._choices[word, named.label]
                if len(choice.counts) < 2:
                    continue
                self._pairs[word, named.label, name][includes] += 1
                places = self._places[word, named.label]
                if not choice.is_rare(includes) or len(places) == MOST_PLACES:
                    continue
                taken = taken or OverlapIndex(span for span, _ in document.annotations)
                before = Span(span.start, named.span.start) if span.start < named.span.start else None
                if before is None or next(taken.overlapping(before), None) is None:
                    places.append((name, _place(document, named, span)))
                    start = named.core.start if includes else span.start
                    self._shown.setdefault(word, document.text[start:].split(maxsplit=1)[0])

    def cases(self) -> Iterator[Case]:
        """Yield a case for each word and label."""
        for (word, label), places in self._places.items():
            choice, listed = self._choices[word, label], word in titles() or word in kind_words()
            includes = choice.is_rare(True)
            kept, contradicted = [], False
            for name, place in places:
                pair = self._pairs[word, label, name]
                if pair[includes] > 1 and not pair[not includes]:
                    continue
                if not listed and not (self._names[name, label] if includes else pair[not includes]):
                    continue
                contradicted |= pair[not includes] > 0
                kept.append(place)
            if kept:
                odds = (PRIOR_ODDS if listed else _UNSURE_ODDS) * (_SAME_NAME if contradicted else 1)
                kind = CaseKind.TITLE if word in titles() else CaseKind.KIND_WORD
                yield choice.case(kind, self._shown[word], kept, odds)


def _first_words(document: LabelledDocument, named: NamedSpan) -> Iterator[tuple[str, str, bool, Span]]:
    """Yield the word that begins a span, and the one before it.

    Each is (its key, the key of the name without it, whether the span includes it, the span the other way).
    """
    text, core = document.text, named.core
    words = document.words(core)
    if not words:
        return
    if len(words) > 1 and words[1].start < core.end:
        rest = Span(words[1].start, core.end)
        key = normalise_key(text[core.start : words[0].end])
        if words[1].text[0].isalnum():
            yield key, normalise_key(rest.of(text)), True, Span(rest.start, named.inner.end)
    if named.clitic:
        return
    before = document.before(words[0].start)
    if before and before.text[0].isalpha() and text[before.end : words[0].start] == " ":
        start = name_start(before.text, OUTSIDE)
        span = Span(before.start + start, named.inner.end)
        yield normalise_key(before.text[start:]), named.name, False, span


def _quoted(text: str, span: Span) -> bool | None:
    """Return True if a span includes the quotation marks around it, False if they are outside, None without any."""
    start, end = span
    if end - start > 2 and _are_pair(text[start], text[end - 1]):
        return True
    return False if start and end < len(text) and _are_pair(text[start - 1], text[end]) else None


def _are_pair(first: str, last: str) -> bool:
    return first in OPENING and last == CLOSING[OPENING.index(first)]


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Return the keys of the bundled titles of one word."""
    lines = (resource("names") / "titles.tsv").read_text(encoding="utf-8").splitlines()
    listed = {normalise_key(line) for line in lines if line and not line.startswith("#")}
    return frozenset(word for word in listed | _cue_words("before", "PERS") if " " not in word)


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return the keys of the bundled words of kind: مدينة, حزب, تنظيم, قناة."""
    labels = ("ORG", "ARMED", "FORCE", "MEDIA", "PLATFORM")
    return _cue_words("kinds", "LOC").union(*(_cue_words("before", label) for label in labels)) - titles()


def _cue_words(section: str, label: str) -> frozenset[str]:
    table = tomllib.loads((resource("lexicons") / "context.toml").read_text(encoding="utf-8"))
    return frozenset(map(normalise_key, table[section][label].split()))
