"""The options of an import: formats, first articles, and what to do with the labels of the files."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.tagset.tagset import Tagset
from annotator.errors import UserError
from annotator.formats.base.label_map_file import read_label_map
from annotator.formats.base.reader import ReadOptions
from annotator.services.importing.preview import Preview
from annotator.services.project.tagset_io import write_label_map
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import isolate, with_direction_mark
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import Theme
from annotator.ui.importing.kind_table import KindTable
from annotator.ui.importing.label_map_table import LabelMapTable
from annotator.ui.importing.messages import ImportMessages
from annotator.ui.widgets.file_dialogs import ask_open, ask_save, name_filter
from annotator.ui.widgets.form import column_layout, hint_label, push_button, row_layout, section_heading
from annotator.ui.widgets.number_field import NumberField


class LabelImport(StrEnum):
    """What to do with the labels of the files."""

    LEAVE = "leave"
    SUGGEST = "suggest"
    TAKE = "take"


class ImportOptionsPage(QWidget):
    """Shows a preview and the options.

    changed is emitted with every choice, scanRequested if the files must be read again in another way. message carries
    a message.
    """

    changed = Signal()
    scanRequested = Signal()
    message = Signal(str)

    def __init__(
        self, project: Path, tagset: Tagset, people: Sequence[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Make the options for the project at a path; people are possible annotators, the user first."""
        super().__init__(parent)
        self._project = project
        self._theme = theme
        self._annotations = 0
        self.found = PlainLabel(self)
        self.kinds = KindTable(self)
        self.samples = QTextBrowser(self)
        self.leave = QRadioButton(self.tr("Do not import"), self)
        self.suggest = QRadioButton(self.tr("Import as suggestions to review"), self)
        self.take = QRadioButton(self.tr("Import as annotations by"), self)
        self.annotator = QComboBox(self)
        self.sentences = NumberField(0, 1000, ReadOptions().sentences, self)
        self.table = LabelMapTable(tagset, theme, self)
        self.load = push_button(self, self.tr("Open label map…"), self._ask_for_map)
        self.save = push_button(self, self.tr("Save label map…"), self._ask_where_to)
        self._group = QButtonGroup(self)
        self._lay_out(people)
        for choice in (self.leave, self.suggest, self.take):
            self._group.addButton(choice)
        self._group.buttonToggled.connect(lambda _button, on: self._choose() if on else None)
        self.annotator.currentTextChanged.connect(self.changed)
        self.table.changed.connect(self.changed)
        self.kinds.named.connect(self.scanRequested)
        self.sentences.valueChanged.connect(self.scanRequested)

    def show_preview(self, seen: Preview) -> None:
        """Show a preview, and the options that apply to it."""
        self._annotations = seen.annotations
        self.found.setText(with_direction_mark(ImportMessages().found(seen)))
        self.kinds.show_kinds(seen.kinds, not seen.whole)
        self.samples.setHtml(ImportMessages().samples_page(seen.samples, self._theme))
        self.table.show_labels(seen.labels)
        by_sentences = any(kind.by_sentences and kind.articles for kind in seen.kinds)
        self._sentences_label.setVisible(by_sentences)
        self.sentences.setVisible(by_sentences)
        self._labels_box.setVisible(seen.annotations > 0)
        self._choose()

    def what(self) -> LabelImport:
        """Return what to do with the labels."""
        if not self._annotations or self.leave.isChecked():
            return LabelImport.LEAVE
        return LabelImport.TAKE if self.take.isChecked() else LabelImport.SUGGEST

    def choose(self, what: LabelImport) -> None:
        """Choose what to do with the labels."""
        {LabelImport.LEAVE: self.leave, LabelImport.SUGGEST: self.suggest, LabelImport.TAKE: self.take}[
            what
        ].setChecked(True)

    def annotator_name(self) -> str:
        """Return the annotator of imported annotations, or ""."""
        return self.annotator.currentText().strip() if self.what() is LabelImport.TAKE else ""

    def missing(self) -> int:
        """Return the number of labels that are to be imported but not mapped."""
        return 0 if self.what() is LabelImport.LEAVE else self.table.missing()

    def load_map(self, path: Path) -> None:
        """Choose as a label map file says, and report labels in it that the project lacks."""
        try:
            strange = self.table.take(read_label_map(path))
        except UserError as error:
            self.message.emit(error_text(error))
            return
        if strange:
            said = self.tr("Labels in the map that are not in this project: {0}")
            self.message.emit(said.format(isolate(", ".join(strange))))

    def save_map(self, path: Path) -> None:
        """Write the choices to a label map file, for here or for --label-map."""
        try:
            write_label_map(self.table.labels(), path, self._project)
        except UserError as error:
            self.message.emit(error_text(error))

    def _choose(self) -> None:
        self.annotator.setEnabled(self.take.isChecked())
        self._map_box.setVisible(self.what() is not LabelImport.LEAVE and self.table.count() > 0)
        self.changed.emit()

    def _ask_for_map(self) -> None:
        kinds = name_filter(self.tr("Label maps"), "*.tsv", "*.json", "*.txt")
        path = ask_open(self, self.tr("Open label map"), Path.home(), kinds)
        if path is not None:
            self.load_map(path)

    def _ask_where_to(self) -> None:
        kinds = name_filter(self.tr("Label maps"), "*.tsv", "*.json")
        path = ask_save(self, self.tr("Save label map"), Path.home() / "labels.tsv", kinds)
        if path is not None:
            self.save_map(path)

    def _lay_out(self, people: Sequence[str]) -> None:
        self.found.setObjectName("counter")
        self.samples.setObjectName("samples")
        self.samples.setAccessibleName(self.tr("First articles"))
        self.samples.document().setDocumentMargin(16)
        self.annotator.setEditable(True)
        self.annotator.addItems(list(people))
        self.annotator.setAccessibleName(self.tr("Annotator of the labels"))
        self.sentences.set_special_value_text(self.tr("all"))
        self.sentences.setFixedWidth(96)
        self.sentences.setAccessibleName(self.tr("Sentences per article"))
        self._sentences_label = PlainLabel(
            self, self.tr("Sentences per article, if the file does not separate articles")
        )
        self._labels_box, self._map_box = QWidget(self), QWidget(self)
        mapping = column_layout(self._map_box, 8)
        mapping.addWidget(hint_label(self.tr("These labels are not in the project. Map or drop each one."), self))
        mapping.addWidget(self.table, 1)
        mapping.addLayout(row_layout(self.load, self.save))
        labels = column_layout(self._labels_box, 10)
        labels.addWidget(section_heading(self.tr("Labels in the files"), self))
        labels.addWidget(self.leave)
        labels.addWidget(self.suggest)
        labels.addWidget(self.take)
        labels.addWidget(self.annotator)
        labels.addWidget(self._map_box, 1)
        labels.addStretch(0)
        files = QVBoxLayout()
        files.setSpacing(12)
        files.addWidget(self.kinds)
        files.addLayout(row_layout(self._sentences_label, self.sentences))
        files.addWidget(self.samples, 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(files, 6)
        both.addWidget(self._labels_box, 5)
        column = column_layout(self, 16)
        column.addWidget(self.found)
        column.addLayout(both, 1)
        for hidden in (self._labels_box, self._map_box, self._sentences_label, self.sentences):
            hidden.hide()
