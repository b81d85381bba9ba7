"""Merge copies of a project: which parts of a source the target takes.

The rules do not depend on the order of merging. The earliest import wins for the fields of a document. The newest
change wins for an annotator's name and a suggester's run. Edits are only added; roles follow from them. Stamps are
UUIDv7, so the smaller one is the earlier one.

A merge writes short transactions, so that others can write in between. After each of them the project is valid:
documents and annotators come before the edits that refer to them, and edits come in the order of their ids. A merge
that is stopped has brought in a part, and the next merge brings in the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Protocol, TypeVar

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import Edit, StoredEdit
from annotator.domain.model.place import Place
from annotator.domain.model.suggestion import Run
from annotator.domain.review.stopwatch import TimeEntry
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ProjectError
from annotator.team.adjudication import Rejections

T = TypeVar("T")
V = TypeVar("V")

RunKey = tuple[str, str]
"""(document id, suggester)."""

OnSteps = Callable[[int], None]
"""Called often, with the number of steps done since the last call. An exception that it raises stops the merge."""

_FEW = 25
"""Edits that are written together. A transaction can end after each such group."""
_TIME_ENTRIES = 200
MOST_SHOWN = 20
"""How many places a report names one by one."""


class Source(Protocol):
    """A copy of a project that can be read in parts."""

    path: Path
    id: str
    tagset: Tagset

    def document_stamps(self) -> Mapping[str, str]:
        """Return the stamp of each document's import, by id."""

    def stamped_documents(self, ids: Collection[str]) -> Iterable[tuple[Document, str]]:
        """Yield documents with their stamps."""

    def stamped_annotators(self) -> Mapping[str, tuple[Annotator, str]]:
        """Return the annotators with their stamps, by id."""

    def former_roles(self) -> Mapping[str, Role]:
        """Return the roles that an earlier version stored, by annotator id."""

    def run_stamps(self) -> Mapping[RunKey, str]:
        """Return the stamp of each suggester's run on each document."""

    def runs(self, keys: Collection[RunKey]) -> Iterable[Run]:
        """Yield runs."""

    def time_spent(self) -> Iterable[TimeEntry]:
        """Yield the rows of time spent."""

    def stored_edits(self) -> Iterable[Sequence[StoredEdit]]:
        """Yield the log without decoding it, in the order of ids, some edits at a time."""

    def read_edits(self, stored: Iterable[StoredEdit]) -> Sequence[Edit]:
        """Return edits of this copy decoded."""

    def damaged(self) -> ProjectError:
        """Return the ProjectError for damage of this copy."""

    def check_timestamps(self) -> None:
        """Raise ProjectError if an id or a stamp is invalid, or more than a day ahead of the system clock."""


class Target(Source, Protocol):
    """A copy of a project that can also be written."""

    def short_transaction(self) -> AbstractContextManager[Callable[[], bool]]:
        """Write the changes of the block in one transaction, then pause so that others can write.

        The block gets a function that returns True as long as the block may continue.
        """

    def put_document(self, document: Document, stamp: str) -> None:
        """Store a document, instead of its earlier fields."""

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        """Store an annotator, instead of the earlier name."""

    def put_run(self, run: Run) -> None:
        """Store a run, instead of the suggester's earlier run on the document."""

    def add_time_spent(self, time_spent: Iterable[TimeEntry]) -> None:
        """Add the rows of time spent that are not there yet."""

    def missing_edits(self, stored: Sequence[StoredEdit], source: Path) -> Sequence[StoredEdit]:
        """Return those of some edits of the file source that the log does not have.

        Raises ProjectError if one of the others differs here.
        """

    def count_edits(self, annotator: str, *, after: str = "", before: str = "") -> int:
        """Return the number of an annotator's edits with ids after one and before another."""

    def union(self, edits: Iterable[Edit], source: Path) -> int:
        """Add the edits that the log does not have, update the state, and return how many were added.

        Raises ProjectError if an edit of the file source differs from the one here.
        """


@dataclass(frozen=True, slots=True)
class ConflictingLabels:
    """A place where one annotator gave conflicting labels, for example because two people work as one annotator.

    document is an id, annotator a name, words the text of the place.
    """

    document: str
    title: str
    words: str
    labels: tuple[str, ...]
    annotator: str


@dataclass(frozen=True, slots=True)
class ParallelEdits:
    """An annotator who edited two copies at the same time: how many edits are only here, and only in the source."""

    annotator: str
    here: int
    there: int


