"""Splits by date and by source, and the one door to all rules: split_documents()."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence

from annotator.domain.corpus.split import (
    NO_PREVIOUS_SPLIT,
    NearDuplicates,
    PreviousSplit,
    Side,
    Split,
    SplitExclusion,
    SplitMember,
    SplitPlan,
    SplitRule,
    by_hash,
    duplicate_groups,
    extend_to_duplicates,
)
from annotator.domain.corpus.stratified import DuplicateGroup, count_labels, stratify
from annotator.errors import ExportError

StartDates = Mapping[Side, datetime.date]


def split_documents(
    members: Sequence[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit = NO_PREVIOUS_SPLIT
) -> Split:
    """Split documents, given in the order of import, by a plan; what is kept of an earlier split stands.

    kept may name documents that are not among the members: they count for what is alike to them. Raises ExportError
    where there are fewer days or sources than sides.
    """
    rule = {SplitRule.HASH: by_hash, SplitRule.LABEL: by_label, SplitRule.DATE: by_date, SplitRule.SOURCE: by_source}[
        plan.by
    ]
    return rule(members, alike, plan, kept)


def by_label(members: Sequence[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule LABEL."""
    sides, left = extend_to_duplicates(members, alike, kept.sides)
    held = {side: count_labels(member for member in members if sides.get(member.id) is side) for side in Side}
    free = [member for member in members if member.id not in sides and member.id not in left]
    dealt = stratify((DuplicateGroup.of(each, plan) for each in duplicate_groups(free, alike)), held, plan)
    return Split(sides | dealt, left)


def by_date(members: Sequence[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule DATE.

    A group goes by its newest document, so that nothing in training is newer than the day on which the next side
    begins; a reprint of an old story may take that story along to the newer side. A group without any date goes where
    the plan says. The cuts are the days that come nearest to the parts.
    """
    sides, spread_out = extend_to_duplicates(members, alike, kept.sides)
    left: dict[str, SplitExclusion] = dict(spread_out)
    free = [member for member in members if member.id not in sides and member.id not in left]
    dated: list[tuple[datetime.date, list[SplitMember]]] = []
    for group in duplicate_groups(free, alike):
        days = [member.date for member in group if member.date]
        if days:
            dated.append((max(days), group))
        elif plan.undated == Side.TRAIN:
            sides |= {member.id: Side.TRAIN for member in group}
        else:
            left |= {member.id: SplitExclusion.UNDATED for member in group}
    counts: Counter[datetime.date] = Counter()
    for day, group in dated:
        counts[day] += len(group)
    starts = kept.starts or _cuts(counts, plan)
    for day, group in dated:
        side = max((side for side in starts if day >= starts[side]), key=list(Side).index, default=Side.TRAIN)
        sides |= {member.id: side for member in group}
    return Split(sides, left, starts)


def _cuts(counts: Mapping[datetime.date, int], plan: SplitPlan) -> StartDates:
    """Return the first day of each side but TRAIN, so that the sides come nearest to their parts."""
    days, wanted = sorted(counts), plan.wanted()
    if len(days) < len(wanted):
        raise ExportError(
            "A split by date into {sides} sides needs documents of as many days, and these are of {days}; split them "
            "by hash or label.",
            sides=len(wanted),
            days=len(days),
        )
    total, before = sum(counts.values()), [0]
    for day in days:
        before.append(before[-1] + counts[day])
    starts, at, share = {}, 0, 0.0
    for number, side in enumerate(wanted[1:], 1):
        share += plan.share(wanted[number - 1])
        last = len(days) - (len(wanted) - number)  # a day must be left for every side behind
        goal = share * total
        at = min(range(at + 1, last + 1), key=lambda place: (abs(before[place] - goal), place))
        starts[side] = days[at]
    return starts


def by_source(members: Sequence[SplitMember], alike: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule SOURCE.

    The greatest source comes first, each to the side that lacks most documents. Documents without a source count as one
    source. Where papers on two sides printed the same story it stays in TEST before DEV before TRAIN, and is left out
    of the others.
    """
    sizes = Counter(member.source for member in members)
    homes: dict[str, Side] = {}
    known: dict[str, Counter[Side]] = {}
    for member in members:
        if member.id in kept.sides:
            known.setdefault(member.source, Counter())[kept.sides[member.id]] += 1
    for source, found in known.items():
        homes[source] = max(found, key=lambda side: (found[side], -list(Side).index(side)))
    new = sorted(sizes.keys() - homes.keys(), key=lambda source: (-sizes[source], plan.place(source)))
    lacks = {side: plan.share(side) * len(members) for side in plan.wanted()}
    for source, side in homes.items():
        if side in lacks:
            lacks[side] -= sizes[source]
    for number, source in enumerate(new):
        empty = [side for side in lacks if side not in homes.values()]
        pool = empty if len(empty) >= len(new) - number else list(lacks)
        homes[source] = max(pool, key=lacks.__getitem__)
        lacks[homes[source]] -= sizes[source]
    if len(set(homes.values())) < len(lacks) and not kept.sides:
        raise ExportError(
            "A split by source into {sides} sides needs documents of as many sources, and these are of {sources}; "
            "split them by hash or label.",
            sides=len(lacks),
            sources=len(sizes),
        )
    placed, left = dict(kept.sides), {}
    for side in reversed(Side):
        for member in members:
            if homes[member.source] is not side or member.id in kept.sides:
                continue
            if any(placed.get(other, side) is not side for other in alike.get(member.id, ())):
                left[member.id] = SplitExclusion.BETWEEN
            else:
                placed[member.id] = side
    return Split({member.id: placed[member.id] for member in members if member.id in placed}, left)
