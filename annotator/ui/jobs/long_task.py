"""Long tasks: a row in the status line, Stop, and, for tasks that a dialog starts, the dialog and its result."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.jobs.long_task_dialog import LongTaskDialog
from annotator.ui.jobs.status_line import StatusLine

T = TypeVar("T")
_DETAILS_IN_WINDOW = 3
"""Details that the message over the article shows; the dialog shows all of them."""


class LongTask(QObject):
    """A task with a row of its own in the status line, where the user can stop it.

    message carries a message to show over the article.
    """

    message = Signal(str)

    def __init__(self, name: str, status: StatusLine, parent: QObject) -> None:
        """Use the row of this name; two tasks must not share a name."""
        super().__init__(parent)
        self._name = name
        self._status = status
        status.stopRequested.connect(self._stop_if_named)

    @abstractmethod
    def running_text(self) -> str:
        """Return what the row says, in the language in use."""

    @abstractmethod
    def stop_by_user(self) -> None:
        """Stop because the user pressed Stop, and say what has been kept."""

    def show_progress(self, done: int, total: int) -> None:
        """Show the row; a total of 0 shows it without a progress bar."""
        self._status.show_job(self._name, self.running_text, done, total)

    def hide_progress(self) -> None:
        """Hide the row."""
        self._status.hide_job(self._name)

    def _stop_if_named(self, name: str) -> None:
        if name == self._name:
            self.stop_by_user()


class LongTaskController(LongTask):
    """Runs a task on the open project as one background job that a LongTaskDialog starts.

    One job runs at a time; it stops when its project is closed. If the dialog is closed, the job continues in the
    background and the window shows its result. progressed carries (done, total), summary a message to show over the
    article and the function that opens the whole result.
    """

    progressed = Signal(int, int)
    summary = Signal(str, object)
    separator = " "
    """Between the sentences of a result that is shown in the window."""

    def __init__(self, name: str, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine) -> None:
        """Run jobs of this name for a window."""
        super().__init__(name, status, window)
        self._window = window
        self._current = current
        self._jobs = jobs
        self._path: Path | None = None
        self.dialog: LongTaskDialog | None = None
        jobs.progressed.connect(self._follow_progress)
        jobs.busy.connect(self._follow_busy)
        jobs.stopped.connect(self._follow_stopped)
        jobs.failed.connect(self._follow_failed)
        current.sessionChanged.connect(self._stop_if_left)

    @abstractmethod
    def already_running_text(self) -> str:
        """Return what to say to a second request while a job runs."""

    @abstractmethod
    def was_stopped(self) -> None:
        """Report that the job was stopped before it ended; a job that could not be stopped ends as usual."""

    def was_broken_off(self) -> None:
        """Close the dialog after a bug ended the job; the window reports the bug."""
        if self.dialog is not None:
            self.dialog.close()

    @property
    def is_running(self) -> bool:
        """Return True while a job runs, or has been asked to stop and still runs."""
        return self._jobs.running(self._name)

    @property
    def is_in_project(self) -> bool:
        """Return True if the project of the last job is still the open one."""
        return self._current.project is not None and self._current.project.path == self._path

    def open_dialog(self, make: Callable[[Project], LongTaskDialog], start: Callable[..., None]) -> None:
        """Open the dialog that make returns, unless a job runs; start gets its request."""
        project = self._current.project
        if project is None or self.refuse_second():
            return
        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = make(project)
        dialog.startRequested.connect(start)
        dialog.stopRequested.connect(self.stop)
        dialog.open()

    def refuse_second(self) -> bool:
        """Return True, and say why, if a job runs already."""
        if self.is_running:
            self.message.emit(self.already_running_text())
        return self.is_running

    def run(self, work: Callable[[Path, Job], T], done: Callable[[T], None]) -> None:
        """Run work(project path, job) in the background, and then done(result) in the window's thread.

        A UserError is shown as the result; any other exception goes to Jobs.failed.
        """
        project = self._current.project
        if project is None:
            return
        path = self._path = project.path

        def run_or_fail(job: Job) -> T | UserError:
            try:
                return work(path, job)
            except UserError as error:
                return error

        def end(outcome: T | UserError) -> None:
            if isinstance(outcome, UserError):
                self.show_result([error_text(outcome)])
            else:
                done(outcome)

        self._jobs.run(self._name, run_or_fail, end)

    def stop(self) -> None:
        """Ask a running job to stop; it may be too late."""
        if self.is_running:
            self._status.show_stopping(self._name)
            self._jobs.request_stop(self._name)

    def stop_by_user(self) -> None:
        """Ask the job to stop; was_stopped() follows if it did."""
        self.stop()

    def show_result(self, sentences: Sequence[str], details: Sequence[str] = (), *, stopped: bool = False) -> None:
        """Show how the job ended: in the dialog if that is open, else in the window.

        A job that the user stopped needs no more than a line in the status line; if it stopped because its project
        was closed, nobody has asked for that, so the message is shown over the article.
        """
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_result(sentences, details)
        elif stopped and self.is_in_project:
            self._status.show_message(" ".join(sentences))
        else:
            self.message.emit("\n".join([self.separator.join(sentences), *details[:_DETAILS_IN_WINDOW]]))

    def show_summary(self, summary: Sequence[str], sentences: Sequence[str]) -> None:
        """Show how a job ended that needs no attention: close the dialog, and show a summary with a way to the rest."""
        if self.dialog is None or not self.is_in_project:
            self.show_result(sentences)
            return
        self.dialog.show_result(sentences)
        self.dialog.accept()
        first, *rest = summary
        self.summary.emit(self.separator.join([first, *map(with_direction_mark, rest)]), self.dialog.open)

    def _stop_if_left(self) -> None:
        if not self.is_in_project:
            self.stop()

    def _follow_progress(self, name: str, done: int, total: int) -> None:
        if name != self._name:
            return
        self.show_progress(done, total)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_progress(done, total)
        self.progressed.emit(done, total)

    def _follow_busy(self, name: str, is_busy: bool) -> None:
        if name == self._name and is_busy:
            self.show_progress(0, 0)
        elif name == self._name:
            self.hide_progress()

    def _follow_stopped(self, name: str) -> None:
        if name == self._name:
            self.was_stopped()

    def _follow_failed(self, name: str, _error: Exception) -> None:
        if name == self._name:
            self.was_broken_off()
