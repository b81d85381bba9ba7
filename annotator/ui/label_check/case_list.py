"""The list of cases that are open, the likeliest errors first, with its filters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.domain.label_check.case import Case, CaseKind
from annotator.domain.tagset.tagset import Tagset
from annotator.services.label_check.checked_cases import CheckedCases
from annotator.ui.base.i18n import digits, isolate, number_text
from annotator.ui.base.item_text import label_name
from annotator.ui.base.label_style import UNKNOWN
from annotator.ui.base.painting import row_ground, sized, swatch, text_line
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.label_check.case_texts import kind_name
from annotator.ui.widgets.row_list import RowList

Index = QModelIndex | QPersistentModelIndex

_HEIGHT = 52
_PAD = 16
_SWATCH = 10
_NUMBER_ROLE = Qt.ItemDataRole.UserRole + 1


class CaseModel(QAbstractListModel):
    """One row for each open case that the filters select, in the order of the check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.checked = CheckedCases("", ())
        self.rows: list[int] = []
        """The numbers of the cases shown, from 0."""
        self.tagset: Tagset | None = None
        self._kind: CaseKind | None = None
        self._label = ""

    def set_cases(self, checked: CheckedCases, tagset: Tagset | None) -> None:
        """Show the cases of another check."""
        self.beginResetModel()
        self.checked, self.tagset = checked, tagset
        self.rows = self._wanted()
        self.endResetModel()

    def set_filter(self, kind: CaseKind | None, label: str) -> None:
        """Show only the cases of a kind and those that concern a label, by its id; None and "" select all."""
        self._kind, self._label = kind, label
        self.set_cases(self.checked, self.tagset)

    def update_cases(self, numbers: Iterable[int]) -> None:
        """Show or hide cases that were opened or decided, and show the others among them again."""
        for number in sorted(set(numbers)):
            row = bisect_left(self.rows, number)
            is_shown = row < len(self.rows) and self.rows[row] == number
            if is_shown and not self._is_wanted(number):
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.rows[row]
                self.endRemoveRows()
            elif is_shown:
                self.dataChanged.emit(self.index(row), self.index(row))
            elif self._is_wanted(number):
                self.beginInsertRows(QModelIndex(), row, row)
                self.rows.insert(row, number)
                self.endInsertRows()

    def row_of(self, number: int) -> int:
        """Return the row of a case, or -1 if it is not shown."""
        row = bisect_left(self.rows, number)
        return row if row < len(self.rows) and self.rows[row] == number else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of cases shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of the case, its name, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self.rows):
            return None
        number = self.rows[index.row()]
        if role == _NUMBER_ROLE:
            return number
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.checked.cases[number].name.split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            labels = (isolate(label_name(label, self.tagset)) for label in self.checked.cases[number].labels if label)
            return ", ".join((isolate(str(self.data(index))), self.about(number), *labels))
        return None

    def about(self, number: int) -> str:
        """Return the kind of a case and how many of its places are open."""
        case, count = self.checked.cases[number], len(self.checked.open_places(number))
        places = digits(self.tr("%n place(s)", "", count))
        return f"{kind_name(case.kind)} · {places}"

    def _wanted(self) -> list[int]:
        return [number for number in range(len(self.checked.cases)) if self._is_wanted(number)]

    def _is_wanted(self, number: int) -> bool:
        case = self.checked.cases[number]
        return (
            self._kind in (None, case.kind)
            and (not self._label or self._label in case.labels)
            and self.checked.is_open(number)
        )


