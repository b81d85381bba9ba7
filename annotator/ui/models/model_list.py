"""The list of models: title, size, what is found of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.suggest.models.install import Installed
from annotator.ui.models.messages import size_text, state_text, title_of

_ROW, _ROWS = 38, 4


class ModelList(QTreeWidget):
    """One row for each model; one of them is always chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setObjectName("models")
        self._models: list[Installed] = []
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_models(self, models: Sequence[Installed]) -> None:
        """Show some models, at least one; the one that was chosen stays so."""
        same = [one.model.name for one in self._models] == [one.model.name for one in models]
        self._models = list(models)
        if not same:
            self.blockSignals(True)
            self.clear()
            for one in models:
                QTreeWidgetItem(self, [one.model.name])
            self.setCurrentIndex(self.model().index(0, 0))
            self.blockSignals(False)
        for row, one in enumerate(models):
            item = self.topLevelItem(row)
            if item is not None:
                for column, text in enumerate((title_of(one), size_text(one.model.size), state_text(one))):
                    item.setText(column, text)
        self.setFixedHeight(_ROW * min(_ROWS, len(models)) + 12)

    def chosen(self) -> Installed:
        """Return the chosen model."""
        return self._models[self.currentIndex().row()]