@dataclass(frozen=True, slots=True)
class ClockAhead:
    """An annotator on a computer whose clock is ahead of this one's, by how many minutes."""

    annotator: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MergeConflicts:
    """What people must settle in the target after a merge: everything there, not only what came in.

    labels_not_in_tagset: annotations by label that the tagset does not have, as after a removal in one copy
    rejected: annotations whose suggestion was rejected
    labels_kept: labels that stay although each was removed in some copy, because otherwise none would be left
    doubled: places where one annotator gave conflicting labels
    outdated: settled articles that annotators have changed since
    competing: differences that adjudicators settled differently without seeing each other
    places: the places that each count is about, by the name of the count; in settled articles that have changed, the
    differences that are left
    """

    labels_not_in_tagset: Mapping[str, int] = field(default_factory=dict)
    rejected: Rejections = field(default_factory=Rejections)
    labels_kept: tuple[str, ...] = ()
    doubled: tuple[ConflictingLabels, ...] = ()
    outdated: int = 0
    competing: int = 0
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)

    def lines(self) -> list[str]:
        """Return the conflicts as sentences."""
        lines = not_in_tagset_lines(self.labels_not_in_tagset)
        if self.labels_kept:
            lines.append(
                f"Each label was removed in some copy, so all were kept: {', '.join(self.labels_kept)}. "
                "Remove those you do not need."
            )
        if self.rejected.by_others:
            lines.append(f"Places labelled by one annotator and rejected by another: {self.rejected.by_others:,}.")
        if self.rejected.by_oneself:
            lines.append(
                f"Places that one annotator both confirmed and rejected, in different copies: "
                f"{self.rejected.by_oneself:,}. The annotations are kept and exported. Remove the wrong ones."
            )
        if self.doubled:
            lines.append(
                f"Places where one annotator gave conflicting labels: {len(self.doubled):,}. Remove the wrong ones:"
            )
            lines += [
                f"  {place.title}: {place.words} ({', '.join(place.labels)}), by {place.annotator}"
                for place in self.doubled[:MOST_SHOWN]
            ]
            if rest := self.doubled[MOST_SHOWN:]:
                lines.append(f"  and {len(rest):,} more. --json lists all.")
        if self.outdated:
            lines.append(
                f"Settled articles that annotators have changed since: {self.outdated:,}. Settle what is left there."
            )
        if self.competing:
            lines.append(
                f"Differences that adjudicators settled differently in separate copies: {self.competing:,}. The later "
                "decision counts. Settle them again."
            )
        return lines


@dataclass(frozen=True, slots=True)
class TeamNews:
    """A change of a role, or of who may see labels, that came in with a merge.

    by: the name of who made it; "" if an earlier version stored it in a copy
    name: the name of who got the role; "" if it is about who may see labels
    value: the new role; for who may see labels, whether they may; None if the change was undone
    counts: False if it does not count, because only a lead can change this
    """

    by: str
    name: str
    value: str | bool | None
    counts: bool

    def __str__(self) -> str:
        """Return the change as a sentence."""
        if not self.by:
            return (
                f"In a copy {self.name} has the role {self.value}, given with an earlier version. It does not count "
                "here. A lead can give it again."
            )
        if not self.name:
            what = "let annotators see each other's labels" if self.value else "hid annotators' labels from each other"
        elif self.value is None:
            what = f"undid a change of the role of {self.name}"
        elif self.name == self.by:
            what = f"took the role {self.value}"
        else:
            what = f"gave {self.name} the role {self.value}"
        end = "" if self.counts else " in a copy. Only a lead can, so it does not count"
        return f"{self.by} {what}{end}."


@dataclass(slots=True)
class MergeReport:
    """What a merge has brought into the target so far, and which conflicts are there after it.

    roles is the number of people whose role has changed, team how that came about.
    """

    documents: int = 0
    annotators: int = 0
    edits: int = 0
    roles: int = 0
    team: tuple[TeamNews, ...] = ()
    divided: tuple[ParallelEdits, ...] = ()
    ahead: tuple[ClockAhead, ...] = ()
    unsettled: MergeConflicts = field(default_factory=MergeConflicts)

    def add(self, other: MergeReport) -> None:
        """Add what came in with another transaction."""
        self.documents += other.documents
        self.annotators += other.annotators
        self.edits += other.edits
        self.roles += other.roles

    @property
    def is_empty(self) -> bool:
        """Return True if nothing came in."""
        return not (self.documents or self.annotators or self.edits or self.roles)

    def lines(self) -> list[str]:
        """Return the report as sentences."""
        return [self.came_in(), *self._warnings(), *self.unsettled.lines()]

    def came_in(self) -> str:
        """Return how much came in, as a sentence."""
        roles = f"; roles changed: {self.roles}" if self.roles else ""
        added = f"Documents added: {self.documents}; annotators added: {self.annotators}; edits added: {self.edits}"
        return f"{added}{roles}."

    def _warnings(self) -> Iterator[str]:
        yield from map(str, self.team)
        for one in self.divided:
            yield (
                f"{one.annotator} decided on two copies at the same time: {one.here:,} times here and {one.there:,} "
                "times in a copy. If these are two people, one of them must become a new person. Run on that computer: "
                "annotator team switch PROJECT --new NAME"
            )
        for other in self.ahead:
            yield (
                f"The clock of the computer of {other.annotator} is ahead by {other.minutes:,} minutes, so decisions "
                "made there count as later than corrections that were made on other copies meanwhile. Correct that "
                "clock, and check these places."
            )


