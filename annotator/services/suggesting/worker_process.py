"""Suggesters in a process of their own: batches in, results out.

A thread of the window would not do: while it computes, every call into Qt may wait for the interpreter, and so do keys.
"""

from __future__ import annotations

from annotator.errors import SuggesterError
from annotator.services.suggesting.batches import Batch, BatchResult, LoadedSuggesters, SuggesterSpec
from annotator.suggest.child_process import NICE, ChildProcess, Parent, ProcessDied

_ATTEMPTS = 2
"""How many processes may die on one batch."""


class SuggesterProcess:
    """LoadedSuggesters in a process that starts with the first batch.

    answer() and ask() belong to one thread; stop() may be called from any.
    """

    def __init__(self, spec: SuggesterSpec, *, nice: int = NICE) -> None:
        """Take what the suggesters are made from; nice is added to the niceness of the process."""
        self._spec = spec
        self._nice = nice
        self._process: ChildProcess | None = None
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """Return the number of the process, or None if none runs."""
        return self._process.pid if self._process else None

    def answer(self, batch: Batch) -> BatchResult:
        """Answer a batch; if the process dies, try once more with a new one. Return an empty result after stop().

        Raises SuggesterError if the new process dies, too.
        """
        for _ in range(_ATTEMPTS):
            try:
                return self.ask(batch)
            except ProcessDied:
                if self._stopped:
                    return BatchResult()
        raise SuggesterError(
            "The suggestion process crashed twice on the same articles, perhaps out of memory. Close other programs "
            "and generate suggestions again."
        )

    def ask(self, batch: Batch) -> BatchResult:
        """Answer a batch, starting a process if none runs; raises ProcessDied if it dies, or after stop()."""
        if self._process is None:
            self._process = ChildProcess(_serve, nice=self._nice, keep_errors=False)
            self._process.send(self._spec)
        if self._stopped:  # stop() may have come before there was a process to kill.
            self._process.kill()
        self._process.send(batch)
        try:
            result: BatchResult = self._process.receive()
        except ProcessDied:
            self.close()
            raise
        return result

    def stop(self) -> None:
        """Make ask() and answer() return at once, now and later."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        process, self._process = self._process, None
        if process:
            process.close()


def _serve(parent: Parent) -> None:
    suggesters = LoadedSuggesters(parent.receive())
    while True:
        parent.send(suggesters.answer(parent.receive()))
