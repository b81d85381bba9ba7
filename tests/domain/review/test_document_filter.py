"""A filter as a value: whether it asks anything, how it is remembered, how dates are read."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.review.document_filter import DocumentFilter, Progress, parse_typed_date

filters = st.builds(
    DocumentFilter,
    progress=st.frozensets(st.sampled_from(Progress)),
    doubtful=st.booleans(),
    noted=st.booleans(),
    pending=st.booleans(),
    source=st.text(max_size=5),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    words=st.text(max_size=9),
)


@given(filters)
def test_a_filter_is_remembered_exactly(asked: DocumentFilter) -> None:
    assert DocumentFilter.from_text(asked.to_text()) == asked


@pytest.mark.parametrize("text", ["", "{", "[]", '{"progress": ["gone"]}', '{"since": "yesterday"}', "3", "null"])
def test_what_cannot_be_read_asks_nothing(text: str) -> None:
    assert DocumentFilter.from_text(text) == DocumentFilter()


def test_blanks_alone_ask_nothing() -> None:
    assert not DocumentFilter().is_on
    assert not DocumentFilter(words="  ").is_on
    assert DocumentFilter(words=" بغداد ").is_on
    assert DocumentFilter(doubtful=True).is_on
    assert DocumentFilter(progress=frozenset({Progress.NOTHING})).is_on


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        (" 2020-2 ", (2020, 2, 1), (2020, 2, 29)),
        ("2021/02", (2021, 2, 1), (2021, 2, 28)),
        ("٢٠٢٠-٠٤-١٧", (2020, 4, 17), (2020, 4, 17)),
    ],
)
def test_a_date_may_be_a_year_a_month_or_a_day(text: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert parse_typed_date(text) == datetime.date(*first)
    assert parse_typed_date(text, last=True) == datetime.date(*last)


def test_no_date_is_none_and_anything_else_is_refused() -> None:
    assert parse_typed_date("  ") is None
    for wrong in ("20", "2020-13", "2020-02-30", "yesterday", "0000", "2020-04-17-1", "2020-4-"):
        with pytest.raises(ValueError, match=r"date|day|month|year"):
            parse_typed_date(wrong)
