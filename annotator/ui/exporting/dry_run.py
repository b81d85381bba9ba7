"""Counts behind an export's dialog: first how the file will look, then what of all labels will stand exactly."""

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
"""Formats that are tables of words."""
_FIRST = 3
"""How many articles are written to show how the file will look."""
_SOON_MS = 250
"""How long nothing is chosen before the counting begins anew."""
_Show = Callable[[ExportRequest, DryRun], None]


class DryRunController(QObject):
    """Keeps a preview true to what is asked; each rehearsal opens the project by a door of its own."""

    def __init__(self, project: Path, preview: PreviewBox, ask: Callable[[], ExportRequest], parent: QObject) -> None:
        """Rehearse for the project at a path; ask tells what is asked for now."""
        super().__init__(parent)
        self._project = project
        self._preview = preview
        self._ask = ask
        self._jobs = Jobs(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.begin)
        preview.stopAsked.connect(self.stop)
        preview.againAsked.connect(self.begin)
        self._jobs.progressed.connect(self._show_progress)
        self._jobs.failed.connect(self._fail)

    def begin_soon(self) -> None:
        """Begin when nothing has been chosen for a moment."""
        self._soon.start()

    def begin(self) -> None:
        """Show how the file will look, and then count what will stand exactly in it."""
        self._soon.stop()
        self._jobs.cancel(COUNT)
        self._preview.show_working(True)
        self._run(HEAD, self._ask(), _FIRST, self._show_head)

    def stop(self) -> None:
        """Stop counting."""
        self._soon.stop()
        for name in (HEAD, COUNT):
            self._jobs.cancel(name)
        self._preview.show_stopped()

    def close(self) -> None:
        """Stop, and wait until the thread is still."""
        self._soon.stop()
        self._jobs.stop()

    def _run(
        self, name: str, request: ExportRequest, first: int | None, show: Callable[[ExportRequest, DryRun], None]
    ) -> None:
        """Rehearse with the first documents, or all."""
        path = self._project

        def work(job: Job) -> DryRun | UserError:
            """Rehearse; what the format cannot hold at all is an outcome like any other."""
            try:
                with Project.open_to_read(path) as own:
                    return dry_run(own, request, first=first, progress=job.report_progress)
            except UserError as fault:
                return fault

        def end(outcome: DryRun | UserError) -> None:
            """Show the outcome."""
            if isinstance(outcome, UserError):
                self._preview.show_problem(error_text(outcome))
            else:
                show(request, outcome)

        self._jobs.run(name, work, end)

    def _show_head(self, request: ExportRequest, rehearsal: DryRun) -> None:
        """Show the first lines, and go on to count."""
        if rehearsal.report.documents:
            self._preview.show_lines(rehearsal.head, request.format in _RIGHT_TO_LEFT)
        else:
            self._preview.show_nothing()
        self._run(COUNT, request, None, lambda _request, whole: self._preview.show_counts(whole.report))

    def _show_progress(self, name: str, done: int, total: int) -> None:
        """Show how far the counting is."""
        if name == COUNT:
            self._preview.show_progress(done, total)

    def _fail(self, _name: str, fault: Exception) -> None:
        """Pass a fault of the program on to the last resort."""
        self._preview.show_stopped()
        raise fault
