"""Merge copies of a project on which people worked separately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.domain.model.place import GivenLabel, Place
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import DifferenceState, given_labels
from annotator.domain.team.roles import TeamFacts
from annotator.errors import Message, ProjectError, UserError
from annotator.services.annotators import display_names
from annotator.services.progress import Progress
from annotator.storage.file.clock import timestamp_ms, wall_ms
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up_automatically
from annotator.team.adjudication import RejectedPlace, Rejections, conflicting_groups, rejected_places
from annotator.team.merge import (
    ClockAhead,
    ConflictingLabels,
    MergeConflicts,
    MergeReport,
    ParallelEdits,
    SourceSummary,
    TeamNews,
    inspect_source,
    merge,
    refuse_unrelated,
)

_CHUNK = 100
_TOLERATED = 5
"""Minutes by which two clocks may differ before it is reported."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a merge of one copy would bring, or the problem that prevents it.

    documents and edits count what is not here yet; people are the names of those who made the edits, most edits first.
    """

    path: Path
    documents: int = 0
    edits: int = 0
    people: tuple[str, ...] = ()
    problem: str = ""


def preview_merge(
    project: Project, sources: Sequence[str | Path], *, progress: Progress | None = None
) -> list[Incoming]:
    """Return for each source what a merge would bring, without writing anything.

    progress is called with (sources done, all sources), often for each source; an exception that it raises stops the
    preview.
    """
    documents = project.replica.document_stamps().keys()
    found: list[Incoming] = []

    def step() -> None:
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
    if path.exists() and path.samefile(project.path):
        return Incoming(path, problem=Message("This is the open project itself."))
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


def merge_copies(
    project: Project,
    sources: Sequence[str | Path],
    *,
    report: MergeReport | None = None,
    progress: Progress | None = None,
    backup: bool = False,
) -> MergeReport:
    """Merge everything in the sources into an open project; the sources are not changed.

    The order does not matter, and merging twice changes nothing. All sources are inspected first. Raises ProjectError
    before anything is merged if a source is not a project, is damaged, or is neither a copy of this project nor has its
    tagset.

    The merge writes in transactions of some hundredths of a second, so that others can write between them. Each leaves
    a valid project. What came in before a stop or an error stays, and merging again brings in the rest. report is
    filled in as the merge proceeds.

    progress is called with (steps done, all steps), 0 for all steps until they are known. An exception that it raises
    stops the merge. With backup, a backup of the project is made before the first write.

    Example: merge_copies(project, ["sara.annot", "omar.annot"]).documents is the number of documents that came in.
    """
    report = MergeReport() if report is None else report
    step = _StepCounter(progress)
    before = project.team.facts()
    with ExitStack() as snapshots:
        inspected: list[tuple[Project, SourceSummary]] = []
        for path in sources:
            step()
            source = snapshots.enter_context(Project.snapshot(path, on_progress=step))
            inspected.append((source, _inspect(project, source, step)))
        if with_news := [source for source, found in inspected if found.steps]:
            for each in (project, *with_news):
                each.refuse_damage(step)
            if backup:
                # A merge that fails because no backup can be made would help nobody.
                with suppress(UserError):
                    back_up_automatically(project.path, on_progress=step)
        report.divided = tuple(_divided(inspected))
        report.ahead = tuple(_ahead(inspected))
        step.total = sum(found.steps for _, found in inspected)
        end = 0
        for source, found in inspected:
            end += found.steps
            merge(project.replica, source.replica, report, step, has_new_edits=bool(found.last))
            # Fewer steps were done if an earlier source brought some of the same.
            step(end - step.done)
        report_roles(project, before, report, [source for source, _ in inspected])
        report.unsettled = unsettled(project, step)
    return report


class _StepCounter:
    """Counts the steps of a merge and reports them; total is 0 until it is known."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.done = 0
        self.total = 0

    def __call__(self, steps: int = 0) -> None:
        self.done += steps
        if self._progress:
            self._progress(self.done, self.total)


def _inspect(project: Project, source: Project, step: _StepCounter) -> SourceSummary:
    try:
        return inspect_source(project.replica, source.replica, step)
    except ProjectError:
        # The project itself may be what is damaged.
        project.refuse_damage(step)
        raise


def _divided(seen: Iterable[tuple[Project, SourceSummary]]) -> Iterator[ParallelEdits]:
    """Yield the annotators who edited both the target and a source at the same time."""
    for source, found in seen:
        names = {person.id: person.name for person in source.annotators.all()}
        for who, (here, there) in found.divided.items():
            yield ParallelEdits(names.get(who, who), here, there)


def _ahead(seen: Iterable[tuple[Project, SourceSummary]]) -> Iterator[ClockAhead]:
    """Yield the annotators with edits that are dated later than this computer's clock."""
    now = wall_ms()
    for source, found in seen:
        names = {person.id: person.name for person in source.annotators.all()}
        for who, last in found.last.items():
            minutes = (timestamp_ms(last) - now) // 60_000
            if minutes >= _TOLERATED:
                yield ClockAhead(names.get(who, who), minutes)


