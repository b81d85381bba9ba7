"""Uniting copies of a project: what of a source the target takes, so that any order of merging ends the same.

Each part has a rule by which of two versions one wins whoever is asked first: of a document's fields those of the
earliest import, of an annotator's name, an annotator's role and a suggester's run the newest; edits are only ever
added.
Stamps are UUIDv7, so earlier means smaller.

A merge writes in short transactions, so that others can write between them. Each leaves a valid project: documents and
annotators come before the edits that name them, and edits come in the order of their ids. A merge that ends early has
brought in a part, and the next one brings in the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import Edit, StoredEdit
from annotator.domain.model.suggestion import Run
from annotator.domain.review.stopwatch import TimeEntry
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ProjectError
from annotator.team.adjudication import Rejections

T = TypeVar("T")
V = TypeVar("V")

RunKey = tuple[str, str]
"""(document id, suggester)."""

OnProgress = Callable[[int], None]
"""Called often, with the number of steps done since the last call; an exception that it raises ends the merge."""

_FEW = 25
"""Edits that are written together: a transaction can end after each such group."""
_SPELLS = 200
MOST_SHOWN = 20
"""Places that are named one by one in the text of a report."""


class Source(Protocol):
    """A copy of a project that can be read part by part."""

    path: Path
    id: str
    tagset: Tagset

    def document_stamps(self) -> Mapping[str, str]:
        """Return when each document was imported, by its id."""

    def stamped_documents(self, ids: Collection[str]) -> Iterable[tuple[Document, str]]:
        """Yield some documents with their stamps."""

    def stamped_annotators(self) -> Mapping[str, tuple[Annotator, str]]:
        """Return the annotators with their stamps, by id."""

    def stamped_roles(self) -> Mapping[str, tuple[Role, str]]:
        """Return the roles that were given, with their stamps, by annotator id."""

    def run_stamps(self) -> Mapping[RunKey, str]:
        """Return when each suggester ran last on each document."""

    def runs(self, keys: Collection[RunKey]) -> Iterable[Run]:
        """Yield some runs."""

    def time_spent(self) -> Iterable[TimeEntry]:
        """Yield the time spent, row by row."""

    def stored_edits(self) -> Iterable[Sequence[StoredEdit]]:
        """Yield the log unread, in the order of ids, some hundred edits at a time."""

    def read_edits(self, stored: Iterable[StoredEdit]) -> Sequence[Edit]:
        """Return edits of this copy read."""

    def damaged(self) -> ProjectError:
        """Return what to say of this copy if it is not as the program writes it."""

    def check_timestamps(self) -> None:
        """Raise ProjectError if an id or a stamp is none, or lies more than a day ahead of this computer's clock."""


class Target(Source, Protocol):
    """A copy of a project that can also be written."""

    def short_transaction(self) -> AbstractContextManager[Callable[[], bool]]:
        """Write what the block writes in one transaction, and give others a chance to write after it.

        The block gets a function that returns whether it may go on; it should end soon once this is false.
        """

    def put_document(self, document: Document, stamp: str) -> None:
        """Store a document, in place of the fields it had."""

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        """Store an annotator, in place of the name it had."""

    def put_role(self, annotator_id: str, role: Role, stamp: str) -> None:
        """Store an annotator's role, in place of the one held."""

    def put_run(self, run: Run) -> None:
        """Store a run, in place of the suggester's run on the document."""

    def add_time_spent(self, time_spent: Iterable[TimeEntry]) -> None:
        """Add the rows of time spent that are not there yet."""

    def missing_edits(self, stored: Sequence[StoredEdit], source: Path) -> Sequence[StoredEdit]:
        """Return those of some edits, from the file source, that the log lacks.

        Raises ProjectError if one of the others is not what it is here.
        """

    def count_edits(self, annotator: str, *, after: str = "", before: str = "") -> int:
        """Return how many edits of an annotator the log holds, of those with ids after one and before another."""

    def union(self, edits: Iterable[Edit], source: Path) -> int:
        """Add the edits that the log lacks, bring the state up to date, and return how many were added.

        Raises ProjectError where one of them, from the file source, is not what it is here.
        """


