"""Short prompts: a text, a number, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QMessageBox, QVBoxLayout, QWidget

from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.number_field import NumberField

_WIDTH = 360
"""Width of a prompt in device-independent pixels, so that the title of its window is not cut off."""


def text_prompt(parent: QWidget, title: str, question: str, text: str) -> QInputDialog:
    """Return a dialog that asks for a line of text; its textValue() is the answer."""
    dialog = _question(parent, title, question)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setTextValue(text)
    return dialog


class NumberPrompt(Dialog):
    """Asks for a number from 1 on; field holds the answer."""

    def __init__(self, parent: QWidget, title: str, question: str, number: int, most: int) -> None:
        """Ask with a selected number in the field, which the first typed digit replaces."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.field = NumberField(1, most, number, self)
        self.field.setAccessibleName(question)
        self.field.selectAll()
        buttons = QDialogButtonBox(self)
        buttons.addButton(QCoreApplication.translate("prompts", "OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        name_standard_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self, question))
        column.addWidget(self.field)
        column.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)


def confirm_prompt(parent: QWidget, title: str, question: str, yes: str) -> bool:
    """Return True if the user presses the button with the text yes; Escape and Enter cancel."""
    dialog = QMessageBox(QMessageBox.Icon.NoIcon, title, question, QMessageBox.StandardButton.NoButton, parent)
    dialog.setTextFormat(Qt.TextFormat.PlainText)
    agree = dialog.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    leave = dialog.addButton(QCoreApplication.translate("prompts", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    dialog.setDefaultButton(leave)
    dialog.exec()
    return dialog.clickedButton() is agree


def name_standard_buttons(buttons: QDialogButtonBox) -> None:
    """Set the texts of Close and Cancel, which Qt's own translation words differently."""
    names = {
        QDialogButtonBox.StandardButton.Close: QCoreApplication.translate("prompts", "Close"),
        QDialogButtonBox.StandardButton.Cancel: QCoreApplication.translate("prompts", "Cancel"),
    }
    for kind, name in names.items():
        button = buttons.button(kind)
        if button is not None:
            button.setText(name)


def _question(parent: QWidget, title: str, question: str) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(QCoreApplication.translate("prompts", "OK"))
    dialog.setCancelButtonText(QCoreApplication.translate("prompts", "Cancel"))
    dialog.resize(_WIDTH, dialog.sizeHint().height())
    return dialog
