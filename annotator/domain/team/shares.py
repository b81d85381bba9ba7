"""Divide documents among annotators: how much each gets, which documents two people label, who gets which.

- All shares are equal, or differ by one document. A document that two people label counts in both shares.
- The overlap is exact: round(overlap * documents), and each of these documents goes to exactly two people.
- Near-duplicates go to one person, and to the person who has others of the group already. A group is divided only if
  no share has room for it; equal shares come first. Documents without near-duplicates are preferred for the overlap,
  because repeated ones would count several times in the agreement.

Two steps lead there. First each document gets one person: the groups, largest first, each for the person with the most
room, and then the other documents. Then each share is filled up with documents of others. If at least
(largest group - 1) * people documents are single or overlap, every group that fits into a share has room.

The same input and seed give the same shares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from random import Random


class ShareRule(StrEnum):
    """Which documents belong together.

    BALANCED: all shares are alike in sources and in length. SOURCE and DATE: each share is a run of documents sorted by
    source or by date (undated ones last), so that a person gets whole sources or periods as far as equal shares allow.
    """

    BALANCED = "balanced"
    SOURCE = "source"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Divisible:
    """A document to hand out.

    group is the id of the first document that it nearly equals, or its own id. date is ISO 8601 or "", length in code
    points. held are the people who have it now, if it may move to others.
    """

    id: str
    group: str
    source: str = ""
    date: str = ""
    length: int = 0
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """How documents are divided: the people in order, the overlap from 0 to 1, the rule, and the seed.

    per_person is the greatest number of documents for each, None for no limit. before is how many documents each had
    before; those with fewer get the one more, if shares cannot be equal.
    """

    people: Sequence[str]
    overlap: Fraction = Fraction(0)
    by: ShareRule = ShareRule.BALANCED
    per_person: int | None = None
    seed: int = 0
    before: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shares:
    """The result: document ids by person, each in the order of the input.

    overlapping are the documents that two people got. divided are the groups of near-duplicates, by their first
    document, that went to several people although the overlap is left out. left are the documents that nobody got.
    """

    of: Mapping[str, tuple[str, ...]]
    overlapping: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def divide(
    documents: Sequence[Divisible], terms: ShareTerms, near: Mapping[str, Sequence[str]] | None = None
) -> Shares:
    """Divide documents, given in the order of import.

    near gives the people who already have other documents of a group, by group. Raises ValueError without people, for a
    repeated person, or for an overlap outside 0 to 1 or with one person.
    """
    people = tuple(terms.people)
    if not people or len(set(people)) < len(people):
        raise ValueError("each person once, and at least one")
    if not 0 <= terms.overlap <= 1 or (terms.overlap and len(people) == 1):
        raise ValueError("the overlap is from 0 to 1, and needs two people")
    division = _Division(terms, Random(terms.seed), near or {})
    return division.divide(documents)


def overlap_size(documents: int, overlap: Fraction) -> int:
    """Return how many of some documents two people label, rounded half to even as round() does."""
    return round(overlap * documents)


class _Division:
    """One division: the size of each share, how much room is left in it, and who got what."""

    def __init__(self, terms: ShareTerms, random: Random, near: Mapping[str, Sequence[str]]) -> None:
        self._terms = terms
        self._people = tuple(terms.people)
        self._random = random
        self._near = near
        self._home: dict[str, str] = {}
        self._second: dict[str, str] = {}
        self._room: dict[str, int] = {}
        self._characters: Counter[str] = Counter()

    def divide(self, documents: Sequence[Divisible]) -> Shares:
        wanted = self._documents_wanted(len(documents))
        chosen = self._choose(documents, wanted)
        doubled = overlap_size(len(chosen), self._terms.overlap)
        self._room = self._sizes(len(chosen) + doubled)
        if self._terms.by is ShareRule.BALANCED:
            self._deal(self._groups(chosen))
        else:
            self._deal_in_order(self._groups(chosen), len(chosen))
        self._double(chosen, doubled)
        return self._shares(documents)

    def _documents_wanted(self, available: int) -> int:
        """Return how many documents are handed out: all, or as many as fill the shares that per_person allows."""
        most = self._terms.per_person
        if most is None:
            return available
        places = most * len(self._people)
        wanted = min(available, int(places / (1 + self._terms.overlap)) + 1)
        while wanted and (wanted + overlap_size(wanted, self._terms.overlap) > places):
            wanted -= 1
        return wanted

    def _choose(self, documents: Sequence[Divisible], wanted: int) -> list[Divisible]:
        """Return as many documents: a random sample, or the first by source or date. Groups stay whole if possible."""
        if wanted == len(documents):
            return list(documents)
        groups = self._groups(documents)
        if self._terms.by is ShareRule.BALANCED:
            # What somebody has already, and documents whose near-duplicates somebody has, come before others.
            self._random.shuffle(groups)
            groups.sort(key=lambda group: not (group[0].held or self._near.get(group[0].group)))
        taken: list[Divisible] = []
        skipped: list[Divisible] = []
        for group in groups:
            (taken if len(taken) + len(group) <= wanted else skipped).extend(group)
        chosen = {each.id for each in (*taken, *skipped)[:wanted]}
        return [each for each in documents if each.id in chosen]

    def _sizes(self, places: int) -> dict[str, int]:
        """Return the size of each share. Those who had fewer documents before get the one more."""
        size, more = divmod(places, len(self._people))
        order = sorted(self._people, key=lambda who: self._terms.before.get(who, 0))
        larger = set(order[:more])
        return {who: size + (who in larger) for who in self._people}

    def _groups(self, documents: Iterable[Divisible]) -> list[list[Divisible]]:
        """Return groups of near-duplicates, sorted as the rule says; most groups have one document."""
        found: defaultdict[str, list[Divisible]] = defaultdict(list)
        for each in documents:
            found[each.group].append(each)
        groups = list(found.values())
        if self._terms.by is ShareRule.SOURCE:
            groups.sort(key=lambda group: group[0].source)
        elif self._terms.by is ShareRule.DATE:
            groups.sort(key=lambda group: (not group[0].date, group[0].date))
        return groups

    def _deal(self, groups: Sequence[list[Divisible]]) -> None:
        """Give each group to the person with the most room: first groups of several, then single documents."""
        # By source and length, so that neighbours are alike and each goes to a different person.
        ordered = sorted(groups, key=lambda group: (-len(group), group[0].source, -sum(each.length for each in group)))
        preferred = [group for group in ordered if self._preferred(group)]
        for group in preferred:
            who = next((who for who in self._preferred(group) if self._room[who] >= len(group)), None)
            if who:
                self._give(group, who)
        for group in ordered:
            if group[0].id not in self._home:
                self._give(group, self._with_most_room())

    def _deal_in_order(self, groups: Sequence[list[Divisible]], count: int) -> None:
        """Give each person a run of the groups. A group that does not fit at the end of a run goes to the next one."""
        home = self._sizes(count)
        waiting = list(groups)
        for who in self._people:
            left = min(home[who], self._room[who])
            later: list[list[Divisible]] = []
            for group in waiting:
                wanted = self._preferred(group)
                if len(group) > left or (wanted and who not in wanted and self._has_room_later(wanted, who)):
                    later.append(group)
                else:
                    self._give(group, who)
                    left -= len(group)
            waiting = later
        for group in sorted(waiting, key=len, reverse=True):
            self._give(group, self._with_most_room())

    def _has_room_later(self, wanted: Sequence[str], who: str) -> bool:
        """Return True if somebody who should get a group comes after a person."""
        return any(other in self._people[self._people.index(who) + 1 :] for other in wanted)

    def _preferred(self, group: Sequence[Divisible]) -> list[str]:
        """Return the people who have documents of a group already, most of them first."""
        counts = Counter(who for each in group for who in each.held[:1])
        counts.update(self._near.get(group[0].group, ()))
        return [who for who, _ in counts.most_common() if who in self._room]

    def _with_most_room(self) -> str:
        return max(self._people, key=lambda who: (self._room[who], -self._characters[who]))

    def _give(self, group: Sequence[Divisible], who: str) -> None:
        """Give a group to a person, and what does not fit to those with the most room."""
        for each in group:
            if not self._room[who]:
                who = self._with_most_room()
            self._home[each.id] = who
            self._room[who] -= 1
            self._characters[who] += each.length

    def _double(self, documents: Sequence[Divisible], count: int) -> None:
        """Fill the shares up with documents of others.

        A person with r places left takes documents of the others only, so at most count - r of the doubled ones may be
        this person's own. Within these limits any choice of documents works, and so does any order of giving them as
        long as somebody without a choice comes first.
        """
        own = Counter(self._home.values())
        most = {who: min(own[who], count - self._room[who]) for who in self._people}
        sizes = Counter(each.group for each in documents)
        shuffled = self._random.sample(list(documents), len(documents))
        ranks: Counter[tuple[object, ...]] = Counter()
        order: list[tuple[bool, bool, int, Divisible]] = []
        for each in shuffled:
            kind = (len(each.held) < 2, sizes[each.group] > 1)
            # By turns one of each person's, so that all pairs of people share about as many.
            order.append((*kind, ranks[*kind, self._home[each.id]], each))
            ranks[*kind, self._home[each.id]] += 1
        doubled: list[Divisible] = []
        for *_, each in sorted(order, key=lambda item: item[:-1]):
            home = self._home[each.id]
            if len(doubled) < count and most[home]:
                most[home] -= 1
                doubled.append(each)
        left = Counter(self._home[each.id] for each in doubled)
        pairs: Counter[tuple[str, str]] = Counter()
        for number, each in enumerate(doubled):
            home = self._home[each.id]
            others = [who for who in self._people if who != home and self._room[who]]
            urgent = [who for who in others if self._room[who] + left[who] == count - number]
            held = [who for who in others if who in each.held]
            candidates = urgent or held or others
            who = min(candidates, key=lambda who: (pairs[home, who] + pairs[who, home], self._characters[who]))
            self._second[each.id] = who
            self._room[who] -= 1
            self._characters[who] += each.length
            left[home] -= 1
            pairs[home, who] += 1

    def _shares(self, documents: Sequence[Divisible]) -> Shares:
        of: dict[str, list[str]] = {who: [] for who in self._people}
        homes: defaultdict[str, set[str]] = defaultdict(set)
        for each in documents:
            if each.id in self._home:
                of[self._home[each.id]].append(each.id)
                homes[each.group].add(self._home[each.id])
            if each.id in self._second:
                of[self._second[each.id]].append(each.id)
        return Shares(
            {who: tuple(ids) for who, ids in of.items()},
            tuple(each.id for each in documents if each.id in self._second),
            tuple(group for group, who in homes.items() if len(who) > 1),
            tuple(each.id for each in documents if each.id not in self._home),
        )
