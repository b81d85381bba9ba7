"""The slider for the minimum confidence of suggestions, with the expected effect."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from annotator.domain.review.calibration import DEFAULT_THRESHOLD, ThresholdEffect
from annotator.ui.base.i18n import digits
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated


class ThresholdSlider(Retranslated, QWidget):
    """A slider with the threshold, how many suggestions it hides here, and how many correct ones to expect."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected: ThresholdEffect | None = None
        self._hidden = 0
        self._from = self._quiet()
        self._hides = self._quiet()
        self._promise = self._quiet()
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.valueChanged.connect(self._emit_moved)
        row = QHBoxLayout()
        row.addWidget(self._from, 1)
        row.addWidget(self._hides)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.slider)
        column.addWidget(self._promise)
        self.retranslate()

    def _quiet(self) -> QLabel:
        label = PlainLabel(self)
        label.setObjectName("quiet")
        return label

    def set_threshold(self, threshold: float) -> None:
        """Set the slider to a threshold from 0 to 1, without emitting a signal."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * 100))
        self.slider.blockSignals(False)
        self.retranslate()

    def show_promise(self, expected: ThresholdEffect | None, hidden: int) -> None:
        """Show the expected effect of the threshold, and how many suggestions it hides in the open document."""
        if (expected, hidden) != (self._expected, self._hidden):
            self._expected, self._hidden = expected, hidden
            self.retranslate()

    def text(self) -> str:
        """Return all texts shown."""
        return "\n".join(label.text() for label in (self._from, self._hides, self._promise) if label.text())

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        value = self.slider.value()
        sure = self.tr("Minimum confidence: {0}%").format(digits(value))
        usual = self.tr("default")
        self._from.setText(f"{sure} · {usual}" if value == round(DEFAULT_THRESHOLD * 100) else sure)
        self._hides.setText(digits(self.tr("%n hidden here", "", self._hidden)) if self._hidden else "")
        self._promise.setText(self._promised())
        self.slider.setAccessibleName(self.tr("Lowest confidence of the suggestions shown"))
        self.slider.setAccessibleDescription(self.text())
        set_tooltip(
            self,
            self.tr(
                "Confidence is estimated from earlier measurements and from your team's decisions in this project. "
                "For undecided suggestions, the estimate says what share of those shown you will accept, and how many "
                "of those hidden. Names without a suggestion are not counted. From {0}% on, a suggestion is more "
                "likely right than wrong."
            ).format(digits(round(DEFAULT_THRESHOLD * 100))),
        )

    def _promised(self) -> str:
        promised = self._expected
        if promised is None:
            return self.tr("No undecided suggestions to estimate from")
        said = []
        if promised.precision is not None:
            said.append(self.tr("Shown: about {0}% correct").format(digits(round(promised.precision * 100))))
        if promised.hidden:
            said.append(self.tr("Hidden: about {0} correct").format(digits(round(promised.missed))))
        return " · ".join(said)

    def _emit_moved(self, value: int) -> None:
        self.retranslate()
        self.moved.emit(value / 100)
