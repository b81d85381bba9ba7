"""Score a suggester against a gold file: precision, recall, F1, speed, and what was not compared."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.domain.model.label_map import LabelMap
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.tagset.tagset import Tagset
from annotator.services.evaluation.gold import Gold
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.metrics import Report, Score, evaluate, whole_words
from annotator.suggest.model_folders import default_models
from annotator.suggest.registry import Suggester, SuggesterContext, create

WORD = "word"
"""Names include the clitics written onto them: they are suggested and compared by whole words."""

EXACT = "exact"
"""Names begin and end as the tagset says, and every character counts."""

AUTO = "auto"
"""WORD if all names of the gold file begin and end at word boundaries, otherwise EXACT."""

CLITICS = (AUTO, EXACT, WORD)

_FITTING = ("camel", "wojood", "security")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one suggester.

    compared: the labels that occur in the gold file; micro is over these. dropped: how many gold annotations the map
    drops, by label. not_compared: how many suggestions have a label that never occurs in the gold file. load_seconds:
    the time to make the suggester, its first document included.
    """

    suggester: str
    version: str
    gold: Gold
    clitics: str
    scores: Report
    load_seconds: float
    compared: tuple[str, ...]
    dropped: dict[str, int]
    not_compared: dict[str, int]
    problems: tuple[str, ...] = ()

    @property
    def micro(self) -> Score:
        """Return the score over all compared labels."""
        return self.scores.micro(self.compared)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        scores = self.scores.to_json(self.compared)
        scores["labels"] = {label: score for label, score in scores["labels"].items() if label in self.compared}
        return {
            "gold": str(self.gold.path),
            "suggester": self.suggester,
            "version": self.version,
            "clitics": self.clitics,
            "documents": len(self.gold.documents),
            **scores,
            "load_seconds": round(self.load_seconds, 3),
            "not_compared": self.not_compared,
            "dropped": self.dropped,
            "problems": [*(f"{p.place}: {p.message}" for p in self.gold.problems), *self.problems],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What counts as equal in an evaluation.

    labels maps the labels of both sides to those that are compared; what it drops is not compared. With clitics WORD,
    the spans of both sides are widened to whole words. AUTO does so if the gold file labels whole words. threshold is
    the lowest score that counts; by default that of the editor for combined suggestions, and 0 for one suggester alone.
    """

    labels: LabelMap = field(default_factory=LabelMap)
    clitics: str = AUTO
    threshold: float | None = None


def evaluate_suggester(
    gold: Gold, name: str, tagset: Tagset, comparison: Comparison, *, models: Path | None = None, threads: int = 1
) -> Evaluation:
    """Run a suggester for a tagset over a gold file that was read without a label map, and compare.

    Raises SuggesterError if the suggester cannot run.
    """
    labels, clitics = comparison.labels, comparison.clitics
    if clitics == AUTO:
        clitics = WORD if labels_whole_words(gold) else EXACT
    problems: list[str] = []
    spoken = replace(tagset, clitics="inside") if clitics == WORD else tagset
    context = SuggesterContext(spoken, (), models or default_models(), threads=threads, report=problems.append)
    started = time.perf_counter()
    suggester = create(name, context)
    try:
        for _ in suggester.suggest_many([item.document for item in gold.documents[:1]]):
            pass
        load_seconds = time.perf_counter() - started
        scores = evaluate(
            suggester,
            gold.documents,
            mapping=_mapping(gold, tagset, labels),
            threshold=_threshold(suggester, comparison),
            words=clitics == WORD,
        )
        version = suggester.version
    finally:
        suggester.close()
    compared = tuple(sorted(label for label, score in scores.by_label.items() if score.gold))
    others = {label: score.suggested for label, score in sorted(scores.by_label.items()) if not score.gold}
    dropped = {label: n for label, n in sorted(gold.labels().items()) if labels.get(label) is None}
    return Evaluation(name, version, gold, clitics, scores, load_seconds, compared, dropped, others, tuple(problems))


def _threshold(suggester: Suggester, comparison: Comparison) -> float:
    if comparison.threshold is None:
        return DEFAULT_THRESHOLD if suggester.name == COMBINED else 0.0
    return comparison.threshold


def labels_whole_words(gold: Gold) -> bool:
    """Return True if every gold span begins and ends at a word boundary, as in ANERcorp."""
    return all(
        whole_words(item.document.text, annotation.span) == annotation.span
        for item in gold.documents
        for annotation in item.annotations
    )


def fitting_tagset(gold: Gold, labels: LabelMap) -> str:
    """Return the bundled tagset with the labels of a gold file, as they are or as mapped, or else "security"."""
    mapped = {labels.get(label) for label in gold.labels()} - {None}
    for name in _FITTING:
        own = {label.id for label in load_tagset(name).labels}
        if gold.labels().keys() <= own or mapped <= own:
            return name
    return "security"


def _mapping(gold: Gold, tagset: Tagset, labels: LabelMap) -> dict[str, str]:
    """Return the label to compare for each label of either side."""
    known = (*gold.labels(), *(label.id for label in tagset.labels))
    return {label: target for label in known if (target := labels.get(label)) is not None}


def table(evaluations: Sequence[Evaluation]) -> list[tuple[str, ...]]:
    """Return table rows: suggester, label, precision, recall, F1, overlap F1, gold, suggested."""
    rows: list[tuple[str, ...]] = []
    for each in evaluations:
        scores = [*((label, each.scores.by_label[label]) for label in each.compared), ("all", each.micro)]
        for label, score in scores:
            shares = (score.precision, score.recall, score.f1, score.overlap_f1)
            counts = (score.gold, score.suggested)
            rows.append((each.suggester, label, *(f"{share:.3f}" for share in shares), *map(str, counts)))
    return rows
