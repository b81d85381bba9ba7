"""Installing, checking and removing models behind the window, one piece of work at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.suggest.models import install as installer
from annotator.suggest.models.catalogue import Model
from annotator.suggest.models.steps import Progress
from annotator.ui.base.jobs import Job, Jobs, Stopped

T = TypeVar("T")
MODEL = "model"


class ModelJobs(QObject):
    """Calls the installer in a thread of its own, so that a long download holds up no other job.

    stepped tells (step, done, total) as the installer does, in bytes. One of installed, verified (with a sentence for
    each thing that is wrong), removed, failed (with the UserError) and stopped ends every piece of work.
    """

    began = Signal()
    stepped = Signal(str, object, object)
    installed = Signal(object)
    verified = Signal(object, object)
    removed = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _step = Signal(int, str, object, object)

    def __init__(self, models: Path | None = None, parent: QObject | None = None, *, pause: float = 1.0) -> None:
        """Work in a model folder, the user's own where None; pause in seconds is the installer's."""
        super().__init__(parent)
        self._models = models
        self._pause = pause
        self._number = 0
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self._fail)
        self._step.connect(self._pass_on)

    @property
    def busy(self) -> bool:
        """Tell whether something is being done."""
        return self._number > 0

    def found(self) -> list[installer.Installed]:
        """Return every model that can be had, and what is found of it."""
        return installer.list_models(self._models)

    def install(self, model: Model, source: Path | None = None) -> None:
        """Install a model, from the network or from a zip archive or folder; its licence has been accepted."""
        self._run(
            lambda job: installer.install(
                model,
                self._models,
                source=source,
                progress=self._teller(job),
                is_cancelled=lambda: job.cancelled,
                pause=self._pause,
            ),
            lambda _folder: self.installed.emit(model),
        )

    def verify(self, model: Model) -> None:
        """Read every file of an installed model."""
        self._run(
            lambda job: installer.verify(
                model, self._models, progress=self._teller(job), is_cancelled=lambda: job.cancelled
            ),
            lambda problems: self.verified.emit(model, problems),
        )

    def remove(self, model: Model) -> None:
        """Remove a model, and what was fetched of it."""
        self._run(lambda _job: installer.remove(model, self._models), lambda _found: self.removed.emit(model))

    def stop(self) -> None:
        """Stop what is being done; stopped tells when it is over."""
        if self.busy:
            self._number = 0
            self._jobs.cancel(MODEL)
            self._jobs.enqueue(self.stopped.emit)

    def close(self) -> None:
        """Stop, and wait until the thread is still."""
        self._number = 0
        self._jobs.stop()

    def _run(self, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        """Begin a piece of work."""

        def end(result: T) -> None:
            """Tell the result."""
            self._number = 0
            done(result)

        self._number = self._jobs.run(MODEL, work, end)
        self.began.emit()

    def _teller(self, job: Job) -> Progress:
        """Return what the installer tells its progress to, in the job's thread."""

        def tell(step: str, done: int, total: int) -> None:
            """Pass a step on to the window's thread, or end the work where it was turned off."""
            if job.cancelled:
                raise Stopped
            self._step.emit(job.number, step, done, total)

        return tell

    def _pass_on(self, number: int, step: str, done: int, total: int) -> None:
        """Tell the progress of the work that is still wanted."""
        if number == self._number:
            self.stepped.emit(step, done, total)

    def _fail(self, _name: str, fault: Exception) -> None:
        """Tell what went wrong; a fault of the program goes on to the last resort."""
        self._number = 0
        if not isinstance(fault, UserError):
            self.stopped.emit()
            raise fault
        self.failed.emit(fault)
