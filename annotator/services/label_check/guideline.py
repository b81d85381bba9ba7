"""Labels that are given once, what the guideline says, and the rules of the project itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix, LabelRule
from annotator.domain.model.document import Document
from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Example, Tagset
from annotator.services.label_check.labelled_document import LabelledDocument
from annotator.services.label_check.rule import MOST_PLACES
from annotator.services.search.match import Finder, Mode, finder

_FEWEST = 50
"""Annotations; with fewer, many labels are given once."""
_SINGLE = 0.3
_AGAINST_GUIDELINE = 0.95
_OFTEN = 3
"""A name that is labelled more often than this is a decision of the project, so the guideline may be too short."""
_AGAINST_RULE = 0.99


class SingleLabels:
    """Labels that are given once in all articles: a slip of the keyboard, or a label that is not needed."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._cases: list[Case] = []

    def count(self, document: LabelledDocument) -> None:
        """Count the labels."""
        self._counts.update(label for _, label in document.annotations)

    def collect(self, document: LabelledDocument) -> None:
        """Take the places of labels that are given once."""
        if self._counts.total() < _FEWEST:
            return
        for span, label in document.annotations:
            if self._counts[label] == 1:
                name, place = " ".join(span.of(document.text).split()), CasePlace(document.document.id, span, label)
                self._cases.append(Case(CaseKind.SINGLE, name, (label,), (place,), _SINGLE))

    def cases(self) -> Iterator[Case]:
        """Yield a case for each label."""
        return iter(self._cases)


class CounterExamples:
    """Names with a label that the guideline does not give them: its counter-examples, and examples of other labels."""

    def __init__(self, tagset: Tagset) -> None:
        self._right: dict[str, set[str]] = defaultdict(set)
        self._wrong: dict[str, set[str]] = defaultdict(set)
        for label in tagset.labels:
            for examples, names in ((label.examples, self._right), (label.counter_examples, self._wrong)):
                for example in examples:
                    # A number says nothing without the words around it.
                    if not any(map(str.isalpha, example.span)):
                        continue
                    names[_name(example)].add(label.id)
        self._places: dict[tuple[str, str], list[CasePlace]] = defaultdict(list)

    def count(self, document: LabelledDocument) -> None:
        """Count nothing."""

    def collect(self, document: LabelledDocument) -> None:
        """Take the names that the guideline speaks of."""
        for named in document.names:
            right = self._right.get(named.name, set())
            is_wrong = named.label in self._wrong.get(named.name, ()) or bool(right)
            if is_wrong and named.label not in right:
                fix = Fix(named.span, min(right) if len(right) == 1 else "")
                self._places[named.core.of(document.text), named.label].append(
                    CasePlace(document.document.id, named.span, named.label, fix)
                )

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name and label."""
        for (name, label), places in self._places.items():
            score = _AGAINST_GUIDELINE * min(1.0, _OFTEN / len(places))
            labels = tuple(dict.fromkeys((*(p.fix.label for p in places[:1] if p.fix and p.fix.label), label)))
            yield Case(CaseKind.COUNTER_EXAMPLE, name, labels, tuple(places[:MOST_PLACES]), score)


def _name(example: Example) -> str:
    """Return the name in an example as names are compared."""
    start = example.text.index(example.span)
    span = Span(start, start + len(example.span))
    return LabelledDocument(Document("", example.text), [(span, "")]).names[0].name


class ProjectRules:
    """What the patterns of the project's rules find, where it does not have the rule's label."""

    def __init__(self, rules: Sequence[LabelRule], tagset: Tagset) -> None:
        """Take the rules; raises PatternError for a pattern that is invalid."""
        self._rules: list[tuple[LabelRule, Finder]] = [
            (rule, finder(rule.pattern, Mode.REGEX, tagset)) for rule in rules
        ]
        self._places: dict[LabelRule, list[CasePlace]] = defaultdict(list)
        self._kept: Counter[LabelRule] = Counter()

    def count(self, document: LabelledDocument) -> None:
        """Count nothing."""

    def collect(self, document: LabelledDocument) -> None:
        """Take the places that break a rule."""
        taken: OverlapIndex | None = None
        debris = document.document.debris()
        labels = {str(number): item for number, item in enumerate(document.annotations)}
        for rule, found in self._rules:
            for span in (each.span for each in found.find(document.text)):
                if any(part.overlaps(span) for part in debris):
                    continue
                if taken is None:
                    taken = OverlapIndex()
                    for number, item in labels.items():
                        taken.add(item[0], number)
                there = sorted(labels[number] for _, number in taken.overlapping(span))
                self._judge(rule, document.document.id, span, there)

    def _judge(self, rule: LabelRule, document: str, span: Span, there: Sequence[tuple[Span, str]]) -> None:
        """Take a match if what is labelled there breaks the rule."""
        if (span, rule.label) in there or not (there or rule.label):
            self._kept[rule] += 1
            return
        fixed = Fix(span, rule.label)
        if not rule.label:
            broken = [CasePlace(document, held, label, Fix(held, "")) for held, label in there]
        elif there:
            held, label = next((item for item in there if item[0] == span), there[0])
            broken = [CasePlace(document, held, label, fixed)]
        else:
            broken = [CasePlace(document, span, "", fixed)]
        self._places[rule] += broken[: MOST_PLACES - len(self._places[rule])]

    def cases(self) -> Iterator[Case]:
        """Yield a case for each rule that is broken."""
        for rule, places in self._places.items():
            if places:
                labels = (rule.label,) if rule.label else ()
                yield Case(CaseKind.RULE, rule.pattern, labels, tuple(places), _AGAINST_RULE, self._kept[rule])
