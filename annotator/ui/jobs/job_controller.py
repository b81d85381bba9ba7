"""A kind of long work on the open project: begun, shown in the status line, stopped, and heard of until it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.jobs.status_line import StatusLine

T = TypeVar("T")


class JobController(QObject):
    """Runs one job of its kind at a time, which stops when its project is left.

    progressed tells how far it is (done, total), stopped that it was stopped before it was through. What could not be
    stopped any more ends as if nobody had asked.
    """

    progressed = Signal(int, int)
    stopped = Signal()

    def __init__(
        self,
        name: str,
        said: Callable[[], str],
        current: CurrentProject,
        jobs: Jobs,
        status: StatusLine,
        parent: QObject,
    ) -> None:
        """Run jobs of a name; said returns, in the language in use, what goes on."""
        super().__init__(parent)
        self._name = name
        self._said = said
        self._current = current
        self._jobs = jobs
        self._status = status
        self._path: Path | None = None
        jobs.progressed.connect(self._show_progress)
        jobs.busy.connect(self._show_busy)
        jobs.stopped.connect(self._tell_stopped)
        status.stopAsked.connect(self._stop_if_meant)
        current.sessionChanged.connect(self._follow)

    @property
    def running(self) -> bool:
        """Tell whether a job goes on, or has yet to stop."""
        return self._jobs.running(self._name)

    @property
    def is_here(self) -> bool:
        """Tell whether the project of the last job is still the one that is open."""
        return self._current.project is not None and self._current.project.path == self._path

    def run(self, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        """Begin; done gets the result."""
        self._path = self._current.project.path if self._current.project else None
        self._jobs.run(self._name, work, done)

    def stop(self) -> None:
        """Ask the job to stop, where there is one."""
        if self.running:
            self._status.show_stopping(self._name)
            self._jobs.request_stop(self._name)

    def tell(self, text: str, loudly: Callable[[str], None]) -> None:
        """Say quietly how a job ended that was stopped here, and loudly where it ended because its project was left."""
        if self.is_here:
            self._status.show_message(text)
        else:
            loudly(text)

    def _follow(self) -> None:
        """Stop when another project is opened, or this one closed."""
        if not self.is_here:
            self.stop()

    def _stop_if_meant(self, name: str) -> None:
        """Stop where it is this job that is to stop."""
        if name == self._name:
            self.stop()

    def _show_progress(self, name: str, done: int, total: int) -> None:
        """Show how far the job is."""
        if name == self._name:
            self._status.show_job(name, self._said, done, total)
            self.progressed.emit(done, total)

    def _show_busy(self, name: str, is_busy: bool) -> None:
        """Show that a job begins or has ended."""
        if name == self._name and is_busy:
            self._status.show_job(name, self._said, 0, 0)
        elif name == self._name:
            self._status.hide_job(name)

    def _tell_stopped(self, name: str) -> None:
        """Tell that the job was stopped before it was through."""
        if name == self._name:
            self.stopped.emit()
