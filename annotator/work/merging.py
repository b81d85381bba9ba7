"""Merging copies of a project that people worked on apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator.errors import Sentence, UserError
from annotator.storage.backup import back_up_by_itself
from annotator.storage.project import Project
from annotator.storage.snapshot import Step
from annotator.team.merge import MergeReport, Unsettled, refuse_unlike
from annotator.team.merge import merge as merge_replica
from annotator.team.settling import Refusals, refusals

Progress = Callable[[int, int], None]

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a copy would bring if it alone were merged, or the problem why it cannot be.

    documents and edits are those that are not here yet; people are the names of those who made the edits, the one with
    most of them first.
    """

    path: Path
    documents: int = 0
    edits: int = 0
    people: tuple[str, ...] = ()
    problem: str = ""


def preview_merge(
    project: Project, sources: Sequence[str | Path], *, progress: Progress | None = None
) -> list[Incoming]:
    """Tell of each source what a merge would bring, writing nothing; a source that cannot be merged is told of too.

    progress is told (sources done, sources in all); an exception that it raises stops the look.
    """
    documents = project.replica.document_stamps().keys()
    found = []
    for number, path in enumerate(map(Path, sources)):
        if progress:
            progress(number, len(sources))
        try:
            found.append(_incoming(project, path, documents))
        except UserError as fault:
            found.append(Incoming(path, problem=fault.sentence))
    if progress:
        progress(len(sources), len(sources))
    return found


def _incoming(project: Project, path: Path, documents: Set[str]) -> Incoming:
    """Return what one source would bring; raises UserError where it cannot be merged."""
    if path.exists() and path.samefile(project.path):
        return Incoming(path, problem=Sentence("it is the open project itself."))
    with Project.snapshot(path) as source:
        refuse_unlike(project.replica, source.replica)
        made: Counter[str] = Counter()
        for stored in source.replica.stored_edits():
            made.update(edit.annotator for edit in project.replica.lacking(stored, path))
        names = {person.id: person.name for person in source.annotators.all()}
        return Incoming(
            path,
            len(source.replica.document_stamps().keys() - documents),
            made.total(),
            tuple(names.get(who, who) for who, _ in made.most_common()),
        )


def merge(project: Project, sources: Sequence[str | Path], *, progress: Progress | None = None) -> MergeReport:
    """Bring all that the sources hold into an open project, in one transaction; the sources are not altered.

    Any order of merging, and merging again, ends in the same state. progress is told (sources done, sources in
    all); an exception that it raises stops the merge and leaves the project as it was. Raises ProjectError where
    a source is no project, or is neither a copy of this one nor has its tagset, or a file is damaged; nothing is merged
    then.
    """
    report = MergeReport()
    project.refuse_damage()
    with project.batch():
        for number, path in enumerate(sources):
            if progress:
                progress(number, len(sources))
            with Project.snapshot(path) as source:
                source.refuse_damage()
                report += merge_replica(project.replica, source.replica)
        if progress:
            # The last place at which the merge can still be stopped: behind it all of it has come in.
            progress(len(sources), len(sources))
    return replace(report, unsettled=unsettled(project))


def back_up_before_merge(path: Path, *, step: Step = lambda: None) -> None:
    """Make a backup of the project that others are merged into; if that fails, the merge is still whole or not done.

    step is called now and then; what it raises stops the work.
    """
    with suppress(UserError):
        back_up_by_itself(path, step=step)


def unsettled(project: Project) -> Unsettled:
    """Return what copies of a project, once they are united, leave for people to settle."""
    rejected, ids = Refusals(), iter(project.shares.with_rejections())
    while chunk := list(islice(ids, _CHUNK)):
        decisions, given = project.shares.verdicts(chunk), project.log.annotations_of_many(chunk)
        rejected = sum((refusals(given[i], decisions.get(i, ())) for i in chunk), rejected)
    return Unsettled(project.uses.not_in_tagset(), rejected, tuple(project.labels.kept()))


def merge_paths(target: str | Path, sources: Sequence[str | Path], *, progress: Progress | None = None) -> MergeReport:
    """Open the target, merge the sources into it as merge() does, and close it; a backup is made before."""
    back_up_before_merge(Path(target))
    with Project.open(target) as project:
        return merge(project, sources, progress=progress)
