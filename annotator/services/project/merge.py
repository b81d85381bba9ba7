"""Merging copies of a project that people worked on apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

from annotator.domain.model.span import Span
from annotator.errors import Message, ProjectError, UserError
from annotator.storage.file.clock import timestamp_ms, wall_ms
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up_automatically
from annotator.team.adjudication import Rejections, conflicting_groups, count_rejections
from annotator.team.merge import (
    ClockAhead,
    ConflictingLabels,
    MergeConflicts,
    MergeReport,
    ParallelEdits,
    SourceSummary,
    inspect_source,
    refuse_unrelated,
)
from annotator.team.merge import merge as merge_replica

Progress = Callable[[int, int], None]

_CHUNK = 100
_TOLERATED = 5  # minutes
"""By how much two clocks may differ before it is worth a word."""


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

    progress is told (sources done, sources in all), often for each source; an exception that it raises stops the look.
    """
    documents = project.replica.document_stamps().keys()
    found: list[Incoming] = []

    def step() -> None:
        """Tell how many sources are done."""
        if progress:
            progress(len(found), len(sources))

    step()
    for path in map(Path, sources):
        try:
            incoming = _incoming(project, path, documents, step)
        except UserError as fault:
            incoming = Incoming(path, problem=fault.message)
        found.append(incoming)
        step()
    return found


def _incoming(project: Project, path: Path, documents: Set[str], step: Callable[[], None]) -> Incoming:
    """Return what one source would bring; raises UserError where it cannot be merged."""
    if path.exists() and path.samefile(project.path):
        return Incoming(path, problem=Message("it is the open project itself."))
    with Project.snapshot(path, on_progress=step) as source:
        refuse_unrelated(project.replica, source.replica)
        source.replica.check_timestamps()
        made: Counter[str] = Counter()
        for stored in source.replica.stored_edits():
            made.update(edit.annotator for edit in project.replica.missing_edits(stored, path))
            step()
        names = {person.id: person.name for person in source.annotators.all()}
        return Incoming(
            path,
            len(source.replica.document_stamps().keys() - documents),
            made.total(),
            tuple(names.get(who, who) for who, _ in made.most_common()),
        )


def merge(
    project: Project,
    sources: Sequence[str | Path],
    *,
    report: MergeReport | None = None,
    progress: Progress | None = None,
    backup: bool = False,
) -> MergeReport:
    """Bring all that the sources hold into an open project; the sources are not altered.

    Any order of merging, and merging again, ends in the same state. All sources are looked through first: raises
    ProjectError, and nothing is merged, where a source is no project, is damaged, or is neither a copy of this one nor
    has its tagset. Then everything comes in in transactions of some hundredths of a second, each of which leaves a
    valid project, so that others can write meanwhile. progress is told (steps done, steps in all), with 0 in all until
    that is known; an exception that it raises stops the merge. What came in before a stop or a fault stays, merging
    again brings in the rest, and the report that was given says at each moment what has come in. backup says that a
    backup of the project is made before the first write.
    """
    report = MergeReport() if report is None else report
    done, total = 0, 0

    def step(steps: int = 0) -> None:
        """Tell how many steps are done."""
        nonlocal done
        done += steps
        if progress:
            progress(done, total)

    with ExitStack() as copies:
        seen: list[tuple[Project, SourceSummary]] = []
        for path in sources:
            step()
            source = copies.enter_context(Project.snapshot(path, on_progress=step))
            try:
                seen.append((source, inspect_source(project.replica, source.replica, step)))
            except ProjectError:
                # What looks like a fault of the source may be one of the project.
                project.refuse_damage(step)
                raise
        with_news = [source for source, found in seen if found.steps]
        for each in (project, *with_news) if with_news else ():
            each.refuse_damage(step)
        if backup and with_news:
            # A merge that fails for want of a backup would help nobody.
            with suppress(UserError):
                back_up_automatically(project.path, on_progress=step)
        report.divided = tuple(_divided(seen))
        report.ahead = tuple(_ahead(seen))
        ends = list(accumulate(found.steps for _, found in seen))
        total = ends[-1] if ends else 0
        for (source, _), end in zip(seen, ends, strict=True):
            merge_replica(project.replica, source.replica, report, step)
            # Less comes in than was seen where an earlier source held it too.
            step(end - done)
        report.unsettled = unsettled(project, step)
    return report


def _divided(seen: Iterable[tuple[Project, SourceSummary]]) -> Iterator[ParallelEdits]:
    """Yield who decided on the target and on a source at the same time."""
    for source, found in seen:
        names = {person.id: person.name for person in source.annotators.all()}
        for who, (here, there) in found.divided.items():
            yield ParallelEdits(names.get(who, who), here, there)


def _ahead(seen: Iterable[tuple[Project, SourceSummary]]) -> Iterator[ClockAhead]:
    """Yield whose decisions are dated ahead of this computer's clock."""
    now = wall_ms()
    for source, found in seen:
        names = {person.id: person.name for person in source.annotators.all()}
        for who, last in found.last.items():
            minutes = (timestamp_ms(last) - now) // 60_000
            if minutes >= _TOLERATED:
                yield ClockAhead(names.get(who, who), minutes)


def unsettled(project: Project, step: Callable[[], None] = lambda: None) -> MergeConflicts:
    """Return what copies of a project, once they are united, leave for people to settle; step is called now and then.

    An exception that step raises stops the look.
    """
    rejected, ids = Rejections(), iter(project.contributions.with_rejections())
    while chunk := list(islice(ids, _CHUNK)):
        decisions, given = project.contributions.verdicts(chunk), project.log.annotations_of_many(chunk)
        rejected = sum((count_rejections(given[i], decisions.get(i, ())) for i in chunk), rejected)
        step()
    return MergeConflicts(
        project.label_occurrences.not_in_tagset(),
        rejected,
        tuple(project.labels.kept_labels()),
        tuple(_doubled(project, step)),
    )


def _doubled(project: Project, step: Callable[[], None]) -> Iterator[ConflictingLabels]:
    """Yield the places in which one annotator gave labels of which only one can be, in the order of import."""
    names = {person.id: person.name for person in project.annotators.all()}
    ids = project.documents.ids()
    while chunk := list(islice(ids, _CHUNK)):
        overlapping = project.contributions.with_overlaps(chunk)
        given = project.log.annotations_of_many(overlapping)
        for document in project.documents.get_many(overlapping):
            for group in conflicting_groups(given[document.id], project.tagset.nested):
                place = Span(min(a.span.start for a in group), max(a.span.end for a in group))
                who = names.get(group[0].annotator, group[0].annotator)
                labels = tuple(annotation.label for annotation in group)
                yield ConflictingLabels(document.id, document.title, place.of(document.text), labels, who)
        step()


def merge_paths(
    target: str | Path,
    sources: Sequence[str | Path],
    *,
    report: MergeReport | None = None,
    progress: Progress | None = None,
) -> MergeReport:
    """Open the target, merge the sources into it as merge() does, and close it; a backup is made before."""
    with Project.open(target) as project:
        return merge(project, sources, report=report, progress=progress, backup=True)
