"""Split the open document into tokens while the program is idle, so that the first move by word is not delayed.

Then prepare the jump to a word, which needs them, for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from annotator.ui.base.current_project import CurrentProject

_PAUSE_MS = 20
"""The pause between two parts, and after a decision. A part takes a few milliseconds, so a key never waits for long."""


class IdleTokenizer(QObject):
    """Starts whenever a document is opened."""

    def __init__(self, current: CurrentProject, advance: Callable[[], bool]) -> None:
        """Call advance after the tokens, until it returns False."""
        super().__init__(current)
        self._current = current
        self._advance = advance
        self.timer = QTimer(self, interval=_PAUSE_MS)
        self.timer.timeout.connect(self._go_on)
        current.documentOpened.connect(self.timer.start)
        current.outcome.connect(self._put_off)

    def _put_off(self) -> None:
        """Let the next frame come first."""
        if self.timer.isActive():
            self.timer.start()

    def _go_on(self) -> None:
        session = self._current.session
        if session is None or not (session.tokens.advance() or self._advance()):
            self.timer.stop()
