"""Background work: every job has a number, tells its progress, can be cancelled, and is forgotten once superseded.

A job gets a snapshot and gives a result; it never touches the project. Results arrive in the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - not a fault: somebody asked for it
    """The job was turned off."""


class Job(QObject):
    """What a running job holds: its number, its off switch, and the way to tell how far it has come."""

    progressed = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(self, number: int, parent: QObject) -> None:
        """Make the handle of job number in the window's thread."""
        super().__init__(parent)
        self.number = number
        self._off = Event()
        self._begun = False
        self._turn = Lock()

    @property
    def cancelled(self) -> bool:
        """Tell whether the job should stop; long work asks between its steps."""
        return self._off.is_set()

    def begin(self) -> bool:
        """Begin the work, and return True, unless it was turned off before."""
        with self._turn:
            self._begun = not self.cancelled
            return self._begun

    def cancel(self) -> bool:
        """Turn the job off, and tell whether its work had begun; if not, it never will."""
        with self._turn:
            self._off.set()
            return self._begun

    def report_progress(self, done: int, total: int) -> None:
        """Tell how far the job has come; raises Stopped, which ends the work, where it was turned off."""
        if self.cancelled:
            raise Stopped
        self.progressed.emit(done, total)


class _Runnable(QRunnable):
    """Carries one function into the pool and its outcome back through the job."""

    def __init__(self, job: Job, work: Callable[[Job], Any]) -> None:
        """Keep what to do until a thread is free."""
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        """Do the work; an exception is an outcome like any other and is judged in the window's thread."""
        result, error = None, None
        try:
            if not self._job.begin():
                raise Stopped
            result = self._work(self._job)
        except Exception as fault:
            error = fault
        self._job._finished.emit(result, error)


class Jobs(QObject):
    """Runs jobs one after another in one thread, by name: a new job of a name makes the earlier one stale.

    Of each job that is not cancelled one is heard in the end: its result, failed, or stopped where it was halted.
    """

    progressed = Signal(str, int, int)
    stopped = Signal(str)
    busy = Signal(str, bool)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a pool of one thread: the work is bound by the interpreter, more threads would only steal time."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._last_number = 0
        self._jobs: dict[str, Job] = {}

    def run(self, name: str, work: Callable[[Job], T], done: Callable[[T], None]) -> int:
        """Start a job and return its number; done gets the result, unless the job was cancelled or superseded.

        An exception is emitted as failed, under the same condition.
        """
        self.cancel(name)
        self._last_number += 1
        job = Job(self._last_number, self)
        self._jobs[name] = job

        def finish(result: T, error: Exception | None) -> None:
            """Deliver the outcome in the window's thread, if anybody still waits for it."""
            job.deleteLater()
            if self._jobs.get(name) is not job:
                return
            del self._jobs[name]
            self.busy.emit(name, False)
            if isinstance(error, Stopped):
                self.stopped.emit(name)
            elif error is not None:
                self.failed.emit(name, error)
            else:
                done(result)

        job._finished.connect(finish, Qt.ConnectionType.QueuedConnection)
        job.progressed.connect(lambda at, of: self._tell(name, job, at, of))
        self.busy.emit(name, True)
        self._pool.start(_Runnable(job, work))
        return job.number

    def enqueue(self, work: Callable[[], None]) -> None:
        """Do something in the jobs' thread when all that was started before is over; it cannot be cancelled."""
        self._pool.start(work)

    def running(self, name: str) -> bool:
        """Tell whether a job of this name is waited for."""
        return name in self._jobs

    def is_busy(self) -> bool:
        """Tell whether any job is waited for."""
        return bool(self._jobs)

    def cancel(self, name: str) -> None:
        """Turn off the job of a name, if there is one; what it still brings is dropped."""
        job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel()
            self.busy.emit(name, False)

    def request_stop(self, name: str) -> None:
        """Turn off the job of a name, and go on waiting for how it ends: it may be too late to stop it."""
        job = self._jobs.get(name)
        if job is not None and not job.cancel():
            self.cancel(name)
            self.stopped.emit(name)

    def wait(self) -> None:
        """Wait until all that was started has run; it is heard of afterwards."""
        self._pool.waitForDone()

    def stop(self) -> None:
        """Turn everything off and wait until the thread is still; for closing."""
        for name in list(self._jobs):
            self.cancel(name)
        self._pool.waitForDone()

    def _tell(self, name: str, job: Job, at: int, of: int) -> None:
        """Pass on the progress of a job that is still wanted."""
        if self._jobs.get(name) is job and not job.cancelled:
            self.progressed.emit(name, at, of)
