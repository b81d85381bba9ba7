"""A date field with a drop-down calendar in the current language, digits and direction."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QTableView, QToolButton, QWidget

from annotator.ui.base.i18n import date_locale, digits, number_locale
from annotator.ui.base.painting import tinted

_CALENDAR = QSize(320, 280)


class DateField(QDateEdit):
    """A date to type or to choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setLocale(date_locale())
        # Qt reverses the parts of a date in right-to-left fields; this order then reads day, month, year.
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setDisplayFormat("yyyy MMMM d" if from_right else "d MMMM yyyy")
        _furnish(self.calendarWidget())

    def textFromDateTime(self, when: QDateTime) -> str:
        """Return the date in the chosen digits.

        No locale of Qt combines Levantine month names such as تموز with the digits 0123.
        """
        return digits(super().textFromDateTime(when))


def _furnish(calendar: QCalendarWidget) -> None:
    """Style a calendar like the rest of the program: no week numbers, no red weekends, visible arrows."""
    calendar.setLocale(number_locale())
    _name_months(calendar, date_locale())
    calendar.setFirstDayOfWeek(date_locale().firstDayOfWeek())
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    calendar.setMinimumSize(_CALENDAR)
    for table in calendar.findChildren(QTableView):
        # By default no column is narrower than the widest letter of the font, and seven do not fit.
        table.horizontalHeader().setMinimumSectionSize(1)
    plain = QTextCharFormat()
    plain.setForeground(calendar.palette().text())
    for day in Qt.DayOfWeek:
        calendar.setWeekdayTextFormat(day, plain)
    heading = QTextCharFormat()
    heading.setForeground(calendar.palette().placeholderText())
    heading.setBackground(calendar.palette().base())
    calendar.setHeaderTextFormat(heading)
    for name in ("qt_calendar_prevmonth", "qt_calendar_nextmonth"):
        for arrow in calendar.findChildren(QToolButton, name):
            arrow.setIcon(tinted(arrow.icon(), arrow.iconSize(), calendar.palette().buttonText()))


def _name_months(calendar: QCalendarWidget, names: QLocale) -> None:
    """Show month names of another locale than the one that formats the digits."""
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    if names == calendar.locale() or not isinstance(month, QToolButton):
        return
    for action in month.menu().actions():
        action.setText(names.standaloneMonthName(action.data()))

    def name_shown(_year: int, number: int) -> None:
        month.setText(names.standaloneMonthName(number))

    calendar.currentPageChanged.connect(name_shown)
    name_shown(calendar.yearShown(), calendar.monthShown())
