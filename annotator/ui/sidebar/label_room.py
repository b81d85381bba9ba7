"""The room that the labels have in their pane: all they want, or so much that the spans above keep theirs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.ui.sidebar.label_chips import LabelChip, LabelChips

_LEAST = 256
"""How high the labels are at least, where there are so many: eight rows, in device-independent pixels."""


class LabelScrollArea(QScrollArea):
    """Shows all labels where there is room, else scrolls, and brings into view the one that matters now."""

    def __init__(self, chips: LabelChips, parent: QWidget) -> None:
        """Make room for labels in a pane."""
        super().__init__(parent)
        self._pane, self._chips = parent, chips
        self.setObjectName("labelRoom")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(chips)
        self.setWidgetResizable(True)
        chips.reached.connect(self._bring_into_view)
        parent.installEventFilter(self)
        chips.installEventFilter(self)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for all that may be had."""
        return QSize(self._chips.sizeHint().width(), self.maximumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Share the room anew when the pane gets another height, or when there are other labels."""
        if (watched is self._pane and event.type() is QEvent.Type.Resize) or (
            watched is self._chips and event.type() is QEvent.Type.LayoutRequest
        ):
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Take what the labels want, at most two fifths of the pane, or eight rows."""
        wanted = self._chips.sizeHint().height()
        self.setMinimumHeight(min(wanted, _LEAST))
        self.setMaximumHeight(min(wanted, max(_LEAST, self._pane.height() * 2 // 5)))

    def _bring_into_view(self, chip: LabelChip) -> None:
        """Scroll no farther than a label needs."""
        self.ensureWidgetVisible(chip, 0, 0)
