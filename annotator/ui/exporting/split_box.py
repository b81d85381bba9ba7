"""The output of an export: one file, or a corpus, which is a folder of splits with a dataset card."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.corpus.split import SplitPlan, SplitRule, parse_parts
from annotator.services.exporting.request import CorpusOptions
from annotator.ui.base.settings import Settings
from annotator.ui.widgets.form import add_fields, form_layout, hint_label

_KEPT = "export/"


class SplitBox(QWidget):
    """Asks how to split; changed is emitted with every choice."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Offer the choices of the last export."""
        super().__init__(parent)
        self._settings = settings
        self.corpus = QCheckBox(self.tr("Corpus: a folder with train, dev and test, and a dataset card"), self)
        self.parts = QLineEdit(settings.text(f"{_KEPT}parts", "80/10/10"), self)
        self.by = QComboBox(self)
        self.licence = QLineEdit(settings.text(f"{_KEPT}licence"), self)
        self.named = QCheckBox(self.tr("Include annotator names in files and card"), self)
        self._fields = QWidget(self)
        self._lay_out()
        self.corpus.setChecked(settings.text(f"{_KEPT}corpus") == "yes")
        self.by.setCurrentIndex(max(0, self.by.findData(settings.text(f"{_KEPT}by"))))
        self.corpus.toggled.connect(self._follow)
        self.parts.textChanged.connect(self.changed)
        self._follow()

    def plan(self) -> CorpusOptions | None:
        """Return how to split the corpus, or None for one file; raise ExportError if the parts are not valid."""
        if not self.corpus.isChecked():
            return None
        plan = SplitPlan(parse_parts(self.parts.text()), SplitRule(str(self.by.currentData())))
        return CorpusOptions(plan=plan, licence=self.licence.text().strip(), name_annotators=self.named.isChecked())

    def keep(self) -> None:
        """Store the choices for the next export."""
        self._settings.set(f"{_KEPT}corpus", "yes" if self.corpus.isChecked() else "no")
        self._settings.set(f"{_KEPT}parts", self.parts.text())
        self._settings.set(f"{_KEPT}by", str(self.by.currentData()))
        self._settings.set(f"{_KEPT}licence", self.licence.text())

    def _follow(self) -> None:
        self._fields.setVisible(self.corpus.isChecked())
        self.changed.emit()

    def _lay_out(self) -> None:
        ways = {
            SplitRule.HASH: self.tr("By hash (stable when articles are added)"),
            SplitRule.LABEL: self.tr("By label (each split has its share of every label)"),
            SplitRule.DATE: self.tr("By date (train on older articles, test on newer)"),
            SplitRule.SOURCE: self.tr("By source (each source in one split)"),
        }
        for way, text in ways.items():
            self.by.addItem(text, way.value)
        self.parts.setPlaceholderText("80/10/10")
        self.licence.setPlaceholderText("cc-by-4.0")
        fields = form_layout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        add_fields(
            fields,
            (self.tr("Train / dev / test"), self.parts),
            (self.tr("Split"), self.by),
            (self.tr("Licence"), self.licence),
            ("", self.named),
            ("", hint_label(self.tr("Near-duplicates stay in the same split."), self)),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.corpus)
        column.addWidget(self._fields)
