"""The slider for the minimum confidence of suggestions, with what is known about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from annotator.domain.review.calibration import DEFAULT_THRESHOLD, WEAK_FROM, ThresholdEffect
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.domain.tagset.tagset import Tagset
from annotator.ui.base.i18n import digits, isolate, precision_text
from annotator.ui.base.item_text import label_name
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated

_MOST_NAMES = 12
"""How many names the tooltip lists."""


class ThresholdSlider(Retranslated, QWidget):
    """A slider with the threshold, how many suggestions it hides here, and the precision measured in the project.

    Before anybody has decided on a suggestion above the threshold, an estimate takes the place of the precision. A low
    window may hide the label missing, which says that names may be missing.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected: ThresholdEffect | None = None
        self._measured = MeasuredPrecision()
        self._hidden = 0
        self._tagset: Tagset | None = None
        self._left_out: Sequence[tuple[str, str, MeasuredPrecision]] = ()
        self._from = self._quiet()
        self._hides = self._quiet()
        self._precision = self._quiet()
        self.missing = self._quiet()
        self._refused = self._quiet()
        self._refused.hide()
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.valueChanged.connect(self._emit_moved)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._from, 1)
        row.addWidget(self._hides)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.slider)
        column.addWidget(self._precision)
        column.addWidget(self.missing)
        column.addWidget(self._refused)
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

    def set_tagset(self, tagset: Tagset | None) -> None:
        """Name the labels as a tagset does."""
        self._tagset = tagset
        self._show_left_out()

    def show_precision(self, measured: MeasuredPrecision, expected: ThresholdEffect | None, hidden: int) -> None:
        """Show the precision from the threshold on, its expected effect, and how many it hides in the open document."""
        if (measured, expected, hidden) != (self._measured, self._expected, self._hidden):
            self._measured, self._expected, self._hidden = measured, expected, hidden
            self.retranslate()

    def show_left_out(self, names: Sequence[tuple[str, str, MeasuredPrecision]]) -> None:
        """Show how many names are not suggested here, because they keep being rejected: text, label, precision."""
        if names != self._left_out:
            self._left_out = names
            self.retranslate()

    def text(self) -> str:
        """Return all texts shown."""
        labels = (self._from, self._hides, self._precision, self.missing, self._refused)
        return "\n".join(label.text() for label in labels if label.text())

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        value = self.slider.value()
        sure = self.tr("Minimum confidence: {0}%").format(digits(value))
        usual = self.tr("default")
        self._from.setText(f"{sure} · {usual}" if value == round(DEFAULT_THRESHOLD * 100) else sure)
        self._hides.setText(digits(self.tr("%n hidden here", "", self._hidden)) if self._hidden else "")
        self._precision.setText(self._known())
        self.missing.setText(self._unknown())
        self._show_left_out()
        self.slider.setAccessibleName(self.tr("Lowest confidence of the suggestions shown"))
        self.slider.setAccessibleDescription(self.text())
        set_tooltip(
            self,
            self.tr(
                "Correct so far: of the suggestions with this confidence that your team has decided on in this "
                "project, the share that was accepted, with its 95% interval in brackets. A suggestion that was "
                "corrected counts as wrong. The confidence itself, and how many suggestions below the minimum are "
                "correct, are estimated from earlier measurements and from these decisions. Nobody knows how many "
                "names have no suggestion. From {0}% on, a suggestion is more likely right than wrong. While "
                "the minimum is at most {0}%, weak suggestions, of {1}% or more, are underlined; they need no decision."
            ).format(digits(round(DEFAULT_THRESHOLD * 100)), digits(round(WEAK_FROM * 100))),
        )

    def _known(self) -> str:
        if self._measured.decided:
            said = self.tr("Correct so far: {0}, %n decision(s)", "", self._measured.decided)
            return digits(said.format(precision_text(self._measured)))
        if self._expected is None or self._expected.precision is None:
            return self.tr("No decisions on such suggestions yet")
        share = digits(round(self._expected.precision * 100))
        return self.tr("No decisions yet; estimate: {0}% correct").format(share)

    def _unknown(self) -> str:
        said = [self.tr("Names may be missing")]
        if self._expected and self._expected.hidden:
            said.append(self.tr("below it: about {0} correct").format(digits(round(self._expected.missed))))
        return " · ".join(said)

    def _show_left_out(self) -> None:
        count = len(self._left_out)
        said = self.tr("%n name(s) not suggested: rejected before", "", count) if count else ""
        self._refused.setText(digits(said))
        self._refused.setVisible(bool(count))
        lines = [self.tr("Not suggested any more, because your team keeps rejecting these names with these labels:")]
        for name, label, found in self._left_out[:_MOST_NAMES]:
            counts = self.tr("confirmed {0} of {1} times").format(digits(found.accepted), digits(found.decided))
            lines.append(f"{isolate(name)} · {isolate(label_name(label, self._tagset))} · {counts}")
        lines.append(self.tr("Label one by hand if it is right here. After enough of these, it is suggested again."))
        set_tooltip(self._refused, "\n".join(lines) if count else "")

    def _emit_moved(self, value: int) -> None:
        self.retranslate()
        self.moved.emit(value / 100)
