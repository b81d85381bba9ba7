"""Tables: sorted by value, shown in the digits of the language, copied for a spreadsheet, opened by keys."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.base.i18n import set_language
from annotator.ui.widgets.table import TableModel, TableView, Value

ROWS: list[tuple[Value, ...]] = [("سلمى", 1200, 0.5), ("<b>Omar</b>", 30, None), ("عمر\nعلي", 4, 0.25)]


class Rows(TableModel):
    """A table of given rows."""

    def __init__(self, rows: Sequence[Sequence[Value]]) -> None:
        super().__init__()
        self.rows = rows

    def headings(self) -> Sequence[str]:
        return ("Annotator", "Done", "F1")

    def row_total(self) -> int:
        return len(self.rows)

    def value(self, row: int, column: int) -> Value:
        return self.rows[row][column]


def cells(model: TableModel, column: int = 0) -> list[object]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_numbers_have_the_digits_of_the_language(qapp: QApplication) -> None:
    model = Rows(ROWS)
    assert [model.index(0, column).data() for column in range(3)] == ["\u2068سلمى\u2069", "1,200", "0.50"]
    set_language(qapp, "ar")
    assert [model.index(0, column).data() for column in (1, 2)] == ["١٬٢٠٠", "٠٫٥٠"]
    set_language(qapp, "en")
    assert model.index(1, 2).data() == ""
    assert model.index(2, 0).data() == "\u2068عمر علي\u2069"


def test_a_tooltip_shows_markup_as_text() -> None:
    assert "&lt;b&gt;" in Rows(ROWS).index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_rows_are_sorted_by_value_with_empty_cells_last(qtbot: QtBot) -> None:
    model = Rows(ROWS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    view = TableView(model)
    qtbot.addWidget(view)
    view.setCurrentIndex(model.index(0, 0))
    model.sort(1)
    assert cells(model, 1) == ["4", "30", "1,200"]
    assert view.currentIndex().row() == 2, "the current cell follows its row"
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert cells(model, 2) == ["0.50", "0.25", ""]
    model.sort(2)
    assert cells(model, 2) == ["0.25", "0.50", ""]
    assert [model.source_row(row) for row in range(3)] == [2, 0, 1]
    model.sort(-1)
    assert cells(model, 1) == ["1,200", "30", "4"]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-5, 5), st.floats(-5, 5), st.text(max_size=2))), st.booleans())
def test_any_values_can_be_sorted(values: list[Value], down: bool) -> None:
    model = Rows([("", value, "") for value in values])
    model.sort(1, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
    order = [values[model.source_row(row)] for row in range(len(values))]
    assert sorted(map(repr, order)) == sorted(map(repr, values))
    numbers = [value for value in order if isinstance(value, int | float)]
    assert numbers == sorted(numbers, reverse=down)
    assert order[len(order) - values.count(None) :] == [None] * values.count(None)


def test_cells_are_copied_for_a_spreadsheet(qtbot: QtBot, qapp: QApplication) -> None:
    model = Rows(ROWS)
    view = TableView(model)
    qtbot.addWidget(view)
    set_language(qapp, "ar")
    both = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().select(QItemSelection(model.index(0, 0), model.index(2, 1)), both)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    set_language(qapp, "en")
    assert copied.splitlines() == ["Annotator\tDone", "سلمى\t1200", "<b>Omar</b>\t30", "عمر علي\t4"]
    view.selectionModel().select(model.index(0, 2), both)
    view.copy()
    assert QGuiApplication.clipboard().text() == "0.5"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_cell_of_the_row_that_is_shown(qtbot: QtBot, key: Qt.Key) -> None:
    model = Rows(ROWS)
    view = TableView(model)
    qtbot.addWidget(view)
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    view.setCurrentIndex(model.index(0, 1))
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, key)
    assert opened.args == [2, 1]
    view.adjust_columns()
    assert all(view.columnWidth(column) >= 48 for column in range(3))
