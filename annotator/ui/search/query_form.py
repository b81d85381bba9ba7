"""The form of a concordance search: text and comparison, label, annotator."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.tagset.tagset import Tagset
from annotator.services.search.concordance import Query
from annotator.services.search.match import Mode
from annotator.text.normalise import normalise_key
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.widgets.label_choice import LabelChoice


class QueryForm(Retranslated, QWidget):
    """The fields of a search; asked is emitted to start it."""

    asked = Signal()

    def __init__(
        self, tagset: Tagset, people: Iterable[Annotator], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Offer the labels of a tagset and some annotators."""
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.mode = QComboBox(self)
        for mode in Mode:
            self.mode.addItem("", mode.value)
        self.label = LabelChoice(tagset, theme, self)
        self.annotator = QComboBox(self)
        for name, person in (("", ""), *((person.name, person.id) for person in people)):
            self.annotator.addItem(name, person)
        self.go = QPushButton(self)
        self.go.setObjectName("primary")
        self.go.setAutoDefault(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.field, 1)
        first.addWidget(self.go)
        for box in (self.mode, self.label, self.annotator):
            second.addWidget(box)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in (first, second):
            row.setSpacing(8)
            column.addLayout(row)
        self.field.returnPressed.connect(self.asked)
        self.go.clicked.connect(self.asked)
        for choice in (self.mode, self.annotator):
            choice.activated.connect(self.asked)
        self.label.chosen.connect(self.asked)
        self.retranslate()

    def query(self) -> Query:
        """Return the query; if spellings are compared, a text without a letter is an empty query."""
        mode, text = Mode(self.mode.currentData()), self.field.text()
        if mode in (Mode.NAME, Mode.SPELLING) and not normalise_key(text):
            text = ""
        return Query(text, mode, self.label.label(), str(self.annotator.currentData()))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.field.setPlaceholderText(self.tr("Name, word or expression"))
        names = {
            Mode.NAME: self.tr("Name or word, with clitics"),
            Mode.SPELLING: self.tr("Any spelling, also within words"),
            Mode.EXACT: self.tr("Exactly as written"),
            Mode.REGEX: self.tr("Regular expression"),
        }
        for row, mode in enumerate(Mode):
            self.mode.setItemText(row, names[mode])
        self.label.retranslate(self.tr("With or without a label"))
        self.annotator.setItemText(0, self.tr("All annotators"))
        self.go.setText(self.tr("Find"))
        self.field.setAccessibleName(self.tr("Search text"))
        self.mode.setAccessibleName(self.tr("Comparison"))
        self.label.setAccessibleName(self.tr("Label to find"))
        self.annotator.setAccessibleName(self.tr("Annotator to find"))
