"""Daily backups in the background, and the dialog about them.

A backup is checked for damage before it is kept. If no backups are made, the project itself is checked instead: when it
is opened, and then once a day. A project that was opened and is older than its newest backup is reported.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.storage.file.backup_folder import Backup, backup_settings, write_backup_settings
from annotator.storage.file.error_translation import damage_error
from annotator.storage.project import Project
from annotator.storage.recovery.backup import DAILY, back_up, is_backup_due, outdated_error
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.projects.backup_dialog import BackupDialog

_JOB = "backup"
_COMPARISON = "comparison with the newest backup"
_FIRST_MS, _EVERY_MS = 10_000, 3_600_000
"""When to check if a backup is due: this long after a project was opened, and then this often."""


class BackupController(QObject):
    """Makes the daily backup of the open project, or checks the project if backups are turned off.

    message carries an error, statusMessage the result of a backup that the user started.
    """

    message = Signal(str)
    statusMessage = Signal(str)

    def __init__(self, window: QWidget, current: CurrentProject) -> None:
        super().__init__(window)
        self._window = window
        self._current = current
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self._show_error)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._checked: float | None = None
        """When the open project was last checked without a backup, in seconds of time.monotonic()."""
        self._is_compared = False
        self.dialog: BackupDialog | None = None
        current.sessionChanged.connect(self._follow)

    def look(self) -> None:
        """Make a backup of the open project, or check it, if that is due."""
        project = self._current.project
        if project is None or self._current.is_practice:
            return
        self._timer.start(_EVERY_MS)
        if not self._is_compared:
            self._is_compared = True
            self._compare(project.path)
        try:
            is_kept = backup_settings().kept > 0
            due = is_backup_due(project.path) if is_kept else self._is_check_due()
        except UserError as error:
            self._show_error(_JOB, error)
            return
        if not due or self._jobs.running(_JOB):
            return
        if is_kept:
            self._start(project.path, asked=False)
        else:
            self._check(project.path)

    def make(self) -> None:
        """Make a backup of the open project now."""
        if self._current.project is not None:
            self._start(self._current.project.path, asked=True)

    def open(self) -> None:
        """Show the backup settings, and store them."""
        try:
            settings = backup_settings()
        except UserError as error:
            self.message.emit(error_text(error))
            return
        if self.dialog is not None:
            self.dialog.deleteLater()
        dialog = self.dialog = BackupDialog(
            settings, self._current.project.path if self._current.project else None, self._window
        )
        dialog.backupRequested.connect(self.make)
        dialog.accepted.connect(lambda: self._keep(dialog))
        dialog.open()

    def stop(self) -> None:
        """Stop the backup that runs, and wait until it has stopped."""
        self._timer.stop()
        self._jobs.stop()

    def _follow(self) -> None:
        for job in (_JOB, _COMPARISON):
            self._jobs.cancel(job)
        self._checked, self._is_compared = None, False
        if self._current.project is None:
            self._timer.stop()
        else:
            self._timer.start(_FIRST_MS)

    def _is_check_due(self) -> bool:
        return self._checked is None or time.monotonic() - self._checked > DAILY

    def _check(self, path: Path) -> None:

        def work(job: Job) -> None:
            if Project.check(path, on_progress=lambda: job.report_progress(0, 0)):
                raise damage_error(path)

        self._checked = time.monotonic()
        self._jobs.run(_JOB, work, lambda _: None)

    def _compare(self, path: Path) -> None:

        def work(_job: Job) -> Backup | None:
            with Project.open_to_read(path) as project:
                return project.newer_backup()

        def done(newer: Backup | None) -> None:
            if newer:
                self.message.emit(error_text(outdated_error(path, newer)))

        self._jobs.run(_COMPARISON, work, done)

    def _start(self, path: Path, *, asked: bool) -> None:

        def work(job: Job) -> Path | None:
            return back_up(path, on_progress=lambda: job.report_progress(0, 0))

        def done(made: Path | None) -> None:
            if asked:
                self.statusMessage.emit(
                    self.tr("Backup created.") if made else self.tr("Nothing has changed since the last backup.")
                )
            if self.dialog is not None:
                self.dialog.show_newest()

        self._jobs.run(_JOB, work, done)

    def _keep(self, dialog: BackupDialog) -> None:
        try:
            write_backup_settings(dialog.settings())
        except UserError as error:
            self.message.emit(error_text(error))

    def _show_error(self, _job: str, error: Exception) -> None:
        """Show an error, and make no daily backup until a project is opened again."""
        self._timer.stop()
        if not isinstance(error, UserError):
            raise error
        self.message.emit(error_text(error))
