"""Sends documents to the suggestion process in small batches, and stores the answers."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED
from annotator.errors import UserError
from annotator.services.suggesting.batches import Batch, BatchResult, SuggesterSpec, suggester_input
from annotator.services.suggesting.result_writer import ResultWriter
from annotator.services.suggesting.worker_process import SuggesterProcess
from annotator.storage.project import Project
from annotator.storage.tables.document_metrics import MetricInputs
from annotator.suggest.refused_names import RefusedNames, refused_names
from annotator.suggest.registry import SuggesterContext, ignore_message
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs

_BATCH = 4
"""Documents in a batch: few, so that answers are stored soon."""
_BATCH_TEXT = 6_000
"""Code points after which a batch ends, because answers are stored in the window's thread."""


@dataclass(frozen=True, slots=True)
class SuggestionPlan:
    """Which suggesters to ask, with which context, about which documents, in this order.

    by is what the documents are measured by when answers are stored. refused has the names that are not suggested.
    """

    names: tuple[str, ...]
    context: SuggesterContext
    documents: Sequence[str]
    by: MetricInputs
    refused: RefusedNames = field(default_factory=dict)


class SuggestionRunner(QObject):
    """Runs one plan at a time; a new one replaces the last.

    planned says that the documents are known, stored carries each document with new answers, progressed (done,
    total) in documents, ended the error messages and the number of documents.
    """

    planned = Signal()
    stored = Signal(str)
    progressed = Signal(int, int)
    ended = Signal(object, int)

    def __init__(self, name: str, current: CurrentProject, jobs: Jobs, parent: QObject) -> None:
        """Work on the current project, with jobs of this name."""
        super().__init__(parent)
        self._name = name
        self._current = current
        self._jobs = jobs
        self._process: SuggesterProcess | None = None
        self._plan: SuggestionPlan | None = None
        self._writer: ResultWriter | None = None
        self._waiting: deque[str] = deque()
        self._unanswered: set[str] | None = set()
        self._problems: dict[str, None] = {}
        jobs.failed.connect(self._give_up)

    @property
    def running(self) -> bool:
        """Return True while a plan is made or run."""
        return self._jobs.running(self._name)

    def awaits(self, document_id: str) -> bool | None:
        """Return True if answers about a document are still to come; None while the plan is made."""
        return None if self._unanswered is None else document_id in self._unanswered

    def prefer(self, document_id: str) -> None:
        """Ask about a document before all others, unless it has been asked about already."""
        if document_id in self._waiting:
            self._waiting.remove(document_id)
            self._waiting.appendleft(document_id)

    def begin(self, survey: Callable[[Project], SuggestionPlan]) -> None:
        """Make a plan in the thread of the job, with a connection of its own to the project, and run it."""
        self.stop()
        project = self._current.project
        if project is None:
            return
        path = project.path
        self._unanswered = None

        def make(_job: Job) -> SuggestionPlan:
            with Project.open(path) as own:
                plan = survey(own)
                return replace(plan, refused=refused_names(plan.context.names))

        self._jobs.run(self._name, make, self._line_up)

    def stop(self) -> None:
        """Stop at once; stored answers are kept."""
        self._jobs.cancel(self._name)
        if self._process is not None:
            self._process.stop()
        self._writer = None
        self._waiting.clear()
        self._unanswered = set()
        self._let_go()

    def _line_up(self, plan: SuggestionPlan) -> None:
        project = self._current.project
        if project is None:
            return
        self._plan = plan
        if self._current.session is not None:
            self._current.session.refused = plan.refused
        self._writer = ResultWriter(project, plan.by)
        self._waiting = deque(plan.documents)
        self._unanswered = set(plan.documents)
        self._problems = {}
        # A callback of this process cannot be pickled for the other one.
        spec = SuggesterSpec(uuid.uuid4().hex, plan.names, replace(plan.context, report=ignore_message))
        self._process = SuggesterProcess(spec)
        self.planned.emit()
        self._go_on()

    def _go_on(self) -> None:
        project, plan, process, writer = self._current.project, self._plan, self._process, self._writer
        if project is None or plan is None or process is None or writer is None:
            return
        total = len(plan.documents)
        if not self._waiting:
            self._problems.update(dict.fromkeys(writer.problems()))
            self._let_go()
            self.ended.emit(list(self._problems), total)
            return
        self.progressed.emit(total - len(self._waiting), total)
        documents: list[Document] = []
        while self._waiting and len(documents) < _BATCH and sum(len(d.text) for d in documents) < _BATCH_TEXT:
            documents += map(suggester_input, project.documents.get_many([self._waiting.popleft()]))
        few = [document.id for document in documents]
        stored = project.suggestions.proposals(few) if COMBINED in plan.names else {}
        without_fingerprint = project.metrics.without_fingerprint(few)
        batch = Batch(tuple(documents), dict.fromkeys(plan.names, frozenset(few)), without_fingerprint, stored)
        self._jobs.run(self._name, lambda _job: process.answer(batch), lambda found: self._take(batch, found))

    def _take(self, batch: Batch, found: BatchResult) -> None:
        project, writer = self._current.project, self._writer
        if project is None or writer is None:
            return
        if batch.stored and project.suggestions.proposals(list(batch.stored)) != batch.stored:
            # Another runner has answered meanwhile, and what was combined without its answer would replace its own.
            self._waiting.extendleft(reversed(list(batch.stored)))
            self._go_on()
            return
        self._problems.update(dict.fromkeys((*found.failures.values(), *found.messages)))
        try:
            stored = writer.write([(batch, found)])
        except UserError:
            self.stop()
            raise
        if self._unanswered:
            self._unanswered.difference_update(document.id for document in batch.documents)
        for document_id in dict.fromkeys(answer.document for answer in stored):
            self.stored.emit(document_id)
        self._go_on()

    def _give_up(self, name: str, _fault: Exception) -> None:
        if name == self._name:
            self.stop()

    def _let_go(self) -> None:
        """Close the process in the thread of the jobs, after the batch that still runs there."""
        process, self._process = self._process, None
        if process is not None:
            self._jobs.enqueue(process.close)
