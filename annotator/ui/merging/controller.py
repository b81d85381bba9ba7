"""Copies that others worked on come into the open project, behind a dialog that shows what each would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.services.project.merge import merge
from annotator.storage.project import Project
from annotator.team.merge import MergeReport
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs, Stopped
from annotator.ui.jobs.job_controller import JobController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.merging.messages import MergeMessages

MERGE = "merge"


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What came in by a merge, and why it ended early, if it did: a fault, or that it was stopped."""

    report: MergeReport
    fault: UserError | None = None
    stopped: bool = False


class MergeController(QObject):
    """Merges into the open project. begun says that other background work should pause, ended that it can go on.

    merged says that the project has changed, leftAlone that it stays as it was; message carries a sentence if
    the dialog is closed.
    """

    begun = Signal()
    ended = Signal()
    merged = Signal()
    leftAlone = Signal()  # noqa: N815
    message = Signal(str)

    def __init__(self, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._job = JobController(MERGE, lambda: self.tr("Merging…"), current, jobs, status, self)
        self._job.progressed.connect(self._show_progress)
        self._job.stopped.connect(self._tell_stopped)
        self.dialog: MergeDialog | None = None

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show what copies would bring; without paths they are chosen in the dialog."""
        project = self._current.project
        if project is None:
            return
        if self._job.running:
            self.message.emit(self.tr("A merge is still going on; wait until it is through, or stop it."))
            return
        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = MergeDialog(project.path, self._window)
        dialog.mergeAsked.connect(self.bring_in)
        dialog.stopAsked.connect(self.stop)
        if paths:
            dialog.add(paths)
        dialog.open()

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Merge copies."""
        project = self._current.project
        if project is None:
            return
        path = project.path
        self.begun.emit()

        def work(job: Job) -> MergeOutcome:
            """Merge; how it ends early is an outcome like any other, since something may have come in by then."""
            report = MergeReport()
            try:
                with Project.open(path) as own:
                    merge(own, paths, report=report, progress=job.report_progress, backup=True)
            except UserError as fault:
                return MergeOutcome(report, fault)
            except Stopped:
                return MergeOutcome(report, stopped=True)
            return MergeOutcome(report)

        self._job.run(work, self._end)

    def stop(self) -> None:
        """Stop, unless it is too late; what has come in stays."""
        self._job.stop()

    def _shown_dialog(self) -> MergeDialog | None:
        """Return the dialog, where it stands."""
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else None

    def _show_progress(self, done: int, total: int) -> None:
        """Show in the dialog how far the merge is."""
        if dialog := self._shown_dialog():
            dialog.show_progress(done, total)

    def _tell_stopped(self) -> None:
        """Say that the merge was stopped before it began."""
        self._end(MergeOutcome(MergeReport(), stopped=True))

    def _end(self, outcome: MergeOutcome) -> None:
        """Say how the merge ended, and have the window read again what has changed."""
        dialog = self._shown_dialog()
        report, fault = outcome.report, outcome.fault
        said = MergeMessages(self).end(report, fault, stopped=outcome.stopped)
        self.ended.emit()
        if dialog is not None:
            dialog.show_end(said)
        elif outcome.stopped:
            self._job.tell(" ".join(said), self.message.emit)
        else:
            self.message.emit(" ".join(said))
        if not self._job.is_here:
            return
        if report.is_empty and (fault or outcome.stopped):
            self.leftAlone.emit()
        else:
            self.merged.emit()
