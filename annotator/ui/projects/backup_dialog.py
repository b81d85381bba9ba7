"""The dialog of the backup settings, which also makes a backup."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.storage.file.backup_folder import FOLDER_VARIABLE, MOST_KEPT, BackupSettings, newest_backup
from annotator.ui.base.i18n import date_text, digits
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_folder
from annotator.ui.widgets.form import (
    FileRow,
    dialog_buttons,
    dialog_layout,
    form_layout,
    hint_label,
    push_button,
    resize_to_screen,
    row_layout,
)
from annotator.ui.widgets.number_field import NumberField


class BackupDialog(Dialog):
    """Asks for the folder and number of backups, which settings() returns; backupRequested asks for a backup now."""

    backupRequested = Signal()

    def __init__(self, settings: BackupSettings, project: Path | None, parent: QWidget | None = None) -> None:
        """Show the settings, and the latest backup of the open project."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Backups"))
        self._project = project
        self.folder = FileRow(self.tr("Folder"), self.tr("Choose…"), self._ask, self)
        self.folder.set_path(settings.folder)
        self.folder.setEnabled(not os.environ.get(FOLDER_VARIABLE))
        self.kept = NumberField(0, MOST_KEPT, settings.kept, self)
        self.kept.setAccessibleName(self.tr("Backups to keep"))
        self._newest = hint_label("", self)
        self.now = push_button(self, self.tr("Back up now"), self.backupRequested.emit)
        self.now.setEnabled(project is not None)
        fields = form_layout()
        fields.addRow(self.tr("Folder"), self.folder)
        fields.addRow(self.tr("Backups to keep"), self.kept)
        column = dialog_layout(self)
        column.addWidget(
            hint_label(
                self.tr(
                    "The open project is backed up once a day and before each merge. The newest backups of each "
                    "project are kept. Enter 0 to turn off automatic backups."
                ),
                self,
            )
        )
        column.addLayout(fields)
        column.addWidget(self._newest)
        column.addLayout(row_layout(self.now))
        column.addStretch(1)
        buttons, _ = dialog_buttons(self, self.tr("Save"))
        column.addWidget(buttons)
        resize_to_screen(self, 560, 320)
        self.show_newest()

    def settings(self) -> BackupSettings:
        """Return the chosen settings."""
        return BackupSettings(self.folder.path(), self.kept.value())

    def show_newest(self) -> None:
        """Show when the latest backup of the open project was made."""
        newest = newest_backup(self._project) if self._project else None
        if newest is not None:
            made = newest.made.astimezone()
            said = self.tr("Latest backup of this project: {0}, {1}.")
            self._newest.setText(said.format(date_text(made.date()), digits(f"{made:%H:%M}")))
        else:
            self._newest.setText(self.tr("This project has no backup yet.") if self._project else "")

    def _ask(self, start: Path) -> Path | None:
        return ask_folder(self, self.tr("Backup folder"), start if start.is_dir() else Path.home())
