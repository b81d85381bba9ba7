"""A list with columns in which a sentence may stand across all of them, beneath the row that it is about."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from annotator.ui.base.plain_text import tooltip

_BESIDE = 12
"""The room beside a sentence, and above and below it together, in device-independent pixels."""


class TellingList(QTreeWidget):
    """Gives each sentence as many lines as it takes at the width that the list has now; names may end in …."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list, which never scrolls sideways."""
        super().__init__(parent)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def tell_beneath(self, text: str) -> None:
        """Write a sentence across all columns beneath the last row."""
        told = QTreeWidgetItem(self, [text])
        told.setFirstColumnSpanned(True)
        told.setDisabled(True)
        told.setToolTip(0, tooltip(text))
        self._measure(told)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the sentences anew."""
        super().resizeEvent(event)
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.isFirstColumnSpanned():
                self._measure(item)

    def _measure(self, told: QTreeWidgetItem) -> None:
        """Make room for the lines of a sentence."""
        room = QRect(0, 0, max(1, self.viewport().width() - 2 * _BESIDE), 0)
        breaks = (Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere)
        high = max(self.fontMetrics().boundingRect(room, how, told.text(0)).height() for how in breaks)
        told.setSizeHint(0, QSize(0, high + _BESIDE))
