"""The View menu's choice of digits and Arabic month names, kept in the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.ui.base.i18n import MONTHS, NUMERALS, default_months, set_numbers
from annotator.ui.base.settings import Settings


class NumberFormat(QObject):
    """Handles the actions of the menu View > Numbers and dates."""

    chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QObject) -> None:
        """Use the settings; begin() restores them."""
        super().__init__(parent)
        self._settings = settings

    def restore(self) -> None:
        """Restore the choice. By default digits follow the language, and months the country."""
        self._set(numerals=self._settings.text("numerals"), months=self._settings.text("months"))

    def as_the_language(self) -> None:
        """Use the digits of the language."""
        self._set(numerals="language")

    def arabic(self) -> None:
        """Use ٠١٢٣ in both languages."""
        self._set(numerals="arabic")

    def latin(self) -> None:
        """Use 0123 in both languages."""
        self._set(numerals="latin")

    def months_of_egypt(self) -> None:
        """Use the month names from Cairo to Riyadh: يوليو."""
        self._set(months="egypt")

    def months_of_the_levant(self) -> None:
        """Use the month names from Beirut to Baghdad: تموز."""
        self._set(months="levant")

    def both_months(self) -> None:
        """Use both month names: تموز/يوليو."""
        self._set(months="both")

    def _set(self, numerals: str = "", months: str = "") -> None:
        for name, value in (("numerals", numerals), ("months", months)):
            if value:
                self._settings.set(name, value)
        numerals, months = self._settings.text("numerals"), self._settings.text("months")
        numerals = numerals if numerals in NUMERALS else NUMERALS[0]
        months = months if months in MONTHS else default_months()
        set_numbers(numerals, months)
        self.chosen.emit(f"numerals-{numerals}")
        self.chosen.emit(f"months-{months}")
