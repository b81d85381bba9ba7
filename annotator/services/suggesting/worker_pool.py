"""Who answers batches: this process, several processes on this machine, or (see cluster) a Dask cluster.

Batches go out a few at a time and their answers come back as they are ready. When a worker dies, the batches that were
out are tried again one by one; one that kills its worker when it is alone is taken apart, and the document that does so
again is left out and told of. Everything else goes on.
"""

from __future__ import annotations

import os
import queue
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.util import Finalize
from threading import Thread
from typing import Any, Protocol

from annotator.domain.model.document import Document
from annotator.errors import Message, UserError
from annotator.services.suggesting.batches import (
    Answer,
    Batch,
    BatchResult,
    LoadedSuggesters,
    SuggesterSpec,
    answer,
    failed,
)
from annotator.suggest.child_process import end_with_parent
from annotator.suggest.registry import Suggester

MOST_PROCESSES = 8
"""More than these one writer cannot keep busy."""

_LOOK = 0.2
"""How often to look for processes that died while a pool ends, in seconds."""

_FEWEST_EACH = 200
"""Documents for which it pays to start a process."""


class WorkerPool(Protocol):
    """Somebody who answers batches."""

    @property
    def capacity(self) -> int:
        """Return how many batches to have out at a time, so that nobody waits."""

    @property
    def death_errors(self) -> tuple[type[BaseException], ...]:
        """Return what the future of a batch raises whose worker died."""

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Send a batch out."""

    def restart(self) -> None:
        """Make up for dead workers; nothing is out then."""

    def explain(self, error: Exception) -> Exception:
        """Return what to raise for an error that is no worker's death."""

    def close(self) -> None:
        """End the workers that are our own, when they have finished what they are at."""


class InlinePool:
    """The process that asks, with suggesters that are ready."""

    capacity = 1
    death_errors: tuple[type[BaseException], ...] = ()

    def __init__(self, suggesters: Mapping[str, Suggester]) -> None:
        """Answer with these suggesters."""
        self._suggesters = suggesters

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Answer a batch at once."""
        future: Future[BatchResult] = Future()
        future.set_result(answer(self._suggesters, batch))
        return future

    def restart(self) -> None:
        """Do nothing: this process does not die of a batch and go on."""

    def explain(self, error: Exception) -> Exception:
        """Return the error itself: the machine is this one, and so is the program."""
        return error

    def close(self) -> None:
        """Do nothing: the suggesters are the caller's."""


class ProcessPool:
    """Processes on this machine, each with suggesters of its own."""

    death_errors: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, spec: SuggesterSpec, processes: int) -> None:
        """Start processes that make their suggesters from a spec."""
        self.capacity = 2 * processes
        self._spec = spec
        self._processes = processes
        self._start()

    def _start(self) -> None:
        """Make a pool; its processes begin anew, for one forked from a process with threads may hang."""
        self._context = _Recording()
        self._pool = ProcessPoolExecutor(self._processes, self._context, _begin, (self._spec,))

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Send a batch to the next process that is free."""
        return self._pool.submit(_work, batch)

    def restart(self) -> None:
        """Start a new pool in place of the broken one."""
        self.close()
        self._start()

    def explain(self, error: Exception) -> Exception:
        """Return the error itself: the machine is this one, and so is the program."""
        return error

    def close(self) -> None:
        """Wait for the batches that are being answered, drop the others, and end the processes.

        Once it ends, the pool looks no more for processes that died. One that was killed while it waited for work keeps
        the lock that the others wait for, and they would never end.
        """
        ending = Thread(target=self._pool.shutdown, kwargs={"cancel_futures": True})
        ending.start()
        while ending.is_alive():
            ending.join(_LOOK)
            if any(process.exitcode for process in self._context.started):
                for process in self._context.started:
                    process.kill()


class _Recording(SpawnContext):
    """Starts processes anew, and keeps them."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Make a process and keep it."""
        process = SpawnProcess(*args, **kwargs)
        self.started.append(process)
        return process


_suggesters: LoadedSuggesters | None = None


