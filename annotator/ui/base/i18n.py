"""Languages, digits and names of months of the interface, switchable while it runs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.resources import resource

LANGUAGES = ("ar", "en")
NUMERALS = ("language", "arabic", "latin")
"""Digits of the language, always ٠١٢٣, always 0123."""
MONTHS = ("egypt", "levant", "both")
"""Arabic month names from Cairo to Riyadh (يوليو), from Beirut to Baghdad (تموز), or both (تموز/يوليو)."""
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_OWNED = "annotator-translator"
_LEVANT = (
    QLocale.Country.Iraq,
    QLocale.Country.Syria,
    QLocale.Country.Lebanon,
    QLocale.Country.Jordan,
    QLocale.Country.PalestinianTerritories,
)


@dataclass(slots=True)
class _InUse:
    language: str = "en"
    numerals: str = NUMERALS[0]
    months: str = MONTHS[0]


_in_use = _InUse()


def set_language(app: QApplication, language: str) -> None:
    """Switch the interface to "ar" or "en": texts, direction and number forms. Open windows retranslate."""
    for old in app.findChildren(QTranslator, _OWNED):
        app.removeTranslator(old)
        old.deleteLater()
    _in_use.language = language
    _set_locale()
    app.setLayoutDirection(_direction(language))
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt_texts), (f"annotator_{language}", str(resource("i18n")))):
        translator = QTranslator(app)
        translator.setObjectName(_OWNED)
        if translator.load(name, folder):
            app.installTranslator(translator)


def set_numbers(numerals: str, months: str) -> None:
    """Write digits as one of NUMERALS and Arabic months as one of MONTHS, and retranslate all windows."""
    _in_use.numerals, _in_use.months = numerals, months
    _set_locale()
    retranslate_all()


def default_language() -> str:
    """Return the language of a first start: English if that is the system's, otherwise Arabic."""
    return "en" if QLocale.system().language() is QLocale.Language.English else "ar"


def default_months() -> str:
    """Return the month names of the system's country: "levant" or "egypt"."""
    return "levant" if QLocale.system().territory() in _LEVANT else "egypt"


def retranslate_all() -> None:
    """Let all open windows update their texts, as after a change of language."""
    app = QCoreApplication.instance()
    if app is not None:
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))


def current_language() -> str:
    """Return the current language, "ar" or "en"."""
    return _in_use.language


def _direction(language: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight


def digits(text: str | int) -> str:
    """Return a text with its digits in the chosen form, by default that of the language: ٣ in Arabic, 3 in English."""
    return str(text).translate(_ARABIC_DIGITS if _writes_arabic_digits() else _LATIN_DIGITS)


def number_text(number: int) -> str:
    """Return a number with thousands separators: 1,313, or ١٬٣١٣ with Arabic digits."""
    return digits(f"{number:,}".replace(",", "٬" if _writes_arabic_digits() else ","))


def decimal_text(number: float, places: int = 2) -> str:
    """Return a number with decimal places: 0.83, or ٠٫٨٣ with Arabic digits."""
    text = f"{number:,.{places}f}"
    return digits(text.replace(",", "٬").replace(".", "٫") if _writes_arabic_digits() else text)


def percent_text(share: float) -> str:
    """Return a share from 0 to 1 as a whole percentage: 83%, or ٨٣٪ with Arabic digits."""
    return digits(f"{share * 100:.0f}") + ("٪" if _writes_arabic_digits() else "%")


def precision_text(precision: MeasuredPrecision) -> str:
    """Return a precision with its 95% interval as whole percentages: "90% (60–98%)"."""
    low, high = precision.interval()
    return f"{percent_text(precision.share)} ({digits(f'{low * 100:.0f}')}–{percent_text(high)})"


def date_text(date: datetime.date | None) -> str:
    """Return a date in words ("17 April 2020", "١٧ أبريل ٢٠٢٠", "١٧ نيسان ٢٠٢٠"), or "" for None."""
    if date is None:
        return ""
    return digits(f"{date.day} {_month(date.month)} {date.year}")


def date_locale() -> QLocale:
    """Return the locale whose names of days and months are those in use.

    Qt has the months of the Levant only with the digits of Iraq, so the digits may differ from those chosen: see
    number_locale().
    """
    if current_language() == "ar" and _in_use.months == "levant":
        return QLocale(QLocale.Language.Arabic, QLocale.Country.Iraq)
    return number_locale()


def number_locale() -> QLocale:
    """Return the locale whose digits are those in use, with the names of days of the current language."""
    if current_language() == "en":
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    land = QLocale.Country.Egypt if _writes_arabic_digits() else QLocale.Country.UnitedArabEmirates
    return QLocale(QLocale.Language.Arabic, land)


def _month(number: int) -> str:
    if current_language() == "en":
        return QLocale(QLocale.Language.English).standaloneMonthName(number)
    choice = _in_use.months
    countries = {"levant": (QLocale.Country.Iraq,), "egypt": (QLocale.Country.Egypt,)}
    chosen = countries.get(choice, (QLocale.Country.Iraq, QLocale.Country.Egypt))
    return "/".join(QLocale(QLocale.Language.Arabic, land).standaloneMonthName(number) for land in chosen)


def _set_locale() -> None:
    """Set the locale of number fields: the Arabic of Egypt has ٠١٢٣, that of the Emirates 0123."""
    arabic, numerals = current_language() == "ar", _writes_arabic_digits()
    land = QLocale.Country.Egypt if numerals else QLocale.Country.UnitedArabEmirates
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    QLocale.setDefault(QLocale(QLocale.Language.Arabic, land) if arabic or numerals else english)


def _writes_arabic_digits() -> bool:
    if _in_use.numerals == NUMERALS[0]:
        return _in_use.language == "ar"
    return _in_use.numerals == "arabic"


def isolate(text: str) -> str:
    """Wrap a text in FSI and PDI, so that its direction cannot reorder the sentence around it. "" stays ""."""
    return f"\u2068{text}\u2069" if text else ""


def with_direction_mark(text: str) -> str:
    """Return a text after an RLM or LRM, so that it runs in the direction of the language, whatever its first word."""
    return ("\u200f" if current_language() == "ar" else "\u200e") + text


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text of a table for translation, and return it unchanged.

    The name is fixed: Linguist finds such texts by it.
    """
    return text
