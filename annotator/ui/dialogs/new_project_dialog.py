"""The dialog that begins a project: where its file goes, and which labels it has."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.tagset import Tagset
from annotator.storage.tagsets import list_tagsets, load_tagset
from annotator.ui.dialogs.asking import name_standard_buttons
from annotator.ui.dialogs.file_dialogs import ask_save
from annotator.ui.i18n import current_language, digits

SUFFIX = ".annot"
_FIRST_CHOICE = "security"


class NewProjectDialog(QDialog):
    """Asks for a file and a tagset; path() and tagset() tell what was chosen."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """Offer a file in a folder, and the bundled tagsets."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self._tagsets: list[Tagset] = [load_tagset(name) for name in list_tagsets()]
        self.file = QLineEdit(str(folder / f"{self.tr('articles')}{SUFFIX}"), self)
        browse = QPushButton(self.tr("Choose…"), self)
        browse.clicked.connect(self._browse)
        self.choice = QComboBox(self)
        for tagset in self._tagsets:
            name = tagset.names.get(current_language(), tagset.name)
            self.choice.addItem(self.tr("{0} — {1} labels").format(name, digits(len(tagset.labels))))
        first = [tagset.name for tagset in self._tagsets].index(_FIRST_CHOICE)
        self._about = QLabel(self)
        self._about.setObjectName("quiet")
        self._about.setWordWrap(True)
        self.choice.currentIndexChanged.connect(self._describe)
        self.choice.setCurrentIndex(first)
        self._describe()
        buttons = QDialogButtonBox(self)
        create = buttons.addButton(self.tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setObjectName("primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        name_standard_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(16)
        form.addRow(self.tr("File"), row)
        form.addRow(self.tr("Labels"), self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self._about)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(560, 300)

    def path(self) -> Path:
        """Return the path of the new file."""
        path = Path(self.file.text()).expanduser()
        return path if path.suffix else path.with_suffix(SUFFIX)

    def tagset(self) -> Tagset:
        """Return the tagset that was chosen."""
        return self._tagsets[self.choice.currentIndex()]

    def _describe(self) -> None:
        """Say what the chosen tagset is for."""
        self._about.setText(self.tagset().description.get(current_language(), ""))

    def _browse(self) -> None:
        """Choose the file in the system's dialog."""
        path = ask_save(self, self.tr("New project"), self.path(), self.tr("Projects") + f" (*{SUFFIX})")
        if path is not None:
            self.file.setText(str(path))
