"""Where a model that was trained on the other articles finds something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix
from annotator.services.label_check.labelled_document import LabelledDocument
from annotator.services.label_check.rule import MOST_PLACES
from annotator.suggest.learned.crf import TrainingDocument
from annotator.suggest.learned.label_errors import LabelErrorFinder

_BATCH = 50
"""Articles that are sent to the model's process at a time."""
_TRUST = 0.4
"""How much the probability that a model gives counts: it is often sure, and wrong."""

_Key = tuple[str, str, str]


class ModelDisagreement:
    """The likely errors by confident learning (annotator.suggest.learned.label_errors), by name and correction."""

    def __init__(self, finder: LabelErrorFinder) -> None:
        """Take the finder, whose training may still run."""
        self._finder = finder
        self._waiting: list[LabelledDocument] = []
        self._places: dict[_Key, list[tuple[float, CasePlace]]] = defaultdict(list)

    def count(self, document: LabelledDocument) -> None:
        """Count nothing."""

    def collect(self, document: LabelledDocument) -> None:
        """Send the article to the model, with others."""
        self._waiting.append(document)
        if len(self._waiting) == _BATCH:
            self._read()

    def cases(self) -> Iterator[Case]:
        """Yield a case for each name, given label and correction."""
        self._read()
        for (name, label, wanted), found in self._places.items():
            score = _TRUST * sum(probability for probability, _ in found) / len(found)
            labels = tuple(dict.fromkeys(filter(None, (wanted, label))))
            yield Case(CaseKind.MODEL, name, labels, tuple(place for _, place in found), score)

    def _read(self) -> None:
        documents = [training_document(each) for each in self._waiting]
        for each, errors in zip(self._waiting, self._finder.find(documents), strict=True):
            for error in errors:
                fix = Fix(*error.wanted) if error.wanted else Fix(error.span, "")
                place = CasePlace(each.document.id, error.span, error.label, fix)
                name = " ".join(fix.span.of(each.text).split())
                places = self._places[name, error.label, fix.label]
                if len(places) < MOST_PLACES and not any(d.overlaps(fix.span) for d in each.document.debris()):
                    places.append((error.probability, place))
        self._waiting = []


def training_document(document: LabelledDocument) -> TrainingDocument:
    """Return a document as the model learns it."""
    return TrainingDocument(document.text, tuple(document.annotations))
