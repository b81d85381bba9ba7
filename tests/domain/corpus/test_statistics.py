"""Statistics of a corpus: they add up over sides, dates leave no gap, and balance is measured against the parts."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics, balance, combined, count_by_side, documents_by_period
from annotator.domain.model.document import Document

TENTHS = {Side.TRAIN: 0.8, Side.DEV: 0.1, Side.TEST: 0.1}


def sides(**entities: tuple[int, int, int]) -> dict[Side, CorpusStatistics]:
    """Return the figures of three sides with so many entities of each label, and 80, 10, 10 documents."""
    return {
        side: CorpusStatistics(
            documents=size, entities=Counter({label: counts[at] for label, counts in entities.items()})
        )
        for at, (side, size) in enumerate(zip(Side, (80, 10, 10), strict=True))
    }


def test_documents_are_counted_with_all_that_they_have() -> None:
    figures = CorpusStatistics()
    figures.add(Document("a", "قال محمد", source="واع", date=datetime.date(2020, 4, 17)), 2, [("PERS", 1)])
    figures.add(Document("b", "خبر"), 1, [])
    assert (figures.documents, figures.annotated, figures.tokens, figures.characters) == (2, 1, 3, 11)
    assert (figures.undated, figures.sources, figures.lengths) == (1, {"واع": 1, "": 1}, {1: 1})
    both = {Side.TRAIN: figures, Side.TEST: figures}
    assert combined(both).entities == {"PERS": 2}
    whole = combined(both)
    assert (whole.documents, whole.annotated, whole.tokens, whole.characters) == (4, 2, 6, 22)
    assert (whole.undated, whole.sources, whole.lengths) == (2, {"واع": 2, "": 2}, {1: 2})
    assert count_by_side(both, "tokens") == {"train": 3, "test": 3, "all": 6}
    assert figures.entities == {"PERS": 1}, "summing up changes nothing"


def test_balance_names_the_label_that_is_farthest_off() -> None:
    found = balance(sides(PERS=(80, 10, 10), LOC=(70, 20, 10)), TENTHS)
    assert found is not None
    assert (found.label, found.side) == ("LOC", Side.TRAIN)
    assert found.documents == pytest.approx(0)
    assert found.worst == pytest.approx(0.1)
    assert found.mean == pytest.approx(0.2 / 6)


def test_labels_too_few_to_divide_do_not_count_unless_there_are_only_such() -> None:
    found = balance(sides(PERS=(80, 10, 10), LAW=(1, 0, 0)), TENTHS)
    assert found is not None
    assert found.worst == pytest.approx(0)
    alone = balance(sides(LAW=(1, 0, 0)), TENTHS)
    assert alone is not None
    assert alone.worst == pytest.approx(0.2)
    assert balance(sides(), TENTHS) is None


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ((2020, 2, 27), (2020, 3, 1), ["2020-02-27", "2020-02-28", "2020-02-29", "2020-03-01"]),
        ((2019, 11, 5), (2020, 2, 1), ["2019-11", "2019-12", "2020-01", "2020-02"]),
        ((2000, 1, 1), (2012, 1, 1), [str(year) for year in range(2000, 2013)]),
    ],
)
def test_dates_are_counted_by_day_month_or_year_without_gaps(
    first: tuple[int, int, int], last: tuple[int, int, int], names: list[str]
) -> None:
    train = CorpusStatistics(days=Counter({datetime.date(*first): 2}))
    test = CorpusStatistics(days=Counter({datetime.date(*last): 3}))
    counts = documents_by_period({Side.TRAIN: train, Side.TEST: test})
    assert list(counts) == names
    assert counts[names[0]] == {Side.TRAIN: 2, Side.TEST: 0}
    assert counts[names[-1]] == {Side.TRAIN: 0, Side.TEST: 3}
    assert sum(sum(each.values()) for each in counts.values()) == 5
    assert documents_by_period({Side.TRAIN: CorpusStatistics()}) == {}


def test_of_labels_that_are_equally_far_off_the_first_is_named() -> None:
    found = balance(sides(PERS=(70, 20, 10), LOC=(70, 20, 10)), TENTHS)
    assert found is not None
    assert (found.label, found.side) == ("LOC", Side.TRAIN)


def test_a_single_day_is_a_period() -> None:
    figures = CorpusStatistics(days=Counter({datetime.date(2020, 4, 17): 2}))
    assert documents_by_period({Side.TRAIN: figures}) == {"2020-04-17": {Side.TRAIN: 2}}
