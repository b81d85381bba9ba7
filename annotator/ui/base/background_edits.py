"""Write edits of hundreds of spans in another thread, and queue the keys and clicks that come meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from annotator.domain.model.edit import Change
from annotator.session import BackgroundEdit
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.jobs import Jobs

_JOB = "large edit"


class BackgroundEdits(QObject):
    """Writes one background edit at a time. Keys and clicks that come meanwhile are handled after it, in their order.

    failed carries the same as Jobs.failed.
    """

    statusMessage = Signal(str)
    failed = Signal(str, object)

    def __init__(self, current: CurrentProject, parent: QObject) -> None:
        super().__init__(parent)
        self._current = current
        self._jobs = Jobs(self)
        self._waiting: deque[Callable[[], object]] = deque()
        self._has_failed = False
        self._jobs.failed.connect(self._fail)
        current.closing.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Return True while an edit is being written."""
        return self._jobs.running(_JOB)

    def write(self, large: BackgroundEdit, then: Callable[[Change | None], object] = lambda _: None) -> None:
        """Write an edit and let the session take it over.

        then is called with the change, or None if nothing changed.
        """
        session = self._current.session
        self.statusMessage.emit(self.tr("Saving…"))

        def take(_: None) -> None:
            if session is not None and self._current.session is session:
                then(session.take(large))
            self._go_on()

        self._jobs.run(_JOB, lambda _: large.write(), take)

    def after(self, act: Callable[[], object]) -> None:
        """Call a function now, or as soon as the edit in progress is written."""
        if self.busy:
            self._waiting.append(act)
        else:
            act()

    def finish(self) -> bool:
        """Wait until the edit in progress is on disk, and do what is queued. Return False if an edit failed."""
        self._has_failed = False
        while self.busy:
            self._jobs.wait()
            # How the edit ended was posted to this thread, and would be heard of only after what follows.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        return not self._has_failed

    def stop(self) -> None:
        """Wait until the edit in progress is on disk, and drop the queued calls: they may open another project."""
        self._waiting.clear()
        self.finish()

    def _go_on(self) -> None:
        while self._waiting and not self.busy:
            self._waiting.popleft()()

    def _fail(self, name: str, error: Exception) -> None:
        self._has_failed = True
        self.failed.emit(name, error)
        self._go_on()
