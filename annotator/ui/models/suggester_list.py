"""The list of all suggesters: their switches, their precision in the open project, and their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.plugins import find_plugins, is_own
from annotator.suggest.model_folders import LEARNED, has_learned
from annotator.suggest.models.install import Installed
from annotator.suggest.registry import GROUP, WITHOUT_DOWNLOAD
from annotator.ui.base.i18n import digits, isolate, precision_text, with_direction_mark
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.models.messages import Readiness, readiness_text, state_text
from annotator.ui.models.model_jobs import ModelJobs

_ROW, _ROWS, _FEWEST = 34, 9, 4
_ORDER = (*WITHOUT_DOWNLOAD, LEARNED, "camel")
"""The order in which suggesters are listed; COMBINED is before them, and plug-ins are after them."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The id of the open project, and the measured precision of its suggesters; empty without a project."""

    id: str = ""
    measured: Mapping[str, MeasuredPrecision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedSuggester:
    """A suggester as it is listed; model is the first one of the catalogue that it uses, if it uses any."""

    name: str
    is_on: bool
    readiness: Readiness
    precision: MeasuredPrecision
    model: Installed | None = None


def list_suggesters(work: ModelJobs, facts: ProjectFacts) -> list[ListedSuggester]:
    """Return all registered suggesters, the combined one first and plug-ins last."""
    entries = find_plugins(GROUP).entries
    own = [name for name in (COMBINED, *_ORDER) if name in entries]
    switches = work.switches()
    models = {one.model.suggester: one for one in reversed(work.found())}
    listed = []
    for name in (*own, *(name for name in entries if name not in own)):
        model = models.get(name)
        readiness = Readiness.READY
        if name == LEARNED and not has_learned(work.models, facts.id):
            readiness = Readiness.UNTRAINED
        listed.append(
            ListedSuggester(
                name,
                switches.get(name, is_own(entries[name])),
                readiness,
                facts.measured.get(name, MeasuredPrecision()),
                model,
            )
        )
    return listed


class SuggesterList(Retranslated, QTreeWidget):
    """One row for each suggester, with its switch; one of them is always current."""

    switched = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("models")
        self._listed: list[ListedSuggester] = []
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._switch)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the headers in the current language."""
        self.setHeaderLabels([self.tr("Suggester"), self.tr("Correct in this project"), self.tr("State")])
        self.setAccessibleName(self.tr("Suggesters"))
        self.setAccessibleDescription(self.tr("Space switches a suggester on or off"))

    def show_suggesters(self, listed: Sequence[ListedSuggester]) -> None:
        """Show suggesters, at least one; the current one stays current."""
        current = self.chosen().name if self._listed else ""
        same = [one.name for one in self._listed] == [one.name for one in listed]
        self._listed = list(listed)
        self.blockSignals(True)
        if not same:
            self.clear()
            for _ in listed:
                QTreeWidgetItem(self)
        for row, one in enumerate(listed):
            item = self.topLevelItem(row)
            if item is not None:
                self._show(item, one)
        if not same:
            self._make_current(current)
        self.blockSignals(False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size with all rows in view, up to a maximum."""
        return QSize(super().sizeHint().width(), _height(min(_ROWS, len(self._listed))))

    def minimumSizeHint(self) -> QSize:
        """Return the size with a few rows in view, for a low screen."""
        return QSize(super().minimumSizeHint().width(), _height(min(_FEWEST, len(self._listed))))

    def choose(self, name: str) -> None:
        """Make a suggester the current one."""
        self.setCurrentIndex(self.model().index([one.name for one in self._listed].index(name), 0))

    def chosen(self) -> ListedSuggester:
        """Return the current suggester."""
        return self._listed[max(self.currentIndex().row(), 0)]

    def _make_current(self, name: str) -> None:
        self.choose(name if any(one.name == name for one in self._listed) else self._listed[0].name)

    def _show(self, item: QTreeWidgetItem, one: ListedSuggester) -> None:
        item.setText(0, isolate(one.name))
        item.setText(1, with_direction_mark(self._precision(one.precision)))
        item.setText(2, self._state(one))
        if one.name != COMBINED:
            item.setCheckState(0, Qt.CheckState.Checked if one.is_on else Qt.CheckState.Unchecked)

    def _precision(self, precision: MeasuredPrecision) -> str:
        if not precision.decided:
            return self.tr("no decisions yet")
        return digits(self.tr("{0}, %n decision(s)", "", precision.decided).format(precision_text(precision)))

    def _state(self, one: ListedSuggester) -> str:
        if one.model and not (one.model.installed and not one.model.problem):
            return state_text(one.model)
        return readiness_text(one.readiness if one.is_on else Readiness.OFF)

    def _switch(self, item: QTreeWidgetItem, column: int) -> None:
        one = self._listed[self.indexOfTopLevelItem(item)]
        is_on = item.checkState(0) is Qt.CheckState.Checked
        if column == 0 and is_on != one.is_on:
            self.switched.emit(one.name, is_on)


def _height(rows: int) -> int:
    return _ROW * (rows + 1) + 10
