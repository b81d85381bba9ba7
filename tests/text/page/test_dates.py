"""Dates of news pages, as they are written from Rabat to Baghdad."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.page.dates import parse_date
from tests.text.strategies import any_texts

APRIL_17 = datetime.date(2020, 4, 17)


@pytest.mark.parametrize("locale", ["ar", "ar_IQ", "ar_DZ", "ar_MA", "ar_MR", "en"])
def test_the_names_of_the_unicode_cldr_are_known(locale: str) -> None:
    names = pytest.importorskip("babel").Locale.parse(locale)
    for width in ("wide", "abbreviated"):
        for number, month in names.months["format"][width].items():
            assert parse_date(f"17 {month} 2020") == datetime.date(2020, number, 17), month
        for day in names.days["format"][width].values():
            assert parse_date(f"{day} 17/4/2020") == APRIL_17, day


@pytest.mark.parametrize(
    "text",
    [
        "17 ابريل 2020",
        "17 أبريل 2020",
        "17 إبريل 2020م",
        "١٧ نيسان ٢٠٢٠",
        "17 نيسان/أبريل 2020",
        "17 نيسان (أبريل) 2020",
        "١٧ أبريل/ نيسان ٢٠٢٠",
        "17 نَيْسَان، 2020",
        "الجمعة 17 أبريل 2020",
        "الجمعة، 17 أبريل 2020 - 10:30",
        "17-أبريل-2020",
        "17 أفريل 2020",
        "17/4/2020",
        "17/04/2020 10:30",
        "4/17/2020",
        "١٧/٤/٢٠٢٠",
        "17.04.2020",
        "2020/4/17",
        "2020-04-17",
        "2020-04-17T10:30:00Z",
        "2020-04-17T10:30:00+03:00",
        "2020-04-17 10:30:00.123",
        "April 17, 2020",
        "17 Apr 2020",
        "Fri, 17 Apr 2020 10:30:00 GMT",
        "آخر تحديث: 17 ابريل 2020 10:30 ص",
        "نُشر في: ١٧ أبريل ٢٠٢٠ الساعة ١٠:٣٠ مساءً بتوقيت مكة",
        "الجمعة 24 شعبان 1441هـ الموافق 17 أبريل 2020م",
        "\u200f17 ابريل\u00a02020 ",
    ],
)
def test_the_same_day_written_in_many_ways(text: str) -> None:
    assert parse_date(text) == APRIL_17


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("يناير كانون_الثاني جانفي كانون_ثاني", 1),
        ("فبراير شباط فيفري", 2),
        ("مارس آذار اذار", 3),
        ("أبريل نيسان أفريل", 4),
        ("مايو أيار ماي مايس", 5),
        ("يونيو حزيران جوان", 6),
        ("يوليو تموز جويلية يوليوز", 7),
        ("أغسطس آب أوت غشت", 8),
        ("سبتمبر أيلول شتنبر", 9),
        ("أكتوبر اكتوبر تشرين_الأول تشرين_اول", 10),
        ("نوفمبر تشرين_الثاني نونبر", 11),
        ("ديسمبر كانون_الأول دجنبر", 12),
    ],
)
def test_every_month_in_every_region(names: str, month: int) -> None:
    for name in names.split():
        assert parse_date(f"3 {name.replace('_', ' ')} 2018") == datetime.date(2018, month, 3), name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "أمس",
        "2020",
        "أبريل 2020",
        "31 فبراير 2020",
        "99/99/2020",
        "21 / 10 / 1436هـ",
        "في 17 أبريل 2020 قتل رجل",
        "بغداد تعلن حظر التجول من 17 أبريل 2020",
        "17 أبريليات 2020",
        "192.168.1.2020",
    ],
)
def test_what_is_no_date_or_says_more_than_one_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 12, 31)))
def test_iso_dates_come_back(date: datetime.date) -> None:
    assert parse_date(date.isoformat()) == date
    assert parse_date(f"{date.day}/{date.month}/{date.year}") == date


@given(any_texts)
def test_any_text_is_answered(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), datetime.date)
