"""Give each side its part of every label: iterative stratification, and then a search for single moves that help.

Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label Data", ECML PKDD 2011: the label with the fewest
examples left is dealt out first, each example to the side that still wants most of this label; of sides that want
equally much, to the one that wants most documents. Here an example is a group of near-duplicates, and counts with as
many annotations of the label as it has, since the paper knows only whether an example has a label. Groups with many are
dealt first, while there is room for them, and equal ones in the order of their places by seed, not at random.

Counting annotations, the paper's method lets the number of documents go astray (26 of 200 where 20 were wanted). So
groups are moved afterwards, one at a time in the order of their places, each to the side where the squares of all that
is amiss, of each label's share and of the documents' share, shrink most, until none helps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.corpus.split import Side, SplitMember, SplitPlan

DOCUMENT_COUNT = ""
"""Stands among the labels for documents as such."""

_PASSES = 20
_LEAST = 1e-12
"""What a move must gain: less may be no more than rounding."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Documents that must be on one side; counts has their annotations by label, and by DOCUMENT_COUNT their number.

    place is the group's place by seed: that of its lowest id.
    """

    ids: tuple[str, ...]
    counts: Counts
    place: int

    @classmethod
    def of(cls, members: Sequence[SplitMember], plan: SplitPlan) -> DuplicateGroup:
        """Return the group of some members, in whatever order."""
        counts = count_labels(members)
        ids = tuple(sorted(member.id for member in members))
        return cls(ids, {name: counts[name] for name in sorted(counts) if counts[name]}, plan.place(ids[0]))


def count_labels(members: Iterable[SplitMember]) -> Counter[str]:
    """Return how many annotations some members have of each label, and by DOCUMENT_COUNT how many they are."""
    counts: Counter[str] = Counter()
    for member in members:
        counts.update(member.labels)
        counts[DOCUMENT_COUNT] += 1
    return counts


def stratify(groups: Iterable[DuplicateGroup], held: Mapping[Side, Counter[str]], plan: SplitPlan) -> dict[str, Side]:
    """Return the side of every document of the groups.

    held is what the sides have already, as count_labels() tells it; it counts towards what each should have of all.
    """
    ordered = sorted(groups, key=lambda group: group.place)
    total = sum((held.get(side, Counter()) for side in Side), Counter[str]())
    for group in ordered:
        total.update(group.counts)
    sides = _dealt(ordered, held, total, plan)
    _settle(ordered, sides, held, total, plan)
    return {document: sides[group.ids[0]] for group in ordered for document in group.ids}


def _dealt(
    groups: Sequence[DuplicateGroup], held: Mapping[Side, Counter[str]], total: Counts, plan: SplitPlan
) -> dict[str, Side]:
    """Return the side of each group, by its first id, as the paper deals them."""
    parts = sum(plan.parts.values())  # all numbers are whole: so many times what is wanted as there are parts
    wants = {
        side: {
            name: plan.parts[side] * count - parts * held.get(side, Counter())[name] for name, count in total.items()
        }
        for side in plan.wanted()
    }
    having: dict[str, list[DuplicateGroup]] = {}
    left: Counter[str] = Counter()
    for group in groups:
        left.update(group.counts)
        for name in group.counts:
            having.setdefault(name, []).append(group)
    sides: dict[str, Side] = {}
    while having:
        # Groups without labels come last, as documents only.
        label = min(having, key=lambda name: (name == DOCUMENT_COUNT, left[name], name))
        for group in sorted(having.pop(label), key=lambda each: (-each.counts[label], each.place)):
            if group.ids[0] not in sides:
                side = max(wants, key=lambda side: (wants[side][label], wants[side][DOCUMENT_COUNT]))
                sides[group.ids[0]] = side
                for name, number in group.counts.items():
                    wants[side][name] -= parts * number
                    left[name] -= number
    return sides


def _settle(
    groups: Sequence[DuplicateGroup],
    sides: dict[str, Side],
    held: Mapping[Side, Counter[str]],
    total: Counts,
    plan: SplitPlan,
) -> None:
    """Move groups, which are in the order of their places, to where they lessen what is amiss."""
    shares = {group.ids[0]: {name: number / total[name] for name, number in group.counts.items()} for group in groups}
    amiss = {
        side: {name: held.get(side, Counter())[name] / total[name] - plan.share(side) for name in total if total[name]}
        for side in plan.wanted()
    }
    for group in groups:
        _add(amiss[sides[group.ids[0]]], shares[group.ids[0]], 1)
    for _ in range(_PASSES):
        moved = False
        for group in groups:
            own, here = shares[group.ids[0]], sides[group.ids[0]]
            # (a - s)**2 - a**2 here, and (b + s)**2 - b**2 there, is what a move adds to the squares.
            gains = {
                there: 2 * sum(share * (amiss[here][name] - amiss[there][name] - share) for name, share in own.items())
                for there in amiss
                if there is not here
            }
            best = max(gains, key=gains.__getitem__, default=here)
            if gains.get(best, 0) > _LEAST:
                _add(amiss[here], own, -1)
                _add(amiss[best], own, 1)
                sides[group.ids[0]] = best
                moved = True
        if not moved:
            return


def _add(amiss: dict[str, float], shares: Mapping[str, float], sign: int) -> None:
    """Add a group to a side, or with -1 take it away."""
    for name, share in shares.items():
        amiss[name] += sign * share
