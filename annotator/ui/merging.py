"""Copies that others worked on come into the open project, behind a dialog that shows what each would bring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.storage.project import Project
from annotator.team.merge import MergeReport
from annotator.ui.desk import Desk
from annotator.ui.dialogs.merge_dialog import MergeDialog
from annotator.ui.dialogs.merge_words import MergeWords
from annotator.ui.jobs import Jobs, Ticket
from annotator.ui.panes.status_line import StatusLine
from annotator.ui.shown_job import ShownJob
from annotator.work.merging import back_up_before_merge, merge

MERGE = "merge"


class Merging(QObject):
    """Merges into the open project. begun says that all other writing should rest, merged that the project has changed.

    leftAlone says that the project stays as it was, told carries a sentence where the dialog does not stand any more.
    """

    begun = Signal()
    merged = Signal()
    leftAlone = Signal()  # noqa: N815
    told = Signal(str)

    def __init__(self, window: QWidget, desk: Desk, jobs: Jobs, status: StatusLine) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._job = ShownJob(MERGE, lambda: self.tr("Merging…"), desk, jobs, status, self)
        self._job.progressed.connect(self._show_progress)
        self._job.stopped.connect(self._tell_stopped)
        self.dialog: MergeDialog | None = None

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show what copies would bring; without paths they are chosen in the dialog."""
        project = self._desk.project
        if project is None:
            return
        if self._job.running:
            self.told.emit(self.tr("A merge is still going on; wait until it is through, or stop it."))
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
        """Merge copies, all of them or none."""
        project = self._desk.project
        if project is None:
            return
        path = project.path
        self.begun.emit()

        def work(ticket: Ticket) -> MergeReport | UserError:
            """Merge, and return what goes wrong as any other outcome: the dialog tells of it."""
            try:
                back_up_before_merge(path, step=lambda: ticket.tell(0, len(paths)))
                with Project.open(path) as own:
                    return merge(own, paths, progress=ticket.tell)
            except UserError as fault:
                return fault

        self._job.run(work, self._end)

    def stop(self) -> None:
        """Stop, unless it is too late: nothing of a merge that is stopped stays."""
        self._job.stop()

    def _shown_dialog(self) -> MergeDialog | None:
        """Return the dialog, where it stands."""
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else None

    def _show_progress(self, done: int, total: int) -> None:
        """Show in the dialog how far the merge is."""
        if dialog := self._shown_dialog():
            dialog.show_progress(done, total)

    def _tell_stopped(self) -> None:
        """Say that nothing came in."""
        if dialog := self._shown_dialog():
            dialog.show_stopped()
        else:
            self._job.tell(self.tr("The merge was stopped; nothing came in."), self.told.emit)
        self._leave_alone()

    def _leave_alone(self) -> None:
        """Let what rested go on, in the project in which it rested."""
        if self._job.is_here:
            self.leftAlone.emit()

    def _end(self, outcome: MergeReport | UserError) -> None:
        """Show what came in, and have the window look anew."""
        dialog = self._shown_dialog()
        if isinstance(outcome, UserError):
            self._leave_alone()
            if dialog is None:
                raise outcome
            dialog.show_fault(outcome)
            return
        if dialog is not None:
            dialog.show_result(outcome)
        else:
            self.told.emit(" ".join(MergeWords(self).lines(outcome)))
        if self._job.is_here:
            self.merged.emit()
