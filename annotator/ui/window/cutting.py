"""Cuts the open document into tokens a little at a time, so that the first step by word waits for nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.ui.base.current_project import Desk

_PAUSE_MS = 20
"""Between two parts, each of which takes some milliseconds: a key is never kept waiting."""


class Cutting(QObject):
    """Begins whenever a document opens."""

    def __init__(self, desk: Desk) -> None:
        """Serve a desk."""
        super().__init__(desk)
        self._desk = desk
        self.timer = QTimer(self, interval=_PAUSE_MS)
        self.timer.timeout.connect(self._go_on)
        desk.documentOpened.connect(self.timer.start)

    def _go_on(self) -> None:
        """Cut the next part, and stop behind the last."""
        session = self._desk.session
        if session is None or not session.tokens.advance():
            self.timer.stop()
