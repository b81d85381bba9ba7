"""The sidebar of the tagset editor: the list of labels, its buttons, and the rules for all labels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from annotator.domain.tagset.changes import AddLabel, ChangeTagset, MergeLabels, MoveLabel, RemoveLabel
from annotator.domain.tagset.label_colours import distinct_colours
from annotator.domain.tagset.tagset import OUTSIDE, Label
from annotator.storage.tables.label_usage import LabelUsage
from annotator.ui.base.i18n import current_language
from annotator.ui.base.plain_text import caption, set_tooltip
from annotator.ui.base.theme import Theme
from annotator.ui.tagset.draft_history import DraftHistory
from annotator.ui.tagset.label_form import KEYS
from annotator.ui.tagset.label_list import LabelList
from annotator.ui.tagset.label_model import LabelModel
from annotator.ui.widgets.form import push_button, set_menu
from annotator.ui.widgets.prompts import text_prompt

_WIDTH = 340


class TagsetSidebar(QWidget):
    """Shows the labels of a draft, and adds, merges, removes and moves them.

    chosen carries the current Label, added a new one.
    """

    chosen = Signal(object)
    added = Signal(object)

    def __init__(self, steps: DraftHistory, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the sidebar for a draft, with the first label current."""
        super().__init__(parent)
        self._steps = steps
        self._held = ("", 0)
        self.model = LabelModel(steps, self)
        self.list = LabelList(theme, self)
        self.list.setModel(self.model)
        self.add, self.merge = push_button(self, act=self._add), push_button(self)
        self.remove = push_button(self, act=self._remove)
        self.up, self.down = push_button(self, act=lambda: self._step(-1)), push_button(self, act=lambda: self._step(1))
        self.nested, self.clitics = QCheckBox(self), QCheckBox(self)
        self._lay_out()
        self._connect()
        self.follow()

    def current(self) -> Label | None:
        """Return the current label."""
        row = self.list.currentIndex().row()
        return self.model.labels[row] if 0 <= row < len(self.model.labels) else None

    def take(self, label_id: str) -> None:
        """Make a label current, by any of its ids."""
        label = self._steps.tagset.find(label_id)
        if label is not None:
            self.list.setCurrentIndex(self.model.index(self.model.row_of(label.first_id)))

    def set_usages(self, usages: Mapping[str, LabelUsage]) -> None:
        """Show how much labels are used; usages are by the ids in the log."""
        self.model.set_usages(usages)
        self._allow()

    def follow(self) -> None:
        """Show the draft after a step; the current label stays current, or the one in its row becomes so."""
        first_id, row = self._held
        labels = self._steps.tagset.labels
        there = self.model.row_of(first_id)
        self.list.setCurrentIndex(self.model.index(there if there >= 0 else min(row, len(labels) - 1)))
        self.nested.setChecked(self._steps.tagset.nested)
        self.clitics.setChecked(self._steps.tagset.clitics != OUTSIDE)
        self._allow()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.list.setAccessibleName(self.tr("Labels"))
        self.add.setText(self.tr("Add"))
        self.merge.setText(self.tr("Merge into"))
        set_tooltip(self.merge, self.tr("Give the other label to everything that has this one"))
        self.remove.setText(self.tr("Remove"))
        self.up.setText("↑")
        self.down.setText("↓")
        self.up.setAccessibleName(self.tr("Up"))
        self.down.setAccessibleName(self.tr("Down"))
        set_tooltip(self.up, self.tr("Up (Alt+↑)"))
        set_tooltip(self.down, self.tr("Down (Alt+↓)"))
        self.nested.setText(self.tr("Allow nested spans"))
        self.clitics.setText(self.tr("Keep clitics in suggested names"))
        set_tooltip(self.clitics, self.tr("For example وديالى: with the letters attached to the name"))
        self.model.retranslate()
        self._allow()

    def _allow(self) -> None:
        label = self.current()
        if label is None:
            return
        row, rows = self.list.currentIndex().row(), len(self.model.labels)
        self._held = (label.first_id, row)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(row < rows - 1)
        used = self.model.annotations(label)
        self.remove.setEnabled(used == 0 and rows > 1)
        why = self.tr("Labels in use cannot be removed. Merge them instead.") if used else ""
        set_tooltip(self.remove, why)
        menu = QMenu(self.merge)
        for other in self.model.labels:
            if other.id != label.id:
                action = menu.addAction(caption(other.name(current_language())))
                action.triggered.connect(lambda _checked=False, other=other.id: self.merge_into(other))
        set_menu(self.merge, menu)
        self.merge.setEnabled(not menu.isEmpty())

    def merge_into(self, other: str) -> None:
        """Merge the current label into another, which becomes current."""
        label = self.current()
        if label and self._steps.do(MergeLabels(label.id, other)):
            self.take(other)

    def add_label(self, label_id: str) -> None:
        """Add a label with a free shortcut and a distinct colour."""
        labels = self._steps.tagset.labels
        colours = distinct_colours([label.colour for label in labels], 1)[0]
        key = next((key for key in KEYS if self._steps.tagset.by_key(key) is None), "")
        label = Label(label_id, {current_language(): label_id}, dict(colours), key=key)
        if self._steps.do(AddLabel(label)):
            self.take(label_id)
            self.added.emit(label)

    def _add(self) -> None:
        dialog = text_prompt(self, self.tr("New label"), self.tr("ID in exports"), "")
        if dialog.exec() and dialog.textValue().strip():
            self.add_label(dialog.textValue().strip())
        dialog.deleteLater()

    def _remove(self) -> None:
        label = self.current()
        if label:
            self._steps.do(RemoveLabel(label.id))

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row()
        self._move(row, row + by)

    def _move(self, row: int, place: int) -> None:
        rows = range(len(self.model.labels))
        if row in rows and place in rows:
            self._steps.do(MoveLabel(self.model.labels[row].id, place))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._allow()
            self.chosen.emit(self.current())

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.stepped.connect(self._step)
        self.model.moved.connect(self._move)
        self.nested.clicked.connect(lambda nested: self._steps.do(ChangeTagset(nested=nested)))
        self.clitics.clicked.connect(
            lambda inside: self._steps.do(ChangeTagset(clitics="inside" if inside else OUTSIDE))
        )

    def _lay_out(self) -> None:
        self.setFixedWidth(_WIDTH)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        for button in (self.add, self.merge, self.remove):
            tools.addWidget(button)
        tools.addStretch(1)
        for button in (self.up, self.down):
            button.setFixedWidth(34)
            button.setObjectName("step")
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(tools)
        for box in (self.nested, self.clitics):
            column.addWidget(box)
