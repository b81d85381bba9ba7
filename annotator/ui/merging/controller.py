"""Merges copies of the project into the open one, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.services.project.merge_copies import merge_copies
from annotator.storage.project import Project
from annotator.team.merge import MergeReport
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs, Stopped
from annotator.ui.jobs.long_task import LongTaskController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.merging.messages import MergeMessages

MERGE = "merge"


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What was merged, and why the merge ended early if it did: an error, or a stop."""

    report: MergeReport
    error: UserError | None = None
    stopped: bool = False


class MergeController(LongTaskController):
    """Opens the merge dialog and runs the merge.

    begun asks other background work to pause, because it would write to the project too; ended lets it continue.
    merged says that the project has changed, leftAlone that it has not. placesRequested carries the title of a list, a
    function, and its places.
    """

    begun = Signal()
    ended = Signal()
    merged = Signal()
    leftAlone = Signal()
    placesRequested = Signal(object, object)

    def __init__(self, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine) -> None:
        """Merge for a window."""
        super().__init__(MERGE, window, current, jobs, status)
        self.dialog: MergeDialog | None = None
        current.closing.connect(self._close_result)

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show what copies would add; without paths the user chooses them in the dialog."""

        def make(project: Project) -> MergeDialog:
            dialog = MergeDialog(project.path, self._window)
            if paths:
                dialog.add(paths)
            return dialog

        self.open_dialog(make, self.start)

    def start(self, paths: Sequence[Path]) -> None:
        """Merge copies in the background."""
        if self._current.project is None:
            return
        self.begun.emit()

        def work(path: Path, job: Job) -> MergeOutcome:
            """Merge; an error or a stop is part of the outcome, since some edits may have been merged before it."""
            report = MergeReport()
            try:
                with Project.open(path) as project:
                    merge_copies(project, paths, report=report, progress=job.report_progress, backup=True)
            except UserError as error:
                return MergeOutcome(report, error)
            except Stopped:
                return MergeOutcome(report, stopped=True)
            return MergeOutcome(report)

        self.run(work, self._finish)

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Merging…")

    def already_running_text(self) -> str:
        """Return what to say to a second merge."""
        return self.tr("A merge is already running. Wait for it to finish, or stop it.")

    def was_stopped(self) -> None:
        """Report a merge that was stopped before it began."""
        self._finish(MergeOutcome(MergeReport(), stopped=True))

    def was_broken_off(self) -> None:
        """Let other work continue after a bug ended the merge."""
        self.ended.emit()
        super().was_broken_off()

    def _close_result(self) -> None:
        """Close a result with the project that its places are in."""
        if self.dialog is not None and not self.is_running:
            self.dialog.close()

    def _finish(self, outcome: MergeOutcome) -> None:
        report, error = outcome.report, outcome.error
        self.ended.emit()
        messages = MergeMessages(self)
        sentences = messages.end(report, error, stopped=outcome.stopped)
        if error or outcome.stopped or messages.warnings(report) or messages.unsettled(report.unsettled):
            self.show_result(sentences, stopped=outcome.stopped)
        else:
            self.show_summary(sentences, sentences)
        if not self.is_in_project:
            return
        if self.dialog is not None and self.dialog.isVisible():
            lists = messages.place_lists(report.unsettled)
            self.dialog.offer_places(lists, lambda each: self.placesRequested.emit(each.title, each.places))
        if report.is_empty and (error or outcome.stopped):
            self.leftAlone.emit()
        else:
            self.merged.emit()
