"""The short dialog before an export: format, what becomes of clitics, where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.formats.registry import writers
from annotator.ui.dialogs.asking import name_standard_buttons
from annotator.ui.dialogs.file_dialogs import ask_save


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen: the path, the name of a writer, the clitic policy, whether debris goes out too."""

    path: Path
    format: str
    clitics: str
    include_debris: bool


class ExportDialog(QDialog):
    """Asks how and where to export; choice() tells what was chosen."""

    def __init__(self, start: Path, parent: QWidget | None = None) -> None:
        """Offer the installed formats; start is a path whose suffix follows the format."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export labels"))
        self._writers = writers()
        self.format = QComboBox(self)
        self.format.addItems([self._format_name(name) for name in self._writers])
        self.word = QRadioButton(self.tr("Label the whole word: وديالى"), self)
        self.split = QRadioButton(self.tr("Make the clitic a token of its own: و + ديالى"), self)
        self.word.setChecked(True)
        self.debris = QCheckBox(self.tr("Page debris too"), self)
        self.file = QLineEdit(self)
        browse = QPushButton(self.tr("Choose…"), self)
        browse.clicked.connect(self._browse)
        note = QLabel(
            self.tr("Only confirmed labels go out. The file is read back and compared before it counts."), self
        )
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setObjectName("primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        name_standard_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        clitics = QVBoxLayout()
        clitics.setSpacing(8)
        clitics.addWidget(self.word)
        clitics.addWidget(self.split)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(16)
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Clitics"), clitics)
        form.addRow("", self.debris)
        form.addRow(self.tr("File"), row)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch(1)
        column.addWidget(buttons)
        self._start = start
        self.format.currentIndexChanged.connect(self._follow_format)
        self._follow_format()
        self.resize(560, 340)

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        clitics = "split" if self.split.isChecked() else "word"
        return ExportChoice(Path(self.file.text()).expanduser(), self._name(), clitics, self.debris.isChecked())

    def _name(self) -> str:
        """Return the name of the chosen writer."""
        return list(self._writers)[self.format.currentIndex()]

    def _format_name(self, name: str) -> str:
        """Return what a format is called in the list."""
        known = {
            "brat": "brat (zip)",
            "conllu": "CoNLL-U",
            "csv": "CSV",
            "doccano": "doccano (JSONL)",
            "huggingface": "Hugging Face datasets (Parquet)",
            "spacy": "spaCy DocBin",
            "webanno": "WebAnno TSV 3.3 (zip)",
            "xmi": "UIMA CAS XMI (zip)",
            "label-studio": "Label Studio (JSON)",
            "prodigy": "Prodigy (JSONL)",
            "conll": self.tr("CoNLL: a token on a line, IOB2"),
            "json": self.tr("JSON: one list of documents"),
            "jsonl": self.tr("JSON Lines: a document on a line"),
        }
        return known.get(name, name)

    def _follow_format(self) -> None:
        """Give the file the suffix of the chosen format."""
        path = Path(self.file.text()) if self.file.text() else self._start
        self.file.setText(str(path.with_suffix(self._writers[self._name()].suffix)))

    def _browse(self) -> None:
        """Choose the file in the system's dialog."""
        suffix = self._writers[self._name()].suffix
        path = ask_save(self, self.tr("Export labels"), Path(self.file.text()), f"*{suffix}")
        if path is not None:
            self.file.setText(str(path))
