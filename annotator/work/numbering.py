"""Bring the numbers that documents are ordered by up to date, and find the articles that were printed twice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from annotator.storage.numbers import Yardstick
from annotator.storage.project import Project
from annotator.text.normalise import normalise_key

Progress = Callable[[int, int], None]

_CHUNK = 100


def yardstick(project: Project) -> Yardstick:
    """Return what a project's documents are measured by, as its decisions stand now."""
    confirmed = {normalise_key(name.text) for name in project.decided_names() if name.confirmed}
    return Yardstick(project.judgements.reliability(), confirmed.__contains__)


def measure_stale(project: Project, progress: Progress | None = None) -> int:
    """Measure the documents whose suggestions changed since they were measured, as after a merge; return how many.

    progress is told (done, total). What was measured before an exception that it raises stays.
    """
    stale = project.numbers.stale()
    if not stale:
        return 0
    from annotator.text.repeats import fingerprint

    by, ids, done = yardstick(project), iter(stale), 0
    while chunk := list(islice(ids, _CHUNK)):
        prints = {document.id: fingerprint(document) for document in project.documents.get_many(chunk)}
        project.numbers.update(chunk, by, prints)
        done += len(chunk)
        if progress:
            progress(done, len(stale))
    return done


def group_repeats(project: Project) -> None:
    """Find the articles that repeat an earlier one, unless no article came in since they were last looked for."""
    if project.numbers.are_grouped():
        return
    from annotator.text.repeats import find_repeats

    prints = project.numbers.fingerprints()
    project.numbers.set_repeats(find_repeats(prints), len(prints))
