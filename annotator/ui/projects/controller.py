"""Creates, opens and closes projects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from annotator.errors import UserError
from annotator.services.demo import default_demo_path, make_demo
from annotator.services.team.identity import founder, set_holder
from annotator.storage.file.identity import own_identity
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.projects.new_project_dialog import SUFFIX, NewProjectDialog
from annotator.ui.widgets.file_dialogs import ask_open, name_filter

_SAMPLE = "sample"


class ProjectController(QObject):
    """Handles actions of the Project menu.

    message carries a message, openRequested the path of a project, importRequested the paths of articles.
    """

    message = Signal(str)
    openRequested = Signal(Path)
    importRequested = Signal(object)

    def __init__(
        self, window: QWidget, current: CurrentProject, jobs: Jobs, settings: Settings, config_dir: Path | None
    ) -> None:
        """Serve a window; config_dir has the identity of the annotator, by default the user's own."""
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._current = current
        self._settings = settings
        self._config_dir = config_dir

    def new(self) -> None:
        """Ask for a file and a tagset, create the project and open it."""
        self._make(NewProjectDialog(self._folder(), self._window, annotator=self._current.annotator.name))

    def receive(self, paths: Sequence[Path]) -> None:
        """Open a dropped project, or import dropped articles into the open project or a new one."""
        project = next((path for path in paths if path.suffix.lower() == SUFFIX), None)
        if project is not None:
            self.openRequested.emit(project)
        elif paths and (self._current.project is not None or self._begin_with(paths)):
            self.importRequested.emit(list(paths))

    def _begin_with(self, articles: Sequence[Path]) -> bool:
        return self._make(
            NewProjectDialog(articles[0].parent, self._window, len(articles), annotator=self._current.annotator.name)
        )

    def _make(self, dialog: NewProjectDialog) -> bool:
        try:
            if own_identity(self._config_dir) is None:
                dialog.ask_name()
            if dialog.exec() != QDialog.DialogCode.Accepted:
                return False
            me = self._current.annotator
            is_me = self._current.project is not None and dialog.annotator() == me.name
            person = me if is_me else founder(dialog.annotator(), self._config_dir)
            with Project.create(dialog.path(), dialog.tagset(), founder=person) as project:
                set_holder(project, person, self._config_dir)
        except UserError as error:
            self.message.emit(error_text(error))
            return False
        self.openRequested.emit(dialog.path())
        return self._current.project is not None

    def open(self) -> None:
        """Ask for a project and open it."""
        kinds = (
            name_filter(self.tr("Projects"), f"*{SUFFIX}", "*.db", "*.sqlite"),
            name_filter(self.tr("All files"), "*"),
        )
        path = ask_open(self._window, self.tr("Open project"), self._folder(), ";;".join(kinds))
        if path is not None:
            self.openRequested.emit(path)

    def open_sample(self) -> None:
        """Open the project with the sample articles; the first time, create it in the user's data folder."""
        path = default_demo_path()

        def work(_job: Job) -> Path:
            make_demo(path)
            return path

        self._jobs.run(_SAMPLE, work, self.openRequested.emit)

    def close(self) -> None:
        """Close the project; there is nothing to save."""
        self._current.close()

    def _folder(self) -> Path:
        recent = self._settings.recent()
        place = self._current.project.path if self._current.project else recent[0] if recent else None
        return place.parent if place else Path.home()
