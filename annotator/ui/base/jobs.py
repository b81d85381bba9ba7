"""Background jobs: each reports progress, can be cancelled, and is dropped when a newer one replaces it.

A job works on a snapshot and returns a result; it never touches the open project. Results are delivered in the window's
thread.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised in a job that was cancelled, to end it."""


class Job(QObject):
    """The handle that a running job gets: its number, its cancellation flag, and its progress signal."""

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
        """Return True if the job should stop. Long work asks between its steps."""
        return self._off.is_set()

    def begin(self) -> bool:
        """Start the work and return True, or return False if it was cancelled before."""
        with self._turn:
            self._begun = not self.cancelled
            return self._begun

    def cancel(self) -> bool:
        """Cancel the job. Return True if its work had started; if not, it never will."""
        with self._turn:
            self._off.set()
            return self._begun

    def report_progress(self, done: int, total: int) -> None:
        """Report progress. Raises Stopped, which ends the work, if the job was cancelled."""
        if self.cancelled:
            raise Stopped
        self.progressed.emit(done, total)


class _Runnable(QRunnable):
    """Runs one function in the pool, and sends its result or exception through the job."""

    def __init__(self, job: Job, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        """Do the work. An exception is passed on like a result, and handled in the window's thread."""
        result, error = None, None
        try:
            if not self._job.begin():
                raise Stopped
            result = self._work(self._job)
        except Exception as fault:
            error = fault
        self._job._finished.emit(result, error)


class Jobs(QObject):
    """Runs jobs one after another in one thread, by name: a new job replaces the earlier one of its name.

    Each job that is not cancelled ends in exactly one of: its result, failed, or stopped after request_stop().
    """

    progressed = Signal(str, int, int)
    stopped = Signal(str)
    busy = Signal(str, bool)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Create a pool of one thread: because of the interpreter lock, more threads would not be faster."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._last_number = 0
        self._jobs: dict[str, Job] = {}

    def run(self, name: str, work: Callable[[Job], T], done: Callable[[T], None]) -> int:
        """Start a job and return its number. done gets the result, unless the job is cancelled or replaced.

        An exception is emitted as failed, under the same condition.
        """
        self.cancel(name)
        self._last_number += 1
        job = Job(self._last_number, self)
        self._jobs[name] = job

        def finish(result: T, error: Exception | None) -> None:
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
        job.progressed.connect(lambda at, of: self._emit_progress(name, job, at, of))
        self.busy.emit(name, True)
        self._pool.start(_Runnable(job, work))
        return job.number

    def enqueue(self, work: Callable[[], None]) -> None:
        """Run a function in the jobs' thread after all jobs started before. It cannot be cancelled."""
        self._pool.start(work)

    def running(self, name: str) -> bool:
        """Return True while a job of this name runs or waits to run."""
        return name in self._jobs

    def is_busy(self) -> bool:
        """Return True while any job runs or waits to run."""
        return bool(self._jobs)

    def cancel(self, name: str) -> None:
        """Cancel the job of a name, if there is one. Its result is dropped."""
        job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel()
            self.busy.emit(name, False)

    def request_stop(self, name: str) -> None:
        """Ask the job of a name to stop, and still report how it ends: it may be too late to stop it."""
        job = self._jobs.get(name)
        if job is not None and not job.cancel():
            self.cancel(name)
            self.stopped.emit(name)

    def wait(self) -> None:
        """Wait until all jobs have run. Their results are delivered afterwards."""
        self._pool.waitForDone()

    def stop(self) -> None:
        """Cancel all jobs and wait until the thread is idle, before closing."""
        self.cancel_all()
        self._pool.waitForDone()

    def cancel_all(self) -> None:
        """Cancel all jobs, without waiting for them."""
        for name in list(self._jobs):
            self.cancel(name)

    def _emit_progress(self, name: str, job: Job, at: int, of: int) -> None:
        if self._jobs.get(name) is job and not job.cancelled:
            self.progressed.emit(name, at, of)
