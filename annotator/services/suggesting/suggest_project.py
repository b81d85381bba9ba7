"""Run suggesters over a project: in a stream, by several processes, and only where answers are missing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from annotator.domain.model.suggestion import COMBINED
from annotator.errors import SuggesterError, UserError, join_messages
from annotator.services.document_metrics import group_repeats, measure_stale, metric_inputs
from annotator.services.progress import Progress, no_progress
from annotator.services.suggesting.batches import Batch, BatchResult, SuggesterSpec, failed, suggester_input
from annotator.services.suggesting.dask_pool import DaskPool
from annotator.services.suggesting.result_writer import ResultWriter
from annotator.services.suggesting.worker_pool import InlinePool, ProcessPool, WorkerPool, run_batches, stream
from annotator.storage.project import Project
from annotator.suggest.model_folders import default_models
from annotator.suggest.registry import (
    Cancellable,
    KnownName,
    Suggester,
    SuggesterContext,
    available,
    create,
    expand,
    ignore_message,
)
from annotator.suggest.switches import read_switches

BATCH = 32
"""Documents in a batch."""

_WAIT = 1.0
"""The longest that a result waits to be stored together with others, in seconds."""


@dataclass(frozen=True, slots=True)
class ComputeOptions:
    """Where and how suggesters run.

    threads and device ("cpu" or "cuda") are for neural models. processes: how many worker processes; 1 is this process.
    scheduler: the address of a Dask scheduler, if its workers are to answer instead.
    """

    threads: int = 1
    device: str = "cpu"
    processes: int = 1
    scheduler: str = ""


@dataclass(slots=True)
class SuggestReport:
    """What a run did.

    suggesters: those that ran, in order. documents: the answers stored, one for each document and suggester. skipped:
    the answers that were already in the project. suggestions: the spans stored. problems: a sentence for each thing
    that went wrong.
    """

    suggesters: list[str] = field(default_factory=list)
    documents: int = 0
    skipped: int = 0
    suggestions: int = 0
    problems: list[str] = field(default_factory=list)


class SuggestionJob:
    """One run: finds what to ask the suggesters, and stores their answers."""

    def __init__(
        self,
        project: Project,
        suggesters: Mapping[str, Suggester],
        report: SuggestReport,
        progress: Progress | None,
        ids: Sequence[str] | None,
        *,
        again: bool,
    ) -> None:
        """Prepare a run over documents (ids, None for all); report is filled in as it proceeds.

        With again, suggesters are also asked about documents that they have answered. COMBINED is asked about those
        with new answers of others, even if its version has answered; it counts as no step of the progress.
        """
        self._project = project
        self._versions = {name: suggester.version for name, suggester in suggesters.items()}
        self._report = report
        self._progress = progress or no_progress
        self._ids = ids
        self._again = again
        self._writer = ResultWriter(project, metric_inputs(project))
        self._failed: set[str] = set()
        self._waiting: list[tuple[Batch, BatchResult]] = []
        self._stored_at = time.monotonic()
        documents = project.documents.count() if ids is None else len(ids)
        counted = {name: version for name, version in self._versions.items() if name != COMBINED}
        self._total = documents * len(counted)
        report.skipped = self._done = 0 if again else sum(self._answered(*each) for each in counted.items())

    def _answered(self, name: str, version: str) -> int:
        """Return how many of the documents have an answer of this version of a suggester."""
        if self._ids is None:
            return self._project.suggestions.count_answered(name, version)
        held = self._project.suggestions.versions_of_many(self._ids)
        return sum(held[document_id].get(name) == version for document_id in self._ids)

    def batches(self, suggesters: Iterable[str]) -> Iterator[Batch]:
        """Yield batches with what these suggesters have not answered; one that fails meanwhile is not asked again."""
        names = tuple(suggesters)
        ids = self._project.documents.ids() if self._ids is None else iter(self._ids)
        while chunk := list(islice(ids, BATCH)):
            held = self._project.suggestions.versions_of_many(chunk)
            requested = {
                name: frozenset(i for i in chunk if self._again or held[i].get(name) != self._versions[name])
                for name in names
                if name not in self._failed
            }
            stored = {}
            if COMBINED in requested:
                new = frozenset[str]().union(*(ids for name, ids in requested.items() if name != COMBINED))
                requested[COMBINED] |= new | self._project.suggestions.stale(chunk)
                stored = self._project.suggestions.proposals(list(requested[COMBINED]))
            without_fingerprint = self._project.metrics.without_fingerprint(chunk)
            needed = without_fingerprint.union(*requested.values())
            documents = self._project.documents.get_many([i for i in chunk if i in needed])
            if documents:
                yield Batch(tuple(map(suggester_input, documents)), requested, without_fingerprint, stored)

    def store(self, answers: Generator[tuple[Batch, BatchResult]]) -> None:
        """Store results as they come in, and report progress. If an exception ends this, what is in is stored first."""
        self._progress(self._done, self._total)
        try:
            with closing(answers):
                for batch, found in answers:
                    self._take(batch, found)
                    self._progress(self._done, self._total)
        finally:
            self._store()
        self._report.problems += self._writer.problems()

    def _take(self, batch: Batch, found: BatchResult) -> None:
        for answer in found.answers:
            if answer.version != self._versions[answer.suggester]:
                raise SuggesterError(
                    "A worker has version {version} of the suggester {suggester}, and this machine has {known}. "
                    "Install the same version of the program on both.",
                    version=answer.version,
                    suggester=answer.suggester,
                    known=self._versions[answer.suggester],
                )
        for name, why in found.failures.items():
            if name not in self._failed:
                self._failed.add(name)
                self._report.problems.append(why)
        self._report.problems += found.messages
        self._waiting.append((batch, found))
        self._done += batch.steps
        if len(self._waiting) >= BATCH or len(batch.documents) > 1 or time.monotonic() - self._stored_at > _WAIT:
            self._store()

    def _store(self) -> None:
        waiting, self._waiting = self._waiting, []
        kept = self._writer.write(waiting)
        self._report.documents += len(kept)
        self._report.suggestions += sum(len(answer.suggestions) for answer in kept)
        self._stored_at = time.monotonic()


def known_names(project: Project) -> list[KnownName]:
    """Return the names that annotators have decided on, for suggesters that learn from them."""
    return [KnownName(name.text, name.label, name.confirmed, name.rejected) for name in project.decided_names()]


def context_of(project: Project, models: Path | None = None) -> SuggesterContext:
    """Return the context for a project's suggesters; models is the model folder, by default the user's own."""
    return SuggesterContext(
        project.tagset,
        known_names(project),
        models or default_models(),
        project=project.id,
        switches=read_switches(models),
    )


def suggest_project(
    project: Project,
    names: Sequence[str] | None = None,
    *,
    progress: Progress | None = None,
    documents: Iterable[str] | None = None,
    again: bool = False,
    models: Path | None = None,
    compute: ComputeOptions = ComputeOptions(),
) -> SuggestReport:
    """Run suggesters over documents, store their suggestions, and measure and group the documents.

    names: the suggesters, with DEFAULT and plus signs as in registry.expand(); None for DEFAULT. If answers were
    combined before, those of the suggesters named are combined with the others that are stored. documents: ids in the
    order wanted; None for all. again: also ask a suggester whose same version has answered already. models: the model
    folder; None for the user's own.

    camel has a process of its own and runs after the others; then the answers are combined. Suggestions on page debris
    are not stored.

    progress is called with (done, total), in documents times suggesters. An exception that it raises, or Ctrl+C, stops
    the run; what has come in stays. If a suggester fails, the report says so and the others go on. A document on which
    workers die again and again is left out and reported.

    Raises SuggesterError if no suggester could run, and ProjectError.
    """
    report = SuggestReport()
    context = context_of(project, models)
    context = replace(context, threads=compute.threads, device=compute.device, report=report.problems.append)
    chosen, components = expand(names, context) if names is not None else (available(context), ())
    if chosen and COMBINED not in chosen and COMBINED in project.suggestions.counts():
        chosen = (*chosen, COMBINED)
    context = replace(context, components=components)
    made = _make(chosen, context, report)
    if chosen and not made:
        raise SuggesterError(join_messages(report.problems))
    ids = None if documents is None else list(documents)
    own_process = {name: suggester for name, suggester in made.items() if isinstance(suggester, Cancellable)}
    shared = {name: suggester for name, suggester in made.items() if name not in own_process}
    combined = {COMBINED: shared.pop(COMBINED)} if own_process and COMBINED in shared else {}
    pool: WorkerPool | None = None
    try:
        job = SuggestionJob(project, made, report, progress, ids, again=again)
        if shared:
            pool = _make_pool(shared, context, compute)
            job.store(run_batches(pool, job.batches(shared)))
        for name, suggester in own_process.items():
            job.store(stream(name, suggester, job.batches([name])))
        if combined:
            job.store(run_batches(InlinePool(combined), job.batches(combined)))
    finally:
        for each in (pool, *made.values()):
            if each:
                each.close()
    if documents is None:
        measure_stale(project)
        group_repeats(project)
    return report


def _make(names: Sequence[str], context: SuggesterContext, report: SuggestReport) -> dict[str, Suggester]:
    """Return the suggesters that can be made and have a version, and report the others."""
    made: dict[str, Suggester] = {}
    for name in names:
        suggester: Suggester | None = None
        try:
            suggester = create(name, context)
            _ = suggester.version
            made[name] = suggester
        except UserError as e:
            report.problems.append(e.message)
        except Exception as e:
            report.problems.append(failed(name, e))
        if suggester and name not in made:
            suggester.close()
    report.suggesters += made
    return made


def _make_pool(suggesters: Mapping[str, Suggester], context: SuggesterContext, compute: ComputeOptions) -> WorkerPool:
    if not compute.scheduler and compute.processes == 1:
        return InlinePool(suggesters)
    spec = SuggesterSpec(uuid.uuid4().hex, tuple(suggesters), replace(context, report=ignore_message))
    return DaskPool(spec, compute.scheduler) if compute.scheduler else ProcessPool(spec, compute.processes)
