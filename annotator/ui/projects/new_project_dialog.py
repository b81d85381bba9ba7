"""The dialog that creates a project: its file, its labels, and the name of who makes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from annotator.domain.tagset.tagset import Tagset
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.i18n import current_language, digits
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_save, name_filter
from annotator.ui.widgets.form import FileRow, dialog_buttons, dialog_layout, form_layout, hint_label, resize_to_screen

SUFFIX = ".annot"
_FIRST_CHOICE = "security"


class NewProjectDialog(Dialog):
    """Asks for a file, a tagset and a name, which path(), tagset() and annotator() return."""

    def __init__(self, folder: Path, parent: QWidget | None = None, articles: int = 0, *, annotator: str = "") -> None:
        """Offer a file in a folder, and the bundled tagsets.

        articles is the number of files to import next, annotator the probable name of the user.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self._tagsets: list[Tagset] = [load_tagset(name) for name in list_tagsets()]
        self.file = FileRow(self.tr("File"), self.tr("Choose…"), self._ask, self)
        self.file.set_path(folder / (self.tr("articles") + SUFFIX))
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(self.tr("Labels"))
        for tagset in self._tagsets:
            name = tagset.names.get(current_language(), tagset.name)
            self.choice.addItem(self.tr("{0} — {1} labels").format(name, digits(len(tagset.labels))))
        self.name = QLineEdit(annotator, self)
        self.name.setAccessibleName(self.tr("Your name"))
        self._about = hint_label("", self)
        self.choice.currentIndexChanged.connect(self._describe)
        self.choice.setCurrentIndex([tagset.name for tagset in self._tagsets].index(_FIRST_CHOICE))
        self._describe()
        fields = form_layout()
        fields.addRow(self.tr("File"), self.file)
        fields.addRow(self.tr("Labels"), self.choice)
        fields.addRow(self.tr("Your name"), self.name)
        column = dialog_layout(self)
        column.addLayout(fields)
        column.addWidget(self._about)
        if articles:
            column.addWidget(hint_label(digits(self.tr("%n file(s) will be scanned next.", "", articles)), self))
        column.addStretch(1)
        buttons, create = dialog_buttons(self, self.tr("Create"))
        self.name.textChanged.connect(lambda name: create.setEnabled(bool(name.strip())))
        create.setEnabled(bool(annotator.strip()))
        column.addWidget(buttons)
        resize_to_screen(self, 560, 340)

    def ask_name(self) -> None:
        """Begin in the field of the name, ready to be typed over: nobody has confirmed it yet."""
        self.name.setFocus()
        self.name.selectAll()

    def path(self) -> Path:
        """Return the path of the new file."""
        path = self.file.path()
        return path if path.suffix else path.with_suffix(SUFFIX)

    def annotator(self) -> str:
        """Return the name of who makes the project."""
        return self.name.text().strip()

    def tagset(self) -> Tagset:
        """Return the chosen tagset."""
        return self._tagsets[self.choice.currentIndex()]

    def _describe(self) -> None:
        self._about.setText(self.tagset().description.get(current_language(), ""))

    def _ask(self, _start: Path) -> Path | None:
        return ask_save(self, self.tr("New project"), self.path(), name_filter(self.tr("Projects"), f"*{SUFFIX}"))
