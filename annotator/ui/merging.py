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
from annotator.ui.i18n import digits
from annotator.ui.jobs import Jobs, Ticket
from annotator.ui.panes.status_line import StatusLine
from annotator.work.merging import merge

MERGE = "merge"


class Merging(QObject):
    """Merges into the open project. begun says that all other writing should rest, merged that the project has changed.

    told carries a sentence where the dialog does not stand any more.
    """

    begun = Signal()
    merged = Signal()
    told = Signal(str)

    def __init__(self, window: QWidget, desk: Desk, jobs: Jobs, status: StatusLine) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._jobs = jobs
        self._status = status
        self.dialog: MergeDialog | None = None
        jobs.progressed.connect(self._show_progress)
        jobs.busy.connect(self._show_busy)
        desk.sessionChanged.connect(self.stop)

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show what copies would bring; without paths they are chosen in the dialog."""
        project = self._desk.project
        if project is None:
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
                with Project.open(path) as own:
                    return merge(own, paths, progress=ticket.tell)
            except UserError as fault:
                return fault

        self._jobs.run(MERGE, work, self._end)

    def stop(self) -> None:
        """Stop: nothing of a merge that is stopped stays."""
        self._jobs.cancel(MERGE)

    def _show_progress(self, name: str, done: int, total: int) -> None:
        """Show how far the merge is, also where it goes on behind the work."""
        if name == MERGE:
            self._status.show_job(self.tr("Merging…"), done, total)
            if self.dialog is not None:
                self.dialog.show_progress(done, total)

    def _show_busy(self, name: str, is_busy: bool) -> None:
        """Show that a merge begins or has ended."""
        if name == MERGE and is_busy:
            self._status.show_job(self.tr("Merging…"), 0, 0)
        elif name == MERGE:
            self._status.hide_job()

    def _end(self, outcome: MergeReport | UserError) -> None:
        """Show what came in, and have the window look anew."""
        dialog = self.dialog
        if isinstance(outcome, UserError):
            if dialog is not None and dialog.isVisible():
                dialog.show_fault(outcome)
                return
            raise outcome
        if dialog is not None and dialog.isVisible():
            dialog.show_result(outcome)
        else:
            self.told.emit(digits(self.tr("%n decision(s) came in.", "", outcome.edits)))
        self.merged.emit()
