"""Uniting copies of a project: what of a source the target takes, so that any order of merging ends the same.

Each part has a rule by which of two versions one wins whoever is asked first: of a document's fields those of the
earliest import, of an annotator's name, an annotator's role and a suggester's run the newest; edits are only ever
added.
Stamps are UUIDv7, so earlier means smaller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from annotator.domain.annotation import Annotator, Role
from annotator.domain.document import Document
from annotator.domain.edit import Edit, StoredEdit
from annotator.domain.stopwatch import Spell
from annotator.domain.suggestion import Run
from annotator.domain.tagset import Tagset
from annotator.errors import ProjectError
from annotator.team.settling import Refusals

RunKey = tuple[str, str]
"""(document id, suggester)."""


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

    def spells(self) -> Iterable[Spell]:
        """Yield the time spent, row by row."""

    def stored_edits(self) -> Iterable[Sequence[StoredEdit]]:
        """Yield the log unread, in the order of ids, some hundred edits at a time."""

    def read_edits(self, stored: Iterable[StoredEdit]) -> Sequence[Edit]:
        """Return edits of this copy read."""


class Target(Source, Protocol):
    """A copy of a project that can also be written."""

    def put_document(self, document: Document, stamp: str) -> None:
        """Store a document, in place of the fields it had."""

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        """Store an annotator, in place of the name it had."""

    def put_role(self, annotator_id: str, role: Role, stamp: str) -> None:
        """Store an annotator's role, in place of the one held."""

    def put_run(self, run: Run) -> None:
        """Store a run, in place of the suggester's run on the document."""

    def put_spells(self, spells: Iterable[Spell]) -> None:
        """Add the rows of time spent that are not there yet."""

    def lacking(self, stored: Sequence[StoredEdit], source: Path) -> Sequence[StoredEdit]:
        """Return those of some edits, from the file source, that the log lacks.

        Raises ProjectError if one of the others is not what it is here.
        """

    def union(self, edits: Iterable[Edit], source: Path) -> int:
        """Add the edits that the log lacks, bring the state up to date, and return how many were added.

        Raises ProjectError where one of them, from the file source, is not what it is here.
        """


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What stands in the target after a merge and is for people to settle: all of it, not only what came in.

    labels_not_in_tagset counts the annotations of each label that the tagset lacks, such as one that was removed on one
    copy and given on another. rejected counts the places in which a label stands that was rejected there. labels_kept
    stay though each was removed on some copy, as else no label would be left.
    """

    labels_not_in_tagset: Mapping[str, int] = field(default_factory=dict)
    rejected: Refusals = field(default_factory=Refusals)
    labels_kept: tuple[str, ...] = ()

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
        return lines


@dataclass(frozen=True, slots=True)
class MergeReport:
    """How much a merge brought into the target, and what is unsettled there afterwards."""

    documents: int = 0
    annotators: int = 0
    edits: int = 0
    roles: int = 0
    unsettled: Unsettled = Unsettled()

    def __add__(self, other: MergeReport) -> MergeReport:
        """Return the sum, for several sources one after the other; what is unsettled is told when all are in."""
        return MergeReport(
            self.documents + other.documents,
            self.annotators + other.annotators,
            self.edits + other.edits,
            self.roles + other.roles,
        )

    def lines(self) -> list[str]:
        """Tell it in sentences."""
        roles = f"; roles changed: {self.roles}" if self.roles else ""
        added = f"Documents added: {self.documents}; annotators added: {self.annotators}; edits added: {self.edits}"
        return [f"{added}{roles}.", *self.unsettled.lines()]


def not_in_tagset_lines(counts: Mapping[str, int]) -> list[str]:
    """Say how many annotations have each label that the tagset lacks; nothing where none has."""
    listed = ", ".join(f"{label} {count:,}" for label, count in sorted(counts.items()))
    said = (
        f"Annotations with a label that the project does not have any more: {sum(counts.values()):,} ({listed}). They "
        "stay, and are exported with it; give them another label, or add the label again."
    )
    return [said] if counts else []


def merge(target: Target, source: Source) -> MergeReport:
    """Bring into the target all that the source has and it lacks; the source is only read.

    Raises ProjectError, before anything is written, where the two are not copies of one project and have
    different tagsets; and where one of them is damaged, with what was written to be taken back.
    """
    refuse_unlike(target, source)
    own, theirs = target.document_stamps(), source.document_stamps()
    wanted = [i for i, stamp in theirs.items() if i not in own or stamp < own[i]]
    for document, stamp in source.stamped_documents(wanted):
        target.put_document(document, stamp)

    known = target.stamped_annotators()
    for annotator, stamp in source.stamped_annotators().values():
        if annotator.id not in known or stamp > known[annotator.id][1]:
            target.put_annotator(annotator, stamp)

    held = target.stamped_roles()
    given = {
        who: (role, stamp)
        for who, (role, stamp) in source.stamped_roles().items()
        if who not in held or stamp > held[who][1]
    }
    for who, (role, stamp) in given.items():
        target.put_role(who, role, stamp)

    own_runs = target.run_stamps()
    newer = [key for key, stamp in source.run_stamps().items() if stamp > own_runs.get(key, "")]
    for run in source.runs(newer):
        target.put_run(run)

    target.put_spells(source.spells())

    return MergeReport(
        documents=len(theirs.keys() - own.keys()),
        annotators=len(target.stamped_annotators().keys() - known.keys()),
        edits=target.union(_new_edits(target, source), source.path),
        roles=sum(
            role is not held[who][0] if who in held else role is not Role.ANNOTATOR for who, (role, _) in given.items()
        ),
    )


def _new_edits(target: Target, source: Source) -> Iterator[Edit]:
    """Yield the edits that the target lacks, in the order of ids; only these are read."""
    for stored in source.stored_edits():
        yield from source.read_edits(target.lacking(stored, source.path))


def refuse_unlike(target: Source, source: Source) -> None:
    """Raise ProjectError where two projects do not belong together."""
    if target.id != source.id and target.tagset != source.tagset:
        raise ProjectError(
            "{source} cannot be merged into {target}: they are different projects, and the tagset {theirs} of the "
            "one is not the tagset {ours} of the other; merge copies of one project, or projects made with the same "
            "tagset.",
            source=source.path,
            target=target.path,
            theirs=source.tagset.name,
            ours=target.tagset.name,
        )
