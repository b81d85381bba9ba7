"""The occurrences of a name as a list with check boxes; those of the article come first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.occurrences import Occurrence, OccurrenceState
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow, accessible_row_text
from annotator.ui.base.i18n import digits, isolate
from annotator.ui.base.item_text import label_name

Index = QModelIndex | QPersistentModelIndex


class OccurrenceModel(QAbstractListModel):
    """One row for each place; a free place is ticked until the user changes it."""

    def __init__(self, tagset: Tagset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tagset = tagset
        self._label = ""
        self._places: list[Occurrence] = []
        self._turned: dict[int, bool] = {}

    @property
    def places(self) -> Sequence[Occurrence]:
        """Return the places in the order of the rows."""
        return self._places

    def set_label(self, label: str) -> None:
        """Set the label to apply; it decides which places are free."""
        self._label = label
        self._emit_changed(0, len(self._places))

    def add(self, places: Sequence[Occurrence]) -> None:
        """Add places at the end."""
        if places:
            self.beginInsertRows(QModelIndex(), len(self._places), len(self._places) + len(places) - 1)
            self._places.extend(places)
            self.endInsertRows()

    def cut(self, length: int) -> None:
        """Keep only the first rows."""
        if length < len(self._places):
            self.beginRemoveRows(QModelIndex(), length, len(self._places) - 1)
            del self._places[length:]
            self._turned = {row: value for row, value in self._turned.items() if row < length}
            self.endRemoveRows()

    def ticked(self) -> list[Occurrence]:
        """Return the ticked places."""
        return [place for row, place in enumerate(self._places) if self._is_ticked(row)]

    def can_tick(self, row: int) -> bool:
        """Return True unless the place already has the label."""
        return self._places[row].state_for(self._label) is not OccurrenceState.LABELLED

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick places, or untick them if all that can be are ticked."""
        can = [row for row in rows if self.can_tick(row)]
        if can:
            self._turned.update(dict.fromkeys(can, not all(map(self._is_ticked, can))))
            self._emit_changed(min(can), max(can) + 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of places."""
        return 0 if parent.isValid() else len(self._places)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Allow ticks where can_tick() does."""
        flags = super().flags(index)
        if index.isValid() and self.can_tick(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the keyword, the row to paint, the tick, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._places):
            return None
        place = self._places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return place.context.word
        if role == Qt.ItemDataRole.CheckStateRole and self.can_tick(index.row()):
            return Qt.CheckState.Checked if self._is_ticked(index.row()) else Qt.CheckState.Unchecked
        if role == KWIC_ROLE:
            return self._row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_row_text(self._row(index.row()))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or not self.can_tick(index.row()):
            return False
        self._turned[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self._emit_changed(index.row(), index.row() + 1)
        return True

    def _is_ticked(self, row: int) -> bool:
        state = self._places[row].state_for(self._label)
        return state is not OccurrenceState.LABELLED and self._turned.get(row, state is OccurrenceState.FREE)

    def _row(self, row: int) -> KwicRow:
        place, ticked = self._places[row], self._is_ticked(row)
        state = place.state_for(self._label)
        held = state in (OccurrenceState.LABELLED, OccurrenceState.OTHER, OccurrenceState.CONFLICT)
        return KwicRow(
            place.context,
            place.title,
            self._note(place, state),
            label=self._label if ticked or not held else place.conflicting[0].label,
            solid=ticked or held,
            ticked=ticked,
            tickable=state is not OccurrenceState.LABELLED,
        )

    def _note(self, place: Occurrence, state: OccurrenceState) -> str:
        """Return why a place is not ticked from the start."""
        if state is OccurrenceState.FREE:
            return ""
        held = " ".join(dict.fromkeys(label_name(a.label, self._tagset) for a in place.conflicting))
        says: dict[OccurrenceState, Callable[[], str]] = {
            OccurrenceState.LABELLED: lambda: self.tr("already labelled"),
            OccurrenceState.OTHER: lambda: self.tr("labelled as {0}").format(isolate(held)),
            OccurrenceState.CONFLICT: lambda: self.tr("overlaps a label: {0}").format(isolate(held)),
            OccurrenceState.REJECTED: lambda: self.tr("rejected here"),
            OccurrenceState.SKIPPED: lambda: self.tr("skipped here"),
            OccurrenceState.DOUBTFUL: lambda: self.tr("flagged"),
            OccurrenceState.ARTICLE: lambda: self.tr("with the article ال"),
        }
        return digits(says[state]())

    def _emit_changed(self, start: int, stop: int) -> None:
        if start < stop:
            self.dataChanged.emit(self.index(start), self.index(stop - 1))
