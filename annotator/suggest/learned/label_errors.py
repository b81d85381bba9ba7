"""Likely label errors: where CRFs that were trained on other documents are sure of something else.

This is confident learning: Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
JAIR 70, 2021, for tokens as in Wang and Mueller, "Detecting Label Errors in Token Classification Data", 2022. The
classes of a token are the labels and "no label", whether a name begins or continues there. Each document is read by a
CRF that has not seen it. A token is a likely error if the probability of another class than the given one reaches that
class's threshold: the mean probability of the class over the tokens that have it.

The training takes at most MOST_TRAINING documents, so its time does not grow with the project.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import pycrfsuite

from annotator.domain.corpus.iob import OUTSIDE, decode_iob2
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import SuggesterError
from annotator.suggest.child_process import NICE, ChildProcess, Parent, ProcessDied
from annotator.suggest.learned.crf import (
    Example,
    Labelled,
    TrainingDocument,
    material,
    outermost,
    sentence_examples,
    train_crf,
)
from annotator.suggest.learned.reader import StackedReader
from annotator.suggest.starter.starter_model import open_tagger
from annotator.text.clitics.rule import name_start

FOLDS = 3
_ITERATIONS = 30
"""Half as many as for suggestions: the probabilities change little later."""
MOST_TRAINING = 400
"""The most documents to train on. Which fold a document is in follows from its id, a hash of its text."""
FEWEST = 20
"""The fewest documents to train on."""
_WAIT = 0.2
"""Seconds between two looks whether the check was stopped."""


@dataclass(frozen=True, slots=True)
class LabelError:
    """A place where a CRF is sure of something else than what is labelled.

    span and label are those of the annotation, label "" if there is none. wanted is what the CRF finds, None for no
    label. probability is the least that the CRF gives to its class at a token where they differ.
    """

    span: Span
    label: str
    wanted: Labelled | None
    probability: float


class LabelErrorFinder:
    """CRFs in a child process that find label errors in documents. Close it after use."""

    def __init__(self, documents: Sequence[TrainingDocument], tagset: Tagset, nice: int = NICE) -> None:
        """Start the training on some documents. nice is added to the niceness of the process."""
        self._child = ChildProcess(_serve, nice=nice)
        self._child.send((documents, tagset))
        self._is_trained = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait(self) -> bool:
        """Wait a moment for the end of the training, and return True if it has ended. Raises as find() does."""
        if not self._is_trained:
            try:
                self._receive(_WAIT)
            except TimeoutError:
                return False
            self._is_trained = True
        return True

    def find(self, documents: Sequence[TrainingDocument]) -> list[list[LabelError]]:
        """Return the errors in each document. Raises SuggesterError if the process ended."""
        while not self.wait():
            pass
        self._child.send(documents)
        found: list[list[LabelError]] = self._receive(None)
        return found

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def _receive(self, timeout: float | None) -> list[list[LabelError]]:
        try:
            found: list[list[LabelError]] = self._child.receive(timeout)
        except ProcessDied as e:
            raise SuggesterError(
                "The check of labels failed: its process {how}. Check again without the model.", how=e.message
            ) from e
        return found


def _serve(parent: Parent) -> None:
    """Train on the first message, and answer each later one with the errors in its documents."""
    documents, tagset = parent.receive()
    with TemporaryDirectory() as folder, closing(StackedReader(tagset, ())) as reader:
        finder = _Finder(documents, reader, tagset, Path(folder))
        parent.send([])
        while True:
            parent.send([list(finder.errors(document)) for document in parent.receive()])


class _Finder:
    """The CRFs of all folds, and the thresholds."""

    def __init__(
        self, documents: Sequence[TrainingDocument], reader: StackedReader, tagset: Tagset, folder: Path
    ) -> None:
        self._reader, self._clitics = reader, tagset.clitics
        known = material(documents, reader)
        folds = [_fold(document) for document in documents]
        self._taggers = []
        for fold in range(FOLDS):
            path = folder / f"{fold}.crfsuite"
            train_crf((example for example in known.examples if folds[example.document] != fold), path, _ITERATIONS)
            self._taggers.append(_Tagger(open_tagger(path)))
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for example in known.examples:
            tagger = self._taggers[folds[example.document]]
            tagger.set(example)
            for i, tag in enumerate(example.tags):
                total = sums[_class(tag)]
                total[0] += tagger.probability(_class(tag), i)
                total[1] += 1
        self._thresholds: Mapping[str, float] = {name: total / count for name, (total, count) in sums.items()}

    def errors(self, document: TrainingDocument) -> Iterator[LabelError]:
        """Yield the errors in a document, read by the CRF that was not trained on its fold."""
        described = self._reader.describe(Document(document.id, document.text))
        tagger, names = self._taggers[_fold(document)], outermost(document.names)
        starts = [span.start for span, _ in names]
        sentences = zip(described.sentences, sentence_examples(0, document, described), strict=True)
        for tokens, example in sentences:
            predicted = tagger.set(example)
            if predicted != example.tags:
                for first, end, wanted, probability in self._differences(tagger, example.tags, predicted):
                    place = Span(tokens[first].start, tokens[end - 1].end)
                    held = names[max(0, bisect_right(starts, place.start) - 1) : bisect_right(starts, place.end)]
                    given = next((name for name in held if name[0].overlaps(place)), None)
                    span, label = given or (place, "")
                    yield LabelError(span, label, self._wanted(tokens, wanted, given), probability)

    def _differences(
        self, tagger: _Tagger, given: Sequence[str], predicted: Sequence[str]
    ) -> Iterator[tuple[int, int, tuple[int, int, str] | None, float]]:
        """Yield (first and last token, what the CRF finds there, its probability) where it is sure enough."""
        ours, theirs = decode_iob2(given), decode_iob2(predicted)
        pairs: list[tuple[int, int, tuple[int, int, str] | None]] = []
        for first, end, label in theirs:
            if (first, end, label) not in ours:
                over = [each for each in ours if each[0] < end and first < each[1]]
                begin, stop = min([first, *(o[0] for o in over)]), max([end, *(o[1] for o in over)])
                pairs.append((begin, stop, (first, end, label)))
        for first, end, _ in ours:
            if not any(each[0] < end and first < each[1] for each in theirs):
                pairs.append((first, end, None))
        for first, end, wanted in pairs:
            differing = [i for i in range(first, end) if _class(given[i]) != _class(predicted[i])]
            sure = [(tagger.probability(_class(predicted[i]), i), _class(predicted[i])) for i in differing]
            if sure and all(p >= self._thresholds.get(name, 1.0) for p, name in sure):
                yield first, end, wanted, min(sure)[0]

    def _wanted(
        self, tokens: Sequence[Token], wanted: tuple[int, int, str] | None, given: Labelled | None
    ) -> Labelled | None:
        """Return what the CRF finds as a span of the text."""
        if wanted is None:
            return None
        first, end, label = wanted
        word, last = tokens[first], tokens[end - 1]
        if given and word.start <= given[0].start < word.end:
            start = given[0].start
        else:
            before = tokens[first - 1].text if first else ""
            behind = tokens[first + 1].text if first + 1 < len(tokens) else ""
            start = word.start + name_start(word.text, self._clitics, before, behind)
        stop = given[0].end if given and last.start < given[0].end <= last.end else last.end
        return Span(start, max(stop, start + 1)), label


class _Tagger:
    """A CRF that gives the probability of a class at a token of one sentence."""

    def __init__(self, tagger: pycrfsuite.Tagger) -> None:
        self._tagger = tagger
        self._alike: dict[str, list[str]] = defaultdict(list)
        for tag in tagger.labels():
            self._alike[_class(tag)].append(tag)

    def set(self, example: Example) -> list[str]:
        """Take a sentence and return its tags."""
        tags: list[str] = self._tagger.tag(pycrfsuite.ItemSequence(example.rows))
        return tags

    def probability(self, name: str, i: int) -> float:
        """Return the probability of a class at a token."""
        return float(sum(self._tagger.marginal(tag, i) for tag in self._alike.get(name, ())))


def _class(tag: str) -> str:
    """Return the label of a tag, or OUTSIDE."""
    return tag if tag == OUTSIDE else tag[2:]


def _fold(document: TrainingDocument) -> int:
    return int(document.id[:8], 16) % FOLDS


def training_sample(ids: Sequence[str]) -> list[str]:
    """Return the ids of the documents to train on: a random sample, since ids are hashes of the texts."""
    return sorted(ids)[:MOST_TRAINING]
