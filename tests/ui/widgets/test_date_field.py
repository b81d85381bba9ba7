"""The field for a day: written as dates are elsewhere in the window, with a calendar in the language in use."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.base.i18n import date_text, set_language, set_numbers
from annotator.ui.base.theme import DARK, LIGHT, apply_theme
from annotator.ui.widgets.date_field import DateField

DAY = datetime.date(2020, 7, 23)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application, and leave it as other tests expect it."""
    yield qapp
    set_language(qapp, "en")
    set_numbers("language", "egypt")
    apply_theme(qapp, LIGHT)


def field_in(qtbot: QtBot) -> DateField:
    """Show a field with a day in it."""
    field = DateField()
    qtbot.addWidget(field)
    field.setDate(QDate(DAY.year, DAY.month, DAY.day))
    field.show()
    QCoreApplication.processEvents()
    return field


@pytest.mark.parametrize(
    ("language", "numerals", "months"),
    [
        ("ar", "language", "egypt"),
        ("ar", "latin", "egypt"),
        ("ar", "language", "levant"),
        ("ar", "latin", "levant"),
        ("en", "arabic", "egypt"),
        ("en", "language", "egypt"),
    ],
)
def test_a_day_is_written_as_in_the_rest_of_the_window(
    qtbot: QtBot, app: QApplication, language: str, numerals: str, months: str
) -> None:
    set_language(app, language)
    set_numbers(numerals, months)
    field = field_in(qtbot)
    assert field.text() == date_text(DAY)
    assert field.layoutDirection() is app.layoutDirection()


def test_a_day_is_typed_in_either_digits(qtbot: QtBot, app: QApplication) -> None:
    set_language(app, "ar")
    field = field_in(qtbot)
    field.setFocus()
    field.setSelectedSection(DateField.Section.DaySection)
    QTest.keyClicks(field, "17")
    assert field.date() == QDate(2020, 7, 17)
    field.interpretText()
    assert field.text() == "١٧ يوليو ٢٠٢٠"


def test_months_of_the_levant_stand_beside_european_digits_in_field_and_calendar(
    qtbot: QtBot, app: QApplication
) -> None:
    set_language(app, "ar")
    set_numbers("latin", "levant")
    field = field_in(qtbot)
    assert field.text() == "23 تموز 2020"
    field.setFocus()
    field.setSelectedSection(DateField.Section.DaySection)
    QTest.keyClicks(field, "17")
    field.interpretText()
    assert (field.date(), field.text()) == (QDate(2020, 7, 17), "17 تموز 2020")
    calendar = field.calendarWidget()
    calendar.setCurrentPage(2020, 8)
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    year = calendar.findChild(QToolButton, "qt_calendar_yearbutton")
    assert isinstance(month, QToolButton) and isinstance(year, QToolButton)
    assert (month.text(), year.text()) == ("آب", "2020")
    assert [action.text() for action in month.menu().actions()][:2] == ["كانون الثاني", "شباط"]
    assert calendar.locale().zeroDigit() == "0"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_all_seven_days_of_the_calendar_have_room(qtbot: QtBot, app: QApplication, language: str) -> None:
    set_language(app, language)
    apply_theme(app, DARK)
    field = field_in(qtbot)
    arrow = QPoint(8 if language == "ar" else field.width() - 8, field.height() // 2)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=arrow)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    QCoreApplication.processEvents()
    calendar = field.calendarWidget()
    assert popup.isAncestorOf(calendar) and calendar.layoutDirection() is app.layoutDirection()
    table = calendar.findChild(QTableView)
    assert isinstance(table, QTableView)
    assert table.horizontalHeader().length() <= table.viewport().width()
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    assert isinstance(month, QToolButton)
    assert month.text() == ("يوليو" if language == "ar" else "July")
    back = calendar.findChild(QToolButton, "qt_calendar_prevmonth")
    assert isinstance(back, QToolButton)
    drawn = back.icon().pixmap(back.iconSize()).toImage()
    inks = {
        drawn.pixelColor(x, y).name()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }
    assert inks == {DARK.text}, "arrows can be seen on dark ground"
    popup.close()


def test_it_is_as_high_as_other_fields(qtbot: QtBot, app: QApplication) -> None:
    apply_theme(app, LIGHT)
    field, box = field_in(qtbot), QComboBox()
    qtbot.addWidget(box)
    box.addItem("IOB2")
    box.show()
    assert abs(field.sizeHint().height() - box.sizeHint().height()) <= 1