@dataclass(frozen=True, slots=True)
class ConflictingLabels:
    """A place to which one annotator gave labels that exclude each other, as when two people work as one annotator.

    document is an id, annotator a name, words what the place holds.
    """

    document: str
    title: str
    words: str
    labels: tuple[str, ...]
    annotator: str


@dataclass(frozen=True, slots=True)
class ParallelEdits:
    """An annotator who made decisions on two copies at the same time: how many only here, and only in the source."""

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
    """What stands in the target after a merge and is for people to settle: all of it, not only what came in.

    labels_not_in_tagset counts the annotations of each label that the tagset lacks, such as one that was removed on one
    copy and given on another. rejected counts the places in which a label stands that was rejected there. labels_kept
    stay though each was removed on some copy, as else no label would be left. doubled are the places in which one
    annotator gave labels of which only one can be.
    """

    labels_not_in_tagset: Mapping[str, int] = field(default_factory=dict)
    rejected: Rejections = field(default_factory=Rejections)
    labels_kept: tuple[str, ...] = ()
    doubled: tuple[ConflictingLabels, ...] = ()

    def lines(self) -> list[str]:
        """Tell it in sentences, none where there is nothing to settle."""
        lines = not_in_tagset_lines(self.labels_not_in_tagset)
        if self.labels_kept:
            lines.append(
                f"Every label was removed on one copy or another, so all of them stay: {', '.join(self.labels_kept)}. "
                "Remove those that are not wanted."
            )
        if self.rejected.by_others:
            lines.append(f"Places that one annotator labelled and another rejected: {self.rejected.by_others:,}.")
        if self.rejected.by_oneself:
            lines.append(
                f"Places that one annotator both confirmed and rejected, on different copies: "
                f"{self.rejected.by_oneself:,}. The labels stand, and are exported; remove those that are wrong."
            )
        if self.doubled:
            lines.append(
                f"Places with more than one label by one annotator: {len(self.doubled):,}. Remove the wrong ones:"
            )
            lines += [
                f"  {place.title}: {place.words} ({', '.join(place.labels)}), by {place.annotator}"
                for place in self.doubled[:MOST_SHOWN]
            ]
            if rest := self.doubled[MOST_SHOWN:]:
                lines.append(f"  and {len(rest):,} more; --json names all.")
        return lines


@dataclass(slots=True)
class MergeReport:
    """How much a merge has brought into the target so far, and what is unsettled there after it."""

    documents: int = 0
    annotators: int = 0
    edits: int = 0
    roles: int = 0
    divided: tuple[ParallelEdits, ...] = ()
    ahead: tuple[ClockAhead, ...] = ()
    unsettled: MergeConflicts = field(default_factory=MergeConflicts)

    def add(self, other: MergeReport) -> None:
        """Count what came in further; what is unsettled is looked at when everything is in."""
        self.documents += other.documents
        self.annotators += other.annotators
        self.edits += other.edits
        self.roles += other.roles

    @property
    def is_empty(self) -> bool:
        """Return whether nothing came in."""
        return not (self.documents or self.annotators or self.edits or self.roles)

    def lines(self) -> list[str]:
        """Tell it in sentences."""
        return [self.came_in(), *self._warnings(), *self.unsettled.lines()]

    def came_in(self) -> str:
        """Say how much came in."""
        roles = f"; roles changed: {self.roles}" if self.roles else ""
        added = f"Documents added: {self.documents}; annotators added: {self.annotators}; edits added: {self.edits}"
        return f"{added}{roles}."

    def _warnings(self) -> Iterator[str]:
        """Yield what is wrong with the computers that the copies come from."""
        for one in self.divided:
            yield (
                f"{one.annotator} decided on two copies at the same time: {one.here:,} times here and {one.there:,} "
                "times in a copy. If these are two people, let one of them become another annotator: close the program "
                "on that computer, delete annotator.json in its folder of settings, and start it again."
            )
        for other in self.ahead:
            yield (
                f"The clock of the computer of {other.annotator} is ahead by {other.minutes:,} minutes, so decisions "
                "made there count as later than corrections that were made on other copies meanwhile. Set that clock "
                "right, and look at the places in question."
            )