def report_roles(project: Project, before: TeamFacts, report: MergeReport, sources: Iterable[Project] = ()) -> None:
    """Report how the roles differ from those before, and who gave them. sources are the copies that were merged."""
    report.team = tuple(_team_news(project, before, sources))
    report.roles = _changed_roles(before, project.team.facts())


def _team_news(project: Project, before: TeamFacts, sources: Iterable[Project]) -> Iterator[TeamNews]:
    """Yield the changes of roles that came in or count differently now, and roles of an earlier version in a source."""
    now, names = project.team.facts(), display_names(project.annotators.all())
    known = {(change.edit, change.key): change.counts for change in before.changes}
    for change in now.changes:
        if known.get((change.edit, change.key)) is not change.counts:
            name = names.get(change.annotator, change.annotator)
            yield TeamNews(names.get(change.author, change.author), name, change.value, change.counts)
    written = {change.annotator for change in now.changes if change.counts}
    former = {pair: None for source in sources for pair in source.replica.former_roles().items()}
    for who, role in former:
        if who not in written and role is not now.role(who):
            yield TeamNews("", names.get(who, who), role.value, counts=False)


def _changed_roles(before: TeamFacts, now: TeamFacts) -> int:
    """Return for how many people with changes in the log the role differs."""
    return sum(before.role(who) is not now.role(who) for who in {change.annotator for change in now.changes})


def unsettled(project: Project, step: Callable[[], None] = lambda: None) -> MergeConflicts:
    """Return what a merge leaves for people to settle.

    step is called often; an exception that it raises stops the search.
    """
    places: dict[str, list[Place]] = {}
    ids = iter(project.contributions.with_rejections())
    while chunk := list(islice(ids, _CHUNK)):
        decisions, given = project.contributions.verdicts(chunk), project.log.annotations_of_many(chunk)
        for document in chunk:
            for each in rejected_places(given[document], decisions.get(document, ())):
                place = _rejected(document, each)
                if each.by_others:
                    places.setdefault("rejected_by_others", []).append(place)
                if each.by_oneself:
                    places.setdefault("rejected_by_oneself", []).append(place)
        step()
    if strange := project.label_occurrences.not_in_tagset():
        places["labels_not_in_tagset"] = project.label_occurrences.places_not_in_tagset()
    doubled = tuple(_doubled(project, step, places.setdefault("doubled", [])))
    outdated = _gold_in_question(project, step, places)
    return MergeConflicts(
        strange,
        Rejections(len(places.get("rejected_by_others", ())), len(places.get("rejected_by_oneself", ()))),
        tuple(project.labels.kept_labels()),
        doubled,
        outdated,
        len(places.get("competing", ())),
        {name: tuple(found) for name, found in places.items() if found},
    )


def _rejected(document: str, place: RejectedPlace) -> Place:
    given = [GivenLabel(who, place.label) for who in sorted(place.givers)]
    return Place(document, place.span, (*given, *(GivenLabel(who, "") for who in sorted(place.refusers))))


def _gold_in_question(project: Project, step: Callable[[], None], places: dict[str, list[Place]]) -> int:
    """Add the differences in which gold is outdated or competes to the places; return the number of outdated articles.

    What is given at a place is what each annotator gave or, where gold competes, what each adjudicator settled.
    """
    outdated = 0
    for state in project.gold.in_question(step):
        outdated += state.is_outdated
        left = [group for group in state.differences if group.is_left and group.state is not DifferenceState.COMPETING]
        if state.is_outdated:
            changed = [Place(state.document, group.span, given_labels(state.voters, group)) for group in left]
            places.setdefault("outdated", []).extend(changed or [Place(state.document)])
        for group in state.differences:
            if group.state is DifferenceState.COMPETING:
                values = [*group.gold.values(), *(each for others in group.competing.values() for each in others)]
                settled = [GivenLabel(value["by"], value["label"]) for value in values if value["label"]]
                places.setdefault("competing", []).append(Place(state.document, group.span, tuple(settled)))
    return outdated


def _doubled(project: Project, step: Callable[[], None], places: list[Place]) -> Iterator[ConflictingLabels]:
    """Yield where one annotator has conflicting labels, in the order of import, and add each to the places."""
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
                places.append(Place(document.id, place, tuple(GivenLabel(group[0].annotator, each) for each in labels)))
                yield ConflictingLabels(document.id, document.title, place.of(document.text), labels, who)
        step()


def merge_paths(
    target: str | Path,
    sources: Sequence[str | Path],
    *,
    report: MergeReport | None = None,
    progress: Progress | None = None,
) -> MergeReport:
    """Open the target, merge the sources into it as merge_copies() does, and close it; a backup is made first."""
    with Project.open(target) as project:
        return merge_copies(project, sources, report=report, progress=progress, backup=True)
