"""Watch the project file: other windows that write to it, and the file being moved or replaced."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from annotator.errors import UserError
from annotator.session import Outcome, Session
from annotator.storage.file.connection import FileStatus
from annotator.storage.file.watcher import ExternalChanges, ExternalChangeWatcher, restore_copy
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate
from annotator.ui.window.message_bar import MessageBar
from annotator.ui.window.workspace import Workspace

_EVERY_MS = 2_000
_BEAT_MS = 3_600_000
"""How often a window writes that it is still open. After twelve hours without that, others count it as closed."""


class FileWatcher(QObject):
    """Checks every two seconds, and whenever the window becomes active.

    changed is emitted after the articles show what others wrote. openRequested carries the path of a project that was
    restored.
    """

    changed = Signal()
    statusMessage = Signal(str)
    openRequested = Signal(Path)

    def __init__(
        self,
        window: QWidget,
        current: CurrentProject,
        workspace: Workspace,
        message: MessageBar,
        is_writing: Callable[[], bool],
    ) -> None:
        """Watch the project of a window. is_writing is True while the window itself writes by another connection."""
        super().__init__(window)
        self._current = current
        self._workspace = workspace
        self._message = message
        self._is_writing = is_writing
        self._watcher: ExternalChangeWatcher | None = None
        self._own: set[str] = set()
        self._is_paused = False
        self._where = FileStatus.PRESENT
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.check)
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._write_heartbeat)
        current.sessionChanged.connect(self._start_watching)
        current.closing.connect(self._stop_watching)
        current.outcome.connect(self._count)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._follow)

    def check(self) -> None:
        """Check that the file is in its place, and read what others wrote."""
        watcher = self._watcher
        if watcher is None or self._is_writing():
            return
        try:
            self._show_file_status(watcher, watcher.file_status())
            if self._is_paused:
                return
            changes = watcher.poll(self._own)
        except UserError:
            # The next write will report the error.
            return
        self._own = set()
        if changes.changed:
            self._show_changes(changes)

    def pause(self) -> None:
        """Ignore what is written from now on: a merge of this window writes, and reports what it adds itself."""
        self._is_paused = True

    def resume(self) -> None:
        """Check again from now on."""
        self._is_paused, self._own = False, set()
        if self._watcher is not None:
            # If the file cannot be read, the next check reports nothing either.
            with suppress(UserError):
                self._watcher.mark_seen()

    def _start_watching(self, session: Session | None) -> None:
        self._timer.stop()
        self._own, self._where = set(), FileStatus.PRESENT
        if session is None:
            return
        try:
            self._watcher = session.project.watch()
            self._watcher.register_window(session.annotator.id)
            others = self._watcher.other_windows()
        except UserError:
            return
        if others:
            self.statusMessage.emit(
                self.tr(
                    "This project is also open in another window. You can work in both: decisions appear in the other "
                    "window within seconds."
                )
            )
        self._timer.start()
        self._beat.start()

    def _stop_watching(self) -> None:
        self._timer.stop()
        self._beat.stop()
        if self._watcher is not None:
            self._watcher.unregister_window()
            self._watcher = None

    def _write_heartbeat(self) -> None:
        if self._watcher is not None and not self._is_writing():
            self._watcher.heartbeat()

    def _count(self, outcome: Outcome) -> None:
        if outcome.change is not None:
            self._own.add(outcome.change.edit.id)

    def _follow(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.check()

    def _show_file_status(self, watcher: ExternalChangeWatcher, where: FileStatus) -> None:
        if where is self._where:
            return
        self._where = where
        project = self._current.project
        name = isolate(str(project.path)) if project else ""
        if where is FileStatus.PRESENT:
            self._message.hide()
            self.statusMessage.emit(self.tr("The project file is back. Changes can be saved again."))
            return
        watcher.checkpoint()
        said = {
            FileStatus.MISSING: self.tr(
                "{0} was moved, renamed or deleted. Move it back, open it at its new location, or restore a copy. "
                "Until then, changes cannot be saved."
            ),
            FileStatus.REPLACED: self.tr(
                "{0} was replaced by another file. Restore the original to continue, or open the new file. If both "
                "contain work, merge them. Until then, changes cannot be saved."
            ),
        }[where]
        if where is FileStatus.MISSING:
            self._message.show_message(said.format(name), self.tr("Restore a copy"), self._restore_copy)
        else:
            self._message.show_message(said.format(name))

    def _restore_copy(self) -> None:
        """Write a copy of the open project to its place, and open that."""
        watcher, project = self._watcher, self._current.project
        if watcher is None or project is None:
            return
        aside = None
        try:
            aside = watcher.write_copy()
            # SQLite would take the WAL of the open old file for that of the new one.
            self._current.close()
            restore_copy(aside, project.path)
        except UserError as error:
            kept = self.tr("Your work is saved in {0}.").format(isolate(str(aside))) if aside else ""
            self._message.show_message(f"{error_text(error)} {kept}".strip())
            return
        self.openRequested.emit(project.path)

    def _show_changes(self, changes: ExternalChanges) -> None:
        """Update the state from a change, or read it from the project if the change is not enough.

        It is not enough if another window changed what the edit was based on, or if labels were merged: the annotations
        under both names have to be read together.
        """
        session = self._current.session
        if session is None:
            return
        self._workspace.document_list.show_added()
        if not changes:
            return
        self._workspace.show_external_changes()
        self.changed.emit()
        others = changes.annotators - {session.annotator.id}
        names = sorted(person.name for person in session.project.annotators.all() if person.id in others)
        said = digits(self.tr("%n decision(s) received from another window", "", changes.edits))
        self.statusMessage.emit(f"{said}: {isolate(', '.join(names))}" if names else f"{said}.")
