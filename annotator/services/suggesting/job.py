"""What is still to ask the suggesters, and when what they answer is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from annotator.errors import SuggesterError
from annotator.services.document_metrics import yardstick
from annotator.services.suggesting.batches import Answers, Batch, slim
from annotator.services.suggesting.result_writer import ResultWriter
from annotator.storage.project import Project
from annotator.suggest.registry import Suggester

Progress = Callable[[int, int], None]

BATCH = 32
"""Documents in a batch."""

_WAIT = 1.0
"""Answers are stored some at a time, but none waits longer than this many seconds for the next."""


@dataclass(slots=True)
class SuggestReport:
    """What a run did.

    suggesters: those that ran, in order. documents: answers stored, one for each document and suggester. skipped:
    answers that were there already. suggestions: spans stored. problems: a sentence for each thing that went wrong.
    """

    suggesters: list[str] = field(default_factory=list)
    documents: int = 0
    skipped: int = 0
    suggestions: int = 0
    problems: list[str] = field(default_factory=list)


class Keeper:
    """Says what is still to ask, and keeps the answers."""

    def __init__(
        self,
        project: Project,
        suggesters: Mapping[str, Suggester],
        report: SuggestReport,
        progress: Progress | None,
        ids: Sequence[str] | None,
        *,
        again: bool,
    ) -> None:
        """Keep answers in a project; ids are the documents, None for all. The report is told what is done."""
        self._project = project
        self._versions = {name: suggester.version for name, suggester in suggesters.items()}
        self._report = report
        self._progress = progress or _ignore
        self._ids = ids
        self._again = again
        self._writer = ResultWriter(project, yardstick(project))
        self._failed: set[str] = set()
        self._waiting: list[tuple[Batch, Answers]] = []
        self._stored_at = time.monotonic()
        documents = project.documents.count() if ids is None else len(ids)
        self._total = documents * len(suggesters)
        report.skipped = self._done = 0 if again else sum(self._answered(*each) for each in self._versions.items())

    def _answered(self, name: str, version: str) -> int:
        """Return how many of the documents a version of a suggester has answered."""
        if self._ids is None:
            return self._project.suggestions.answered(name, version)
        held = self._project.suggestions.versions_of_many(self._ids)
        return sum(held[document_id].get(name) == version for document_id in self._ids)

    def batches(self, suggesters: Iterable[str]) -> Iterator[Batch]:
        """Yield what is still to ask these suggesters, without those that have failed meanwhile."""
        names = tuple(suggesters)
        ids = self._project.documents.ids() if self._ids is None else iter(self._ids)
        while chunk := list(islice(ids, BATCH)):
            held = self._project.suggestions.versions_of_many(chunk)
            wanted = {
                name: frozenset(i for i in chunk if self._again or held[i].get(name) != self._versions[name])
                for name in names
                if name not in self._failed
            }
            unprinted = self._project.numbers.unprinted(chunk)
            needed = unprinted.union(*wanted.values())
            documents = self._project.documents.get_many([i for i in chunk if i in needed])
            if documents:
                yield Batch(tuple(map(slim, documents)), wanted, unprinted)

    def keep(self, answers: Generator[tuple[Batch, Answers]]) -> None:
        """Store answers as they come in, and tell how far it is; what is in when an exception ends it is stored too."""
        self._progress(self._done, self._total)
        try:
            with closing(answers):
                for batch, found in answers:
                    self._take(batch, found)
                    self._progress(self._done, self._total)
        finally:
            self._store()
        self._report.problems += self._writer.problems()

    def _take(self, batch: Batch, found: Answers) -> None:
        """Take in the answers to a batch."""
        for answer in found.answers:
            if answer.version != self._versions[answer.suggester]:
                raise SuggesterError(
                    "A worker has the version {version} of the suggester {suggester}, and this machine has "
                    "{known}; install the same version of the program on both.",
                    version=answer.version,
                    suggester=answer.suggester,
                    known=self._versions[answer.suggester],
                )
        for name, why in found.failures.items():
            if name not in self._failed:
                self._failed.add(name)
                self._report.problems.append(why)
        self._report.problems += found.told
        self._waiting.append((batch, found))
        self._done += batch.steps
        if len(self._waiting) >= BATCH or len(batch.documents) > 1 or time.monotonic() - self._stored_at > _WAIT:
            self._store()

    def _store(self) -> None:
        """Store the answers that wait."""
        waiting, self._waiting = self._waiting, []
        kept = self._writer.write(waiting)
        self._report.documents += len(kept)
        self._report.suggestions += sum(len(answer.suggestions) for answer in kept)
        self._stored_at = time.monotonic()


def _ignore(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""
