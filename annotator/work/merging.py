"""Merging copies of a project that people worked on apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.storage.project import Project
from annotator.team.merge import MergeReport
from annotator.team.merge import merge as merge_replica

Progress = Callable[[int, int], None]


def merge(project: Project, sources: Sequence[str | Path], *, progress: Progress | None = None) -> MergeReport:
    """Bring all that the sources hold into an open project, in one transaction; the sources are not altered.

    Any order of merging, and merging again, ends in the same state. progress is told (sources done, sources in
    all); an exception that it raises stops the merge and leaves the project as it was. Raises ProjectError where
    a source is no project, or is neither a copy of this one nor has its tagset; nothing is merged then.
    """
    report = MergeReport()
    with project.batch():
        for number, path in enumerate(sources):
            if progress:
                progress(number, len(sources))
            with Project.snapshot(path) as source:
                report += merge_replica(project.replica, source.replica)
    if progress:
        progress(len(sources), len(sources))
    return report


def merge_paths(target: str | Path, sources: Sequence[str | Path], *, progress: Progress | None = None) -> MergeReport:
    """Open the target, merge the sources into it as merge() does, and close it."""
    with Project.open(target) as project:
        return merge(project, sources, progress=progress)
