"""Acceptance by period and learning curves."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.team.curves import (
    MOST_STEPS,
    Decided,
    FinishedArticle,
    Period,
    acceptance,
    choose_period,
    count_days,
    learning_curve,
    step_size,
)

DAY_MS = 86_400_000
decisions = st.lists(st.builds(Decided, st.integers(0, 253_402_300_799_999), st.booleans()))
articles = st.lists(st.builds(FinishedArticle, st.integers(0, 10**7), st.integers(0, 10**5)), max_size=70)


@given(decisions, st.sampled_from(list(Period)))
def test_every_decision_is_in_the_period_that_begins_before_it(decided: list[Decided], period: Period) -> None:
    found = acceptance(count_days(decided), period)
    assert sum(each.decided for each in found) == len(decided)
    assert sum(each.accepted for each in found) == sum(each.accepted for each in decided)
    starts = [each.start for each in found]
    assert starts == sorted(set(starts))
    for each in decided:
        date = datetime.datetime.fromtimestamp(each.time / 1000, datetime.UTC).date()
        start = max(start for start in starts if start <= date)
        assert (date - start).days < {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}[period]
    assert all(0 <= each.share <= 1 for each in found)


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ([], Period.DAY),
        ([100, 159], Period.DAY),
        ([100, 160], Period.WEEK),
        ([0, 419], Period.WEEK),
        ([0, 420], Period.MONTH),
    ],
)
def test_the_period_grows_with_the_project(days: list[int], period: Period) -> None:
    assert choose_period(days) is period


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    thursday = (datetime.date(2026, 11, 26) - datetime.date(1970, 1, 1)).days
    days = count_days([Decided(thursday * DAY_MS, True)])
    assert acceptance(days, Period.WEEK)[0].start == datetime.date(2026, 11, 23)
    assert acceptance(days, Period.MONTH)[0].start == datetime.date(2026, 11, 1)


@given(st.integers(0, 10**6))
def test_a_curve_has_at_most_twenty_steps(count: int) -> None:
    step = step_size(count)
    assert -(-count // step) <= MOST_STEPS
    assert str(step).rstrip("0") in "125"


@given(st.lists(articles, max_size=4), st.integers(1, 9))
def test_a_learning_curve_holds_every_article_once(people: list[list[FinishedArticle]], step: int) -> None:
    curve = learning_curve(people, step)
    assert sum(each.articles for each in curve) == sum(map(len, people))
    assert sum(each.ms for each in curve) == sum(article.ms for own in people for article in own)
    assert sum(each.characters for each in curve) == sum(article.characters for own in people for article in own)
    assert [each.first for each in curve] == [1 + step * n for n in range(len(curve))]
    assert all(each.first <= each.last <= each.first + step - 1 for each in curve)
    if curve:
        first = [article for own in people for article in own[:step]]
        characters = sum(article.characters for article in first)
        pace = curve[0].ms_per_1000_characters
        assert pace == (1000 * sum(article.ms for article in first) / characters if characters else None)
