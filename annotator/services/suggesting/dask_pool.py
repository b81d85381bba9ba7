"""A Dask cluster that answers batches: many machines, and still one process that writes.

The workers need the same version of this program. Name only a scheduler that you trust: it exchanges Python pickles
with this process.
"""

from __future__ import annotations

from concurrent.futures import Future

from annotator.errors import SuggesterError
from annotator.installation import needs_package
from annotator.services.suggesting.batches import Batch, BatchResult, SuggesterSpec, answer_in_worker

_WAIT = 10
"""Seconds to wait for the scheduler, and then for its first worker."""


class DaskPool:
    """The workers of a cluster. Workers that join during a run take part in it."""

    def __init__(self, spec: SuggesterSpec, address: str) -> None:
        """Connect to the scheduler at an address such as tcp://10.0.0.5:8786.

        Raises SuggesterError if the package distributed is not installed, or nothing answers at the address.
        """
        try:
            from distributed import Client, KilledWorker
        except ImportError as e:
            raise SuggesterError(needs_package("distributed", "cluster")) from e
        try:
            self._client = Client(address, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError) as e:
            raise SuggesterError(
                "No scheduler answers at {address} ({why}). Start one with: dask scheduler, or correct the address.",
                address=address,
                why=e,
            ) from e
        self.death_errors: tuple[type[BaseException], ...] = (KilledWorker,)
        try:
            self._client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as e:
            self.close()
            raise SuggesterError(
                "The scheduler at {address} has no workers. Start some with: dask worker {address}", address=address
            ) from e
        # If the worker that holds a task's result dies, the result is computed again; scattered data would be lost.
        self._spec = self._client.submit(_as_it_is, spec, pure=False)

    @property
    def capacity(self) -> int:
        """Return how many batches may be out: two for each thread that the cluster has now."""
        return 2 * max(1, sum(map(int, self._client.nthreads().values())))

    def submit(self, batch: Batch) -> Future[BatchResult]:
        """Send a batch to the cluster."""
        sent: Future[BatchResult] = self._client.submit(answer_in_worker, self._spec, batch, pure=False)
        return sent

    def explain(self, error: Exception) -> Exception:
        """Return the SuggesterError to raise for an error of the cluster."""
        return SuggesterError(
            "The cluster stopped ({kind}: {why}). The results so far were kept. Check that the scheduler is running "
            "and that its workers have the same version of this program, then run the command again.",
            kind=type(error).__name__,
            why=error,
        )

    def close(self) -> None:
        """Disconnect; batches that are out are dropped."""
        self._client.close()


def _as_it_is(spec: SuggesterSpec) -> SuggesterSpec:
    return spec
