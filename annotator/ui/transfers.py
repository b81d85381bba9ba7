"""Articles come in and labels go out, in the background; each job opens the project by a door of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.formats.registry import readers
from annotator.storage.project import Project
from annotator.ui.desk import Desk
from annotator.ui.dialogs.export_dialog import ExportChoice, ExportDialog
from annotator.ui.dialogs.file_dialogs import ask_several
from annotator.ui.i18n import digits, isolate
from annotator.ui.jobs import Jobs, Ticket
from annotator.ui.panes.status_line import StatusLine
from annotator.work.export_report import ExportReport
from annotator.work.exporting import export_project
from annotator.work.importing import ImportReport, import_paths

IMPORT, EXPORT = "import", "export"
_PROBLEMS_TOLD = 3


class Transfers(QObject):
    """Import and export of the open project; told carries a sentence, arrived says that documents came in."""

    told = Signal(str)
    arrived = Signal()

    def __init__(self, window: QWidget, desk: Desk, jobs: Jobs, status: StatusLine) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._jobs = jobs
        self._status = status
        jobs.progressed.connect(self._show_progress)
        jobs.busy.connect(self._show_busy)
        desk.sessionChanged.connect(self.stop)

    def import_files(self) -> None:
        """Ask for files and take them in."""
        suffixes = sorted({suffix for reader in readers().values() for suffix in reader.suffixes})
        kinds = f"{self.tr('Articles')} ({' '.join(f'*{suffix}' for suffix in suffixes)})"
        self.take_in(ask_several(self._window, self.tr("Import articles"), Path.home(), kinds))

    def import_folder(self) -> None:
        """Ask for a folder and take in all that is in it."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Import a folder"), str(Path.home()))
        self.take_in([Path(name)] if name else [])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Import files and folders."""
        project = self._desk.project
        if project is None or not paths:
            return
        path = project.path

        def work(ticket: Ticket) -> ImportReport:
            """Read the files and store the documents."""
            with Project.open(path) as own:
                return import_paths(own, paths, progress=ticket.tell)

        self._jobs.run(IMPORT, work, self._tell_import)

    def export(self) -> None:
        """Ask how and where to, and write what was confirmed."""
        project = self._desk.project
        if project is None:
            return
        dialog = ExportDialog(project.path, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.write_out(dialog.choice())

    def write_out(self, choice: ExportChoice) -> None:
        """Write what was confirmed."""
        project = self._desk.project
        if project is None:
            return
        path = project.path

        def work(ticket: Ticket) -> ExportReport:
            """Write the file and read it back."""
            with Project.open(path) as own:
                return export_project(
                    own,
                    choice.path,
                    choice.format,
                    clitics=choice.clitics,
                    include_debris=choice.include_debris,
                    progress=ticket.tell,
                )

        self._jobs.run(EXPORT, work, self._tell_export)

    def stop(self) -> None:
        """Stop both: documents that came in stay, and a file that was there before an export stays as it was."""
        self._jobs.cancel(IMPORT)
        self._jobs.cancel(EXPORT)

    def _tell_import(self, report: ImportReport) -> None:
        """Say what came in, what was there already, and what could not be taken and why."""
        said = [self.tr("%n article(s) added.", "", report.added)]
        if report.repeated:
            said.append(self.tr("%n text(s) were here already.", "", len(report.repeated)))
        if report.problems:
            said.append(self.tr("%n could not be taken:", "", len(report.problems)))
        lines = [digits(" ".join(said))]
        lines.extend(f"{isolate(p.place)}: {isolate(p.message)}" for p in report.problems[:_PROBLEMS_TOLD])
        self.told.emit("\n".join(lines))
        self.arrived.emit()

    def _tell_export(self, report: ExportReport) -> None:
        """Say what was written, and that some labels need a look in the report."""
        said = [digits(self.tr("%n label(s) exported; the file was read back and is equal.", "", report.entities))]
        differing = report.altered + report.left_out
        if differing:
            more = digits(self.tr("%n stand otherwise or are left out; they are listed in:", "", differing))
            said.append(f"{more} {isolate(report.report_path.name)}")
        self.told.emit(f"{isolate(report.path.name)}: {' '.join(said)}")

    def _show_progress(self, name: str, done: int, total: int) -> None:
        """Show how far an import or export is; what has come in by now is shown in the list."""
        if name in (IMPORT, EXPORT):
            self._status.show_job(self._doing(name), done, total)
        if name == IMPORT:
            self.arrived.emit()

    def _show_busy(self, name: str, is_busy: bool) -> None:
        """Show that an import or export begins or has ended."""
        if name not in (IMPORT, EXPORT):
            return
        if is_busy:
            self._status.show_job(self._doing(name), 0, 0)
        else:
            self._status.hide_job()

    def _doing(self, name: str) -> str:
        """Say what is being done."""
        return self.tr("Importing…") if name == IMPORT else self.tr("Exporting…")
