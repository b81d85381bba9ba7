"""Exports the open project, in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.services.corpus.export_corpus import CorpusReport, export_corpus
from annotator.services.exporting.export import export_project
from annotator.services.exporting.report import ExportReport
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.dialog import ExportChoice, ExportDialog
from annotator.ui.exporting.messages import exact_count, result_lines, selection_lines
from annotator.ui.jobs.long_task import LongTaskController
from annotator.ui.jobs.status_line import StatusLine

EXPORT = "export"


class ExportController(LongTaskController):
    """Opens the export dialog and runs the export."""

    separator = "\n"

    def __init__(
        self, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine, settings: Settings
    ) -> None:
        """Export for a window."""
        super().__init__(EXPORT, window, current, jobs, status)
        self._settings = settings
        self.dialog: ExportDialog | None = None

    def open(self) -> None:
        """Open the export dialog."""
        self.open_dialog(lambda project: ExportDialog(project, self._settings, self._window), self.start)

    def start(self, choice: ExportChoice) -> None:
        """Export in the background."""

        def work(path: Path, job: Job) -> ExportReport | CorpusReport:
            export = export_corpus if choice.request.corpus else export_project
            with Project.open_to_read(path) as project:
                return export(project, choice.path, choice.request, progress=job.report_progress)

        self.run(work, self._finish)

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Exporting…")

    def already_running_text(self) -> str:
        """Return what to say to a second export."""
        return self.tr("An export is already running. Wait for it to finish, or stop it.")

    def was_stopped(self) -> None:
        """Report the stop; a file that was there before is unchanged."""
        self.show_result([self.tr("Export stopped. Nothing was written.")], stopped=True)

    def _finish(self, report: ExportReport | CorpusReport) -> None:
        if self.dialog is not None:
            self.dialog.written = report.path
        lines = result_lines(report)
        count = exact_count(report)
        if count is None:
            self.show_result(lines)
            return
        said = digits(self.tr("%n annotation(s), all exact.", "", count))
        self.show_summary([lines[0], said, *selection_lines(report.selected)[:1]], lines)
