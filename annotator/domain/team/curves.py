"""How the work of an annotator changes over time: the acceptance of suggestions, and the learning curve.

Days, weeks and months are those of UTC, so that every computer counts the same.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_STEPS = 20
"""The maximum number of points of a learning curve."""
_MOST_DAYS = 60
_MOST_WEEKS = 60
_DAY_MS = 86_400_000
_EPOCH = datetime.date(1970, 1, 1)


class Period(StrEnum):
    """The length of the periods in which decisions are counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion that an annotator decided: when, in ms since 1970, and whether it was accepted as it was."""

    time: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How many suggestions were decided in the period that begins on a date, and how many of them were accepted."""

    start: datetime.date
    decided: int
    accepted: int

    @property
    def share(self) -> float:
        """Return the accepted share, 0 to 1."""
        return self.accepted / self.decided


@dataclass(frozen=True, slots=True)
class FinishedArticle:
    """An article that an annotator finished: the working time in ms, without pauses, and its length in code points."""

    ms: int
    characters: int


@dataclass(frozen=True, slots=True)
class LearningStep:
    """The articles of an annotator from number first to number last, in the order in which they were begun."""

    first: int
    last: int
    articles: int
    ms: int
    characters: int

    @property
    def ms_per_1000_characters(self) -> float | None:
        """Return the working time in ms for 1,000 code points, or None for articles without text."""
        return 1000 * self.ms / self.characters if self.characters else None


def choose_period(days: Iterable[int]) -> Period:
    """Return days if the decisions of some days, counted since 1970, span up to 60 days; else weeks or months."""
    known = set(days)
    span = max(known) - min(known) if known else 0
    if span < _MOST_DAYS:
        return Period.DAY
    return Period.WEEK if span < 7 * _MOST_WEEKS else Period.MONTH


def count_days(decided: Iterable[Decided]) -> dict[int, tuple[int, int]]:
    """Return how many suggestions were decided and accepted on each day, counted since 1970."""
    all_of_day, accepted = Counter[int](), Counter[int]()
    for each in decided:
        day = each.time // _DAY_MS
        all_of_day[day] += 1
        accepted[day] += each.accepted
    return {day: (all_of_day[day], accepted[day]) for day in sorted(all_of_day)}


def acceptance(days: Mapping[int, tuple[int, int]], period: Period) -> list[Acceptance]:
    """Return the counts of count_days() by period, in their order. Periods without a decision are missing."""
    found: dict[datetime.date, tuple[int, int]] = {}
    for day, (decided, accepted) in sorted(days.items()):
        start = _period_start(day, period)
        before = found.get(start, (0, 0))
        found[start] = (before[0] + decided, before[1] + accepted)
    return [Acceptance(start, *counts) for start, counts in found.items()]


def step_size(articles: int) -> int:
    """Return how many articles make one step of a learning curve, so that it has at most 20: 1, 2, 5, 10, 20, ..."""
    size, factors = 1, (1, 2, 5)
    while True:
        for factor in factors:
            if articles <= MOST_STEPS * size * factor:
                return size * factor
        size *= 10


def learning_curve(people: Sequence[Sequence[FinishedArticle]], step: int) -> list[LearningStep]:
    """Return the working time of some annotators for their first articles, the next ones, and so on, step by step.

    The articles of each are in the order in which they were begun.
    """
    longest = max(map(len, people), default=0)
    found = []
    for start in range(0, longest, step):
        some = [article for articles in people for article in articles[start : start + step]]
        last = min(start + step, longest)
        found.append(LearningStep(start + 1, last, len(some), sum(a.ms for a in some), sum(a.characters for a in some)))
    return found


def _period_start(day: int, period: Period) -> datetime.date:
    date = _EPOCH + datetime.timedelta(days=day)
    if period is Period.WEEK:
        return date - datetime.timedelta(days=date.weekday())
    return date.replace(day=1) if period is Period.MONTH else date
