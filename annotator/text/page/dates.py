"""Read the dates of news pages: ١٧ نيسان/أبريل ٢٠٢٠, الجمعة 17 ابريل 2020, 17/4/2020, 2020-04-17, 5 جانفي 2020.

The names of months and days are those of the Unicode CLDR for Egypt and the Gulf, the Levant and Iraq, the Maghreb,
Mauritania and English, and spellings that CLDR lacks. dateparser was tried: it knows neither the Levantine nor the
Maghrebi names, nor pairs of them. babel has the names too, but takes 80 ms to load them in each process.
"""

from __future__ import annotations

import datetime
import re
from functools import cache

from annotator.text.normalise import normalise_key

_MONTHS = """
    يناير|كانون الثاني|كانون ثاني|جانفي|January|Jan
    فبراير|شباط|فيفري|February|Feb
    مارس|آذار|مارت|March|Mar
    أبريل|نيسان|أفريل|April|Apr
    مايو|أيار|ماي|مايس|May
    يونيو|حزيران|جوان|June|Jun
    يوليو|تموز|جويلية|يوليوز|July|Jul
    أغسطس|آب|أوت|غشت|أغشت|اغسطوس|August|Aug
    سبتمبر|أيلول|شتنبر|شتمبر|September|Sep|Sept
    أكتوبر|تشرين الأول|تشرين اول|اوكتوبر|October|Oct
    نوفمبر|تشرين الثاني|تشرين ثاني|نونبر|نوفامبر|November|Nov
    ديسمبر|كانون الأول|كانون اول|دجنبر|دجمبر|December|Dec
"""
"""The names of each month, from January on."""
_DAYS = """
    الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    Sunday Monday Tuesday Wednesday Thursday Friday Saturday Sun Mon Tue Wed Thu Fri Sat
"""
# The words that a date line may have besides its date.
_AROUND = """
    نشر نشرت النشر تاريخ بتاريخ في يوم اخر تحديث التحديث حدث حدثت الساعه الوقت بتوقيت توقيت القدس مكه المكرمه غرينتش
    غرينيتش جرينتش بغداد القاهره دمشق بيروت الرياض دبي تونس المغرب محلي المحلي الموافق م ميلادي هـ ه ص مساء صباحا
    ظهرا عصرا فجرا ليلا am pm gmt utc published updated on at last update date الاضافه كتب تم العدد
    محرم صفر ربيع الاول الاخر الثاني جمادي الاولي الاخره الثانيه رجب شعبان رمضان شوال ذو ذي القعده الحجه
"""


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its normalised name."""
    names = enumerate(_MONTHS.strip().splitlines(), start=1)
    return {normalise_key(name): number for number, line in names for name in line.split("|")}


@cache
def _words_around() -> frozenset[str]:
    """Return the normalised words that may be on a date line with the date, such as the days of the week."""
    days = normalise_key(_DAYS).split()
    return frozenset((*normalise_key(_AROUND).split(), *days, *(day.removeprefix("ال") for day in days)))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a date in normalised text."""
    month = "(?:" + "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True)) + r")(?!\w)\.?"
    pair = rf"(?P<{{0}}>{month})(?:\s*[/\-(،]\s*{month}\)?)?"
    comma = r"[\s،,-]*"
    return re.compile(
        rf"(?<![\w/.-])(?:"
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{comma}(?:من\s+)?{pair.format('month')}{comma}(?P<year>\d{{4}})"
        rf"|{pair.format('month_first')}\s*(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?{comma}(?P<year_third>\d{{4}})"
        r"|(?P<iso_year>\d{4})\s?(?P<iso_sep>[/.\-\\])\s?(?P<iso_month>\d{1,2})\s?(?P=iso_sep)\s?(?P<iso_day>\d{1,2})"
        r"|(?P<first>\d{1,2})\s?(?P<sep>[/.\-\\])\s?(?P<second>\d{1,2})\s?(?P=sep)\s?(?P<third>\d{4})"
        r")(?:\s*م)?(?=\W|t\d|$)"
    )


_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"t?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?z?(?:\s*[+-]\d{2}:?\d{2})?|\+\d+")
_HIJRI_YEAR = re.compile(r"1[34]\d\dه?")


def parse_date(text: str) -> datetime.date | None:
    """Return the date in the text, or None if it has none or says more than a date line does.

    The day of the week, a time, the Hijri date and words such as آخر تحديث are allowed. Of several dates the first
    counts. Numbers are day first, unless only month first is a date.
    """
    key = normalise_key(text) if _DIGIT.search(text) else ""
    if not _YEAR.search(key):
        return None
    found = [(match, date) for match in _pattern().finditer(key) if (date := _date(match)) is not None]
    if not found:
        return None
    rest = key
    for match, _ in reversed(found):
        rest = rest[: match.start()] + " " + rest[match.end() :]
    words = re.findall(r"\w+", _TIME.sub(" ", rest))
    allowed = _words_around()
    if all(word in allowed or _is_hijri_number(word) for word in words):
        return found[0][1]
    return None


def _is_hijri_number(word: str) -> bool:
    """Return True if a number may be the day or year of a Hijri date."""
    return (word.isdecimal() and len(word) <= 2) or bool(_HIJRI_YEAR.fullmatch(word))


def _date(match: re.Match[str]) -> datetime.date | None:
    """Return the date of a match, or None if the calendar has no such day or it is a Hijri date."""
    part = match.groupdict()
    if part["month"] or part["month_first"]:
        name = (part["month"] or part["month_first"]).rstrip(".")
        return _day(part["year"] or part["year_third"], _months()[name], part["day"] or part["day_second"])
    if part["iso_year"]:
        return _day(part["iso_year"], part["iso_month"], part["iso_day"])
    return _day(part["third"], part["second"], part["first"]) or _day(part["third"], part["first"], part["second"])


def _day(year: str, month: str | int, day: str) -> datetime.date | None:
    """Return the day, or None if it does not exist or is not within 1800 to 2200."""
    if not 1800 <= int(year) <= 2200:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