def _begin(spec: SuggesterSpec) -> None:
    """Make this worker process's suggesters; Ctrl+C is the parent's to obey."""
    global _suggesters
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker that waits for its next batch would never learn that the program was killed.
    end_with_parent()
    _suggesters = LoadedSuggesters(spec)
    Finalize(None, _suggesters.close, exitpriority=10)


def _work(batch: Batch) -> BatchResult:
    """Answer a batch in a worker process."""
    assert _suggesters is not None  # noqa: S101 - _begin came first
    return _suggesters.answer(batch)


def recommended_processes(documents: int) -> int:
    """Return how many processes to use for so many documents on this machine; 1 is this process alone."""
    # Only Linux says how many processors this process may use.
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, MOST_PROCESSES, documents // _FEWEST_EACH))


def run_batches(pool: WorkerPool, batches: Iterable[Batch]) -> Generator[tuple[Batch, BatchResult]]:
    """Yield each batch with its answers, as they come; batches are read as there is room for them.

    A batch that was taken apart comes back as its parts. Raises what answering a batch raised, unless a worker died.
    """
    source = iter(batches)
    out: dict[Future[BatchResult], Batch] = {}
    ready: queue.SimpleQueue[Future[BatchResult]] = queue.SimpleQueue()
    suspects: deque[Batch] = deque()
    alone: Future[BatchResult] | None = None
    broken = False

    def send(batch: Batch) -> Future[BatchResult] | None:
        """Send a batch out, or suspect it where its worker is dead already."""
        nonlocal broken
        try:
            future = pool.submit(batch)
        except pool.death_errors:
            broken = True
            suspects.append(batch)
            return None
        out[future] = batch
        future.add_done_callback(ready.put)
        return future

    while True:
        if not out:
            if broken:
                pool.restart()
                broken = False
            alone = send(suspects.popleft()) if suspects else None
        while not (alone or suspects or broken) and len(out) < pool.capacity:
            if (batch := next(source, None)) is None:
                break
            send(batch)
        if not out:
            if not suspects:
                return
            continue
        future = ready.get()
        batch = out.pop(future)
        try:
            found = future.result()
        except pool.death_errors as e:
            broken = True
            if future is not alone:
                suspects.append(batch)
            elif len(batch.documents) > 1:
                suspects.extendleft(reversed(batch.singles()))
            else:
                yield batch, BatchResult(messages=[_left_out(batch, e)])
        except Exception as e:
            raise pool.explain(e) from e
        else:
            yield batch, found


def stream(suggester: Suggester, batches: Iterable[Batch]) -> Generator[tuple[Batch, BatchResult]]:
    """Yield each document, as a batch of its own, with one suggester's answer, as soon as that is there.

    The suggester reads on from batch to batch. What it fails of comes with the batch that was next.
    """
    asked: deque[Batch] = deque()

    def read() -> Iterator[Document]:
        """Read documents as the suggester asks for them."""
        for batch in batches:
            for single in batch.singles():
                if single.steps:
                    asked.append(single)
                    yield from single.documents

    answers = suggester.suggest_many(read())
    while True:
        try:
            document_id, found = next(answers)
        except StopIteration:
            break
        except UserError as e:
            yield from _failure(suggester.name, e.message, asked)
            return
        except Exception as e:
            yield from _failure(suggester.name, failed(suggester.name, e), asked)
            return
        while asked:
            single = asked.popleft()
            if single.documents[0].id == document_id:
                yield single, BatchResult([Answer(suggester.name, suggester.version, document_id, tuple(found))])
                break
            yield single, BatchResult()
    for single in asked:
        yield single, BatchResult()


def _failure(name: str, why: str, asked: Iterable[Batch]) -> Iterator[tuple[Batch, BatchResult]]:
    """Yield the documents that a suggester was at when it failed, with the reason."""
    for single in asked:
        yield single, BatchResult(failures={name: why})


def _left_out(batch: Batch, error: BaseException) -> str:
    """Say that a document could not be answered for."""
    (document,) = batch.documents
    return Message(
        "The document {name!r} was left out: the process at work on it died each time it was tried ({kind}); the "
        "others go on.",
        name=document.title or document.id,
        kind=type(error).__name__,
    )
