"""Two languages, Arabic and English, changed while the window stands; numbers and dates as each writes them."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from annotator.resources import resource

LANGUAGES = ("ar", "en")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_OWNED = "annotator-translator"


def set_language(app: QApplication, language: str) -> None:
    """Turn the whole program to "ar" or "en": texts, direction and number forms; open windows retranslate."""
    for old in app.findChildren(QTranslator, _OWNED):
        app.removeTranslator(old)
        old.deleteLater()
    territory = QLocale.Country.Egypt if language == "ar" else QLocale.Country.UnitedKingdom
    QLocale.setDefault(QLocale(QLocale(language).language(), territory))
    app.setLayoutDirection(_direction(language))
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt_texts), (f"annotator_{language}", str(resource("i18n")))):
        translator = QTranslator(app)
        translator.setObjectName(_OWNED)
        if translator.load(name, folder):
            app.installTranslator(translator)


def write_anew() -> None:
    """Let all open windows write their texts anew, as when the language changes."""
    app = QCoreApplication.instance()
    if app is not None:
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))


def current_language() -> str:
    """Return the language in use, "ar" or "en"."""
    return "ar" if QLocale().language() == QLocale.Language.Arabic else "en"


def _direction(language: str) -> Qt.LayoutDirection:
    """Return the way a language is read."""
    return Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight


def digits(text: str | int) -> str:
    """Write the digits of a text as the language in use writes them: ٣ in Arabic, 3 in English."""
    return str(text).translate(_ARABIC_DIGITS) if current_language() == "ar" else str(text)


def number_text(number: int) -> str:
    """Write a number with its thousands apart: 1,313 in English, ١٬٣١٣ in Arabic."""
    return digits(f"{number:,}".replace(",", "٬" if current_language() == "ar" else ","))


def date_text(date: datetime.date | None) -> str:
    """Write a date out ("17 April 2020", "١٧ أبريل ٢٠٢٠"); nothing for no date."""
    if date is None:
        return ""
    return QLocale().toString(QDate(date.year, date.month, date.day), "d MMMM yyyy")


def isolate(text: str) -> str:
    """Fence a text of unknown direction, so that it cannot reorder the sentence around it; nothing stays nothing."""
    return f"\u2068{text}\u2069" if text else ""


def led(text: str) -> str:
    """Begin a text with an invisible mark, so that it runs as the language in use does, whatever its first word."""
    return ("\u200f" if current_language() == "ar" else "\u200e") + text


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the one name by which Linguist finds such texts
    """Mark a text of a table for translation, and return it as it is."""
    return text
