"""Which documents train a model and which test it: whole documents, near-duplicates on one side, the same again later.

The rules, SplitRule, in one paragraph each. All are functions of what they are given: no clock, no random numbers.

- HASH. A document's side is told by its place from 0 to 1, which is SHA-256 of seed and id: the lowest places are TEST,
  the next DEV, the rest TRAIN. Documents are looked at in the order of import; one that is alike to documents before it
  goes to their side, and one that is alike to documents on several sides is left out, as it would leak wherever it
  stood. So no document that comes in later can move one that is there, no label can, and no manifest is needed. (A copy
  that is merged may bring a near-duplicate that was imported earlier: that can. The manifest tells.)
- LABEL. Iterative stratification (stratified.py), which gives each side its part of every label. It looks at all
  documents at once, so more documents make another split: a manifest holds the old ones where they are, and the new
  ones fill up what each side lacks.
- DATE. Train on older, test on newer documents, cut between two days; a manifest keeps the days.
- SOURCE. All documents of one source are on one side; a manifest keeps the sources there.

What a manifest says stands, for every rule. Around it the rule spreads: what is alike to documents of one side goes
there, what is alike to several sides is left out. What is then free goes in groups, the connected components of
alikeness, so that no two documents of different sides are alike, except two that the manifest put there.
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
    """Why a document is on no side."""

    BETWEEN = "near-duplicate of documents on several sides"
    UNDATED = "without a date"


UNDATED_POLICIES = ("train", "leave-out")

Parts = Mapping[Side, int]
"""How many of the total of all parts each side should have, as 8, 1, 1; 0 for a side that is not wanted."""

NearDuplicates = Mapping[str, Collection[str]]
"""For each document that has any, those that are alike to it; alikeness goes both ways."""


@dataclass(frozen=True, slots=True)
class SplitMember:
    """A document as a split sees it: its id, what the rules look at, and how many annotations it has of each label."""

    id: str
    date: datetime.date | None = None
    source: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """How to split. undated, for SplitRule.DATE, is one of UNDATED_POLICIES: where documents without a date go."""

    parts: Parts
    by: SplitRule = SplitRule.HASH
    seed: int = 0
    undated: str = UNDATED_POLICIES[0]

    def __post_init__(self) -> None:
        """Refuse parts without a training side."""
        if not self.parts.get(Side.TRAIN) or any(part < 0 for part in self.parts.values()):
            raise ValueError("the training side must have a part, and no part may be negative")

    def wanted(self) -> tuple[Side, ...]:
        """Return the sides that should have documents."""
        return tuple(side for side in Side if self.parts.get(side))

    def share(self, side: Side) -> float:
        """Return the part of the documents that a side should have, 0 to 1."""
        return self.parts.get(side, 0) / sum(self.parts.values())

    def place(self, name: str) -> int:
        """Return where a document or group stands, 0 to 2**256, by the seed and its name."""
        return int.from_bytes(hashlib.sha256(f"{self.seed}\n{name}".encode()).digest())


@dataclass(frozen=True, slots=True)
class PreviousSplit:
    """What an earlier split settled: sides of documents and, where it went by date, each side's first day."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    starts: Mapping[Side, datetime.date] = field(default_factory=dict)


NO_PREVIOUS_SPLIT = PreviousSplit()


@dataclass(frozen=True, slots=True)
class Split:
    """Every document of the members has a side or a reason for having none.

    starts are the first days of DEV and TEST where they went by date.
    """

    sides: Mapping[str, Side]
    left_out: Mapping[str, SplitExclusion] = field(default_factory=dict)
    starts: Mapping[Side, datetime.date] = field(default_factory=dict)


def parse_parts(text: str) -> Parts:
    """Read "80/10/10" (train/dev/test) or "90/10" (train/test), which add up to 100, or "0.8/0.1/0.1", to 1.

    Raises ExportError that says how it is written.
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
            "{text} is no way to split: write what train, dev and test get of 100, as 80/10/10, or train and test "
            "alone, as 90/10.",
            text=text,
        )
    scale = lcm(*(share.denominator for share in shares))
    return {side: int(share * scale) for side, share in zip(Side, shares, strict=True)}


def by_hash(members: Sequence[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule HASH; members in the order of import."""
    total = sum(plan.parts.values())
    test, dev = plan.parts.get(Side.TEST, 0), plan.parts.get(Side.DEV, 0)
    placed, left = dict(kept.sides), {}
    for member in members:
        if member.id in kept.sides:
            continue
        sides = {placed[other] for other in alike.get(member.id, ()) if other in placed}
        if len(sides) > 1:
            left[member.id] = SplitExclusion.BETWEEN
        elif sides:
            (placed[member.id],) = sides
        else:
            at = plan.place(member.id) * total >> 256
            placed[member.id] = Side.TEST if at < test else Side.DEV if at < test + dev else Side.TRAIN
    return Split({member.id: placed[member.id] for member in members if member.id in placed}, left)


def extend_to_duplicates(
    members: Sequence[SplitMember], alike: NearDuplicates, kept: Mapping[str, Side]
) -> tuple[dict[str, Side], dict[str, SplitExclusion]]:
    """Return the sides that follow from what is kept, and who is left out between them; members in order of import.

    A free document that is alike to placed ones goes to their side; then those that are alike to it, and so on, nearest
    first.
    """
    number = {member.id: at for at, member in enumerate(members)}
    placed, left = dict(kept), dict[str, SplitExclusion]()
    edge = [document for document in kept if document in alike]
    while edge:
        near = {other for document in edge for other in alike[document] if other in number}
        edge = []
        for document in sorted(near - placed.keys() - left.keys(), key=number.__getitem__):
            sides = {placed[other] for other in alike[document] if other in placed}
            if len(sides) > 1:
                left[document] = SplitExclusion.BETWEEN
            else:
                (placed[document],) = sides
                edge.append(document)
    return {member.id: placed[member.id] for member in members if member.id in placed}, left


def duplicate_groups(members: Sequence[SplitMember], alike: NearDuplicates) -> Iterator[list[SplitMember]]:
    """Yield the connected components of alikeness among the members, and in each its members, in their order."""
    free = {member.id: member for member in members}
    for member in members:
        if member.id not in free:
            continue
        found, waiting = [], [free.pop(member.id)]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += [free.pop(other) for other in sorted(alike.get(one.id, ())) if other in free]
        yield sorted(found, key=lambda each: each.id)


def find_leaks(sides: Mapping[str, Side], alike: NearDuplicates) -> list[tuple[str, str]]:
    """Return every two documents on different sides that are alike, each pair once, in order."""
    return sorted(
        (one, other)
        for one, side in sides.items()
        for other in alike.get(one, ())
        if one < other and sides.get(other, side) is not side
    )
