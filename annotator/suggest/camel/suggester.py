"""The camel suggester: documents are streamed through CAMeL Tools' recogniser in a process that stays loaded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import Message, SuggesterError
from annotator.suggest.camel.wordpieces import Labelled
from annotator.suggest.camel.worker import (
    Answer,
    Cancel,
    Failed,
    Fatal,
    Job,
    Labels,
    Load,
    Ready,
    serve,
)
from annotator.suggest.child_process import ChildProcess, ProcessDied
from annotator.suggest.model_folders import ModelFolder, find_model, fingerprint
from annotator.suggest.registry import SuggesterContext
from annotator.suggest.suggester_labels import from_camel
from annotator.text.clitics.rule import name_start
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

AHEAD = 4
"""The most documents that are with the process at a time: enough that it never waits, few enough to stream."""

DEATHS = 2
"""After this many deaths on one document, or while loading, the process is not started again for it."""


@dataclass(slots=True)
class _Sent:
    """A document that is with the worker, as sentences of words."""

    number: int
    document: Document
    words: list[list[Span]]
    deaths: int = 0

    def job(self) -> Job:
        text = self.document.text
        return Job(self.number, [[word.of(text) for word in words] for words in self.words])


class CamelSuggester:
    """Suggestions by CAMeL's model, mapped to the project's tagset.

    The process starts with the first document and runs until close(). One suggest_many() runs at a time. cancel() may
    be called from any thread: it takes effect at once here, and in the process after one small batch.
    """

    name = "camel"

    def __init__(self, model: ModelFolder, context: SuggesterContext) -> None:
        """Take a usable model folder; raises SuggesterError if the tagset has no label for any of its classes."""
        self.version = f"{version('camel-tools')}+{fingerprint(model)}"
        self._model = model
        self._context = context
        self._labels = from_camel(context.tagset)
        if not self._labels:
            raise SuggesterError(
                "The tagset {tagset} has no label for any class of CAMeL Tools (PERS, LOC, ORG, MISC). Give its "
                'labels their classes under "camel", or choose another suggester.',
                tagset=context.tagset.name,
            )
        self._worker: ChildProcess | None = None
        self._last_number = 0
        self._ready = False
        self._failed_starts = 0
        self._cancelled = False

    @property
    def worker_pid(self) -> int | None:
        """Return the number of the process, or None if none runs."""
        return self._worker.pid if self._worker else None

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions) in order, reading at most AHEAD documents before they are needed.

        A document that fails, or on which the process dies again, is reported and left out. Raises SuggesterError if
        the model cannot be loaded.
        """
        self._cancelled = False
        return self._stream(iter(documents))

    def cancel(self) -> None:
        """End the running suggest_many(); what it has yielded stays valid. Callable from any thread."""
        self._cancelled = True
        if worker := self._worker:
            worker.interrupt()

    def close(self) -> None:
        """End the process."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def _stream(self, documents: Iterator[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Keep the worker supplied, and yield its answers."""
        jobs: deque[_Sent] = deque()
        try:
            while not self._cancelled:
                while len(jobs) < AHEAD and (document := next(documents, None)) is not None:
                    self._last_number += 1
                    jobs.append(_Sent(self._last_number, document, words_of(document)))
                    self._send(jobs[-1])
                if not jobs:
                    return
                yield from self._receive(jobs)
        finally:
            if jobs and self._worker:
                self._worker.send(Cancel(jobs[-1].number))

    def _send(self, sent: _Sent) -> None:
        """Send a job to the worker; start one if none runs."""
        if self._worker is None:
            threads, device = self._context.threads, self._context.device
            self._ready = False
            self._worker = ChildProcess(serve)
            self._worker.send(Load(self._model.path, self._model.precision, threads, device))
        self._worker.send(sent.job())

    def _receive(self, jobs: deque[_Sent]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Wait for the worker's next message and act on it; answers to jobs of a former run are dropped."""
        assert self._worker is not None  # noqa: S101 - jobs were sent to it
        try:
            message: Answer = self._worker.receive()
        except TimeoutError:  # cancel() was called, now or after the end of a former run.
            return
        except ProcessDied as e:
            self._start_again(jobs, e.message)
            return
        if isinstance(message, Ready):
            self._ready, self._failed_starts = True, 0
        elif isinstance(message, Fatal):
            self.close()
            raise SuggesterError(
                "The CAMeL model in {path} cannot be loaded ({why}). Check it with: annotator models verify",
                path=self._model.path,
                why=message.why,
            )
        elif message.number == jobs[0].number:
            sent = jobs.popleft()
            if isinstance(message, Failed):
                self._leave_out(sent, Message("CAMeL failed on it ({why})", why=message.why))
            elif isinstance(message, Labels):
                yield sent.document.id, self._suggestions(sent, message)

    def _start_again(self, jobs: deque[_Sent], how: str) -> None:
        """Send the jobs of a worker that died to a new one, without a document that it died on twice."""
        self.close()
        if self._ready:
            jobs[0].deaths += 1
            if jobs[0].deaths == DEATHS:
                self._leave_out(jobs.popleft(), Message("the CAMeL process {how} each time it was tried", how=how))
        else:
            self._failed_starts += 1
            if self._failed_starts == DEATHS:
                self._failed_starts = 0
                raise SuggesterError(
                    "The CAMeL process {how} while loading the model in {path}. Close other programs if memory is "
                    "short, and check the installation with: annotator doctor",
                    how=how,
                    path=self._model.path,
                )
        for sent in jobs:
            self._send(sent)

    def _leave_out(self, sent: _Sent, why: str) -> None:
        name = sent.document.title or sent.document.id
        self._context.report(
            Message(
                "The article {name!r} was skipped by camel: {why}. The other articles are not affected.",
                name=name,
                why=why,
            )
        )

    def _suggestions(self, sent: _Sent, message: Labels) -> tuple[Suggestion, ...]:
        text = sent.document.text
        return tuple(
            Suggestion(span, label, score, self.name, self.version)
            for words, answer in zip(sent.words, message.sentences, strict=True)
            for span, label, score in spans_of(text, words, answer, self._labels, self._context.tagset.clitics)
        )


def words_of(document: Document) -> list[list[Span]]:
    """Return the words of each sentence of a document, without those in page debris."""
    tokens = tokenize(document.text)
    debris = document.debris()
    words: list[list[Span]] = []
    at = 0
    for sentence in split_sentences(document.text, tokens):
        own: list[Span] = []
        while at < len(tokens) and tokens[at].start < sentence.span.end:
            span = tokens[at].span
            if not any(span.overlaps(place) for place in debris):
                own.append(span)
            at += 1
        if own:
            words.append(own)
    return words


def spans_of(
    text: str, words: Sequence[Span], answer: Labelled, labels: Mapping[str, str], clitics: str
) -> Iterator[tuple[Span, str, float]]:
    """Yield the spans of one sentence with a label of the tagset and a score.

    Tags are repaired as conlleval reads them: an I- that continues nothing begins a span. The score is that of the
    least certain word. Punctuation at the edges is cut off, and so are clitics unless the tagset keeps them inside.
    labels maps the model's classes to the tagset's labels; classes without one are dropped. Raises ValueError unless
    there is one tag and one score for each word.
    """
    if not len(words) == len(answer.tags) == len(answer.scores):
        raise ValueError(f"{len(words)} words, {len(answer.tags)} tags, {len(answer.scores)} scores")
    for first, end, name in decode_iob2(answer.tags):
        named = [i for i in range(first, end) if any(c.isalnum() for c in words[i].of(text))]
        if not named or name not in labels:
            continue
        begin, last = words[named[0]], words[named[-1]]
        before, behind = (words[i].of(text) if 0 <= i < len(words) else "" for i in (named[0] - 1, named[0] + 1))
        start = begin.start + name_start(begin.of(text), clitics, before, behind)
        yield Span(start, last.end), labels[name], min(answer.scores[i] for i in range(named[0], named[-1] + 1))


def create(context: SuggesterContext) -> CamelSuggester:
    """Make the suggester; raises SuggesterError if no complete model is installed."""
    model = find_model(context.models)
    if model is None:
        raise SuggesterError("The model of CAMeL Tools is not installed. Install it with: annotator models install")
    if model.problem:
        raise SuggesterError(model.problem)
    return CamelSuggester(model, context)
