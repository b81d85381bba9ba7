"""Bring the numbers that documents are ordered by up to date, and find the articles that were printed twice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from annotator.errors import Message, ProjectError, UserError
from annotator.services.progress import Progress
from annotator.storage.project import Project
from annotator.storage.tables.document_metrics import MetricInputs
from annotator.suggest.child_process import ProcessDied, call
from annotator.text.normalise import normalise_key

_CHUNK = 100


def metric_inputs(project: Project) -> MetricInputs:
    """Return what a project's documents are measured by, as its decisions stand now."""
    confirmed = {normalise_key(name.text) for name in project.decided_names() if name.confirmed}
    return MetricInputs(project.decisions.reliability(), confirmed.__contains__)


def measure_stale(project: Project, progress: Progress | None = None) -> int:
    """Measure the documents whose suggestions changed since they were measured, as after a merge; return how many.

    progress is told (done, total). What was measured before an exception that it raises stays.
    """
    stale = project.metrics.stale()
    if not stale:
        return 0
    from annotator.text.duplicates.reprints import fingerprint

    by, ids, done = metric_inputs(project), iter(stale), 0
    while chunk := list(islice(ids, _CHUNK)):
        prints = {document.id: fingerprint(document) for document in project.documents.get_many(chunk)}
        project.metrics.update(chunk, by, prints)
        done += len(chunk)
        if progress:
            progress(done, len(stale))
    return done


def group_repeats(project: Project) -> None:
    """Find the articles that repeat an earlier one, unless no article came in since they were last looked for."""
    if project.metrics.repeats_are_current():
        return
    from annotator.text.duplicates.reprints import find_reprints

    prints = project.metrics.fingerprints()
    project.metrics.set_repeats(find_reprints(prints), len(prints))


def is_up_to_date(project: Project) -> bool:
    """Tell whether all documents are measured and repeats were looked for among all of them."""
    return project.metrics.repeats_are_current() and not project.metrics.stale()


def measure_in_process(path: Path, is_cancelled: Callable[[], bool]) -> None:
    """Measure the stale documents of a project and find repeats, in a process of its own; what it does is kept.

    For the window, whose keys would wait for the interpreter while it computes. Raises ProjectError where the process
    fails.
    """
    try:
        call(_measure_and_group, path.absolute(), is_cancelled=is_cancelled)
    except (UserError, ProcessDied) as e:
        raise ProjectError(
            "Cannot look for repeated articles in {path} ({why}). Try: annotator suggest", path=path, why=_why(e)
        ) from e


def _why(error: UserError | ProcessDied) -> Message:
    return error.message if isinstance(error, UserError) else Message("the process {how}", how=error.message)


def _measure_and_group(path: Path) -> None:
    with Project.open(path) as project:
        measure_stale(project)
        group_repeats(project)
