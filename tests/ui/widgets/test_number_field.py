"""Fields for numbers: any digits may be typed, whichever are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.base.i18n import set_language, set_numbers
from annotator.ui.widgets.number_field import NumberField


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    """Leave the program in the language and the digits in which the tests begin."""
    yield
    set_language(qapp, "en")
    set_numbers("language", "egypt")


def type_into(field: NumberField, text: str) -> None:
    """Type a text as a keyboard of any layout does."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


@pytest.mark.parametrize("typed", ["12", "١٢", "1٢"])
@pytest.mark.parametrize(("numerals", "shown"), [("arabic", "١٢"), ("latin", "12")])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_any_digits_are_taken_and_the_chosen_ones_shown(
    qtbot: QtBot, qapp: QApplication, language: str, numerals: str, shown: str, typed: str
) -> None:
    set_language(qapp, language)
    set_numbers(numerals, "egypt")
    field = NumberField(1, 61, 5)
    qtbot.addWidget(field)
    field.selectAll()
    type_into(field, typed)
    assert (field.value(), field.text()) == (12, shown)
    assert bool(field.alignment() & Qt.AlignmentFlag.AlignRight) is (language == "ar")


def test_what_is_no_number_or_too_much_is_not_taken(qtbot: QtBot) -> None:
    field = NumberField(1, 61, 5)
    qtbot.addWidget(field)
    field.selectAll()
    type_into(field, "6x-2٣")
    assert field.value() == 6
    field.setValue(1000)
    assert field.value() == 61


def test_an_empty_field_keeps_its_number_or_means_the_least_in_a_word(qtbot: QtBot) -> None:
    field = NumberField(0, 1000, 20)
    qtbot.addWidget(field)
    field.clear()
    assert field.value() == 20
    field.set_special_value_text("all")
    with qtbot.waitSignal(field.valueChanged):
        field.clear()
    assert field.value() == 0 and field.placeholderText() == "all"
