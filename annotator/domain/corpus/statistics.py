"""Statistics of a corpus for each side of its split: the size of each, and how balanced they are."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.corpus.split import Side
from annotator.domain.model.document import Document

FEW = 20
"""Labels with fewer spans do not count for the balance: 20 is the fewest that put two into each tenth."""

_DAYS, _MONTHS = 62, 120
"""Documents are counted by day up to so many days, by month up to so many months, and else by year."""


@dataclass(slots=True)
class CorpusStatistics:
    """Counts over some documents.

    - annotated: documents with at least one span.
    - characters: code points.
    - entities: spans by label.
    - lengths: spans by the number of tokens that they touch.
    - days: documents by date.
    - sources: documents by source; "" for those without.
    """

    documents: int = 0
    annotated: int = 0
    characters: int = 0
    tokens: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    days: Counter[datetime.date] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def add(self, document: Document, tokens: int, spans: Iterable[tuple[str, int]]) -> None:
        """Count a document with its number of tokens, and its spans, each (label, number of tokens that it touches)."""
        self.documents += 1
        self.characters += len(document.text)
        self.tokens += tokens
        labels = Counter[str]()
        for label, length in spans:
            labels[label] += 1
            self.lengths[length] += 1
        self.annotated += bool(labels)
        self.entities.update(labels)
        self.sources[document.source] += 1
        if document.date:
            self.days[document.date] += 1

    @property
    def undated(self) -> int:
        """Return how many documents have no date."""
        return self.documents - self.days.total()


StatisticsBySide = Mapping[Side, CorpusStatistics]


@dataclass(frozen=True, slots=True)
class Balance:
    """How far the sides are from their parts, in shares from 0 to 1.

    mean and worst are over the differences between a side's share of a label's spans and its part, for all labels and
    sides; label and side say where the worst is. Labels with fewer than FEW spans are left out if there are others: 3
    spans cannot be divided 80/10/10. documents is the greatest difference between a side's share of documents and its
    part.
    """

    mean: float
    worst: float
    label: str
    side: Side
    documents: float


def balance(figures: StatisticsBySide, parts: Mapping[Side, float]) -> Balance | None:
    """Return how balanced the sides are, or None if there are no spans; parts are shares that add up to 1."""
    total, size = combined(figures).entities, max(1, sum(each.documents for each in figures.values()))
    least = min(FEW, max(total.values(), default=0))
    found = [
        (abs(figures[side].entities[label] / count - parts[side]), label, side)
        for label, count in sorted(total.items())
        for side in figures
        if count and count >= least
    ]
    if not found:
        return None
    worst, label, side = max(found, key=lambda each: each[0])
    documents = max(abs(figures[side].documents / size - parts[side]) for side in figures)
    return Balance(sum(each[0] for each in found) / len(found), worst, label, side, documents)


def combined(figures: StatisticsBySide) -> CorpusStatistics:
    """Return the statistics of all sides together."""
    whole = CorpusStatistics()
    for each in figures.values():
        whole.documents += each.documents
        whole.annotated += each.annotated
        whole.characters += each.characters
        whole.tokens += each.tokens
        for name in ("entities", "lengths", "days", "sources"):
            getattr(whole, name).update(getattr(each, name))
    return whole


def documents_by_period(figures: StatisticsBySide) -> dict[str, dict[Side, int]]:
    """Return the number of documents of each side by day ("2020-04-17"), month or year, without gaps."""
    days = sorted(combined(figures).days)
    if not days:
        return {}
    first, last = days[0], days[-1]
    if (last - first).days < _DAYS:
        names = [str(first + datetime.timedelta(n)) for n in range((last - first).days + 1)]
    elif (months := (last.year - first.year) * 12 + last.month - first.month) < _MONTHS:
        names = [
            f"{first.year + (first.month - 1 + n) // 12}-{(first.month - 1 + n) % 12 + 1:02}" for n in range(months + 1)
        ]
    else:
        names = [f"{year:04}" for year in range(first.year, last.year + 1)]
    width = len(names[0])
    counts = {name: dict.fromkeys(figures, 0) for name in names}
    for side, each in figures.items():
        for day, count in each.days.items():
            counts[str(day)[:width]][side] += count
    return counts


def count_by_side(figures: StatisticsBySide, name: str) -> dict[str, Any]:
    """Return one of the plain counts for each side and, under "all", in all."""
    counts = {side.value: getattr(each, name) for side, each in figures.items()}
    return counts | {"all": sum(counts.values())}
