"""Installs, checks and removes models in the background, one job at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.suggest.model_folders import Precision, default_models
from annotator.suggest.models import install as installer
from annotator.suggest.models.catalogue import Model
from annotator.suggest.models.steps import InstallStopped, Progress
from annotator.suggest.switches import read_switches, set_switch
from annotator.ui.base.jobs import Job, Jobs, Stopped

T = TypeVar("T")
MODEL = "model"


class ModelJobs(QObject):
    """Calls the installer in a thread of its own, so that a long download does not delay other jobs.

    stepped carries (step, done, total) as the installer reports them, in bytes. Every job ends with one of installed,
    verified (with a sentence for each problem), removed, failed (with the UserError) and stopped.
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
        """Use a model folder, by default the user's; pause is the installer's, in seconds."""
        super().__init__(parent)
        self._models = models
        self._pause = pause
        self._number = 0
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self._fail)
        self._jobs.stopped.connect(lambda _name: self.stopped.emit())
        self._step.connect(self._pass_on)

    @property
    def busy(self) -> bool:
        """Return True while a job runs, or has been asked to stop and still runs."""
        return self._jobs.running(MODEL)

    def found(self) -> list[installer.Installed]:
        """Return the state of every model in the catalogue."""
        return installer.list_models(self._models)

    @property
    def models(self) -> Path:
        """Return the model folder."""
        return self._models or default_models()

    def switches(self) -> dict[str, bool]:
        """Return which suggesters the user switched on or off."""
        return read_switches(self._models)

    def switch(self, name: str, is_on: bool) -> None:
        """Switch a suggester on or off; raises SuggesterError. It takes a few milliseconds."""
        set_switch(name, is_on, self._models)

    def install(self, model: Model, source: Path | None = None) -> None:
        """Install a model whose licence has been accepted, from the network or from a zip archive or folder."""
        self._run(
            lambda job: installer.install(
                model,
                self._models,
                source=source,
                progress=self._reporter(job),
                is_cancelled=lambda: job.cancelled,
                pause=self._pause,
            ),
            lambda _folder: self.installed.emit(model),
        )

    def verify(self, model: Model) -> None:
        """Read every file of an installed model."""
        self._run(
            lambda job: installer.verify(
                model, self._models, progress=self._reporter(job), is_cancelled=lambda: job.cancelled
            ),
            lambda problems: self.verified.emit(model, problems),
        )

    def set_precision(self, model: Model, precision: Precision) -> None:
        """Use a precision of an installed model from now on; raises SuggesterError. It takes a few milliseconds."""
        installer.set_precision(model, precision, self._models)

    def remove(self, model: Model) -> None:
        """Remove a model and any part of it that was downloaded."""
        self._run(lambda _job: installer.remove(model, self._models), lambda _found: self.removed.emit(model))

    def stop(self) -> None:
        """Ask the job to stop; stopped follows, or another end if it is too late."""
        self._jobs.request_stop(MODEL)

    def close(self) -> None:
        """Stop, and wait until the thread is idle."""
        self._jobs.stop()

    def _run(self, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        self._number = self._jobs.run(MODEL, work, done)
        self.began.emit()

    def _reporter(self, job: Job) -> Progress:
        """Return the installer's progress callback, which runs in the job's thread."""

        def report(step: str, done: int, total: int) -> None:
            if job.cancelled:
                raise Stopped
            # A signal, because Qt then delivers it in the window's thread.
            self._step.emit(job.number, step, done, total)

        return report

    def _pass_on(self, number: int, step: str, done: int, total: int) -> None:
        """Report progress, unless it comes from a job that has ended since."""
        if self.busy and number == self._number:
            self.stepped.emit(step, done, total)

    def _fail(self, _name: str, error: Exception) -> None:
        """Report a UserError; raise any other, so that it is reported as a bug."""
        if isinstance(error, InstallStopped):
            self.stopped.emit()
            return
        if not isinstance(error, UserError):
            self.stopped.emit()
            raise error
        self.failed.emit(error)
