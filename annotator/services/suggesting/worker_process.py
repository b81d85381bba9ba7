"""Suggesters in a process of their own, for the window: batches in, answers out.

It is run by `python -m annotator.services.suggesting.worker_process`.

A thread of the window would not do: while it computes, every call into Qt may wait for the interpreter, and so keys do.
The process is a command and not a child of multiprocessing, which would run the program's main module a second time.
It is polite, and ends when the program does.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
from typing import IO

from annotator.errors import SuggesterError
from annotator.services.suggesting.batches import Batch, BatchResult, LoadedSuggesters, SuggesterSpec
from annotator.suggest.child_process import command, end, listen, start

_COMMAND = command(__name__)
_NICE = 10
_LIVES = 2
"""How many processes may die over one batch."""


class SuggesterProcess:
    """A suggesters as batches.LoadedSuggesters is one, in a process that starts with the first batch.

    answer() belongs to one thread; stop() may be called from any other.
    """

    def __init__(self, spec: SuggesterSpec) -> None:
        """Take what the suggesters are made from."""
        self._spec = spec
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """Return the number of the process, or None where none runs."""
        return self._process.pid if self._process else None

    def answer(self, batch: Batch) -> BatchResult:
        """Answer a batch; a process that dies is started anew once. Empty after stop().

        Raises SuggesterError where it dies again.
        """
        for _ in range(_LIVES):
            if self._stopped:
                break
            try:
                return self._ask(batch)
            except (EOFError, OSError, pickle.UnpicklingError):
                self.close()
        if self._stopped:
            return BatchResult()
        raise SuggesterError(
            "The process that computes suggestions ended twice over the same articles, perhaps because memory ran out; "
            "close other programs, and compute the suggestions again."
        )

    def stop(self) -> None:
        """Have the answer that is waited for given up at once."""
        self._stopped = True
        if self._process:
            self._process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        process, self._process = self._process, None
        if process:
            end(process)

    def _ask(self, batch: Batch) -> BatchResult:
        """Send a batch to the process, starting one where none runs, and wait for the answers."""
        if self._process is None:
            self._process = start(_COMMAND)
            if self._stopped:
                self._process.kill()
            _write(_open(self._process.stdin), self._spec)
        _write(_open(self._process.stdin), batch)
        # Both ends are this program: nothing foreign is unpickled.
        found: BatchResult = pickle.load(_open(self._process.stdout))  # noqa: S301
        return found


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe that was asked for."""
    assert pipe is not None  # noqa: S101 - it was opened as a pipe
    return pipe


def _write(pipe: IO[bytes], message: object) -> None:
    """Send one message."""
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def main() -> None:
    """Answer batches from standard input until it ends; whatever suggesters print goes to standard error.

    Its end ends the process in the middle of a batch, and what a suggester has started ends in the same way.
    """
    with contextlib.suppress(OSError, AttributeError):  # Windows has no os.nice.
        os.nice(_NICE)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    source = sys.stdin.buffer
    suggesters = LoadedSuggesters(pickle.load(source))  # noqa: S301
    batches: queue.SimpleQueue[Batch] = queue.SimpleQueue()
    listen(lambda: batches.put(pickle.load(source)))  # noqa: S301
    with contextlib.suppress(BrokenPipeError):
        while True:
            _write(out, suggesters.answer(batches.get()))


if __name__ == "__main__":
    main()
