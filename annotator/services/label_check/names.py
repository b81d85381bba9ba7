"""Names: one with different labels, and one that is labelled in some places and not in others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix, Support
from annotator.domain.label_check.likelihood import PRIOR_ODDS, slip_probability
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE, Tagset
from annotator.services.label_check.labelled_document import LabelledDocument
from annotator.services.label_check.rule import MOST_EXAMPLES, MOST_PLACES
from annotator.suggest.lexicon.matcher import SHORTEST_WITH_CLITICS, Haystack, Matcher, longest
from annotator.text.normalise import normalise

_SAME_ARTICLE = 3.0
"""How much likelier a slip is if the same article has the name as usual.

A name has one sense in a text: Gale, Church and Yarowsky, "One Sense Per Discourse", Speech and Natural Language, 1992.
"""
_MOST_LABELLED = 20
"""A name that is labelled more often than this is no slip, however often it is not labelled elsewhere."""


class NameCounts:
    """How often each name has which label, and a few of its places."""

    def __init__(self) -> None:
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        self.spellings: dict[str, set[str]] = defaultdict(set)
        self._examples: dict[str, list[tuple[Support, str]]] = defaultdict(list)

    def add(self, document: LabelledDocument) -> None:
        """Count the labels of the names of an article."""
        for named in document.names:
            self.labels[named.name][named.label] += 1
            self.spellings[named.name].add(named.core.of(document.text))
            examples = self._examples[named.name]
            if len(examples) < MOST_EXAMPLES or named.label not in {support.label for support, _ in examples}:
                support = Support(document.document.id, named.span, named.label)
                examples.append((support, named.core.of(document.text)))

    def usual(self, name: str) -> str:
        """Return the commonest label of a name; of equally common ones the first in the alphabet."""
        return min(self.labels[name].items(), key=lambda item: (-item[1], item[0]))[0]

    def shown(self, name: str) -> str:
        """Return a name as it is written in a text."""
        return " ".join(self._examples[name][0][1].split()) if self._examples[name] else name

    def examples(self, name: str, label: str) -> tuple[Support, ...]:
        """Return a few places of a name with a label."""
        return tuple(support for support, _ in self._examples[name] if support.label == label)[:MOST_EXAMPLES]


class DifferentLabels:
    """The same name with different labels: the rarer label is probably wrong."""

    def __init__(self) -> None:
        self._names = NameCounts()
        self._places: dict[tuple[str, str], list[CasePlace]] = defaultdict(list)
        self._together: Counter[tuple[str, str]] = Counter()

    def count(self, document: LabelledDocument) -> None:
        """Count the labels of each name."""
        self._names.add(document)

    def collect(self, document: LabelledDocument) -> None:
        """Take the places of names with several labels."""
        several = [named for named in document.names if len(self._names.labels[named.name]) > 1]
        usual = {named.name for named in several if named.label == self._names.usual(named.name)}
        for named in several:
            label = self._names.usual(named.name)
            places = self._places[named.name, named.label]
            if named.label != label and len(places) < MOST_PLACES:
                places.append(CasePlace(document.document.id, named.span, named.label, Fix(named.span, label)))
                self._together[named.name, named.label] += named.name in usual

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name and rarer label."""
        for (name, label), places in self._places.items():
            if not places:
                continue
            usual = self._names.usual(name)
            same, other = self._names.labels[name][usual], self._names.labels[name][label]
            odds = PRIOR_ODDS * (_SAME_ARTICLE if self._together[name, label] else 1)
            score = slip_probability(other, same + other, odds)
            shown, examples = self._names.shown(name), self._names.examples(name, usual)
            yield Case(CaseKind.LABELS, shown, (usual, label), tuple(places), score, same, examples)


class UnlabelledNames:
    """Names that are labelled here and not there: whichever is rarer is probably wrong.

    Names are found with the clitics that may precede them. A place that overlaps an annotation, or is page debris, says
    nothing.
    """

    _MISSED_ODDS = 2.0
    _EXTRA_ODDS = 1.0

    def __init__(self, tagset: Tagset) -> None:
        self._clitics = tagset.clitics
        self._names = NameCounts()
        self._matcher: Matcher[str] | None = None
        self._free: Counter[str] = Counter()
        self._missed: dict[str, list[CasePlace]] = defaultdict(list)
        self._labelled: dict[str, list[CasePlace]] = defaultdict(list)
        self._together: Counter[str] = Counter()

    def count(self, document: LabelledDocument) -> None:
        """Count how often each name is labelled."""
        self._names.add(document)

    def collect(self, document: LabelledDocument) -> None:
        """Find the names where they are not labelled."""
        text, name_of = document.text, document.document.id
        taken = OverlapIndex(span for span, _ in document.annotations)
        for debris in document.document.debris():
            taken.add(debris)
        here = {named.name for named in document.names}
        for name, span in self._find(text):
            # إمام and أمام are alike for the search, and different words.
            is_word = " " in name or span.of(text) in self._names.spellings[name]
            if next(taken.overlapping(span), None) or not is_word:
                continue
            self._free[name] += 1
            places = self._missed[name]
            # A name that is mostly not labelled is a case of what is labelled, which needs few examples.
            if len(places) < min(MOST_PLACES, max(self._names.labels[name].total(), 1)):
                places.append(CasePlace(name_of, span, "", Fix(span, self._names.usual(name))))
            self._together[name] += name in here
        for named in document.names:
            if self._names.labels[named.name].total() <= _MOST_LABELLED:
                self._labelled[named.name].append(CasePlace(name_of, named.span, named.label, Fix(named.span, "")))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name, of the places where it is not labelled or of those where it is."""
        for name, free in self._free.items():
            labels = self._names.labels[name]
            labelled, usual, shown = labels.total(), self._names.usual(name), self._names.shown(name)
            if free <= labelled:
                odds = self._MISSED_ODDS * (_SAME_ARTICLE if self._together[name] else 1)
                # A name with several labels may well have none somewhere.
                score = slip_probability(free, free + labelled, odds) * labels[usual] / labelled
                examples = self._names.examples(name, usual)
                yield Case(CaseKind.MISSED, shown, (usual,), tuple(self._missed[name]), score, labelled, examples)
            elif places := self._labelled.get(name):
                score = slip_probability(labelled, free + labelled, self._EXTRA_ODDS)
                examples = tuple(Support(p.document, p.span, "") for p in self._missed[name][:MOST_EXAMPLES])
                yield Case(CaseKind.EXTRA, shown, (usual,), tuple(places), score, free, examples)

    def _find(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield the names in a text, the longest where they overlap."""
        if self._matcher is None:
            known = ((name, name) for name in self._names.labels if len(name) >= SHORTEST_WITH_CLITICS)
            self._matcher = Matcher(known, takes_article=lambda _: False)
        haystack = Haystack(normalise(text))
        for match in longest(self._matcher.find(haystack.text)):
            yield match.value, haystack.span(match.first(self._clitics or OUTSIDE), match.end)
