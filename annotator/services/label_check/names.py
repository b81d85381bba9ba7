"""The same name with different labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix, Support
from annotator.domain.label_check.likelihood import PRIOR_ODDS, slip_probability
from annotator.services.label_check.labelled_document import LabelledDocument
from annotator.services.label_check.rule import MOST_EXAMPLES, MOST_PLACES

_SAME_ARTICLE = 3.0
"""How much likelier a slip is if the same article has the name with its usual label.

A name has one sense in a text: Gale, Church and Yarowsky, "One Sense Per Discourse", Speech and Natural Language, 1992.
"""


class DifferentLabels:
    """The same name with different labels: the rarer label is probably wrong."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._places: dict[tuple[str, str], list[CasePlace]] = defaultdict(list)
        self._together: Counter[tuple[str, str]] = Counter()
        self._examples: dict[str, list[Support]] = defaultdict(list)
        self._shown: dict[str, str] = {}

    def count(self, document: LabelledDocument) -> None:
        """Count the labels of each name."""
        for named in document.names:
            self._counts[named.name][named.label] += 1

    def collect(self, document: LabelledDocument) -> None:
        """Take the places of names with several labels."""
        several = [named for named in document.names if len(self._counts[named.name]) > 1]
        usual = {named.name for named in several if named.label == self._usual(named.name)}
        for named in several:
            label = self._usual(named.name)
            if named.label == label:
                self._shown.setdefault(named.name, named.core.of(document.text))
                if len(self._examples[named.name]) < MOST_EXAMPLES:
                    self._examples[named.name].append(Support(document.document.id, named.span, named.label))
            elif len(places := self._places[named.name, named.label]) < MOST_PLACES:
                places.append(CasePlace(document.document.id, named.span, named.label, Fix(named.span, label)))
                self._together[named.name, named.label] += named.name in usual

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name and rarer label."""
        for (name, label), places in self._places.items():
            usual = self._usual(name)
            same, other = self._counts[name][usual], self._counts[name][label]
            odds = PRIOR_ODDS * (_SAME_ARTICLE if self._together[name, label] else 1)
            score = slip_probability(other, same + other, odds)
            shown, examples = self._shown.get(name, name), tuple(self._examples[name])
            yield Case(CaseKind.LABELS, shown, (usual, label), tuple(places), score, same, examples)

    def _usual(self, name: str) -> str:
        """Return the commonest label of a name; of equally common ones the first in the alphabet."""
        return min(self._counts[name].items(), key=lambda item: (-item[1], item[0]))[0]
