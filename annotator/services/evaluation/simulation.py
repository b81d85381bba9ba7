"""Measure how much work suggestions leave: a simulated annotator labels a gold file with and without them.

Each run has a project of its own on disk and goes through the documents in file order. Suggesters that do not learn are
asked before it begins. Those that learn are asked about each document just before it is opened. memory then knows all
earlier decisions. The project's own model is trained again whenever the decided documents have grown by a quarter.
simulated_annotator.py describes what the annotator does at each suggestion, and what that costs.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import SuggesterError, join_messages
from annotator.services.evaluation.gold import compatible_annotations
from annotator.services.evaluation.simulated_annotator import Action, DocumentEffort, SimulatedAnnotator
from annotator.services.progress import Progress
from annotator.services.suggesting.suggest_project import SuggestionJob, SuggestReport, suggest_project
from annotator.services.suggesting.train import is_due
from annotator.services.suggesting.worker_pool import InlinePool, run_batches
from annotator.session import Session
from annotator.storage.file.temporary_folder import temporary_folder
from annotator.storage.project import Project
from annotator.suggest.learned.crf import TrainingDocument
from annotator.suggest.learned.reader import StackedReader
from annotator.suggest.learned.suggester import DESCRIPTION, LearnedSuggester
from annotator.suggest.learned.train import train_model
from annotator.suggest.model_folders import default_models
from annotator.suggest.registry import DEFAULT, Suggester, SuggesterContext, available, expand

MEMORY, LEARNED = "memory", "learned"
"""The suggesters that learn from the project's decisions: names confirmed before, and the project's own model."""

_NOT_ALONE = (MEMORY, LEARNED, COMBINED)
"""What a condition adds to the suggesters that are named."""

ANNOTATOR = Annotator("simulated", "simulated")


@dataclass(frozen=True, slots=True)
class Condition:
    """What helps the annotator: suggesters that do not learn, and those of MEMORY and LEARNED that do.

    The answers of several are combined, as in the editor.
    """

    suggesters: tuple[str, ...] = ()
    learning: tuple[str, ...] = ()

    @property
    def combined(self) -> tuple[str, ...]:
        """Return COMBINED if there is more than one suggester."""
        return (COMBINED,) if len(self.suggesters) + len(self.learning) > 1 else ()

    def __str__(self) -> str:
        return " + ".join((*self.suggesters, *self.learning)) or "no suggestions"


@dataclass(slots=True)
class Simulation:
    """The effort under one condition, document by document.

    unreachable: how many spans of the file the editor cannot hold together with others; they are not counted as
    missing. slowest: the longest time between two documents for training and asking, in seconds.
    """

    condition: Condition
    documents: list[DocumentEffort] = field(default_factory=list)
    unreachable: int = 0
    slowest: float = 0.0

    def effort(self, first: int = 0, end: int | None = None) -> Effort:
        """Return the effort for a range of documents."""
        return Effort(self.documents[first:end])

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values; curve has an object for each document."""
        return {
            "condition": str(self.condition),
            "suggesters": list(self.condition.suggesters),
            "learning": list(self.condition.learning),
            "unreachable": self.unreachable,
            "slowest_learning_seconds": round(self.slowest, 3),
            **self.effort().to_json(),
            "curve": [Effort([effort]).to_json() for effort in self.documents],
        }


class Effort:
    """The summed effort over some documents."""

    def __init__(self, documents: Iterable[DocumentEffort]) -> None:
        parts = list(documents)
        self.documents = len(parts)
        self.entities, self.tokens, self.presses, self.offered, self.right = (
            sum(getattr(part, name) for part in parts) for name in ("entities", "tokens", "presses", "offered", "right")
        )
        self.actions: Counter[Action] = sum((part.actions for part in parts), Counter())

    @property
    def decisions(self) -> int:
        """Return the number of actions."""
        return self.actions.total()

    @property
    def per_entity(self) -> float:
        """Return decisions per entity."""
        return self.decisions / self.entities if self.entities else 0.0

    @property
    def per_thousand(self) -> float:
        """Return decisions per 1,000 tokens."""
        return 1000 * self.decisions / self.tokens if self.tokens else 0.0

    @property
    def presses_per_entity(self) -> float:
        """Return key presses per entity, without a mouse."""
        return self.presses / self.entities if self.entities else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the sums and ratios as JSON values."""
        return {
            "documents": self.documents,
            "entities": self.entities,
            "tokens": self.tokens,
            "decisions": self.decisions,
            "decisions_per_entity": round(self.per_entity, 4),
            "decisions_per_1000_tokens": round(self.per_thousand, 2),
            "presses_per_entity": round(self.presses_per_entity, 4),
            "offered": self.offered,
            "right": self.right,
            "gestures": {action.value: self.actions[action] for action in Action},
        }


def simulate(
    gold: Sequence[AnnotatedDocument],
    tagset: Tagset,
    condition: Condition,
    *,
    threshold: float | None = None,
    models: Path | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Label the gold documents under a condition; all their labels must be in the tagset.

    threshold is the least probability of acceptance at which a suggestion is shown, by default the editor's. progress
    is called with (documents done, all documents). Raises SuggesterError if a suggester cannot run.

    Example: simulate(gold, tagset, Condition(("starter",), ("memory",))).effort().per_entity
    """
    result = Simulation(condition)
    with (
        temporary_folder() as folder,
        Project.create(folder / "simulated.annot", tagset) as project,
    ):
        project.documents.add_many(item.document for item in gold)
        if condition.suggesters:
            suggest_or_fail(project, (*condition.suggesters, *condition.combined), None, models)
        own = OwnModel(project, folder / "model") if LEARNED in condition.learning else None
        session = Session(project, ANNOTATOR)
        session.threshold = DEFAULT_THRESHOLD if threshold is None else threshold
        for number, item in enumerate(gold, 1):
            started = time.perf_counter()
            if MEMORY in condition.learning:
                suggest_or_fail(project, [MEMORY], [item.document.id], models)
            if own:
                own.train_if_due()
                own.suggest(item.document)
                suggest_or_fail(project, [COMBINED], [item.document.id], models)
            result.slowest = max(result.slowest, time.perf_counter() - started)
            settled = compatible_annotations(item.annotations, tagset)
            result.unreachable += len(item.annotations) - len(settled)
            session.open(item.document.id)
            result.documents.append(SimulatedAnnotator(session, item.document, settled).label_document())
            if own:
                own.add(item.document, settled)
            if progress:
                progress(number, len(gold))
    return result


