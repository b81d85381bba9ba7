"""Update the metrics that documents are sorted by, and find repeated articles."""

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
    """Return what metrics are computed from, according to the present decisions."""
    confirmed = {normalise_key(name.text) for name in project.decided_names() if name.confirmed}
    return MetricInputs(project.decisions.reliability(), confirmed.__contains__)


def measure_stale(project: Project, progress: Progress | None = None) -> int:
    """Update the metrics of documents with new suggestions, for example after a merge; return their number.

    If progress raises an exception, the metrics updated until then are kept.
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
    """Find articles that repeat an earlier one, unless no article was added since the last search."""
    if project.metrics.repeats_are_current():
        return
    from annotator.text.duplicates.reprints import find_reprints

    prints = project.metrics.fingerprints()
    project.metrics.set_repeats(find_reprints(prints), len(prints))


def is_up_to_date(project: Project) -> bool:
    """Return True if the metrics of all documents are up to date, and repeated articles are known."""
    return project.metrics.repeats_are_current() and not project.metrics.stale()


def measure_in_process(path: Path, is_cancelled: Callable[[], bool]) -> None:
    """Update metrics and find repeated articles in a child process; a cancelled one keeps what it has done.

    The window uses this, since computing in a thread would block its interpreter and delay key presses. Raises
    ProjectError if the process fails.
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
