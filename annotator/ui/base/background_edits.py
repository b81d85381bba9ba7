"""Edits of hundreds of spans, written in another thread while the window goes on painting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.edit import Change
from annotator.session import BackgroundEdit
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Jobs

_JOB = "large edit"


class BackgroundEdits(QObject):
    """Writes one large edit at a time; keys pressed meanwhile are carried out after it, in their order.

    statusMessage carries a sentence, failed what Jobs.failed does.
    """

    statusMessage = Signal(str)  # noqa: N815
    failed = Signal(str, object)

    def __init__(self, current: CurrentProject, parent: QObject) -> None:
        """Write to the session of the current project."""
        super().__init__(parent)
        self._current = current
        self._jobs = Jobs(self)
        self._waiting: deque[Callable[[], object]] = deque()
        self._jobs.failed.connect(self._fail)
        current.closing.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Return whether an edit is being written."""
        return self._jobs.running(_JOB)

    def write(self, large: BackgroundEdit, then: Callable[[Change | None], object] = lambda _: None) -> None:
        """Write an edit and have the session take it over; then gets the change, or None if nothing was to change."""
        session = self._current.session
        self.statusMessage.emit(self.tr("Saving…"))

        def take(_: None) -> None:
            """Show what was written, and go on with what waited."""
            if session is not None and self._current.session is session:
                then(session.take(large))
            self._go_on()

        self._jobs.run(_JOB, lambda _: large.write(), take)

    def after(self, act: Callable[[], object]) -> None:
        """Carry something out now, or when the edit that is being written is there."""
        if self.busy:
            self._waiting.append(act)
        else:
            act()

    def stop(self) -> None:
        """Wait until the edit that is being written is on the disk, and forget what waits for it."""
        self._waiting.clear()
        self._jobs.wait()
        self._jobs.stop()

    def _go_on(self) -> None:
        """Carry out what waited, up to the next large edit."""
        while self._waiting and not self.busy:
            self._waiting.popleft()()

    def _fail(self, name: str, fault: Exception) -> None:
        """Pass on what went wrong, and go on."""
        self.failed.emit(name, fault)
        self._go_on()
