"""The panel below the filter field: state, notes, whose articles, source and dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress, parse_typed_date
from annotator.ui.base.i18n import digits, isolate
from annotator.ui.base.key_map import isolate_key
from annotator.ui.base.plain_text import set_tooltip
from annotator.ui.base.retranslation import Retranslated

_BEFORE, _BEHIND = 16, 13
"""The horizontal margins of the panel in device-independent pixels."""


class FilterPanel(Retranslated, QWidget):
    """Shows a filter except for the title words; changed is emitted when the user changes it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = {progress: self._box() for progress in Progress}
        self.doubtful, self.noted, self.pending = self._box(), self._box(), self._box()
        self.whose, self.source = QComboBox(self), QComboBox(self)
        self.whose.hide()
        for choice in (self.whose, self.source):
            choice.activated.connect(self.changed)
        self.since, self.until = self._date(), self._date()
        self.people: Mapping[str, str] = {}
        self._lay_out()
        self.retranslate()

    def _box(self) -> QCheckBox:
        box = QCheckBox(self)
        box.clicked.connect(self.changed)
        return box

    def _date(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("day")
        # Files are dropped on the window: a field would take their addresses as text.
        field.setAcceptDrops(False)
        field.editingFinished.connect(self.changed)
        field.textChanged.connect(lambda _text: self._show_errors())
        return field

    def begin(self) -> None:
        """Focus the first box."""
        self.progress[Progress.NOTHING].setFocus()

    def show_filter(self, asked: DocumentFilter, sources: Sequence[tuple[str, int]], people: Mapping[str, str]) -> None:
        """Show a filter, and the sources and people to choose from, without emitting changed.

        people are the annotators who were handed out articles, names by id. Without any, the choice is hidden.
        """
        for progress, box in self.progress.items():
            box.setChecked(progress in asked.progress)
        for box, value in ((self.doubtful, asked.doubtful), (self.noted, asked.noted), (self.pending, asked.pending)):
            box.setChecked(value)
        self.people = people
        self.whose.clear()
        for whose in ("", MINE, UNBEGUN):
            self.whose.addItem("", whose)
        for annotator in people:
            self.whose.addItem("", annotator)
        self.whose.setCurrentIndex(max(self.whose.findData(asked.whose), 0))
        self.whose.setVisible(bool(people or asked.whose))
        self.source.clear()
        self.source.addItem("", "")
        named = [(name, count) for name, count in sources if name]
        if asked.source and asked.source not in dict(named):
            named.append((asked.source, 0))
        for name, count in named:
            self.source.addItem(f"{name}  ({digits(count)})", name)
        self.source.setEnabled(bool(named))
        self.source.setCurrentIndex(max(self.source.findData(asked.source), 0))
        for field, day, last in ((self.since, asked.since, False), (self.until, asked.until, True)):
            if _read(field, last=last) != day:
                field.setText(day.isoformat() if day else "")
        self.retranslate()

    def filter(self) -> DocumentFilter:
        """Return the filter; a date that cannot be read is left out."""
        return DocumentFilter(
            progress=frozenset(progress for progress, box in self.progress.items() if box.isChecked()),
            doubtful=self.doubtful.isChecked(),
            noted=self.noted.isChecked(),
            pending=self.pending.isChecked(),
            whose=self.whose.currentData() or "",
            source=self.source.currentData() or "",
            since=_read(self.since, last=False),
            until=_read(self.until, last=True),
        )

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        names = {
            self.progress[Progress.NOTHING]: self.tr("To do"),
            self.progress[Progress.DOING]: self.tr("In progress"),
            self.progress[Progress.DONE]: self.tr("Done"),
            self.doubtful: self.tr("Flagged"),
            self.noted: self.tr("With notes"),
            self.pending: self.tr("With suggestions"),
        }
        for box, name in names.items():
            box.setText(name)
        for row, text in enumerate((self.tr("Everybody’s articles"), self.tr("Mine"), self.tr("Not begun by anybody"))):
            self.whose.setItemText(row, text)
        for row in range(3, self.whose.count()):
            name = self.people.get(str(self.whose.itemData(row)), "")
            self.whose.setItemText(row, self.tr("Assigned to {0}").format(isolate(name)))
        self.whose.setAccessibleName(self.tr("Assigned to"))
        self.source.setItemText(0, self.tr("All sources"))
        self.source.setAccessibleName(self.tr("Source"))
        self.since.setPlaceholderText(self.tr("From ({0})").format(isolate_key(digits("2020-04"))))
        self.since.setAccessibleName(self.tr("Start date: year, month or day"))
        self.until.setPlaceholderText(self.tr("Up to"))
        self.until.setAccessibleName(self.tr("End date: year, month or day"))
        self._show_errors()
        self._arrange()

    def _show_errors(self) -> None:
        for field, last in ((self.since, False), (self.until, True)):
            wrong = bool(field.text().strip()) and _read(field, last=last) is None
            ways = (isolate_key(digits(way)) for way in ("2020", "2020-04", "2020-04-17"))
            set_tooltip(field, self.tr("Enter a date as {0}, {1} or {2}.").format(*ways))
            if field.property("isWrong") != wrong:
                field.setProperty("isWrong", wrong)
                field.style().unpolish(field)
                field.style().polish(field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use two columns, or one if two do not fit."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        # Two grids: the columns of boxes follow their texts, the fields are equally wide.
        self._ticks, self._fields = QGridLayout(), QGridLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_BEFORE, 4, _BEHIND, 12)
        outer.setSpacing(8)
        for grid in (self._ticks, self._fields):
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(8)
            outer.addLayout(grid)
        for choice in (self.whose, self.source):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns = 0
        self._arrange()

    def _boxes(self) -> list[QCheckBox]:
        return [*self.progress.values(), self.doubtful, self.noted, self.pending]

    def _arrange(self) -> None:
        boxes = self._boxes()
        half = len(boxes) // 2
        wide = sum(max(box.sizeHint().width() for box in part) for part in (boxes[:half], boxes[half:]))
        columns = 2 if wide + self._ticks.horizontalSpacing() <= self.width() - _BEFORE - _BEHIND else 1
        if columns == self._columns:
            return
        self._columns = columns
        rows = len(boxes) // columns
        for number, box in enumerate(boxes):
            self._ticks.addWidget(box, number % rows, number // rows)
        self._fields.addWidget(self.whose, 0, 0, 1, columns)
        self._fields.addWidget(self.source, 1, 0, 1, columns)
        for number, field in enumerate((self.since, self.until)):
            self._fields.addWidget(field, 2 + number // columns, number % columns)


def _read(field: QLineEdit, *, last: bool) -> datetime.date | None:
    try:
        return parse_typed_date(field.text(), last=last)
    except ValueError:
        return None