def not_in_tagset_lines(counts: Mapping[str, int]) -> list[str]:
    """Return a sentence about annotations whose label is not in the tagset; nothing if there are none."""
    listed = ", ".join(f"{label} {count:,}" for label, count in sorted(counts.items()))
    said = (
        f"Annotations whose label is not in the tagset: {sum(counts.values()):,} ({listed}). They are kept and "
        "exported. Change their label, or add the label again."
    )
    return [said] if counts else []


@dataclass(slots=True)
class _Share:
    """The edits of one annotator in a source: those that the target lacks, and those that both have."""

    new: int = 0
    first: str = ""
    last: str = ""
    common: int = 0
    common_after_first: int = 0
    common_before_last: int = 0

    def count(self, edit_id: str, *, is_new: bool) -> None:
        """Count the next edit in the order of ids."""
        if is_new:
            self.new += 1
            self.first = self.first or edit_id
            self.last = edit_id
            self.common_before_last = self.common
        else:
            self.count_common(1)

    def count_common(self, number: int) -> None:
        """Count the next edits in the order of ids, which both have."""
        self.common += number
        if self.first:
            self.common_after_first += number


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a source contains that the target does not have.

    steps: how many steps a merge takes
    last: the id of the last new edit, by annotator id
    divided: (edits only here, edits only there) by annotator id, for those who edited both copies at the same time
    """

    steps: int
    last: Mapping[str, str]
    divided: Mapping[str, tuple[int, int]]


def inspect_source(target: Target, source: Source, on_steps: OnSteps) -> SourceSummary:
    """Read a source before anything is written.

    Raises ProjectError if the two are not copies of one project and have different tagsets; if a new document or edit
    cannot be read; if a new edit refers to something that the source does not have; and if an edit differs between the
    two.
    """
    refuse_unrelated(target, source)
    source.check_timestamps()
    source.former_roles()
    wanted = _wanted_documents(target, source)
    for _document in source.stamped_documents(wanted):
        on_steps(0)
    documents, people = {"", *source.document_stamps()}, source.stamped_annotators().keys()
    shares: defaultdict[str, _Share] = defaultdict(_Share)
    for stored in source.stored_edits():
        new = source.read_edits(target.missing_edits(stored, source.path))
        for edit in new:
            places = {edit.document, *(write.document for write in edit.writes)}
            if edit.annotator not in people or not places <= documents:
                raise source.damaged()
        if ids := {edit.id for edit in new}:
            for each in stored:
                shares[each.annotator].count(each.id, is_new=each.id in ids)
        else:
            for annotator, common in Counter(map(attrgetter("annotator"), stored)).items():
                shares[annotator].count_common(common)
        on_steps(0)
    with_new = {who: share for who, share in shares.items() if share.new}
    return SourceSummary(
        len(wanted) + len(_newer_runs(target, source)) + sum(share.new for share in with_new.values()),
        {who: share.last for who, share in with_new.items()},
        {who: both for who, share in with_new.items() if (both := _division(target, who, share))},
    )


def _division(target: Target, annotator: str, share: _Share) -> tuple[int, int] | None:
    """Return how many edits of an annotator are only here and only there; None if one copy was edited first."""
    after = target.count_edits(annotator, after=share.first) - share.common_after_first
    before = target.count_edits(annotator, before=share.last) - share.common_before_last
    here = target.count_edits(annotator) - share.common
    return (here, share.new) if after > 0 and before > 0 else None


def merge(
    target: Target, source: Source, report: MergeReport, on_steps: OnSteps, *, has_new_edits: bool = True
) -> None:
    """Copy everything to the target that the source has and the target does not. The source is only read.

    The report is up to date after each transaction. Call inspect_source() first: it raises all errors of a source. If
    it found no new edits, set has_new_edits to False, so that the logs are not compared again.
    """
    _Merge(target, source, report, on_steps).run(has_new_edits=has_new_edits)


class _Merge:
    """A merge of one source."""

    def __init__(self, target: Target, source: Source, report: MergeReport, on_steps: OnSteps) -> None:
        self._target, self._source = target, source
        self._report, self._on_steps = report, on_steps
        self._documents = target.document_stamps()
        self._annotators = target.stamped_annotators()

    def run(self, *, has_new_edits: bool) -> None:
        """Write each part after those that it refers to."""
        target, source = self._target, self._source
        self._write(source.stamped_documents(_wanted_documents(target, source)), self._put_document, steps=_one)
        self._write(self._newer(self._annotators, source.stamped_annotators()), self._put_annotator)
        self._write(source.runs(_newer_runs(target, source)), self._put_run, steps=_one)
        self._write(_groups(source.time_spent(), _TIME_ENTRIES), self._put_time_spent)
        if has_new_edits:
            self._write(_new_edits(target, source), self._put_edits, steps=len)

    def _write(
        self, items: Iterable[T], put: Callable[[T], MergeReport], *, steps: Callable[[T], int] = lambda _: 0
    ) -> None:
        """Write items in short transactions. put writes an item and returns what came in; steps counts its steps.

        The report gets what a transaction brought only when that has been committed.
        """
        coming = iter(items)
        for first in coming:
            came, done = MergeReport(), 0
            with self._target.short_transaction() as may_go_on:
                item: T | None = first
                while item is not None:
                    came.add(put(item))
                    done += steps(item)
                    item = next(coming, None) if may_go_on() else None
            self._report.add(came)
            self._on_steps(done)

    def _newer(
        self, held: Mapping[str, tuple[V, str]], found: Mapping[str, tuple[V, str]]
    ) -> Iterator[tuple[str, V, str]]:
        """Yield (id, value, stamp) of what the target does not have, or has with an older stamp."""
        return ((i, value, stamp) for i, (value, stamp) in found.items() if i not in held or stamp > held[i][1])

    def _put_document(self, stamped: tuple[Document, str]) -> MergeReport:
        self._target.put_document(*stamped)
        return MergeReport(documents=int(stamped[0].id not in self._documents))

    def _put_annotator(self, given: tuple[str, Annotator, str]) -> MergeReport:
        who, annotator, stamp = given
        self._target.put_annotator(annotator, stamp)
        return MergeReport(annotators=int(who not in self._annotators))

    def _put_run(self, run: Run) -> MergeReport:
        self._target.put_run(run)
        return MergeReport()

    def _put_time_spent(self, entries: Iterable[TimeEntry]) -> MergeReport:
        self._target.add_time_spent(entries)
        return MergeReport()

    def _put_edits(self, edits: Sequence[Edit]) -> MergeReport:
        return MergeReport(edits=self._target.union(edits, self._source.path))


def _one(_item: object) -> int:
    return 1


def _wanted_documents(target: Source, source: Source) -> list[str]:
    """Return the documents that the target does not have, or that the source imported earlier."""
    own = target.document_stamps()
    return [i for i, stamp in source.document_stamps().items() if i not in own or stamp < own[i]]


def _newer_runs(target: Source, source: Source) -> list[RunKey]:
    """Return the runs that the target does not have, or has in an older version."""
    own = target.run_stamps()
    return [key for key, stamp in source.run_stamps().items() if stamp > own.get(key, "")]


def _new_edits(target: Target, source: Source) -> Iterator[Sequence[Edit]]:
    """Yield the edits that the target does not have, decoded, in the order of ids, 25 at a time."""
    for stored in source.stored_edits():
        for few in _groups(target.missing_edits(stored, source.path), _FEW):
            yield source.read_edits(few)


def _groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    coming = iter(items)
    while group := list(islice(coming, size)):
        yield group


def refuse_unrelated(target: Source, source: Source) -> None:
    """Raise ProjectError if two projects are not copies of one project and have different tagsets."""
    if target.id != source.id and target.tagset != source.tagset:
        raise ProjectError(
            "Cannot merge {source} into {target}: different projects with different tagsets ({theirs}, "
            "{ours}). Merge copies of one project, or projects with the same tagset.",
            source=source.path,
            target=target.path,
            theirs=source.tagset.name,
            ours=target.tagset.name,
        )
