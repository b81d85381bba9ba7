"""Who works in the open project: asks when it is opened, and opens Team › People."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.model.annotation import Annotator, Role
from annotator.errors import UserError
from annotator.services.team import people
from annotator.services.team.identity import Doubt, identify, set_holder
from annotator.storage.file.identity import own_identity, rename
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.team.identity_dialog import IdentityDialog
from annotator.ui.team.people_dialog import PeopleDialog
from annotator.ui.widgets.prompts import text_prompt


class PeopleController(QObject):
    """Knows who works in each copy of a project; message carries a message for the bar of the window.

    If asks_on_first_start is set, a person without settings is asked for the name.
    """

    message = Signal(str)

    def __init__(self, window: QWidget, current: CurrentProject, config_dir: Path | None) -> None:
        """Serve a window. config_dir has the settings; without it nothing is asked, as for a picture."""
        super().__init__(window)
        self._window, self._current, self._config_dir = window, current, config_dir
        self._dialog: PeopleDialog | None = None
        self.asks_on_first_start = False
        if config_dir is not None:
            current.identify = self.identify
        current.sessionChanged.connect(self._refresh)

    def identify(self, project: Project) -> Annotator | None:
        """Return who works in a project that is being opened, and store it; None if the question was cancelled."""
        found = identify(project, self._config_dir)
        person = found.person
        if found.doubt is Doubt.NEW and not self.asks_on_first_start:
            return self._current.annotator
        if found.doubt is not Doubt.NONE:
            dialog = IdentityDialog(found, project.annotators.all(), self._window)
            answered, person = dialog.exec(), dialog.person()
            dialog.deleteLater()
            if not answered:
                return None
        set_holder(project, person, self._config_dir)
        return person

    def open(self) -> None:
        """Show the people of the open project."""
        if self._current.project is None:
            return
        dialog = self._dialog = PeopleDialog(self._window)
        dialog.addRequested.connect(self._add)
        dialog.roleRequested.connect(self._set_role)
        dialog.switchRequested.connect(self.switch)
        dialog.renameRequested.connect(self.rename)
        dialog.peersRequested.connect(self._allow_peers)
        self._refresh()
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()

    def switch(self, person: Annotator) -> None:
        """Continue as another person of the project."""
        project = self._current.project
        if project is None:
            return
        try:
            if self._config_dir is not None:
                set_holder(project, person, self._config_dir)
            self._current.switch_annotator(person)
        except UserError as error:
            self._show_error(error)
        self._refresh()

    def rename(self) -> None:
        """Ask for the name of who works here, and store it."""
        me = self._current.annotator
        dialog = text_prompt(
            self._dialog or self._window, self.tr("Annotator name"), self.tr("Name on your labels"), me.name
        )
        answered, name = dialog.exec(), dialog.textValue()
        dialog.deleteLater()
        if answered:
            self.set_name(name)

    def set_name(self, name: str) -> None:
        """Give who works here another name; the id stays."""
        me = self._current.annotator
        try:
            own = own_identity(self._config_dir)
            if own is None or own.annotator.id == me.id:
                renamed = rename(name, self._config_dir)
            elif not name.strip():
                raise UserError("An annotator's name cannot be blank. Give a name.")
            else:
                renamed = Annotator(me.id, name.strip())
            self._current.switch_annotator(renamed)
        except UserError as error:
            self._show_error(error)
        self._refresh()

    def _add(self, name: str) -> None:
        if self._dialog is not None and self._write(lambda project: people.add_people(project, [name])):
            self._dialog.name.clear()

    def _set_role(self, annotator: str, role: str) -> None:
        self._write(lambda project: people.set_roles(project, self._current.annotator, [(annotator, Role(role))]))

    def _allow_peers(self, allowed: bool) -> None:
        self._write(lambda project: people.allow_peers(project, self._current.annotator, allowed))

    def _write(self, change: Callable[[Project], object]) -> bool:
        """Change the team, show it, and return True; show an error in the dialog."""
        project = self._current.project
        error: UserError | None = None
        try:
            if project is not None:
                change(project)
        except UserError as refused:
            error = refused
        self._refresh()
        if error is not None:
            self._show_error(error)
        return error is None

    def _show_error(self, error: UserError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error_text(error))
        else:
            self.message.emit(error_text(error))

    def _refresh(self) -> None:
        project = self._current.project
        if self._dialog is not None and project is not None:
            everyone, facts = project.annotators.all(), project.team.facts()
            me = self._current.annotator.id
            self._dialog.show_people(everyone, facts, me, may_write=not project.is_read_only)
