"""Read the dates of news pages: ١٧ نيسان/أبريل ٢٠٢٠, الجمعة 17 ابريل 2020, 17/4/2020, 2020-04-17, 5 جانفي 2020.

Month and day names come from babel (CLDR): Egypt and the Gulf, the Levant and Iraq, the Maghreb, English. dateparser
was tried: it knows neither the Levantine nor the Maghrebi names, nor pairs of them. The small table here has spellings
that CLDR lacks.
"""

from __future__ import annotations

import datetime
import re
from functools import cache

from babel import Locale

from annotator.text.normalise import normalise_key

_LOCALES = ("ar", "ar_IQ", "ar_DZ", "ar_MA", "ar_MR", "en")
_MORE_MONTHS = {
    "كانون ثاني": 1,
    "تشرين اول": 10,
    "تشرين ثاني": 11,
    "كانون اول": 12,
    "مارت": 3,
    "مايس": 5,
    "اغسطوس": 8,
    "اغسطس": 8,
    "اوكتوبر": 10,
    "نوفامبر": 11,
    "sept": 9,
}
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
    found = {normalise_key(name): number for name, number in _MORE_MONTHS.items()}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            names = Locale.parse(locale).months["format"][width]
            found.update({normalise_key(name): number for number, name in names.items()})
    return found


@cache
def _words_around() -> frozenset[str]:
    """Return the normalised words that may be on a date line with the date, such as the days of the week."""
    days = {
        part
        for locale in ("ar", "en")
        for width in ("wide", "abbreviated")
        for name in Locale.parse(locale).days["format"][width].values()
        for part in normalise_key(name).split()
    }
    bare = {day.removeprefix("ال") for day in days}
    return frozenset(normalise_key(_AROUND).split()) | days | bare


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
