"""A field for a day, with a calendar that drops down: months, digits and direction as the language has them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QTableView, QToolButton, QWidget

from annotator.ui.base.i18n import date_locale, digits, number_locale
from annotator.ui.base.painting import tinted

_CALENDAR = QSize(320, 280)


class DateField(QDateEdit):
    """A day to type or to choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a field in the language in use."""
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setLocale(date_locale())
        # Qt turns the parts of a date around from right to left, and so they stand as they are read.
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setDisplayFormat("yyyy MMMM d" if from_right else "d MMMM yyyy")
        _furnish(self.calendarWidget())

    def textFromDateTime(self, when: QDateTime) -> str:
        """Write a day in the digits that were chosen: no locale that Qt knows has تموز beside 0123."""
        return digits(super().textFromDateTime(when))


def _furnish(calendar: QCalendarWidget) -> None:
    """Have a calendar look like the rest of the program: no numbers of weeks, no red days, arrows that can be seen."""
    calendar.setLocale(number_locale())
    _name_months(calendar, date_locale())
    calendar.setFirstDayOfWeek(date_locale().firstDayOfWeek())
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    calendar.setMinimumSize(_CALENDAR)
    for table in calendar.findChildren(QTableView):
        # Else no column is narrower than the widest letter of the font, and not all seven have room.
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
    """Have a calendar say the months of another locale than the one by which it writes digits."""
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    if names == calendar.locale() or not isinstance(month, QToolButton):
        return
    for action in month.menu().actions():
        action.setText(names.standaloneMonthName(action.data()))

    def name_shown(_year: int, number: int) -> None:
        """Name the month that is shown."""
        month.setText(names.standaloneMonthName(number))

    calendar.currentPageChanged.connect(name_shown)
    name_shown(calendar.yearShown(), calendar.monthShown())
