"""Cuts the open document into tokens a little at a time, so that the first step by word waits for nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.ui.base.current_project import CurrentProject

_PAUSE_MS = 20
"""Between two parts, each of which takes some milliseconds: a key is never kept waiting."""


class IdleTokenizer(QObject):
    """Begins whenever a document opens."""

    def __init__(self, current: CurrentProject) -> None:
        """Follow the current project."""
        super().__init__(current)
        self._current = current
        self.timer = QTimer(self, interval=_PAUSE_MS)
        self.timer.timeout.connect(self._go_on)
        current.documentOpened.connect(self.timer.start)

    def _go_on(self) -> None:
        """Cut the next part, and stop behind the last."""
        session = self._current.session
        if session is None or not session.tokens.advance():
            self.timer.stop()
