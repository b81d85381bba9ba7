"""Dry runs behind the export dialog: first a preview of the file, then the counts of the whole export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from annotator.errors import UserError
from annotator.services.exporting.dry_run import DryRun, dry_run
from annotator.services.exporting.request import ExportRequest
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.exporting.preview_box import PreviewBox

HEAD, COUNT = "head", "count"
_RIGHT_TO_LEFT = ("conll", "conllu", "csv")
"""Formats that are tables with Arabic in the first column."""
_FIRST = 3
"""Articles in the preview."""
_SOON_MS = 250
"""The pause after the last change of an option, before the next dry run."""
_Show = Callable[[ExportRequest, DryRun], None]


class DryRunController(QObject):
    """Updates a preview after each change of the options. Each dry run opens the project for itself, in a thread."""

    def __init__(
        self, project: Path, preview: PreviewBox, request: Callable[[], ExportRequest], parent: QObject
    ) -> None:
        """Run for the project at a path; request returns the present options."""
        super().__init__(parent)
        self._project = project
        self._preview = preview
        self._request = request
        self._jobs = Jobs(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.begin)
        preview.stopRequested.connect(self.stop)
        preview.restartRequested.connect(self.begin)
        self._jobs.progressed.connect(self._show_progress)
        self._jobs.failed.connect(self._fail)

    def begin_soon(self) -> None:
        """Begin when no option has been changed for a moment."""
        self._soon.start()

    def begin(self) -> None:
        """Show a preview of the file, and then the counts."""
        self._soon.stop()
        self._jobs.cancel(COUNT)
        self._preview.show_working(True)
        self._run(HEAD, self._request(), _FIRST, self._show_head)

    def stop(self) -> None:
        """Stop the dry run."""
        self._soon.stop()
        for name in (HEAD, COUNT):
            self._jobs.cancel(name)
        self._preview.show_stopped()

    def close(self) -> None:
        """Stop, and wait until the thread has ended."""
        self._soon.stop()
        self._jobs.stop()

    def _run(self, name: str, request: ExportRequest, first: int | None, show: _Show) -> None:
        """Run with the first documents, or all."""
        path = self._project

        def work(job: Job) -> DryRun | UserError:
            """Return an error as a result: a format that cannot do what is asked is nothing unusual here."""
            try:
                with Project.open_to_read(path) as own:
                    return dry_run(own, request, first=first, progress=job.report_progress)
            except UserError as error:
                return error

        def end(outcome: DryRun | UserError) -> None:
            if isinstance(outcome, UserError):
                self._preview.show_problem(error_text(outcome))
            else:
                show(request, outcome)

        self._jobs.run(name, work, end)

    def _show_head(self, request: ExportRequest, result: DryRun) -> None:
        """Show the first lines, and then run with all documents."""
        if result.report.documents:
            self._preview.show_lines(result.head, request.format in _RIGHT_TO_LEFT)
        else:
            self._preview.show_nothing()
        self._run(COUNT, request, None, lambda _request, whole: self._preview.show_counts(whole.report))

    def _show_progress(self, name: str, done: int, total: int) -> None:
        if name == COUNT:
            self._preview.show_progress(done, total)

    def _fail(self, _name: str, error: Exception) -> None:
        """Raise a bug where the main thread reports it."""
        self._preview.show_stopped()
        raise error
