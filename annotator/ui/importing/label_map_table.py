"""The table that maps the labels of the files to labels of the project."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.model.label_map import LabelMap
from annotator.domain.tagset.tagset import Tagset
from annotator.services.importing.preview import LabelCount
from annotator.ui.base.i18n import digits
from annotator.ui.base.plain_text import tooltip
from annotator.ui.base.theme import Theme
from annotator.ui.widgets.label_choice import LabelChoice

_DROP = "-"
_SAME = {
    "PER": "PERS",
    "PERSON": "PERS",
    "GPE": "LOC",
    "LOCATION": "LOC",
    "PLACE": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
}
"""Synonyms of labels; each is preselected if the project has the label, and the user sees it."""


class LabelMapTable(QTreeWidget):
    """A row for each label that the tagset lacks: its count, an example, and a box to choose from.

    Nothing is chosen or dropped silently. changed is emitted with every choice.
    """

    changed = Signal()

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tagset = tagset
        self._theme = theme
        self._known = {label.id for label in tagset.labels}
        self._boxes: dict[str, LabelChoice] = {}
        self._chosen: dict[str, str] = {}
        self.setObjectName("labels")
        self.setAccessibleName(self.tr("Label map"))
        self.setRootIsDecorated(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHeaderLabels([self.tr("In the files"), self.tr("Count"), self.tr("Example"), self.tr("Maps to")])
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_labels(self, labels: Mapping[str, LabelCount]) -> None:
        """Show the labels that the tagset lacks, the most frequent first; earlier choices are kept."""
        self.clear()
        self._boxes.clear()
        unknown = [label for label in labels if label not in self._known]
        for label in sorted(unknown, key=lambda name: (-labels[name].count, name)):
            seen = labels[label]
            row = QTreeWidgetItem(self, [label, digits(f"{seen.count:,}"), seen.example])
            row.setToolTip(2, tooltip(seen.example))
            box = self._box(label)
            row.setSizeHint(3, box.sizeHint() + QSize(16, 8))
            self.setItemWidget(row, 3, box)
        self.changed.emit()

    def missing(self) -> int:
        """Return the number of labels without a choice."""
        return sum(not box.label() for box in self._boxes.values())

    def count(self) -> int:
        """Return the number of labels."""
        return len(self._boxes)

    def labels(self) -> LabelMap:
        """Return the choices."""
        chosen = {label: box.label() for label, box in self._boxes.items() if box.label()}
        return LabelMap({label: None if target == _DROP else target for label, target in chosen.items()})

    def take(self, labels: LabelMap) -> list[str]:
        """Choose as a label map says; return those of its targets that are not labels of the project."""
        strange = []
        for label, box in self._boxes.items():
            target = labels.get(label)
            if target is not None and target not in self._known:
                if target != label:
                    strange.append(target)
                continue
            self._choose(box, label, _DROP if target is None else target)
        self.changed.emit()
        return sorted(set(strange))

    def _box(self, label: str) -> LabelChoice:
        box = LabelChoice(self._tagset, self._theme, self)
        box.retranslate(self.tr("choose…"))
        box.addItem(self.tr("drop"), _DROP)
        box.setAccessibleName(self.tr("Label for {0}").format(label))
        self._choose(box, label, self._chosen.get(label) or self._proposed(label))
        box.chosen.connect(lambda chosen, label=label: self._note(label, chosen))
        self._boxes[label] = box
        return box

    def _choose(self, box: LabelChoice, label: str, target: str) -> None:
        box.set_label(target)
        self._chosen[label] = box.label()

    def _note(self, label: str, chosen: str) -> None:
        self._chosen[label] = chosen
        self.changed.emit()

    def _proposed(self, label: str) -> str:
        """Return the label of the same name in any case, or of a common synonym such as LOC for GPE, or ""."""
        wanted = {label.casefold(), _SAME.get(label.upper(), label).casefold()}
        return next((known for known in sorted(self._known) if known.casefold() in wanted), "")
