"""Team › People: who is in the project, with which role; adding people, changing roles, and who works here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QDialogButtonBox, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.team.roles import TeamFacts
from annotator.ui.base.i18n import isolate
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.role_names import role_name
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import dialog_layout, hint_label, push_button, resize_to_screen
from annotator.ui.widgets.prompts import name_standard_buttons
from annotator.ui.widgets.table import TableModel, TableView, Value


class RoleModel(TableModel):
    """One row for each person: name, role, and whether that person works in this copy now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: Sequence[Annotator] = ()
        self._facts = TeamFacts()
        self._me = ""

    def show_people(self, people: Sequence[Annotator], facts: TeamFacts, me: str) -> None:
        """Show people with their roles; me is the id of who works here."""
        self.people, self._facts, self._me = people, facts, me
        self.reset()

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (self.tr("Name"), self.tr("Role"), self.tr("Works here"))

    def row_total(self) -> int:
        """Return the number of people."""
        return len(self.people)

    def value(self, row: int, column: int) -> Value:
        """Return the name, the role or a mark."""
        person = self.people[row]
        if column == 0:
            return person.name
        if column == 1:
            return role_name(self._facts.role(person.id))
        return "✓" if person.id == self._me else ""


class PeopleDialog(Dialog):
    """Shows the people of a project; its signals carry what was requested.

    addRequested carries a name, roleRequested an annotator's id and a role, switchRequested an Annotator, and
    peersRequested whether annotators may see each other's labels.
    """

    addRequested = Signal(str)
    roleRequested = Signal(str, str)
    switchRequested = Signal(object)
    renameRequested = Signal()
    peersRequested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("People"))
        self._facts, self._me = TeamFacts(), ""
        self._may_write = True
        self.model = RoleModel(self)
        self.table = TableView(self.model, self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName(self.tr("People"))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Name of a new person"))
        self.name.setAccessibleName(self.tr("Name of a new person"))
        self.add = push_button(self, self.tr("Add"), self._add)
        self.role = QComboBox(self)
        self.role.setAccessibleName(self.tr("Role"))
        for role in Role:
            self.role.addItem(role_name(role), role.value)  # Qt makes a plain text of a StrEnum
        self.switch = push_button(self, self.tr("Work as this person"), self._switch)
        self.rename = push_button(self, self.tr("Change name…"), self.renameRequested.emit)
        self.peers = QCheckBox(self.tr("Annotators may see each other's labels (read-only)"), self)
        self._hint = hint_label("", self)
        self.error = hint_label("", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        name_standard_buttons(buttons)
        # Enter in the field adds a person; it must not close the dialog too.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(lambda: self._allow())
        self.role.activated.connect(self._set_role)
        self.peers.clicked.connect(self.peersRequested)
        self.table.selectionModel().selectionChanged.connect(lambda: self._allow())
        self.error.hide()
        resize_to_screen(self, 560, 460)

    def show_people(self, people: Sequence[Annotator], facts: TeamFacts, me: str, *, may_write: bool = True) -> None:
        """Show the people of a project and keep the selected one; me is the id of who works here."""
        chosen = self.chosen()
        self._facts, self._me, self._may_write = facts, me, may_write
        self.model.show_people(people, facts, me)
        self.table.adjust_columns()
        self.peers.setChecked(facts.peers_visible)
        self.show_error("")
        wanted = chosen.id if chosen else me
        rows = range(self.model.rowCount())
        row = next((row for row in rows if self._person(row).id == wanted), 0)
        self.table.setCurrentIndex(self.model.index(row, 0))
        leads = [isolate(person.name) for person in people if facts.role(person.id) is Role.LEAD]
        if self._is_lead():
            self._hint.setText(self.tr("You are a lead: you give roles and hand out work."))
        else:
            self._hint.setText(self.tr("Only a lead can change roles: {0}.").format(self.tr(", ").join(leads)))
        self._allow()

    def chosen(self) -> Annotator | None:
        """Return the selected person."""
        rows = self.table.selectionModel().selectedRows()
        return self._person(rows[0].row()) if rows else None

    def show_error(self, text: str) -> None:
        """Show why something was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _person(self, row: int) -> Annotator:
        return self.model.people[self.model.source_row(row)]

    def _is_lead(self) -> bool:
        leads = Role.LEAD in self._facts.roles.values()
        return not leads or self._facts.role(self._me) is Role.LEAD

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        chosen, new = QHBoxLayout(), QHBoxLayout()
        for row in (chosen, new):
            row.setSpacing(8)
        role = PlainLabel(self, self.tr("Role"))
        role.setBuddy(self.role)
        for widget in (role, self.role, self.switch, self.rename):
            chosen.addWidget(widget)
        chosen.addStretch(1)
        new.addWidget(self.name, 1)
        new.addWidget(self.add)
        column = dialog_layout(self)
        column.setSpacing(12)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addLayout(chosen)
        column.addLayout(new)
        column.addWidget(self.peers)
        column.addWidget(self.error)
        column.addWidget(buttons)

    def _allow(self) -> None:
        """Enable what is possible for the selected person."""
        chosen, is_lead = self.chosen(), self._is_lead() and self._may_write
        self.role.setEnabled(chosen is not None and is_lead)
        if chosen is not None:
            self.role.setCurrentIndex(self.role.findData(self._facts.role(chosen.id).value))
        self.switch.setEnabled(chosen is not None and chosen.id != self._me)
        self.rename.setEnabled(chosen is not None and chosen.id == self._me and self._may_write)
        self.add.setEnabled(self._may_write and bool(self.name.text().strip()))
        self.name.setEnabled(self._may_write)
        self.peers.setEnabled(is_lead)

    def _add(self) -> None:
        if self.name.text().strip():
            self.addRequested.emit(self.name.text().strip())

    def _set_role(self) -> None:
        chosen, role = self.chosen(), Role(self.role.currentData())
        if chosen is not None and role is not self._facts.role(chosen.id):
            self.roleRequested.emit(chosen.id, role.value)

    def _switch(self) -> None:
        if (chosen := self.chosen()) is not None:
            self.switchRequested.emit(chosen)
