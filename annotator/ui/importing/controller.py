"""Articles come in: looked into and asked about in a dialog, then taken in behind the work by a door of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
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
from annotator.ui.jobs.job_controller import JobController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.widgets.file_dialogs import ask_folder, ask_open_files, name_filter

IMPORT = "import"
_PROBLEMS_TOLD = 3


class ImportController(QObject):
    """Import into the open project.

    message carries a sentence where the dialog does not stand any more, arrived says that documents came in, ended that
    no more will.
    """

    message = Signal(str)
    arrived = Signal()
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
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._appearance = appearance
        self._settings = settings
        self._job = JobController(IMPORT, lambda: self.tr("Importing…"), current, jobs, status, self)
        self._job.progressed.connect(self._show_progress)
        self._job.stopped.connect(self._tell_stopped)
        self.dialog: ImportDialog | None = None

    def files(self) -> None:
        """Ask for files and take them in."""
        if self._refuse_second():
            return
        kinds = (
            name_filter(self.tr("Articles"), *(f"*{suffix}" for suffix in readers_by_suffix())),
            name_filter(self.tr("All files"), "*"),
        )
        self.take_in(ask_open_files(self._window, self.tr("Import articles"), self._folder(), ";;".join(kinds)))

    def folder(self) -> None:
        """Ask for a folder and take in all that is in it."""
        if self._refuse_second():
            return
        folder = ask_folder(self._window, self.tr("Import a folder"), self._folder())
        self.take_in([folder] if folder is not None else [])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Look into files and folders, and ask what becomes of what is in them."""
        project = self._current.project
        if project is None or not paths or self._refuse_second():
            return
        self._settings.keep("import/folder", str(paths[0].parent))
        if self.dialog is not None:
            self.dialog.deleteLater()
        me = self._current.annotator.name
        others = [person.name for person in project.annotators.all() if person.name != me]
        dialog = ImportDialog(
            paths, project.path, project.tagset, [me, *others], self._appearance.theme, self._settings, self._window
        )
        dialog.importAsked.connect(self.bring_in)
        dialog.stopAsked.connect(self.stop)
        self.dialog = dialog
        dialog.open()

    def bring_in(self, order: ImportRequest) -> None:
        """Import as asked; what goes wrong is an outcome like any other."""
        project = self._current.project
        if project is None:
            return
        path, me = project.path, self._current.annotator

        def work(job: Job) -> ImportReport | UserError:
            """Read the files and store the documents."""
            try:
                with Project.open(path) as own:
                    person = find_annotator(own, order.annotator, me) if order.what is LabelImport.TAKE else None
                    return import_paths(
                        own,
                        order.paths,
                        progress=job.report_progress,
                        target=None if order.what is LabelImport.LEAVE else ImportTarget(person, order.labels),
                        reader=order.readers,
                        options=ReadOptions(order.sentences),
                        who=lambda: me,
                    )
            except UserError as fault:
                return fault

        self._job.run(work, lambda outcome: self._end(order, outcome))

    def stop(self) -> None:
        """Stop, unless it is too late; documents that came in stay."""
        self._job.stop()

    def _refuse_second(self) -> bool:
        """Say that an import goes on, and return True, where one does."""
        if self._job.running:
            self.message.emit(self.tr("An import is still going on; wait until it is through, or stop it."))
        return self._job.running

    def _shown_dialog(self) -> ImportDialog | None:
        """Return the dialog, where it stands."""
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else None

    def _folder(self) -> Path:
        """Return the folder from which articles came last."""
        last = Path(self._settings.text("import/folder") or Path.home())
        return last if last.is_dir() else Path.home()

    def _end(self, order: ImportRequest, outcome: ImportReport | UserError) -> None:
        """Say what came in, what was there already, what was left out, and what could not be taken and why."""
        dialog = self._shown_dialog()
        if isinstance(outcome, UserError):
            if dialog is None:
                raise outcome
            dialog.show_fault(outcome)
            return
        if dialog is not None:
            dialog.show_result(outcome)
        else:
            lines = [" ".join(ImportMessages().result_lines(outcome, taken=order.what is not LabelImport.LEAVE))]
            self.message.emit("\n".join([*lines, *problem_lines(outcome, _PROBLEMS_TOLD)]))
        self.arrived.emit()
        self.ended.emit()

    def _tell_stopped(self) -> None:
        """Say that what came in by now stays, and show it."""
        if dialog := self._shown_dialog():
            dialog.show_stopped()
        else:
            self._job.tell(self.tr("The import was stopped; what had come in by then stays."), self.message.emit)
        self.arrived.emit()
        self.ended.emit()

    def _show_progress(self, done: int, total: int) -> None:
        """Show how far the import is; what has come in by now is shown in the list."""
        if dialog := self._shown_dialog():
            dialog.show_progress(done, total)
        self.arrived.emit()
