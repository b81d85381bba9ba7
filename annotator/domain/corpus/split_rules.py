"""The four rules of splitting a corpus; split.py describes them."""

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
    duplicate_groups,
    extend_to_duplicates,
)
from annotator.domain.corpus.stratified import DuplicateGroup, count_labels, stratify
from annotator.errors import ExportError

StartDates = Mapping[Side, datetime.date]


def split_documents(
    members: Sequence[SplitMember],
    duplicates: NearDuplicates,
    plan: SplitPlan,
    kept: PreviousSplit = NO_PREVIOUS_SPLIT,
) -> Split:
    """Split documents, given in the order of import, by the rule of the plan; documents in kept stay on their sides.

    kept may name documents that are not among the members: their near-duplicates still go to their side. Raises
    ExportError if there are fewer days or sources than sides.
    """
    rule = {
        SplitRule.HASH: by_hash,
        SplitRule.LABEL: by_label,
        SplitRule.DATE: by_date,
        SplitRule.SOURCE: by_source,
    }[plan.by]
    return rule(members, duplicates, plan, kept)


def by_hash(members: Sequence[SplitMember], duplicates: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule HASH; members are in the order of import."""
    total = sum(plan.parts.values())
    test, dev = plan.parts.get(Side.TEST, 0), plan.parts.get(Side.DEV, 0)
    sides = dict(kept.sides)
    left_out: dict[str, SplitExclusion] = {}
    for member in members:
        if member.id in kept.sides:
            continue
        near = {sides[other] for other in duplicates.get(member.id, ()) if other in sides}
        if len(near) > 1:
            left_out[member.id] = SplitExclusion.BETWEEN
        elif near:
            (sides[member.id],) = near
        else:
            # In whole numbers: the position is a number of 256 bits, more than a float holds.
            part = plan.place(member.id) * total >> 256
            sides[member.id] = Side.TEST if part < test else Side.DEV if part < test + dev else Side.TRAIN
    return Split(_of_members(sides, members), left_out)


def by_label(members: Sequence[SplitMember], duplicates: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule LABEL."""
    sides, left_out = extend_to_duplicates(members, duplicates, kept.sides)
    held = {side: count_labels(member for member in members if sides.get(member.id) is side) for side in Side}
    free = [member for member in members if member.id not in sides and member.id not in left_out]
    groups = (DuplicateGroup.of(group, plan) for group in duplicate_groups(free, duplicates))
    return Split(sides | stratify(groups, held, plan), left_out)


def by_date(members: Sequence[SplitMember], duplicates: NearDuplicates, plan: SplitPlan, kept: PreviousSplit) -> Split:
    """Split by the rule DATE.

    The date of a group of near-duplicates is that of its newest document, so nothing in TRAIN is newer than the first
    day of the next side. A reprint of an old story takes that story along to the newer side. A group without any date
    goes where the plan says.
    """
    sides, between = extend_to_duplicates(members, duplicates, kept.sides)
    left_out: dict[str, SplitExclusion] = dict(between)
    free = [member for member in members if member.id not in sides and member.id not in left_out]
    dated: list[tuple[datetime.date, list[SplitMember]]] = []
    for group in duplicate_groups(free, duplicates):
        days = [member.date for member in group if member.date]
        if days:
            dated.append((max(days), group))
        elif plan.undated == Side.TRAIN:
            sides |= {member.id: Side.TRAIN for member in group}
        else:
            left_out |= {member.id: SplitExclusion.UNDATED for member in group}
    counts: Counter[datetime.date] = Counter()
    for day, group in dated:
        counts[day] += len(group)
    starts = kept.starts or _start_dates(counts, plan)
    for day, group in dated:
        begun = (side for side in starts if day >= starts[side])
        side = max(begun, key=list(Side).index, default=Side.TRAIN)
        sides |= {member.id: side for member in group}
    return Split(sides, left_out, starts)


def _start_dates(counts: Mapping[datetime.date, int], plan: SplitPlan) -> StartDates:
    """Return the first day of each side but TRAIN that brings the sides nearest to their parts.

    counts: how many documents there are of each day.
    """
    days, wanted = sorted(counts), plan.wanted()
    if len(days) < len(wanted):
        raise ExportError(
            "A split by date into {sides} parts needs articles from at least as many days; these are from "
            "{days}. Split by hash or label instead.",
            sides=len(wanted),
            days=len(days),
        )
    total, before = sum(counts.values()), [0]
    for day in days:
        before.append(before[-1] + counts[day])
    starts, at, share = {}, 0, 0.0
    for number, side in enumerate(wanted[1:], 1):
        share += plan.share(wanted[number - 1])
        last = len(days) - (len(wanted) - number)  # each side after this one needs a day too
        goal = share * total
        at = min(range(at + 1, last + 1), key=lambda place: (abs(before[place] - goal), place))
        starts[side] = days[at]
    return starts


def by_source(
    members: Sequence[SplitMember], duplicates: NearDuplicates, plan: SplitPlan, kept: PreviousSplit
) -> Split:
    """Split by the rule SOURCE: every source has a side, and its documents are on it.

    Documents without a source count as one source. Example: sources with 6, 3 and 1 documents and the parts 80/10/10
    give train the first, dev the second and test the third. If papers on several sides printed the same story, it
    remains in TEST or else DEV, and is left out of the others.
    """
    sizes = Counter(member.source for member in members)
    sources = _sides_of_kept_sources(members, kept)
    sources |= _sides_of_new_sources(sizes, sources, plan)
    wanted = plan.wanted()
    if len(set(sources.values())) < len(wanted) and not kept.sides:
        raise ExportError(
            "A split by source into {sides} parts needs articles from at least as many sources; these are from "
            "{sources}. Split by hash or label instead.",
            sides=len(wanted),
            sources=len(sizes),
        )
    return _split_by_side_of_source(members, duplicates, sources, kept)


def _sides_of_kept_sources(members: Sequence[SplitMember], kept: PreviousSplit) -> dict[str, Side]:
    """Return the side that has most of a source's kept documents, the earlier of two with as many."""
    counts: dict[str, Counter[Side]] = {}
    for member in members:
        if member.id in kept.sides:
            counts.setdefault(member.source, Counter())[kept.sides[member.id]] += 1
    order = list(Side)
    return {source: max(found, key=lambda side: (found[side], -order.index(side))) for source, found in counts.items()}


def _sides_of_new_sources(sizes: Counter[str], known: Mapping[str, Side], plan: SplitPlan) -> dict[str, Side]:
    """Return a side for each source that has none: the largest first, each to the side that lacks most documents.

    Once there are only as many sources left as sides without any, each of these sides gets one.
    """
    lacks = {side: plan.share(side) * sizes.total() for side in plan.wanted()}
    for source, side in known.items():
        if side in lacks:
            lacks[side] -= sizes[source]
    empty = [side for side in lacks if side not in known.values()]
    new = sorted(sizes.keys() - known.keys(), key=lambda source: (-sizes[source], plan.place(source)))
    sides: dict[str, Side] = {}
    for number, source in enumerate(new):
        candidates = empty if len(empty) >= len(new) - number else list(lacks)
        side = max(candidates, key=lacks.__getitem__)
        sides[source] = side
        lacks[side] -= sizes[source]
        empty = [other for other in empty if other is not side]
    return sides


def _split_by_side_of_source(
    members: Sequence[SplitMember], duplicates: NearDuplicates, sources: Mapping[str, Side], kept: PreviousSplit
) -> Split:
    sides = dict(kept.sides)
    left_out: dict[str, SplitExclusion] = {}
    for side in reversed(Side):
        for member in members:
            if sources[member.source] is not side or member.id in kept.sides:
                continue
            if any(sides.get(other, side) is not side for other in duplicates.get(member.id, ())):
                left_out[member.id] = SplitExclusion.BETWEEN
            else:
                sides[member.id] = side
    return Split(_of_members(sides, members), left_out)


def _of_members(sides: Mapping[str, Side], members: Sequence[SplitMember]) -> dict[str, Side]:
    """Return the sides of the members that have one, in their order."""
    return {member.id: sides[member.id] for member in members if member.id in sides}
