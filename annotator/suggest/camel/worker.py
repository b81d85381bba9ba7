"""The process in which CAMeL Tools' recogniser runs.

A process of its own, because the network would compete with the window for the interpreter, and because running out of
memory must not end the window. It receives a Load first, then Jobs with rising numbers, and Cancel at any time. It
answers Ready or Fatal once, and then each job in order, with Labels, Failed or Cancelled.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from annotator.suggest.camel.recogniser import Recogniser
from annotator.suggest.camel.wordpieces import Labelled
from annotator.suggest.child_process import Parent
from annotator.suggest.model_folders import Precision


@dataclass(frozen=True, slots=True)
class Load:
    """Load the model in a folder; threads are onnxruntime's, device is "cpu" or "cuda"."""

    folder: Path
    precision: Precision
    threads: int
    device: str


@dataclass(frozen=True, slots=True)
class Job:
    """Label the words of some sentences."""

    number: int
    sentences: list[list[str]]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Drop every job up to a number, the current one included."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Fatal:
    """The model cannot be loaded; why is an error's first line. The process ends."""

    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The answer to a job: one Labelled for each sentence."""

    number: int
    sentences: list[Labelled]


@dataclass(frozen=True, slots=True)
class Failed:
    """A job failed; why is the error's first line."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A job was cancelled."""

    number: int


Answer = Ready | Fatal | Labels | Failed | Cancelled


class Jobs:
    """The jobs that have arrived and are neither done nor cancelled."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._waiting: deque[Job] = deque()
        self._cancelled = -1

    def next(self) -> Job:
        """Wait for the next job."""
        while not self._waiting:
            self._take(self._parent.receive())
        return self._waiting.popleft()

    def is_cancelled(self, number: int) -> bool:
        """Return True if a job has been cancelled; messages that arrive during its work count."""
        for message in self._parent.receive_waiting():
            self._take(message)
        return number <= self._cancelled

    def _take(self, message: Job | Cancel) -> None:
        if isinstance(message, Cancel):
            self._cancelled = max(self._cancelled, message.number)
        else:
            self._waiting.append(message)


def answer(recogniser: Recogniser, jobs: Jobs, job: Job) -> Answer:
    """Do one job and return the answer to it."""
    try:
        labelled = recogniser.label(job.sentences, lambda: jobs.is_cancelled(job.number))
    except Exception as e:
        return Failed(job.number, first_line(e))
    return Cancelled(job.number) if labelled is None else Labels(job.number, labelled)


def first_line(error: Exception) -> str:
    """Return the kind of an error and the first line of its text."""
    said = str(error).strip()
    return f"{type(error).__name__}: {said.splitlines()[0]}" if said else type(error).__name__


def serve(parent: Parent) -> None:
    """Load what the first message asks for, then do jobs until the process is ended; return only if loading fails."""
    load: Load = parent.receive()
    try:
        recogniser = Recogniser(load.folder, load.precision, threads=load.threads, device=load.device)
    except Exception as e:
        parent.send(Fatal(first_line(e)))
        return
    parent.send(Ready())
    jobs = Jobs(parent)
    while True:
        parent.send(answer(recogniser, jobs, jobs.next()))
