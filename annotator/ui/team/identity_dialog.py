"""The dialog that asks who works in a copy of a project: "Are you Salma?"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.services.team.identity import Doubt, Identity, new_annotator
from annotator.ui.base.i18n import isolate
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import dialog_buttons, dialog_layout, hint_label, section_heading


class IdentityDialog(Dialog):
    """Asks who works in a copy; person() returns the answer: the probable person, another one, or a new one."""

    def __init__(self, found: Identity, people: Sequence[Annotator], parent: QWidget | None = None) -> None:
        """Ask about a probable person. people are those of the project, name is prefilled for a new one."""
        super().__init__(parent)
        self._found = found
        self._taken = {each for person in people for each in (person.name, person.id)}
        self._others = [person for person in people if person.id != found.person.id]
        name = isolate(found.person.name)
        is_new = found.doubt is Doubt.NEW
        self.setWindowTitle(self.tr("Your name") if is_new else self.tr("Who works here?"))
        self.same = QRadioButton(self.tr("Yes, I am {0}").format(name), self)
        self.other = QRadioButton(self.tr("I am already in this project:"), self)
        self.new = QRadioButton(self.tr("I am new here. My name:"), self)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(self.other.text())
        self.choice.addItems([isolate(person.name) for person in self._others])
        self.field = QLineEdit(found.person.name if is_new else "", self)
        self.field.setAccessibleName(self.new.text())
        self._problem = hint_label("", self)
        buttons, self.accept_button = dialog_buttons(self, self.tr("Continue"))
        heading = section_heading(self.tr("Your name") if is_new else self.tr("Are you {0}?").format(name), self)
        heading.setWordWrap(True)
        column = dialog_layout(self)
        column.addWidget(heading)
        column.addWidget(hint_label(self._reason(name), self))
        self.same.setVisible(not is_new)
        self.other.setVisible(bool(self._others))
        self.choice.setVisible(bool(self._others))
        # With nothing to choose from, the field alone is the question.
        self.new.setVisible(not is_new or bool(self._others))
        column.setSpacing(10)
        for widget in (self.same, self.other, self.choice, self.new, self.field, self._problem):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(buttons)
        (self.new if is_new else self.same).setChecked(True)
        for button in (self.same, self.other, self.new):
            button.toggled.connect(self._check)
        self.field.textChanged.connect(self._check)
        self.field.textEdited.connect(lambda: self.new.setChecked(True))
        self.choice.activated.connect(lambda: self.other.setChecked(True))
        self.field.installEventFilter(self)
        self.choice.installEventFilter(self)
        if is_new:
            self.field.selectAll()
            self.field.setFocus()
        else:
            self.accept_button.setFocus()
        self._check()
        self.resize(520, self.sizeHint().height())

    def person(self) -> Annotator:
        """Return who works in the copy; a new person has a new random id."""
        if self.same.isChecked():
            return self._found.person
        if self.other.isChecked():
            return self._others[self.choice.currentIndex()]
        name = self.field.text().strip()
        # On a first start the id that was drawn is as good as any.
        return Annotator(self._found.person.id, name) if self._found.doubt is Doubt.NEW else new_annotator(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Check the button of a field that gets the focus, as typing in it answers the question."""
        if event.type() is QEvent.Type.FocusIn:
            (self.new if watched is self.field else self.other).setChecked(True)
        return super().eventFilter(watched, event)

    def _reason(self, name: str) -> str:
        match self._found.doubt:
            case Doubt.ELSEWHERE:
                return self.tr(
                    "This copy of the project was made for {0}, or last used on another computer. Your labels are "
                    "stored under your name."
                ).format(name)
            case Doubt.COPIED:
                return self.tr(
                    "The settings on this computer were copied from another one. If two people work under one name, "
                    "their labels cannot be told apart."
                )
            case Doubt.UNKNOWN:
                return self.tr(
                    "The program now checks that each person has a name of their own. If the settings on this "
                    "computer were copied from a colleague, answer no."
                )
            case _:
                return self.tr("Your labels are stored under your name, so that others see whose they are.")

    def _check(self) -> None:
        """Allow an answer only if a new name is a new one."""
        name, is_new = self.field.text().strip(), self.new.isChecked()
        is_taken = is_new and name in self._taken
        said = self.tr("{0} is already in this project. Choose that name above, or give another one.")
        self._problem.setText(said.format(isolate(name)) if is_taken else "")
        self.accept_button.setEnabled(not is_new or (bool(name) and not is_taken))