def not_in_tagset_lines(counts: Mapping[str, int]) -> list[str]:
    """Say how many annotations have each label that the tagset lacks; nothing where none has."""
    listed = ", ".join(f"{label} {count:,}" for label, count in sorted(counts.items()))
    said = (
        f"Annotations with a label that the project does not have any more: {sum(counts.values()):,} ({listed}). They "
        "stay, and are exported with it; give them another label, or add the label again."
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
            self.common += 1
            self.common_after_first += bool(self.first)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What was seen of a source: how many steps it takes to bring it in, and by annotator id the last new edit's id.

    divided holds by annotator id how many edits only the target and only the source has, if each was made on both at
    the same time.
    """

    steps: int
    last: Mapping[str, str]
    divided: Mapping[str, tuple[int, int]]


def inspect_source(target: Target, source: Source, on_progress: OnProgress) -> SourceSummary:
    """Look through a source before anything is written.

    Raises ProjectError if the two are not copies of one project and have different tagsets, if a document or an edit
    that the target lacks cannot be read, if such an edit is about what the source lacks, and if one that both have
    differs.
    """
    refuse_unrelated(target, source)
    source.check_timestamps()
    source.stamped_roles()
    wanted = _wanted_documents(target, source)
    for _document in source.stamped_documents(wanted):
        on_progress(0)
    documents, people = {"", *source.document_stamps()}, source.stamped_annotators().keys()
    shares: dict[str, _Share] = {}
    for stored in source.stored_edits():
        new = source.read_edits(target.missing_edits(stored, source.path))
        for edit in new:
            places = {edit.document, *(write.document for write in edit.writes)}
            if edit.annotator not in people or not places <= documents:
                raise source.damaged()
        ids = {edit.id for edit in new}
        for each in stored:
            shares.setdefault(each.annotator, _Share()).count(each.id, is_new=each.id in ids)
        on_progress(0)
    with_new = {who: share for who, share in shares.items() if share.new}
    return SourceSummary(
        len(wanted) + len(_newer_runs(target, source)) + sum(share.new for share in with_new.values()),
        {who: share.last for who, share in with_new.items()},
        {who: both for who, share in with_new.items() if (both := _division(target, who, share))},
    )


def _division(target: Target, annotator: str, share: _Share) -> tuple[int, int] | None:
    """Return how many edits of an annotator only the target and only the source has, or None if one came first."""
    after = target.count_edits(annotator, after=share.first) - share.common_after_first
    before = target.count_edits(annotator, before=share.last) - share.common_before_last
    here = target.count_edits(annotator) - share.common
    return (here, share.new) if after > 0 and before > 0 else None


def merge(target: Target, source: Source, report: MergeReport, on_progress: OnProgress) -> None:
    """Bring into the target all that the source has and it lacks; the source is only read.

    The report says at each moment what has come in. Call inspect_source() first: it raises what can be
    wrong with a source.
    """
    _Merge(target, source, report, on_progress).run()


class _Merge:
    """A merge of one source, part by part."""

    def __init__(self, target: Target, source: Source, report: MergeReport, on_progress: OnProgress) -> None:
        """Remember what the target holds now."""
        self._target, self._source = target, source
        self._report, self._step = report, on_progress
        self._documents = target.document_stamps()
        self._annotators = target.stamped_annotators()
        self._roles = target.stamped_roles()

    def run(self) -> None:
        """Write each part after those that it refers to."""
        target, source = self._target, self._source
        self._write(source.stamped_documents(_wanted_documents(target, source)), self._put_document)
        self._write(self._newer(self._annotators, source.stamped_annotators()), self._put_annotator)
        self._write(self._newer(self._roles, source.stamped_roles()), self._put_role)
        self._write(source.runs(_newer_runs(target, source)), self._put_run)
        self._write(_groups(source.time_spent(), _SPELLS), self._put_spells)
        self._write(_new_edits(target, source), self._put_edits)

    def _write(self, items: Iterable[T], put: Callable[[T], tuple[MergeReport, int]]) -> None:
        """Write items in short transactions; put writes one, and returns what came in and how many steps it took."""
        coming = iter(items)
        for first in coming:
            came, steps = MergeReport(), 0
            with self._target.short_transaction() as may_go_on:
                item: T | None = first
                while item is not None:
                    came_by_it, steps_of_it = put(item)
                    came.add(came_by_it)
                    steps += steps_of_it
                    item = next(coming, None) if may_go_on() else None
            self._report.add(came)
            self._step(steps)

    def _newer(
        self, held: Mapping[str, tuple[V, str]], found: Mapping[str, tuple[V, str]]
    ) -> Iterator[tuple[str, V, str]]:
        """Yield id, value and stamp of what the target lacks or has with an older stamp."""
        return ((i, value, stamp) for i, (value, stamp) in found.items() if i not in held or stamp > held[i][1])

    def _put_document(self, stamped: tuple[Document, str]) -> tuple[MergeReport, int]:
        """Store a document, in place of the fields it had."""
        self._target.put_document(*stamped)
        return MergeReport(documents=int(stamped[0].id not in self._documents)), 1

    def _put_annotator(self, given: tuple[str, Annotator, str]) -> tuple[MergeReport, int]:
        """Store an annotator, in place of the name it had."""
        who, annotator, stamp = given
        self._target.put_annotator(annotator, stamp)
        return MergeReport(annotators=int(who not in self._annotators)), 0

    def _put_role(self, given: tuple[str, Role, str]) -> tuple[MergeReport, int]:
        """Store a role, in place of the one held; who was never given one is an annotator."""
        who, role, stamp = given
        self._target.put_role(who, role, stamp)
        before = self._roles[who][0] if who in self._roles else Role.ANNOTATOR
        return MergeReport(roles=int(role is not before)), 0

    def _put_run(self, run: Run) -> tuple[MergeReport, int]:
        """Store a run, in place of the suggester's run on the document."""
        self._target.put_run(run)
        return MergeReport(), 1

    def _put_spells(self, time_spent: Iterable[TimeEntry]) -> tuple[MergeReport, int]:
        """Add the rows of time spent that are not there yet."""
        self._target.add_time_spent(time_spent)
        return MergeReport(), 0

    def _put_edits(self, edits: Sequence[Edit]) -> tuple[MergeReport, int]:
        """Add edits that the log lacks."""
        return MergeReport(edits=self._target.union(edits, self._source.path)), len(edits)


def _wanted_documents(target: Source, source: Source) -> list[str]:
    """Return the documents that the target lacks, or that the source imported earlier."""
    own = target.document_stamps()
    return [i for i, stamp in source.document_stamps().items() if i not in own or stamp < own[i]]


def _newer_runs(target: Source, source: Source) -> list[RunKey]:
    """Return the runs that the target lacks or has an older one of."""
    own = target.run_stamps()
    return [key for key, stamp in source.run_stamps().items() if stamp > own.get(key, "")]


def _new_edits(target: Target, source: Source) -> Iterator[Sequence[Edit]]:
    """Yield the edits that the target lacks, in the order of ids and a few at a time; only these are read."""
    for stored in source.stored_edits():
        for few in _groups(target.missing_edits(stored, source.path), _FEW):
            yield source.read_edits(few)


def _groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield items in groups of a size, of which the last may be smaller."""
    coming = iter(items)
    while group := list(islice(coming, size)):
        yield group


def refuse_unrelated(target: Source, source: Source) -> None:
    """Raise ProjectError where two projects do not belong together."""
    if target.id != source.id and target.tagset != source.tagset:
        raise ProjectError(
            "Cannot merge {source} into {target}: different projects with different tagsets ({theirs}, "
            "{ours}). Merge copies of one project, or projects with the same tagset.",
            source=source.path,
            target=target.path,
            theirs=source.tagset.name,
            ours=target.tagset.name,
        )
