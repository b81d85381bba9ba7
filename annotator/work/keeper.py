"""What is still to ask the suggesters, and the keeping of what they answer: the one writer of a run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice

from annotator.domain.document import Document
from annotator.errors import Sentence, SuggesterError
from annotator.storage.project import Project
from annotator.suggest.debris import outside_debris
from annotator.suggest.registry import Suggester
from annotator.work.batches import Answer, Answers, Batch, slim
from annotator.work.numbering import yardstick

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
    """Says what is still to ask, and keeps the answers: the one writer."""

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
        # A model may have been trained before a label was renamed or merged.
        labels = project.tagset.labels
        self._labels = {former: label.id for label in labels for former in label.formerly}
        self._labels |= {label.id: label.id for label in labels}
        self._by = yardstick(project)
        self._failed: set[str] = set()
        self._unfit: Counter[str] = Counter()
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
        for name, count in (+self._unfit).items():
            self._report.problems.append(
                Sentence(
                    "The suggester {name!r} proposed {count} spans that lie outside their text or have no label "
                    "of this project; they were left out.",
                    name=name,
                    count=count,
                )
            )
        self._unfit.clear()

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
        """Store the answers that wait, and measure their documents, in one transaction."""
        waiting, self._waiting = self._waiting, []
        documents = {document.id: document for batch, _ in waiting for document in batch.documents}
        kept = [self._fit(documents[answer.document], answer) for _, found in waiting for answer in found.answers]
        if waiting:
            with self._project.batch():
                self._project.suggestions.replace_many(
                    (a.document, a.suggester, a.version, a.suggestions) for a in kept
                )
                prints = {document_id: p for _, found in waiting for document_id, p in found.prints.items()}
                self._project.numbers.update(list(documents), self._by, prints)
        self._report.documents += len(kept)
        self._report.suggestions += sum(len(answer.suggestions) for answer in kept)
        self._stored_at = time.monotonic()

    def _fit(self, document: Document, answer: Answer) -> Answer:
        """Return an answer with what can be stored: inside the text, outside debris, with a label of the tagset."""
        inside = [s for s in answer.suggestions if s.span.end <= len(document.text)]
        fit = [s._replace(label=self._labels[s.label]) for s in inside if s.label in self._labels]
        self._unfit[answer.suggester] += len(answer.suggestions) - len(fit)
        return replace(answer, suggestions=outside_debris(document, fit))


def _ignore(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""