class OwnModel:
    """A project's own model, which grows with the finished documents."""

    def __init__(self, project: Project, folder: Path) -> None:
        """Start without a model; folder is where it will be."""
        self._project = project
        self._folder = folder
        self._reader = StackedReader(project.tagset)
        self._documents: list[TrainingDocument] = []
        self._trained_on = 0

    def add(self, document: Document, settled: Iterable[Annotation]) -> None:
        """Add a finished document to those to learn from."""
        self._documents.append(TrainingDocument(document.text, tuple((a.span, a.label) for a in settled)))

    def train_if_due(self) -> None:
        """Train the model again if the documents have grown enough."""
        if is_due(len(self._documents), self._trained_on):
            train_model(self._documents, self._reader, self._folder)
            self._trained_on = len(self._documents)

    def suggest(self, document: Document) -> None:
        """Store the model's suggestions for a document. Without a model do nothing."""
        if (self._folder / DESCRIPTION).exists():
            model = LearnedSuggester(self._folder, self._reader)
            made: dict[str, Suggester] = {model.name: model}
            job = SuggestionJob(self._project, made, SuggestReport(), None, [document.id], again=False)
            job.store(run_batches(InlinePool(made), job.batches(made)))


def conditions(names: Sequence[str], models: Path | None = None) -> list[Condition]:
    """Return the conditions to compare: no suggester and each of the names, without and with learning.

    A name may be several suggesters joined by a plus sign, or DEFAULT for all that can run here. The project's own
    model builds on the starter and is tried only with it. Without names, the first suggester and DEFAULT are compared.
    """
    context = SuggesterContext(Tagset("", ()), models=models or default_models())
    if not names:
        names = (next(name for name in (*available(context), DEFAULT) if name not in _NOT_ALONE), DEFAULT)
    found = [Condition(), Condition(learning=(MEMORY,))]
    for name in names:
        parts = tuple(part for part in expand([name], context)[0] if part not in _NOT_ALONE)
        found += [Condition(parts), Condition(parts, (MEMORY,))]
        if "starter" in parts:
            found.append(Condition(parts, (MEMORY, LEARNED)))
    return found


def effort_rows(found: Sequence[Simulation]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table with the effort under each condition."""
    head = ["condition", "entities", "decisions/entity", "/1000 tokens", "presses/entity", "right/offered"]
    rows = []
    for each in found:
        effort = each.effort()
        figures = [f"{effort.per_entity:.3f}", f"{effort.per_thousand:.1f}", f"{effort.presses_per_entity:.2f}"]
        actions = [str(effort.actions[action]) for action in Action]
        rows.append([str(each.condition), str(effort.entities), *figures, f"{effort.right}/{effort.offered}", *actions])
    return [*head, *(action.value for action in Action)], rows


def curve_rows(found: Sequence[Simulation]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table of decisions per entity, for ranges of documents that double in length."""
    count = len(found[0].documents)
    ends = sorted({end for end in (2, 5, 10, 20, 40, 80, 160, 320, 640) if end < count} | {count})
    parts = list(zip([0, *ends], ends, strict=False))
    head = ["condition", *(f"{first + 1}-{end}" for first, end in parts)]
    return head, [[str(s.condition), *(f"{s.effort(*part).per_entity:.3f}" for part in parts)] for s in found]


def suggest_or_fail(
    project: Project, names: Sequence[str], documents: Sequence[str] | None = None, models: Path | None = None
) -> None:
    """Run suggesters over some documents, None for all; raises SuggesterError for any problem."""
    report = suggest_project(project, names, documents=documents, models=models)
    if report.problems:
        raise SuggesterError(join_messages(report.problems))
