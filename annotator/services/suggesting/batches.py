"""A batch of documents and the answers to it: what goes to whoever runs the suggesters, in this process or in another.

A worker makes its suggesters itself, from a SuggesterSpec, and keeps them for the batches that follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import Message, SuggesterError, UserError
from annotator.suggest.registry import Suggester, SuggesterContext, create


@dataclass(frozen=True, slots=True)
class SuggesterSpec:
    """What suggesters are made from: names and settings, never the models themselves. key tells specs apart."""

    key: str
    names: tuple[str, ...]
    context: SuggesterContext


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with no more than suggesters need, and what is wanted of each.

    requested holds the ids to ask each suggester about; without_fingerprint those that still lack a fingerprint.
    """

    documents: tuple[Document, ...]
    requested: Mapping[str, frozenset[str]]
    without_fingerprint: frozenset[str]

    @property
    def steps(self) -> int:
        """Return how many answers are wanted."""
        return sum(map(len, self.requested.values()))

    def singles(self) -> list[Batch]:
        """Return the batch as one batch for each document."""
        return [
            Batch(
                (document,),
                {name: ids & {document.id} for name, ids in self.requested.items()},
                self.without_fingerprint & {document.id},
            )
            for document in self.documents
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one version of a suggester proposes for one document."""

    suggester: str
    version: str
    document: str
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class BatchResult:
    """The answers to a batch, fingerprints by document id, and what went wrong.

    failures hold a sentence for each suggester that could not go on; what it had answered by then is kept. told are
    sentences about single documents.
    """

    answers: list[Answer] = field(default_factory=list)
    fingerprints: dict[str, bytes] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


def suggester_input(document: Document) -> Document:
    """Return a document with what suggesters look at, and nothing else."""
    return Document(document.id, document.text, document.title, document.date, regions=document.regions)


def answer(suggesters: Mapping[str, Suggester], batch: Batch) -> BatchResult:
    """Ask suggesters about a batch; one that fails does not keep the others from answering."""
    found = BatchResult()
    for name, ids in batch.requested.items():
        if name in suggesters and ids:
            _ask(suggesters[name], [d for d in batch.documents if d.id in ids], found)
    if batch.without_fingerprint:
        # Its packages take most of a second to import, and only new documents need it.
        from annotator.text.duplicates.reprints import fingerprint

        found.fingerprints = {d.id: fingerprint(d) for d in batch.documents if d.id in batch.without_fingerprint}
    return found


def _ask(suggester: Suggester, documents: Sequence[Document], found: BatchResult) -> None:
    """Add one suggester's answers, or why there are no more of them."""
    try:
        for document_id, suggestions in suggester.suggest_many(documents):
            found.answers.append(Answer(suggester.name, suggester.version, document_id, tuple(suggestions)))
    except UserError as e:
        found.failures[suggester.name] = e.message
    except Exception as e:
        found.failures[suggester.name] = failed(suggester.name, e)


def failed(name: str, error: Exception) -> Message:
    """Say that a suggester failed by a fault of its own."""
    return Message(
        "The suggester {name!r} failed ({kind}: {why}); what it had proposed was kept. Update or remove the package "
        "that it came with.",
        name=name,
        kind=type(error).__name__,
        why=error,
    )


class LoadedSuggesters:
    """The suggesters of a spec as one worker process has them."""

    def __init__(self, spec: SuggesterSpec) -> None:
        """Make the suggesters; one that cannot be made fails every batch with the reason."""
        self.key = spec.key
        self._messages: list[str] = []
        self._failures: dict[str, str] = {}
        self._suggesters: dict[str, Suggester] = {}
        # The threads of a cluster's worker share it, and models are not made for two threads at once.
        self._lock = Lock()
        context = replace(spec.context, report=self._messages.append)
        for name in spec.names:
            try:
                self._suggesters[name] = create(name, context)
            except SuggesterError as e:
                self._failures[name] = e.message

    def answer(self, batch: Batch) -> BatchResult:
        """Answer a batch."""
        with self._lock:
            found = answer(self._suggesters, batch)
            found.failures |= {name: why for name, why in self._failures.items() if batch.requested.get(name)}
            found.messages, self._messages[:] = list(self._messages), []
        return found

    def close(self) -> None:
        """Let go of the suggesters."""
        for suggester in self._suggesters.values():
            suggester.close()


_loaded: dict[str, LoadedSuggesters] = {}
_making = Lock()


def answer_in_worker(spec: SuggesterSpec, batch: Batch) -> BatchResult:
    """Answer a batch with the suggesters of a spec, which this process makes once and keeps until the next spec."""
    with _making:
        if spec.key not in _loaded:
            for old in _loaded.values():
                old.close()
            _loaded.clear()
            _loaded[spec.key] = LoadedSuggesters(spec)
        suggesters = _loaded[spec.key]
    return suggesters.answer(batch)
