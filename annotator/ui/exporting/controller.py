"""Labels go out: asked about in a dialog that counts beforehand, then written behind the work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.services.corpus.export import CorpusReport, export_corpus
from annotator.services.exporting.export import export_project
from annotator.services.exporting.report import ExportReport
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.dialog import ExportChoice, ExportDialog
from annotator.ui.exporting.messages import result_lines
from annotator.ui.jobs.job_controller import JobController
from annotator.ui.jobs.status_line import StatusLine

EXPORT = "export"


class ExportController(QObject):
    """Export of the open project; message carries a sentence where the dialog does not stand any more."""

    message = Signal(str)

    def __init__(
        self, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine, settings: Settings
    ) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._settings = settings
        self._job = JobController(EXPORT, lambda: self.tr("Exporting…"), current, jobs, status, self)
        self._job.progressed.connect(self._show_progress)
        self._job.stopped.connect(self._tell_stopped)
        self.dialog: ExportDialog | None = None

    def open(self) -> None:
        """Ask how and where to."""
        project = self._current.project
        if project is None:
            return
        if self._job.running:
            self.message.emit(self.tr("An export is still going on; wait until it is through, or stop it."))
            return
        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = ExportDialog(project, self._settings, self._window)
        dialog.exportAsked.connect(self.write_out)
        dialog.stopAsked.connect(self.stop)
        dialog.open()

    def write_out(self, choice: ExportChoice) -> None:
        """Write what was confirmed."""
        project = self._current.project
        if project is None:
            return
        path = project.path

        def work(job: Job) -> ExportReport | CorpusReport | UserError:
            """Write and read back; what goes wrong is an outcome like any other."""
            how: dict[str, Any] = {"selection": choice.selection, "pseudonyms": choice.pseudonyms}
            how |= {"progress": job.report_progress} | choice.options
            try:
                with Project.open_to_read(path) as own:
                    if choice.corpus:
                        return export_corpus(own, choice.path, choice.format, choice.corpus, **how)
                    return export_project(own, choice.path, choice.format, **how)
            except UserError as fault:
                return fault

        self._job.run(work, self._end)

    def stop(self) -> None:
        """Stop, unless it is too late; a file that was there before stays as it was."""
        self._job.stop()

    def _shown_dialog(self) -> ExportDialog | None:
        """Return the dialog, where it stands."""
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else None

    def _end(self, outcome: ExportReport | CorpusReport | UserError) -> None:
        """Say what was written, and that some labels need a look in the report."""
        dialog = self._shown_dialog()
        if isinstance(outcome, UserError):
            if dialog is None:
                raise outcome
            dialog.show_fault(outcome)
        elif dialog is not None:
            dialog.show_result(outcome)
        else:
            self.message.emit("\n".join(result_lines(outcome)))

    def _tell_stopped(self) -> None:
        """Say that nothing was written."""
        if dialog := self._shown_dialog():
            dialog.show_stopped()
        else:
            self._job.tell(self.tr("The export was stopped; nothing was written."), self.message.emit)

    def _show_progress(self, done: int, total: int) -> None:
        """Show in the dialog how far the export is."""
        if dialog := self._shown_dialog():
            dialog.show_progress(done, total)