class CaseDelegate(QStyledItemDelegate):
    """Paints a case on two lines: its name with the colours of its labels, and its kind with the number of places."""

    theme: Theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row from the right, where reading starts."""
        model, number = index.model(), index.data(_NUMBER_ROLE)
        if not isinstance(model, CaseModel) or number is None:
            return
        box, theme = QRectF(option.rect), self.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_ground(painter, box, option.state, theme)
        inner = box.adjusted(_PAD, 5, -_PAD, -5)
        words = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.55)
        below = QRectF(inner.left(), words.bottom(), inner.width(), inner.height() * 0.45)
        left = self._draw_labels(painter, words, model.checked.cases[number], model.tagset)
        words.setLeft(left)
        text_line(painter, words, str(index.data()), sized(option.font, 14, bold=chosen), theme.text)
        text_line(painter, below, model.about(number), sized(option.font, 12), theme.muted)
        painter.restore()

    def _draw_labels(self, painter: QPainter, box: QRectF, case: Case, tagset: Tagset | None) -> float:
        """Draw the colours of the labels, the one that seems right nearest to the name; return where they end."""
        left = box.left()
        for label_id in reversed(case.labels):
            label = tagset.find(label_id) if tagset and label_id else None
            if label_id:
                place = QRectF(left, box.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
                swatch(painter, place, label.colour[self.theme.scheme] if label else UNKNOWN, solid=True)
                left += _SWATCH + 4
        return left + 4


class CaseList(Retranslated, QWidget):
    """The list with its filters. chosen carries the number of the case that became current, -1 for none."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = PlainLabel(self)
        self.heading.setObjectName("heading")
        self.kind, self.label = QComboBox(self), QComboBox(self)
        filters = QVBoxLayout()
        filters.setContentsMargins(13, 0, 13, 8)
        filters.setSpacing(6)
        for choice in (self.kind, self.label):
            choice.setObjectName("filter")
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.addItem("", "")
            choice.activated.connect(lambda _row: self._filter())
            filters.addWidget(choice)
        self._is_updating = False
        self.model = CaseModel(self)
        self.list = RowList(_HEIGHT, self)
        self._delegate = CaseDelegate(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._announce())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        self.retranslate()

    def current(self) -> int:
        """Return the number of the current case, or -1."""
        number = self.list.currentIndex().data(_NUMBER_ROLE)
        return -1 if number is None else int(number)

    def set_cases(self, checked: CheckedCases, tagset: Tagset | None) -> None:
        """Show the cases of another check; the filters stay, and the first case becomes current."""
        kind, label = self.kind.currentData(), self.label.currentData()
        kinds = {case.kind for case in checked.cases}
        for choice, found in (
            (self.kind, [each.value for each in CaseKind if each in kinds]),
            (self.label, [each.id for each in tagset.labels] if tagset else []),
        ):
            while choice.count() > 1:
                choice.removeItem(1)
            for each in found:
                choice.addItem("", each)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.label.setCurrentIndex(max(0, self.label.findData(label)))
        self.model.set_cases(checked, tagset)
        self.retranslate()
        self._filter()

    def update_cases(self, numbers: Iterable[int]) -> None:
        """Show what has become of some cases. The current one stays, or the one that follows it becomes current."""
        row, current = self.list.currentIndex().row(), self.current()
        # Qt makes the case before a removed one current.
        self._is_updating = True
        self.model.update_cases(numbers)
        self._is_updating = False
        self._show_counts()
        left = self.model.row_of(current)
        self.mark(left if left >= 0 else min(max(row, 0), self.model.rowCount() - 1))

    def mark(self, row: int) -> None:
        """Make the case of a row current, and announce it in any case; without a row, nothing is current."""
        self._is_updating = True
        self.list.mark(row if row < self.model.rowCount() else -1)
        self._is_updating = False
        self._announce()

    def mark_case(self, number: int) -> None:
        """Make a case current if it is shown."""
        if (row := self.model.row_of(number)) >= 0 and number != self.current():
            self.list.mark(row)

    def step(self, step: int) -> bool:
        """Make the next (1) or the previous (-1) case current. Return False at the end of the list."""
        row = self.list.currentIndex().row() + step
        if not 0 <= row < self.model.rowCount():
            return False
        self.list.mark(row)
        return True

    @property
    def is_filtered(self) -> bool:
        """Return True if the filters hide open cases."""
        return self.model.rowCount() < sum(self.model.checked.kinds().values())

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.label.setItemText(0, self.tr("All labels"))
        self.kind.setAccessibleName(self.tr("Filter by kind"))
        self.label.setAccessibleName(self.tr("Filter by label"))
        for row in range(1, self.label.count()):
            self.label.setItemText(row, label_name(self.label.itemData(row), self.model.tagset))
        self.list.setAccessibleName(self.tr("Cases"))
        self._show_counts()

    def _announce(self) -> None:
        if not self._is_updating:
            self.chosen.emit(self.current() if self.model.rowCount() else -1)

    def _filter(self) -> None:
        kind = self.kind.currentData()
        self.model.set_filter(CaseKind(kind) if kind else None, self.label.currentData() or "")
        self._show_counts()
        self.mark(0)

    def _show_counts(self) -> None:
        counts = self.model.checked.kinds()
        self.kind.setItemText(0, self.tr("All kinds ({0})").format(number_text(sum(counts.values()))))
        for row in range(1, self.kind.count()):
            kind = CaseKind(self.kind.itemData(row))
            self.kind.setItemText(row, f"{kind_name(kind)} ({number_text(counts[kind])})")
        self.heading.setText(self.tr("Cases left: {0}").format(number_text(self.model.rowCount())))
