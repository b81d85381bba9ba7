"""Project › Models: the dialog, and the row in the status line that shows its jobs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.suggest.models.catalogue import Model
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import current_language, isolate
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.jobs.long_task import LongTask
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.models.dialog import ModelsDialog
from annotator.ui.models.messages import damage_text, install_error_text, step_text
from annotator.ui.models.model_jobs import MODEL, ModelJobs
from annotator.ui.models.suggester_list import ProjectFacts


class ModelController(LongTask):
    """Opens the models dialog; a job continues when the dialog is closed, and message then carries how it ended."""

    suggestRequested = Signal()

    def __init__(self, window: QWidget, current: CurrentProject, status: StatusLine) -> None:
        """Manage the user's models for a window."""
        super().__init__(MODEL, status, window)
        self._window = window
        self._current = current
        self._step = ""
        self.work = ModelJobs(None, self)
        self.dialog: ModelsDialog | None = None
        self.work.stepped.connect(self._follow_progress)
        for ended in (self.work.installed, self.work.verified, self.work.removed, self.work.failed, self.work.stopped):
            ended.connect(self.hide_progress)
        self.work.installed.connect(self._report_installed)
        self.work.verified.connect(self._report_damage)
        self.work.failed.connect(lambda error: self._report(install_error_text(error)))

    def open(self) -> None:
        """Show the dialog with the present state of the models."""
        if self.dialog is None:
            self.dialog = ModelsDialog(
                self.work, lambda: self._current.project is not None, self._window, facts=self._facts
            )
            self.dialog.suggestRequested.connect(self.suggestRequested)
        self.dialog.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _facts(self) -> ProjectFacts:
        project, session = self._current.project, self._current.session
        if project is None or session is None:
            return ProjectFacts()
        return ProjectFacts(project.id, session.confidence.by_suggester)

    def close(self) -> None:
        """Stop the job; what was downloaded is kept."""
        self.work.close()

    def running_text(self) -> str:
        """Return what the status line says."""
        return step_text(self._step)

    def stop_by_user(self) -> None:
        """Ask the job to stop; what was downloaded is kept."""
        self._status.show_stopping(self._name)
        self.work.stop()

    def _follow_progress(self, step: str, done: int, total: int) -> None:
        self._step = step
        # In KiB: the status line takes 32-bit numbers.
        self.show_progress(done // 1024, total // 1024)

    def _report_installed(self, model: Model) -> None:
        """Say that a model is installed, and which key uses it."""
        key = isolate_key(key_hint(self, "suggesting.start"))
        said = self.tr("{0} is installed. Press {1} to use it.") if key else self.tr("{0} is installed.")
        self._report(said.format(isolate(model.titles[current_language()]), key))

    def _report_damage(self, model: Model, problems: Sequence[str]) -> None:
        if problems:
            self._report(damage_text(model, problems))

    def _report(self, text: str) -> None:
        """Show a message in the window if the dialog is not open."""
        if self.dialog is None or not self.dialog.isVisible():
            self.message.emit(text)
