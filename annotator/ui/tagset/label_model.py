"""The labels of a tagset draft as a list whose rows can be dragged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from annotator.domain.tagset.tagset import Label
from annotator.storage.tables.label_usage import LabelUsage
from annotator.ui.base.i18n import current_language, digits, number_text
from annotator.ui.tagset.draft_history import DraftHistory

Index = QModelIndex | QPersistentModelIndex
LABEL_ROLE = Qt.ItemDataRole.UserRole + 1
_MIME = "application/x-annotator-label"


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What a row shows: the label, the number of its annotations (None if not counted yet), whether it was changed."""

    label: Label
    annotations: int | None
    changed: bool


class LabelModel(QAbstractListModel):
    """One row for each label; moved carries a row and the place to which it was dragged."""

    moved = Signal(int, int)

    def __init__(self, steps: DraftHistory, parent: QObject | None = None) -> None:
        """Show the labels of a draft, and follow its steps."""
        super().__init__(parent)
        self._steps = steps
        self._usages: Mapping[str, LabelUsage] | None = None
        self._labels: Sequence[Label] = steps.tagset.labels
        steps.changed.connect(self._follow)

    @property
    def labels(self) -> Sequence[Label]:
        """Return the labels in the order of the rows."""
        return self._labels

    def set_usages(self, usages: Mapping[str, LabelUsage]) -> None:
        """Show how much each label is used; usages are by the id of a label in the log."""
        self._usages = usages
        if self._labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._labels) - 1))

    def retranslate(self) -> None:
        """Show the names in the current language."""
        if self._labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._labels) - 1))

    def row_of(self, first_id: str) -> int:
        """Return the row of a label by its first id, or -1."""
        return next((row for row, label in enumerate(self._labels) if label.first_id == first_id), -1)

    def annotations(self, label: Label) -> int | None:
        """Return the number of annotations of a label and of those merged into it; None while they are counted."""
        if self._usages is None:
            return None
        stored = self._steps.draft.folded.ids.all_in_log(label.id)
        return sum(self._usages[one].annotations for one in stored if one in self._usages)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of labels."""
        return 0 if parent.isValid() else len(self._labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the row to paint, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._labels):
            return None
        label = self._labels[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return label.name(current_language())
        if role == LABEL_ROLE:
            return LabelRow(label, self.annotations(label), label != self._steps.before(label))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(label)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Allow rows to be dragged, and dropped between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved, not copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the type of a dragged row."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged row."""
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Emit where a row was dropped; the draft moves it."""
        if not data.hasFormat(_MIME):
            return False
        at = int(bytes(data.data(_MIME).data()).decode())
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._labels)
        self.moved.emit(at, place - (place > at))
        return True

    def _follow(self) -> None:
        labels = self._steps.tagset.labels
        if [label.first_id for label in labels] != [label.first_id for label in self._labels]:
            self.beginResetModel()
            self._labels = labels
            self.endResetModel()
        else:
            self._labels = labels
            self.retranslate()

    def _spoken(self, label: Label) -> str:
        key = QCoreApplication.translate("tagset", "shortcut {0}").format(digits(label.key)) if label.key else ""
        count = self.annotations(label)
        used = "" if count is None else QCoreApplication.translate("tagset", "{0} labelled").format(number_text(count))
        comma = "، " if current_language() == "ar" else ", "
        return comma.join(filter(None, (label.name(current_language()), label.id, key, used)))
