"""Articles come in and labels go out: the two desks for it behind the actions of the Project menu."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.controller import ExportController
from annotator.ui.importing.controller import IMPORT, ImportController
from annotator.ui.jobs.status_line import StatusLine

__all__ = ["IMPORT", "Transfers"]


class Transfers(QObject):
    """Import and export of the open project; message carries a sentence, arrived says that documents came in."""

    message = Signal(str)
    arrived = Signal()

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
        self.imports = ImportController(window, current, jobs, status, appearance, settings)
        self.exports = ExportController(window, current, jobs, status, settings)
        self.imports.message.connect(self.message)
        self.imports.arrived.connect(self.arrived)
        self.exports.message.connect(self.message)

    def import_files(self) -> None:
        """Ask for files and take them in."""
        self.imports.files()

    def import_folder(self) -> None:
        """Ask for a folder and take in all that is in it."""
        self.imports.folder()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Look into files and folders, and ask what becomes of what is in them."""
        self.imports.take_in(paths)

    def export(self) -> None:
        """Ask how and where to, and write what was confirmed."""
        self.exports.open()

    def stop(self) -> None:
        """Stop both: documents that came in stay, and a file that was there before an export stays as it was."""
        self.imports.stop()
        self.exports.stop()
