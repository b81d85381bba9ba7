"""The side panel: progress, spans, labels with their keys, and the annotator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from html import escape

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.review.calibration import ThresholdEffect
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.domain.tagset.tagset import Tagset
from annotator.session import ReviewItem
from annotator.ui.base.i18n import current_language, digits, isolate
from annotator.ui.base.key_map import key_hint, with_key
from annotator.ui.base.plain_text import LinkLabel, PlainLabel, caption, set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme, scaled_fonts
from annotator.ui.sidebar.item_list import ItemList
from annotator.ui.sidebar.label_chips import LabelChips, LabelScrollArea
from annotator.ui.sidebar.threshold_slider import ThresholdSlider
from annotator.ui.widgets.progress_bar import ProgressBar

_GUIDELINE_HEIGHT = 72
"""Three lines: a fixed height, so that nothing moves when another label is in focus."""

_AGREED = QSize(32, 12)
"""The margins of the agreement text in the style sheet."""

_MOST_DECIDED = 100
"""The number of last decisions that the agreement with the model is computed from."""

_ROOMY = 680
"""The height from which guideline and agreement are shown; in a lower panel the list of spans needs the space."""


class SuggestionState(Enum):
    """Whether suggestions for a document were generated, are being generated, or were not requested."""

    READY = auto()
    RUNNING = auto()
    MISSING = auto()


class SidePanel(Retranslated, QWidget):
    """Shows the state of the open document; its signals carry what was clicked."""

    labelChosen = Signal(str)
    thresholdChanged = Signal(float)
    labelFirstRequested = Signal()
    guidelineRequested = Signal()
    peopleRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tagset: Tagset | None = None
        self._annotator: Annotator | None = None
        self._left, self._total = 0, 0
        self._state = SuggestionState.READY
        self._focus_label = ""
        self._counts: Counter[str] = Counter()
        self._counter = PlainLabel(self)
        self._counter.setObjectName("counter")
        self._bar = ProgressBar(self)
        self.items = ItemList(self)
        self._agreed = PlainLabel(self)
        self._agreed.setObjectName("agreement")
        self._agreed.setWordWrap(True)
        self._agreed.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._agreed.setIndent(0)
        self._agreement = (0, 0)
        self._threshold = ThresholdSlider(self)
        self._threshold.moved.connect(self.thresholdChanged)
        self.threshold = self._threshold.slider
        self._labels_heading = PlainLabel(self)
        self._labels_heading.setObjectName("heading")
        self.label_first = QPushButton(self)
        self.label_first.setObjectName("link")
        self.label_first.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.label_first.clicked.connect(self.labelFirstRequested)
        self.labels = LabelChips(self)
        self.labels.chosen.connect(self.labelChosen)
        self._guideline = LinkLabel(self)
        self._guideline.setObjectName("guideline")
        self._guideline.setWordWrap(True)
        self._guideline.setFixedHeight(_GUIDELINE_HEIGHT)
        self._guideline.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._guideline.setIndent(0)
        self._guideline.linkActivated.connect(self.guidelineRequested)
        self._name = QPushButton(self)
        self._name.setObjectName("annotator")
        self._name.clicked.connect(self.peopleRequested)
        self._name.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.retranslate()

    def set_tagset(self, tagset: Tagset | None) -> None:
        """Show the labels of a project."""
        self._tagset = tagset
        self.labels.set_tagset(tagset)
        self._threshold.set_tagset(tagset)
        self._show_guideline()

    def set_annotator(self, annotator: Annotator) -> None:
        """Show the annotator."""
        self._annotator = annotator
        self.retranslate()

    @property
    def state(self) -> SuggestionState:
        """Return whether suggestions for the open document were generated."""
        return self._state

    def guideline_text(self) -> str:
        """Return the guideline text that is shown."""
        return self._guideline.text()

    def annotator_text(self) -> str:
        """Return the annotator text."""
        return self._name.text()

    def threshold_text(self) -> str:
        """Return the threshold texts."""
        return self._threshold.text()

    def agreement_text(self) -> str:
        """Return the text about agreement with the model."""
        return self._agreed.text()

    def set_document(self, text: str) -> None:
        """Clear the items for a new document."""
        self._counts.clear()
        self.items.set_document(text, self._tagset)

    def show_items(self, items: Sequence[ReviewItem], progress: tuple[int, int]) -> None:
        """Show the items and the progress: the number of undecided suggestions, and of all."""
        gone, come = self.items.items.set_items(items)
        self._left, self._total = progress
        self._counts.subtract(Counter([item.label for item in gone if not item.is_suggestion]))
        self._counts.update([item.label for item in come if not item.is_suggestion])
        self.labels.show_state(self._counts, self._focus_label)
        self._show_counter()

    def show_state(self, state: SuggestionState) -> None:
        """Show whether suggestions for the open document were generated, while it has none."""
        if state is not self._state:
            self._state = state
            self._show_counter()

    def show_focus(self, item: ReviewItem | None) -> None:
        """Mark the item in focus in the list, and its label among the labels."""
        self.items.show_focus(item)
        label = item.label if item else ""
        if label != self._focus_label:
            self._focus_label = label
            self.labels.show_state(self._counts, label)
            self._show_guideline()

    def set_threshold(self, threshold: float) -> None:
        """Set the slider to a threshold from 0 to 1, without emitting a signal."""
        self._threshold.set_threshold(threshold)

    def show_confidence(
        self,
        measured: MeasuredPrecision,
        expected: ThresholdEffect | None,
        hidden: int,
        agreement: tuple[int, int],
    ) -> None:
        """Show what is known about the suggestions above the threshold, and how often the last ones were accepted."""
        self._threshold.show_precision(measured, expected, hidden)
        if agreement != self._agreement:
            self._agreement = agreement
            self._show_agreement()

    def show_left_out(self, names: Sequence[tuple[str, str, MeasuredPrecision]]) -> None:
        """Show which names are not suggested in the open document because they keep being rejected."""
        self._threshold.show_left_out(names)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.items.set_theme(theme)
        self.labels.set_theme(theme)

    def set_zoom(self, zoom: float) -> None:
        """Set the text size; 1 is the default."""
        self.setStyleSheet(scaled_fonts(zoom))
        self._guideline.setFixedHeight(round(_GUIDELINE_HEIGHT * zoom))
        self.items.set_zoom(zoom)
        self.labels.set_zoom(zoom)
        self.labels.show_state(self._counts, self._focus_label)
        self._show_agreement()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self._labels_heading.setText(self.tr("Labels"))
        self.label_first.setText(self.tr("Label first"))
        key = key_hint(self, "labelfirst.begin")
        set_tooltip(self.label_first, with_key(self.tr("Choose a label, then drag or double-click"), key))
        self.items.setAccessibleName(self.tr("Suggestions and annotations"))
        name = self._annotator.name if self._annotator else ""
        self._name.setText(caption(self.tr("Annotator: {0}").format(isolate(name))))
        set_tooltip(self._name, self.tr("People and roles"))
        self._show_counter()
        self._show_agreement()
        self._show_guideline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide less important parts in a low window, so that more than two spans are visible."""
        super().resizeEvent(event)
        self._guideline.setVisible(self._is_roomy())
        self._threshold.missing.setVisible(self._is_roomy())
        self._show_agreement()

    def minimumSizeHint(self) -> QSize:
        """Return a minimum that leaves out the hideable parts; with them the window could not become low."""
        hint = super().minimumSizeHint()
        spared = sum(part.minimumHeight() for part in (self._guideline, self._agreed) if not part.isHidden())
        if not self._threshold.missing.isHidden():
            spared += self._threshold.missing.sizeHint().height()
        return QSize(hint.width(), hint.height() - spared)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(8)
        head.addWidget(self._counter)
        head.addWidget(self._bar)
        column.addLayout(head)
        column.addWidget(self.items, 1)
        column.addWidget(self._threshold)
        heading = QHBoxLayout()
        heading.setContentsMargins(0, 0, 0, 0)
        heading.addWidget(self._labels_heading, 1)
        heading.addWidget(self.label_first)
        heading.addSpacing(12)
        column.addLayout(heading)
        column.addWidget(LabelScrollArea(self.labels, self))
        column.addSpacing(8)
        column.addWidget(self._guideline)
        column.addWidget(self._agreed)
        column.addWidget(self._name)

    def _show_counter(self) -> None:
        self._counter.setText(self.counter_text())
        self._bar.show_progress(self._total - self._left, self._total)

    def _show_agreement(self) -> None:
        accepted, decided = self._agreement
        self._agreed.setVisible(self._is_roomy())
        # The height of the longest text is reserved from the start, so that nothing moves after the first decision.
        room = QRect(0, 0, max(1, self.width() - _AGREED.width()), 0)
        longest = self._agreement_words(_MOST_DECIDED, _MOST_DECIDED)
        high = self._agreed.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, longest).height()
        self._agreed.setFixedHeight(high + _AGREED.height())
        self._agreed.setText(self._agreement_words(accepted, decided) if decided else "")

    def _agreement_words(self, accepted: int, decided: int) -> str:
        said = self.tr("The model agreed with you on {0}% of the last %n decision(s)", "", decided)
        return digits(said.format(round(100 * accepted / decided)))

    def _is_roomy(self) -> bool:
        return self.height() >= _ROOMY

    def _show_guideline(self) -> None:
        label = self._tagset.find(self._focus_label) if self._tagset else None
        if self._tagset and self._focus_label and label is None:
            said = self.tr("The label {0} is no longer in the project. Apply another label, or add it again.")
            self._guideline.setText(escape(said.format(isolate(self._focus_label))))
            return
        text = label.guideline.get(current_language(), "") if label else ""
        more = with_key(self.tr("more"), key_hint(self, "tagsets.guideline"))
        self._guideline.setText(f'{escape(_first_sentence(text))} <a href="#">{escape(more)}</a>' if text else "")

    def counter_text(self) -> str:
        """Return the counter text: "3 of 17 left"."""
        if not self._total:
            if self._state is SuggestionState.RUNNING:
                return self.tr("Generating suggestions…")
            if self._state is SuggestionState.MISSING:
                return self.tr("No suggestions yet")
            return self.tr("No suggestions here")
        if not self._left:
            return self.tr("All {0} decided").format(digits(self._total))
        return self.tr("{0} of {1} left").format(digits(self._left), digits(self._total))


def _first_sentence(text: str, most: int = 110) -> str:
    """Return a guideline up to its first full stop, cut between words if that is far."""
    head = text.partition(". ")[0].removesuffix(".")
    if len(head) <= most:
        return head + "."
    return head[:most].rpartition(" ")[0].rstrip("،,:") + "…"
