"""Pools of workers that answer batches: this process, several processes on this machine, or a Dask cluster.

run_batches() sends batches to a pool and survives the death of workers.
"""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from annotator.domain.model.document import Document
from annotator.errors import Message, UserError
from annotator.services.suggesting.batches import Answer, Batch, BatchResult, SuggesterSpec, answer, failed
from annotator.services.suggesting.worker_process import SuggesterProcess
from annotator.suggest.child_process import ProcessDied
from annotator.suggest.registry import Suggester

MOST_PROCESSES = 8
"""One process that writes cannot keep more of them busy."""

_FEWEST_EACH = 200
"""The fewest documents for which starting a process is worth the time."""


class WorkerPool(Protocol):
    """Workers that answer batches."""

    @property
    def capacity(self) -> int:
        """Return how many batches to have out at a time, so that no worker waits."""

    @property
    def death_errors(self) -> tuple[type[BaseException], ...]:
        """Return what the future of a batch raises if its worker died."""

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Send a batch to a worker."""

    def explain(self, error: Exception) -> Exception:
        """Return what to raise for an error other than a worker's death."""

    def close(self) -> None:
        """End the workers that this pool started."""


class InlinePool:
    """The calling process as the only worker, with suggesters that are ready."""

    capacity = 1
    death_errors: tuple[type[BaseException], ...] = ()

    def __init__(self, suggesters: Mapping[str, Suggester]) -> None:
        self._suggesters = suggesters

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Answer a batch at once."""
        future: Future[BatchResult] = Future()
        future.set_result(answer(self._suggesters, batch))
        return future

    def explain(self, error: Exception) -> Exception:
        """Return the error itself."""
        return error

    def close(self) -> None:
        """Do nothing: the caller closes the suggesters."""


class ProcessPool:
    """Processes on this machine, each with suggesters of its own and a thread that waits for its answers.

    If a process dies, only the batch that it was answering fails. The next batch gets a new process.
    """

    death_errors: tuple[type[BaseException], ...] = (ProcessDied,)

    def __init__(self, spec: SuggesterSpec, processes: int) -> None:
        """Prepare some processes; each starts with its first batch."""
        self.capacity = 2 * processes
        # The user waits for them, so they have the priority of the command itself.
        self._processes = [SuggesterProcess(spec, nice=0) for _ in range(processes)]
        self._idle: queue.SimpleQueue[SuggesterProcess] = queue.SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(processes)

    @property
    def pids(self) -> list[int]:
        """Return the numbers of the processes that are running."""
        return [process.pid for process in self._processes if process.pid is not None]

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Send a batch to the next idle process."""
        return self._threads.submit(self._ask, batch)

    def explain(self, error: Exception) -> Exception:
        """Return the error itself."""
        return error

    def close(self) -> None:
        """Drop the batches that are not answered, and end the processes."""
        for process in self._processes:
            process.stop()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()

    def _ask(self, batch: Batch) -> BatchResult:
        process = self._idle.get()
        try:
            return process.ask(batch)
        finally:
            self._idle.put(process)


def recommended_processes(documents: int) -> int:
    """Return how many processes to use for a number of documents on this machine; 1 means this process alone."""
    # Only Linux says how many processors this process may use.
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, MOST_PROCESSES, documents // _FEWEST_EACH))


def run_batches(pool: WorkerPool, batches: Iterable[Batch]) -> Generator[tuple[Batch, BatchResult]]:
    """Yield each batch with its result, as they come; batches are read as there is room for them.

    A batch on which a worker died is a suspect. Suspects are tried again at the end, when nothing else is out: as they
    were, then document by document. Example: document b2 kills its worker. Batches a and c are answered; b dies, dies
    again alone, and becomes b1, b2, b3; b1 and b3 are answered, and b2 is left out with a message.

    Raises what answering a batch raised, unless a worker died.
    """
    suspects: deque[Batch] = deque()
    for batch, future in _completed(pool, batches):
        try:
            result = _result(pool, future)
        except pool.death_errors:
            suspects.append(batch)
            continue
        yield batch, result
    while suspects:
        batch = suspects.popleft()
        try:
            result = _result(pool, pool.submit(batch))
        except pool.death_errors as e:
            if len(batch.documents) > 1:
                suspects.extendleft(reversed(batch.singles()))
                continue
            result = BatchResult(messages=[_left_out(batch, e)])
        yield batch, result


def _completed(pool: WorkerPool, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Future[BatchResult]]]:
    """Yield each batch with its future when that is done, and keep as many batches out as the pool has room for."""
    source = iter(batches)
    out: dict[Future[BatchResult], Batch] = {}
    done: queue.SimpleQueue[Future[BatchResult]] = queue.SimpleQueue()
    while True:
        # The capacity of a cluster changes, so it is asked for each time.
        while len(out) < pool.capacity and (batch := next(source, None)) is not None:
            future = pool.submit(batch)
            out[future] = batch
            future.add_done_callback(done.put)
        if not out:
            return
        future = done.get()
        yield out.pop(future), future


def _result(pool: WorkerPool, future: Future[BatchResult]) -> BatchResult:
    """Return what a future holds; raises death_errors as they are, and other errors as the pool explains them."""
    try:
        return future.result()
    except pool.death_errors:
        raise
    except Exception as e:
        raise pool.explain(e) from e


def stream(name: str, suggester: Suggester, batches: Iterable[Batch]) -> Generator[tuple[Batch, BatchResult]]:
    """Yield each document as a batch of its own, with one suggester's answer, as soon as there is one.

    The suggester reads ahead from batch to batch. If it fails, the failure comes with the documents that it had read.
    """
    asked: deque[Batch] = deque()

    def read() -> Iterator[Document]:
        for batch in batches:
            for single in batch.singles():
                if single.steps:
                    asked.append(single)
                    yield from single.documents

    def answer_all() -> Iterator[Answer]:
        for document_id, found in suggester.suggest_many(read()):
            yield Answer(name, suggester.version, document_id, tuple(found))

    answers = answer_all()
    while True:
        try:
            found = next(answers)
        except StopIteration:
            break
        except UserError as e:
            yield from _failure(name, e.message, asked)
            return
        except Exception as e:
            yield from _failure(name, failed(name, e), asked)
            return
        while asked:
            single = asked.popleft()
            if single.documents[0].id == found.document:
                yield single, BatchResult([found])
                break
            yield single, BatchResult()
    for single in asked:
        yield single, BatchResult()


def _failure(name: str, why: str, asked: Iterable[Batch]) -> Iterator[tuple[Batch, BatchResult]]:
    for single in asked or [Batch((), {}, frozenset())]:
        yield single, BatchResult(failures={name: why})


def _left_out(batch: Batch, error: BaseException) -> str:
    (document,) = batch.documents
    return Message(
        "The article {name!r} was skipped: its process died each time it was tried ({kind}). The other articles are "
        "not affected.",
        name=document.title or document.id,
        kind=type(error).__name__,
    )
