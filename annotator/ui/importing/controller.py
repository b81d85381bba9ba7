"""Imports articles into the open project, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.formats.base.reader import ReadOptions
from annotator.formats.registry import readers_by_suffix
from annotator.services.importing.annotations import ImportTarget, find_annotator
from annotator.services.importing.importer import ImportReport, import_paths
from annotator.storage.project import Project
from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.importing.dialog import ImportDialog, ImportRequest
from annotator.ui.importing.messages import ImportMessages, problem_lines
from annotator.ui.importing.options_page import LabelImport
from annotator.ui.jobs.long_task import LongTaskController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.widgets.file_dialogs import ask_folder, ask_open_files, name_filter

IMPORT = "import"


class ImportController(LongTaskController):
    """Asks for files, opens the import dialog and runs the import.

    arrived says that articles have been added, also while the import runs; ended that no more will be. openRequested
    carries the id of the first new article.
    """

    arrived = Signal()
    openRequested = Signal(str)
    ended = Signal()

    def __init__(
        self,
        window: QWidget,
        current: CurrentProject,
        jobs: Jobs,
        status: StatusLine,
        appearance: Appearance,
        settings: Settings,
    ) -> None:
        """Import for a window."""
        super().__init__(IMPORT, window, current, jobs, status)
        self._appearance = appearance
        self._settings = settings
        self.dialog: ImportDialog | None = None
        self._before = 0
        self.progressed.connect(self.arrived)

    def import_files(self) -> None:
        """Ask for files and import them."""
        if self.refuse_second():
            return
        articles = name_filter(self.tr("Articles"), *(f"*{suffix}" for suffix in readers_by_suffix()))
        filters = ";;".join((articles, name_filter(self.tr("All files"), "*")))
        self.open(ask_open_files(self._window, self.tr("Import articles"), self._folder(), filters))

    def import_folder(self) -> None:
        """Ask for a folder and import everything in it."""
        if self.refuse_second():
            return
        folder = ask_folder(self._window, self.tr("Import folder"), self._folder())
        self.open([folder] if folder is not None else [])

    def open(self, paths: Sequence[Path]) -> None:
        """Open the import dialog for files and folders."""
        if not paths:
            return
        me = self._current.annotator.name

        def make(project: Project) -> ImportDialog:
            self._settings.set("import/folder", str(paths[0].parent))
            others = [person.name for person in project.annotators.all() if person.name != me]
            return ImportDialog(
                paths, project.path, project.tagset, [me, *others], self._appearance.theme, self._settings, self._window
            )

        self.open_dialog(make, self.start)

    def start(self, request: ImportRequest) -> None:
        """Import in the background."""
        me, take = self._current.annotator, request.what is LabelImport.TAKE
        self._before = self._current.project.documents.count() if self._current.project else 0

        def work(path: Path, job: Job) -> ImportReport:
            with Project.open(path) as project:
                person = find_annotator(project, request.annotator, me) if take else None
                return import_paths(
                    project,
                    request.paths,
                    progress=job.report_progress,
                    target=None if request.what is LabelImport.LEAVE else ImportTarget(person, request.labels),
                    reader=request.readers,
                    options=ReadOptions(request.sentences),
                    who=lambda: me,
                )

        self.run(work, lambda report: self._finish(request, report))

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Importing…")

    def already_running_text(self) -> str:
        """Return what to say to a second import."""
        return self.tr("An import is already running. Wait for it to finish, or stop it.")

    def was_stopped(self) -> None:
        """Show the articles that were imported before the stop; they are kept."""
        stopped = self.tr("Import stopped. Articles imported so far were kept.")
        self.show_result([stopped], stopped=True)
        self.arrived.emit()
        self.ended.emit()

    def _finish(self, request: ImportRequest, report: ImportReport) -> None:
        """Open the first new article. The dialog stays open only if something was not imported."""
        with_labels = request.what is not LabelImport.LEAVE
        sentences, problems = ImportMessages().result_lines(report, with_labels=with_labels), problem_lines(report)
        watched = self.dialog is not None and self.dialog.isVisible()
        if report.added and not problems:
            self.show_summary(sentences, sentences)
        else:
            self.show_result(sentences, problems)
        self.arrived.emit()
        self.ended.emit()
        # Whoever closed the dialog went on labelling: another article would be in the way.
        if watched and report.added and self._current.project is not None and self.is_in_project:
            for first in self._current.project.documents.page_ids(self._before + report.restored, 1):
                self.openRequested.emit(first)

    def _folder(self) -> Path:
        """Return the folder of the last import."""
        last = Path(self._settings.text("import/folder") or Path.home())
        return last if last.is_dir() else Path.home()
