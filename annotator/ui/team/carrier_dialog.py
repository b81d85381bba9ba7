"""The dialog that asks where a team exchanges its work: a shared folder, or a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.services.team.postgres_server import is_server
from annotator.services.team.sync import open_carrier
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import isolate
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_folder
from annotator.ui.widgets.form import (
    FileRow,
    dialog_buttons,
    dialog_layout,
    hint_label,
    resize_to_screen,
)

_EXAMPLE = "postgresql://salma@db.example.org/news"


class CarrierDialog(Dialog):
    """Asks for the path of a folder or the URL of a database; address() returns the answer."""

    def __init__(self, address: str, near: Path, parent: QWidget | None = None) -> None:
        """Show the present address. near is the folder in which the file dialog begins if there is none."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shared folder or server"))
        self._near = near
        self.place = FileRow(self.tr("Folder or server"), self.tr("Choose folder…"), self._ask, self)
        self.place.field.setPlaceholderText(_EXAMPLE)
        self.place.field.setText(address)
        self.place.changed.connect(self._check)
        self._problem = hint_label("", self)
        buttons, self.accept_button = dialog_buttons(self, self.tr("Synchronise"))
        column = dialog_layout(self)
        column.addWidget(
            hint_label(
                self.tr(
                    "Where all copies of this project exchange their work: a folder that everybody reaches, or the "
                    "address of a PostgreSQL database. The address has no password; it is read from the file {0}."
                ).format(isolate("~/.pgpass")),
                self,
            )
        )
        column.addWidget(self.place)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(buttons)
        resize_to_screen(self, 620, 260)
        self._check()

    def address(self) -> str:
        """Return the URL of a database, or the absolute path of a folder."""
        text = self._text()
        return text if is_server(text) else str(Path(text).expanduser().absolute())

    def accept(self) -> None:
        """Close the dialog, unless the address cannot be one; then say why."""
        try:
            open_carrier(self.address())
        except UserError as error:
            self._problem.setText(error_text(error))
        else:
            super().accept()

    def _text(self) -> str:
        return self.place.field.text().strip()

    def _check(self) -> None:
        self._problem.setText("")
        self.accept_button.setEnabled(bool(self._text()))

    def _ask(self, start: Path) -> Path | None:
        text = self._text()
        return ask_folder(
            self, self.tr("Folder that the team shares"), start if text and start.is_dir() else self._near
        )
