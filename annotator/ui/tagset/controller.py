"""Opens the tagset editor and the guidelines, and watches for changes that others make to the tagset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.tagset.changes import AddLabel, TagsetChange
from annotator.errors import UserError
from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.theme import Theme
from annotator.ui.tagset.dialog import TagsetDialog
from annotator.ui.tagset.guideline_dialog import GuidelineDialog

LOOK = 2000
"""How often to check if another window or a command changed the tagset, in ms."""


class TagsetController(QObject):
    """Handles the actions about labels.

    message carries a message, placeRequested an Example to show in the article.
    """

    message = Signal(str)
    placeRequested = Signal(object)

    def __init__(self, window: QWidget, current: CurrentProject, appearance: Appearance) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._current = current
        self._appearance = appearance
        self._guide: GuidelineDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.read_changes)
        current.sessionChanged.connect(self._begin)
        current.tagsetChanged.connect(self._read)
        appearance.themeChanged.connect(self._show_theme)

    def open(self) -> None:
        """Open the editor with the label of the focused span, and apply all changes as one edit."""
        session = self._current.session
        self.edit(session.focus.label if session and session.focus else "")

    def edit(self, label_id: str) -> None:
        """Open the editor with a label."""
        session = self._current.session
        if session is None:
            return
        self.read_changes()
        dialog = TagsetDialog(session.project, self._appearance.theme, self._window, label_id, self.read_changes)
        self._current.tagsetChanged.connect(dialog.rebase)
        if dialog.exec():
            changes = dialog.steps.changes()
            try:
                session.change_tagset(changes)
            except UserError as error:
                self.message.emit(error_text(error))
            else:
                self._suggest_generating(changes)
        dialog.deleteLater()

    def guideline(self) -> None:
        """Show the guideline of the label of the focused span, or else of the label that was shown last."""
        session = self._current.session
        if session is None or not session.tagset.labels:
            return
        if self._guide is None:
            guide = self._guide = GuidelineDialog(session.project, self._appearance.theme, self._window)
            guide.openRequested.connect(self.placeRequested)
            guide.editRequested.connect(self.edit)
        self._guide.show_label(session.focus.label if session.focus else self._guide.label().id)
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    def read_changes(self) -> None:
        """Read changes of the tagset that another window or a command made."""
        session = self._current.session
        if session is None:
            return
        try:
            session.read_tagset()
        except UserError:
            # The next write reports that the file is missing.
            return

    def _suggest_generating(self, changes: Sequence[TagsetChange]) -> None:
        if any(isinstance(change, AddLabel) for change in changes):
            self.message.emit(self.tr("To get suggestions for new labels, choose Project › Generate suggestions."))

    def stop(self) -> None:
        """Close the guidelines."""
        self._timer.stop()
        if self._guide is not None:
            self._guide.stop()
            self._guide.close()
            self._guide.deleteLater()
            self._guide = None

    def _begin(self, session: object) -> None:
        self.stop()
        if session is not None:
            self._timer.start()

    def _read(self) -> None:
        if self._guide is not None:
            self._guide.read_tagset()

    def _show_theme(self, theme: Theme) -> None:
        if self._guide is not None:
            self._guide.set_theme(theme)
