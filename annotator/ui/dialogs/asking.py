"""Short questions: a text, a number, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QMessageBox, QSpinBox, QWidget


def text_question(parent: QWidget, title: str, question: str, text: str) -> QInputDialog:
    """Return the dialog that asks for a line of text; textValue() is the answer."""
    dialog = _question(parent, title, question)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setTextValue(text)
    return dialog


def number_question(parent: QWidget, title: str, question: str, number: int, most: int) -> QInputDialog:
    """Return the dialog that asks for a number from 1 on; intValue() is the answer."""
    dialog = _question(parent, title, question)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, most)
    dialog.setIntValue(number)
    for field in dialog.findChildren(QSpinBox):
        field.setAccessibleName(question)
    return dialog


def yes_question(parent: QWidget, title: str, question: str, yes: str) -> bool:
    """Ask whether to do something, yes being the word on the button that does it; Escape and Enter do nothing."""
    dialog = QMessageBox(QMessageBox.Icon.NoIcon, title, question, QMessageBox.StandardButton.NoButton, parent)
    agree = dialog.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    leave = dialog.addButton(QCoreApplication.translate("asking", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    dialog.setDefaultButton(leave)
    dialog.exec()
    return dialog.clickedButton() is agree


def name_standard_buttons(buttons: QDialogButtonBox) -> None:
    """Write the names of Close and Cancel in the words of this program."""
    names = {
        QDialogButtonBox.StandardButton.Close: QCoreApplication.translate("asking", "Close"),
        QDialogButtonBox.StandardButton.Cancel: QCoreApplication.translate("asking", "Cancel"),
    }
    for kind, name in names.items():
        button = buttons.button(kind)
        if button is not None:
            button.setText(name)


def _question(parent: QWidget, title: str, question: str) -> QInputDialog:
    """Return a dialog with its title, question and buttons."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(QCoreApplication.translate("asking", "OK"))
    dialog.setCancelButtonText(QCoreApplication.translate("asking", "Cancel"))
    return dialog
