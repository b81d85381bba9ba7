"""How the corpus uses a label, as a list: a name with its count, or a place where annotators differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.place import GivenLabel
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.label_examples import Disagreement, Example, NameInUse
from annotator.ui.article.kwic_delegate import KWIC_ROLE, KwicRow, accessible_row_text
from annotator.ui.base.i18n import number_text
from annotator.ui.search.place_model import given_text

Index = QModelIndex | QPersistentModelIndex


class LabelUsageModel(QAbstractListModel):
    """One row for each name, or for each place where annotators differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._examples: Sequence[Example] = ()
        self._rows: Sequence[KwicRow] = ()

    def clear(self) -> None:
        """Remove all rows."""
        self._show((), ())

    def show_names(self, names: Sequence[NameInUse], label: str) -> None:
        """Show names that have a label, with their counts."""
        times = [self.tr("%n time(s)", "", name.count) for name in names]
        rows = [
            KwicRow(
                name.example.context, name.example.title, said.replace(str(name.count), number_text(name.count)), label
            )
            for name, said in zip(names, times, strict=True)
        ]
        self._show([name.example for name in names], rows)

    def show_disagreements(
        self, found: Sequence[Disagreement], label: str, tagset: Tagset, people: Iterable[Annotator]
    ) -> None:
        """Show places where annotators differ about a label, with the label that each gave."""
        names = {person.id: person.name for person in people}
        rows = [
            KwicRow(each.example.context, each.example.title, given_text(_given(each), tagset, names), label)
            for each in found
        ]
        self._show([each.example for each in found], rows)

    def example(self, row: int) -> Example:
        """Return the place of a row."""
        return self._examples[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the keyword, the row to paint, or the text for screen readers."""
        if not index.isValid() or not index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.context.word
        if role == KWIC_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible_row_text(row)
        return None

    def _show(self, examples: Sequence[Example], rows: Sequence[KwicRow]) -> None:
        self.beginResetModel()
        self._examples, self._rows = examples, rows
        self.endResetModel()


def _given(disagreement: Disagreement) -> list[GivenLabel]:
    return [GivenLabel(held.annotator, held.label) for held in disagreement.held]
