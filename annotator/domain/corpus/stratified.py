"""Iterative stratification, which gives each side its part of every label, and a local search that improves the result.

The method is from Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label Data", ECML PKDD 2011. It
assigns the examples of the rarest remaining label first, each to the side that lacks most of this label. On a tie, the
side that lacks most documents gets it. Three things differ from the paper:

- An example is a group of near-duplicates, and counts as many times as it has annotations of the label. In the paper,
  an example either has a label or not.
- Groups with many annotations are assigned first, while there is room for them. Ties are in the order of the groups'
  positions by seed, not at random.
- Counting annotations distorts the number of documents (26 of 200 instead of 20). So single groups are moved
  afterwards, each to the side where the squared errors, of the shares of each label and of documents, decrease most.
  This ends when no move helps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.corpus.split import Side, SplitMember, SplitPlan

DOCUMENT_COUNT = ""
"""The key, among labels, of the number of documents."""

_PASSES = 20
_LEAST = 1e-12
"""The least gain of a move: less may be rounding error."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Documents that must be on one side; counts has their annotations by label, and by DOCUMENT_COUNT their number.

    place is the group's position by seed: that of its lowest id.
    """

    ids: tuple[str, ...]
    counts: Counts
    place: int

    @classmethod
    def of(cls, members: Sequence[SplitMember], plan: SplitPlan) -> DuplicateGroup:
        """Return the group of some members, in any order."""
        counts = count_labels(members)
        ids = tuple(sorted(member.id for member in members))
        return cls(ids, {name: counts[name] for name in sorted(counts) if counts[name]}, plan.place(ids[0]))


def count_labels(members: Iterable[SplitMember]) -> Counter[str]:
    """Return the number of annotations of each label, and under DOCUMENT_COUNT the number of members."""
    counts: Counter[str] = Counter()
    for member in members:
        counts.update(member.labels)
        counts[DOCUMENT_COUNT] += 1
    return counts


def stratify(groups: Iterable[DuplicateGroup], held: Mapping[Side, Counter[str]], plan: SplitPlan) -> dict[str, Side]:
    """Return the side of every document of the groups.

    held is what the sides have already, as count_labels() returns it; it counts towards what each should have.
    """
    ordered = sorted(groups, key=lambda group: group.place)
    total = sum((held.get(side, Counter()) for side in Side), Counter[str]())
    for group in ordered:
        total.update(group.counts)
    sides = _assign(ordered, held, total, plan)
    _improve(ordered, sides, held, total, plan)
    return {document: sides[group.ids[0]] for group in ordered for document in group.ids}


def _assign(
    groups: Sequence[DuplicateGroup], held: Mapping[Side, Counter[str]], total: Counts, plan: SplitPlan
) -> dict[str, Side]:
    """Return the side of each group, by its first id, as the paper assigns them."""
    # Everything is multiplied by the number of parts, so that all numbers are whole and ties are exact.
    parts = sum(plan.parts.values())
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


def _improve(
    groups: Sequence[DuplicateGroup],
    sides: dict[str, Side],
    held: Mapping[Side, Counter[str]],
    total: Counts,
    plan: SplitPlan,
) -> None:
    """Move single groups between sides, in the order given, as long as that decreases the squared errors."""
    shares = {group.ids[0]: {name: number / total[name] for name, number in group.counts.items()} for group in groups}
    errors = {
        side: {name: held.get(side, Counter())[name] / total[name] - plan.share(side) for name in total if total[name]}
        for side in plan.wanted()
    }
    for group in groups:
        _add(errors[sides[group.ids[0]]], shares[group.ids[0]], 1)
    for _ in range(_PASSES):
        moved = False
        for group in groups:
            own, here = shares[group.ids[0]], sides[group.ids[0]]
            # A move adds (a - s)**2 - a**2 to the squared errors here, and (b + s)**2 - b**2 there.
            gains = {
                there: 2
                * sum(share * (errors[here][name] - errors[there][name] - share) for name, share in own.items())
                for there in errors
                if there is not here
            }
            best = max(gains, key=gains.__getitem__, default=here)
            if gains.get(best, 0) > _LEAST:
                _add(errors[here], own, -1)
                _add(errors[best], own, 1)
                sides[group.ids[0]] = best
                moved = True
        if not moved:
            return


def _add(errors: dict[str, float], shares: Mapping[str, float], sign: int) -> None:
    """Add the shares of a group to the errors of a side, or subtract them if sign is -1."""
    for name, share in shares.items():
        errors[name] += sign * share
