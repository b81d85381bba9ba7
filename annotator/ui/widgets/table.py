"""Tables of values: sorted by a click on a heading, copied with Ctrl+C, in the direction and digits of the language."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.ui.base.i18n import decimal_text, isolate, number_text
from annotator.ui.base.plain_text import tooltip

Index = QModelIndex | QPersistentModelIndex
Value = str | int | float | None
ROW_HEIGHT = 34
_MEASURED_ROWS = 20
"""How many rows decide the width of a column: measuring 20,000 would take seconds."""
_NO_ISOLATES = str.maketrans("", "", "\u2068\u2069")
_SPACE = 8
"""What a column is wider than its widest cell, in device-independent pixels."""
_WIDEST = 360
"""The maximum width of a column before the user changes it, in device-independent pixels."""


class TableModel(QAbstractTableModel):
    """A table whose rows are sorted by their values.

    A subclass gives the headings and the values; text() may show a value in another way, such as a share as a
    percentage. Rows are numbered in the order of the subclass: source_row() returns the number for an index of a view.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[int] | None = None
        self._alignments: dict[int, Qt.AlignmentFlag] = {}
        self._headings: Sequence[str] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    @abstractmethod
    def headings(self) -> Sequence[str]:
        """Return the headings of the columns in the current language."""

    @abstractmethod
    def row_total(self) -> int:
        """Return the number of rows."""

    @abstractmethod
    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell, by which rows are sorted and which is copied. None is an empty cell."""

    def sort_values(self, column: int) -> Sequence[Value]:
        """Return the values of a column by which rows are sorted: by default those of value()."""
        return [self.value(row, column) for row in range(self.row_total())]

    def text(self, row: int, column: int) -> str:
        """Return how a cell is shown."""
        return value_text(self.value(row, column))

    def hint(self, row: int, column: int) -> str:
        """Return the tooltip of a cell as plain text; by default its text, which may be cut off in the table."""
        return self.text(row, column)

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return how a column and its heading are aligned: by default numbers at the end, the rest at the start."""
        values = (self.value(row, column) for row in range(min(self.row_total(), _MEASURED_ROWS)))
        is_number = isinstance(next((value for value in values if value is not None), None), int | float)
        return Qt.AlignmentFlag.AlignTrailing if is_number else Qt.AlignmentFlag.AlignLeading

    def decoration(self, _row: int, _column: int, _role: int) -> Any:
        """Return what a cell shows in another role, such as a colour. By default nothing."""
        return None

    def reset(self) -> None:
        """Show the rows again after the values have changed."""
        self.beginResetModel()
        self._alignments.clear()
        self._headings = None
        self._sort()
        self.endResetModel()

    def retranslate(self) -> None:
        """Show headings and cells again after the language or the digits have changed."""
        self._headings = None
        if self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def shown_headings(self) -> Sequence[str]:
        """Return headings() as it was when the table was last reset or retranslated: views ask for it all the time."""
        if self._headings is None:
            self._headings = self.headings()
        return self._headings

    def source_row(self, row: int) -> int:
        """Return the number of the row that a view shows in a row."""
        return row if self._order is None else self._order[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else self.row_total()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.shown_headings())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, alignment, tooltip or accessible text of a cell."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row, column = self.source_row(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.hint(row, column)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.shown_headings()[column]}: {self.text(row, column)}"
        return self.decoration(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown_headings()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.shown_headings()[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned(section)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows by a column, empty cells last; equal rows keep their order. A column below 0 sorts nothing."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self.source_row(index.row()) for index in before]
        self._sorted_by = (column, order) if column >= 0 else None
        self._sort()
        at = {row: number for number, row in enumerate(self._order)} if self._order is not None else {}
        moved = [self.index(at.get(row, row), index.column()) for row, index in zip(rows, before, strict=True)]
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()

    def _aligned(self, column: int) -> Qt.AlignmentFlag:
        if column not in self._alignments:
            self._alignments[column] = self.alignment(column) | Qt.AlignmentFlag.AlignVCenter
        return self._alignments[column]

    def _sort(self) -> None:
        if self._sorted_by is None or self._sorted_by[0] >= self.columnCount():
            self._order = None
            return
        column, order = self._sorted_by
        values = self.sort_values(column)
        full = [row for row, value in enumerate(values) if value is not None]
        full.sort(key=lambda row: _sort_key(values[row]), reverse=order is Qt.SortOrder.DescendingOrder)
        self._order = full + [row for row, value in enumerate(values) if value is None]


class TableView(QTableView):
    """Shows a TableModel.

    opened is emitted for a cell on Enter or a double-click; it carries the row of the model and the column.
    """

    opened = Signal(int, int)

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self._first_width = 0
        """The width that the first column needs; it also gets what the others leave."""
        self.setObjectName("table")
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setSectionsMovable(False)
        columns.setResizeContentsPrecision(_MEASURED_ROWS)
        columns.setMinimumSectionSize(48)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.activated.connect(self._open)

    def adjust_columns(self) -> None:
        """Make each column as wide as its heading and first rows need."""
        self.resizeColumnsToContents()
        for column in range(self._table.columnCount()):
            self.setColumnWidth(column, min(_WIDEST, self.columnWidth(column) + _SPACE))
        self._first_width = self.columnWidth(0) if self._table.columnCount() else 0
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the first column what is left of the width."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        if self._table.columnCount():
            others = self.horizontalHeader().length() - self.columnWidth(0)
            self.setColumnWidth(0, max(self._first_width, self.viewport().width() - others))

    def copy(self) -> None:
        """Copy the selected cells as tab-separated text with their headings, for a spreadsheet: its digits are 0-9."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return
        columns = sorted({index.column() for index in chosen})
        rows = sorted({index.row() for index in chosen})
        headings = self._table.shown_headings()
        lines = ["\t".join(_copied(headings[column]) for column in columns)] if len(chosen) > 1 else []
        for row in rows:
            source = self._table.source_row(row)
            lines.append("\t".join(_copied(self._table.value(source, column)) for column in columns))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy on Ctrl+C; Qt handles the other keys, and emits activated on Enter."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._table.source_row(index.row()), index.column())


def value_text(value: Value) -> str:
    """Return a value in the digits of the language; a text is isolated, and a float has two decimal places."""
    if value is None:
        return ""
    if isinstance(value, str):
        return isolate(" ".join(value.split()))
    return decimal_text(value) if isinstance(value, float) else number_text(value)


def _copied(value: Value) -> str:
    return "" if value is None else " ".join(str(value).translate(_NO_ISOLATES).split())


def _sort_key(value: Value) -> tuple[bool, str | float]:
    """Return a key that puts numbers before texts."""
    return (True, value.casefold()) if isinstance(value, str) else (False, value or 0)
