"""Values of a split into train, dev and test, and what every rule of splitting has in common.

A split assigns whole documents, keeps near-duplicates on one side, and comes out the same when it is repeated. There
are four rules (SplitRule). Each is a function of its arguments: no clock, no random numbers.

- HASH. A document's position from 0 to 1 is the SHA-256 of seed and id. The lowest positions are TEST, the next DEV,
  the rest TRAIN. Documents are visited in the order of import. A near-duplicate of earlier documents goes to their
  side; a near-duplicate of documents on several sides is left out, since it would leak from any of them. So neither a
  later import nor a label moves a document, and no manifest is needed. One exception: merging a copy can bring in a
  near-duplicate that was imported earlier. A manifest reports it.
- LABEL. Iterative stratification (stratified.py) gives each side its part of every label. It depends on all documents,
  so adding documents changes the split. A manifest keeps the old ones; the new ones fill up what each side lacks.
- DATE. Train on older, test on newer documents. Sides begin at whole days; a manifest keeps those days.
- SOURCE. All documents of a source are on one side; a manifest keeps its side.

A manifest (PreviousSplit) has precedence under every rule. First, near-duplicates of its documents go to their side,
and near-duplicates of several sides are left out. Then the remaining documents are assigned in groups, the connected
components of near-duplicates. So no two near-duplicates are on different sides, except two that the manifest put there.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import lcm

from annotator.errors import ExportError


class Side(StrEnum):
    """The three sides of a split, in their order."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


class SplitRule(StrEnum):
    """The rule by which documents are split."""

    HASH = "hash"
    LABEL = "label"
    DATE = "date"
    SOURCE = "source"


class SplitExclusion(StrEnum):
    """Why a document is left out of a split."""

    BETWEEN = "near-duplicate of documents on several sides"
    UNDATED = "without a date"


UNDATED_POLICIES = ("train", "leave-out")

Parts = Mapping[Side, int]
"""The parts of each side, such as 8, 1 and 1; 0 for a side that is not wanted."""

NearDuplicates = Mapping[str, Collection[str]]
"""The near-duplicates of each document that has any; the relation is symmetric."""


@dataclass(frozen=True, slots=True)
class SplitMember:
    """What the rules know of a document. labels: how many annotations of each label it has."""

    id: str
    date: datetime.date | None = None
    source: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """How to split.

    undated is one of UNDATED_POLICIES: where SplitRule.DATE puts documents without a date.
    """

    parts: Parts
    by: SplitRule = SplitRule.HASH
    seed: int = 0
    undated: str = UNDATED_POLICIES[0]

    def __post_init__(self) -> None:
        if not self.parts.get(Side.TRAIN) or any(part < 0 for part in self.parts.values()):
            raise ValueError("the training side must have a part, and no part may be negative")

    def wanted(self) -> tuple[Side, ...]:
        """Return the sides that should have documents."""
        return tuple(side for side in Side if self.parts.get(side))

    def share(self, side: Side) -> float:
        """Return the share of the documents that a side should have, 0 to 1."""
        return self.parts.get(side, 0) / sum(self.parts.values())

    def place(self, name: str) -> int:
        """Return the position of a document, group or source, 0 to 2**256, from the seed and its name."""
        return int.from_bytes(hashlib.sha256(f"{self.seed}\n{name}".encode()).digest())


@dataclass(frozen=True, slots=True)
class PreviousSplit:
    """An earlier split: the sides of documents and, for SplitRule.DATE, the first day of each side."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    starts: Mapping[Side, datetime.date] = field(default_factory=dict)


NO_PREVIOUS_SPLIT = PreviousSplit()


@dataclass(frozen=True, slots=True)
class Split:
    """The side of each document, or the reason why it is left out.

    starts: the first days of DEV and TEST, for SplitRule.DATE.
    """

    sides: Mapping[str, Side]
    left_out: Mapping[str, SplitExclusion] = field(default_factory=dict)
    starts: Mapping[Side, datetime.date] = field(default_factory=dict)


def parse_parts(text: str) -> Parts:
    """Parse "80/10/10" (train/dev/test) or "90/10" (train/test), which add up to 100, or "0.8/0.1/0.1", to 1.

    Raises ExportError, which explains the notation.
    """
    try:
        shares = [Fraction(part.strip()) for part in text.split("/")]
    except (ValueError, ZeroDivisionError):
        shares = []
    if len(shares) == 1 and shares[0] in (1, 100):
        shares += [Fraction(0), Fraction(0)]
    if len(shares) == 2:
        shares.insert(1, Fraction(0))
    if len(shares) != len(Side) or sum(shares) not in (1, 100) or not shares[0] or min(shares) < 0:
        raise ExportError(
            "{text} is not a valid split. Write the percentages of train, dev and test, for example 80/10/10, "
            "or of train and test, for example 90/10.",
            text=text,
        )
    scale = lcm(*(share.denominator for share in shares))
    return {side: int(share * scale) for side, share in zip(Side, shares, strict=True)}


def extend_to_duplicates(
    members: Sequence[SplitMember], duplicates: NearDuplicates, kept: Mapping[str, Side]
) -> tuple[dict[str, Side], dict[str, SplitExclusion]]:
    """Return the kept sides extended to near-duplicates, and the documents that are left out between two sides.

    Near-duplicates of kept documents come first, then near-duplicates of those, and so on. members are in the order of
    import.
    """
    number = {member.id: at for at, member in enumerate(members)}
    placed, left = dict(kept), dict[str, SplitExclusion]()
    edge = [document for document in kept if document in duplicates]
    while edge:
        near = {other for document in edge for other in duplicates[document] if other in number}
        edge = []
        for document in sorted(near - placed.keys() - left.keys(), key=number.__getitem__):
            sides = {placed[other] for other in duplicates[document] if other in placed}
            if len(sides) > 1:
                left[document] = SplitExclusion.BETWEEN
            else:
                (placed[document],) = sides
                edge.append(document)
    return {member.id: placed[member.id] for member in members if member.id in placed}, left


def duplicate_groups(members: Sequence[SplitMember], duplicates: NearDuplicates) -> Iterator[list[SplitMember]]:
    """Yield the connected components of near-duplicates, in the order of their first members; each is sorted by id."""
    free = {member.id: member for member in members}
    for member in members:
        if member.id not in free:
            continue
        found, waiting = [], [free.pop(member.id)]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += [free.pop(other) for other in sorted(duplicates.get(one.id, ())) if other in free]
        yield sorted(found, key=lambda each: each.id)


def find_leaks(sides: Mapping[str, Side], duplicates: NearDuplicates) -> list[tuple[str, str]]:
    """Return all near-duplicates on different sides, each pair once, sorted."""
    return sorted(
        (one, other)
        for one, side in sides.items()
        for other in duplicates.get(one, ())
        if one < other and sides.get(other, side) is not side
    )
