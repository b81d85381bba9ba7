"""Batches of documents and their results: what is sent to suggesters, in this process or in another.

A worker makes its suggesters itself, from a SuggesterSpec, and keeps them for the batches that follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.errors import Message, SuggesterError, UserError
from annotator.suggest.registry import Combining, Suggester, SuggesterContext, create


@dataclass(frozen=True, slots=True)
class SuggesterSpec:
    """What suggesters are made from: names and settings, never the models. Specs with the same key are the same."""

    key: str
    names: tuple[str, ...]
    context: SuggesterContext


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents, with no more than suggesters need, and who is asked about which.

    requested has the ids of the documents that each suggester is asked about. without_fingerprint has the ids of those
    that need a fingerprint. stored has earlier answers by document and suggester, to be combined with the new ones.
    """

    documents: tuple[Document, ...]
    requested: Mapping[str, frozenset[str]]
    without_fingerprint: frozenset[str]
    stored: Mapping[str, Mapping[str, tuple[Suggestion, ...]]] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """Return the number of answers requested, without combined ones."""
        return sum(len(ids) for name, ids in self.requested.items() if name != COMBINED)

    def singles(self) -> list[Batch]:
        """Return one batch for each document."""
        return [
            Batch(
                (document,),
                {name: ids & {document.id} for name, ids in self.requested.items()},
                self.without_fingerprint & {document.id},
                {document.id: self.stored.get(document.id, {})},
            )
            for document in self.documents
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """The suggestions of one version of a suggester for one document; raises TypeError for other things."""

    suggester: str
    version: str
    document: str
    suggestions: tuple[Suggestion, ...]

    def __post_init__(self) -> None:
        for s in self.suggestions:
            if not (isinstance(s, Suggestion) and isinstance(s.span, Span)):
                raise TypeError(f"{s!r} is no Suggestion with a Span")
            if not (isinstance(s.label, str) and hasattr(s.given, "__float__")):
                raise TypeError(f"{s!r} has no label or no score")


@dataclass(slots=True)
class BatchResult:
    """The answers to a batch, fingerprints by document id, and what went wrong.

    failures has a sentence for each suggester that failed; its answers up to then are kept. messages are sentences
    about single documents.
    """

    answers: list[Answer] = field(default_factory=list)
    fingerprints: dict[str, bytes] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


def suggester_input(document: Document) -> Document:
    """Return a document with only what suggesters read."""
    return Document(document.id, document.text, document.title, document.date, regions=document.regions)


def answer(suggesters: Mapping[str, Suggester], batch: Batch) -> BatchResult:
    """Ask suggesters about a batch, in the order of its requests. If one fails, the others are still asked."""
    found = BatchResult()
    for name, ids in batch.requested.items():
        if name in suggesters and ids:
            _ask(name, suggesters[name], [d for d in batch.documents if d.id in ids], found, batch.stored)
    if batch.without_fingerprint:
        # Importing its packages takes most of a second, and only new documents need it.
        from annotator.text.duplicates.reprints import fingerprint

        found.fingerprints = {d.id: fingerprint(d) for d in batch.documents if d.id in batch.without_fingerprint}
    return found


def _ask(
    name: str,
    suggester: Suggester,
    documents: Sequence[Document],
    found: BatchResult,
    stored: Mapping[str, Mapping[str, tuple[Suggestion, ...]]],
) -> None:
    try:
        if isinstance(suggester, Combining):
            answers = iter([(d.id, suggester.combine(d, _proposals(d, found, stored))) for d in documents])
        else:
            answers = suggester.suggest_many(documents)
        for document_id, suggestions in answers:
            found.answers.append(Answer(name, suggester.version, document_id, tuple(suggestions)))
    except UserError as e:
        found.failures[name] = e.message
    except Exception as e:
        found.failures[name] = failed(name, e)


def _proposals(
    document: Document, found: BatchResult, stored: Mapping[str, Mapping[str, tuple[Suggestion, ...]]]
) -> dict[str, tuple[Suggestion, ...]]:
    """Return the latest answer of each suggester about a document."""
    new = {answer.suggester: answer.suggestions for answer in found.answers if answer.document == document.id}
    return {**stored.get(document.id, {}), **new}


def failed(name: str, error: Exception) -> Message:
    """Return the message that a suggester failed because of a bug in it."""
    return Message(
        "The suggester {name!r} failed ({kind}: {why}). Its earlier suggestions were kept. Update or remove its "
        "package.",
        name=name,
        kind=type(error).__name__,
        why=error,
    )


class LoadedSuggesters:
    """The suggesters of a spec in one worker process."""

    def __init__(self, spec: SuggesterSpec) -> None:
        """Make the suggesters. One that cannot be made is reported as a failure with every batch."""
        self.key = spec.key
        self._messages: list[str] = []
        self._failures: dict[str, str] = {}
        self._suggesters: dict[str, Suggester] = {}
        # The threads of a cluster's worker share these suggesters, and models are not thread-safe.
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
        """Close the suggesters."""
        for suggester in self._suggesters.values():
            suggester.close()


_loaded: dict[str, LoadedSuggesters] = {}
_making = Lock()


def answer_in_worker(spec: SuggesterSpec, batch: Batch) -> BatchResult:
    """Answer a batch with the suggesters of a spec. A worker of a cluster keeps those of the last spec."""
    with _making:
        if spec.key not in _loaded:
            for old in _loaded.values():
                old.close()
            _loaded.clear()
            _loaded[spec.key] = LoadedSuggesters(spec)
        suggesters = _loaded[spec.key]
    return suggesters.answer(batch)
