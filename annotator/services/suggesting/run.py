"""Have spans suggested in every document of a project: streamed, by several processes, resumed where it was."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.errors import SuggesterError, join_messages
from annotator.services.document_metrics import group_repeats, measure_stale
from annotator.services.suggesting.batches import Recipe
from annotator.services.suggesting.dask_pool import ClusterCrew
from annotator.services.suggesting.job import Keeper, Progress, SuggestReport
from annotator.services.suggesting.worker_pool import Crew, OwnCrew, PoolCrew, answers_of, stream
from annotator.storage.project import Project
from annotator.suggest.model_folders import default_models
from annotator.suggest.registry import (
    Cancellable,
    KnownName,
    Suggester,
    SuggesterContext,
    available,
    create,
    ignore_message,
)


def known_names(project: Project) -> list[KnownName]:
    """Return the names that were decided on in a project, for suggesters that learn from them."""
    return [KnownName(name.text, name.label, name.confirmed, name.rejected) for name in project.decided_names()]


def context_of(project: Project, models: Path | None = None) -> SuggesterContext:
    """Return what suggesters for a project are made from; models is the model folder, the user's own where None."""
    return SuggesterContext(project.tagset, known_names(project), models or default_models(), project=project.id)


def suggest_project(
    project: Project,
    names: Sequence[str] | None = None,
    *,
    progress: Progress | None = None,
    documents: Iterable[str] | None = None,
    again: bool = False,
    models: Path | None = None,
    threads: int = 1,
    device: str = "cpu",
    processes: int = 1,
    scheduler: str = "",
) -> SuggestReport:
    """Run suggesters over documents and store what they propose outside page debris, and measure and group these.

    names: which suggesters; None for all that can run without a download, and camel where its model is.
    documents: ids, in the order wanted; None for all. Where the same version of a suggester has answered already it
    is not asked, unless again is true. threads and device ("cpu" or "cuda") are for neural models. processes: how many
    answer; with 1 this one does. scheduler: the address of a Dask scheduler whose workers answer instead. A suggester
    with a process of its own (camel) goes through the documents afterwards, from here. progress is told (done, total),
    in documents times suggesters. An exception that it raises, or Ctrl+C, stops the run; what has come in stays. A
    suggester that fails is told in the report, and the others go on; a document over which a process dies again and
    again is left out and told of. Raises SuggesterError where no suggester could run, and ProjectError.
    """
    report = SuggestReport()
    context = replace(context_of(project, models), threads=threads, device=device, report=report.problems.append)
    chosen = tuple(dict.fromkeys(names)) if names is not None else available(context)
    made = _make(chosen, context, report)
    if chosen and not made:
        raise SuggesterError(join_messages(report.problems))
    ids = None if documents is None else list(documents)
    apart = [suggester for suggester in made.values() if isinstance(suggester, Cancellable)]
    shared = {name: suggester for name, suggester in made.items() if suggester not in apart}
    keeper = Keeper(project, made, report, progress, ids, again=again)
    crew: Crew | None = None
    try:
        if shared:
            crew = _crew(shared, context, processes, scheduler)
            keeper.keep(answers_of(crew, keeper.batches(shared)))
        for suggester in apart:
            keeper.keep(stream(suggester, keeper.batches({suggester.name: suggester})))
    finally:
        for each in (crew, *made.values()):
            if each:
                each.close()
    if documents is None:
        measure_stale(project)
        group_repeats(project)
    return report


def _make(names: Sequence[str], context: SuggesterContext, report: SuggestReport) -> dict[str, Suggester]:
    """Return the suggesters that can be made, and tell of the others."""
    made: dict[str, Suggester] = {}
    for name in names:
        try:
            made[name] = create(name, context)
        except SuggesterError as e:
            report.problems.append(e.message)
    report.suggesters += made
    return made


def _crew(suggesters: Mapping[str, Suggester], context: SuggesterContext, processes: int, scheduler: str) -> Crew:
    """Return who is to answer."""
    if not scheduler and processes == 1:
        return OwnCrew(suggesters)
    recipe = Recipe(uuid.uuid4().hex, tuple(suggesters), replace(context, report=ignore_message))
    return ClusterCrew(recipe, scheduler) if scheduler else PoolCrew(recipe, processes)
