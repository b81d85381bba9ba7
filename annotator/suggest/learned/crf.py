"""Train a CRF on labelled documents, and cross-validate it by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from annotator.domain.corpus.iob import encode_iob2
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.suggest.learned.reader import DescribedText, StackedReader
from annotator.suggest.metrics import whole_words
from annotator.suggest.model_calibration import ModelCalibration, fit
from annotator.suggest.starter.features import Features
from annotator.suggest.starter.starter_model import Found, open_tagger

FOLDS = 5
_ITERATIONS = 60
_OPTIONS = {"c1": 0.05, "c2": 0.02, "feature.possible_transitions": True}
_CASES_TO_CALIBRATE = 100

Labelled = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """The decisions of one annotator on one document.

    names are the confirmed spans with their labels. If done, everything else is not a name. If not done, rejected are
    places that were decided to be no such name, and undecided those of suggestions without a decision.
    """

    text: str
    names: tuple[Labelled, ...]
    done: bool = True
    rejected: tuple[Span, ...] = ()
    undecided: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        """Return the document's id."""
        return document_id(self.text)


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: the number of its document, its span, its features, and its tags."""

    document: int
    place: Span
    rows: Sequence[Features]
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Material:
    """Training documents as a CRF sees them, and the sentences that it learns from."""

    documents: Sequence[TrainingDocument]
    described: Sequence[DescribedText]
    examples: Sequence[Example]

    @property
    def names(self) -> int:
        """Return how many names the examples have."""
        return sum(tag[0] == "B" for example in self.examples for tag in example.tags)

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the documents that have examples, in ascending order."""
        return sorted({example.document for example in self.examples})


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """What a CRF finds in each document that was not trained on it, with raw scores, and their calibration."""

    found: Sequence[Sequence[tuple[Span, Found]]]
    calibration: ModelCalibration


def material(documents: Sequence[TrainingDocument], reader: StackedReader) -> Material:
    """Return documents as training material."""
    described = [reader.describe(Document(document.id, document.text)) for document in documents]
    examples = [
        example
        for i, each in enumerate(zip(documents, described, strict=True))
        for example in sentence_examples(i, *each)
    ]
    return Material(documents, described, examples)


def sentence_examples(number: int, document: TrainingDocument, described: DescribedText) -> Iterator[Example]:
    """Yield the sentences of a document that count."""
    names = outermost(document.names)
    for tokens, rows in zip(described.sentences, described.rows, strict=True):
        place = Span(tokens[0].start, tokens[-1].end)
        if not document.done:
            decided = any(place.overlaps(span) for span in (*document.rejected, *(span for span, _ in document.names)))
            if not decided or any(place.overlaps(span) for span in document.undecided):
                continue
        entities = []
        free = 0
        for span, label in names:
            inside = [i for i, token in enumerate(tokens) if token.span.overlaps(span)]
            if inside and inside[0] >= free:
                free = inside[-1] + 1
                entities.append((inside[0], free, label))
        yield Example(number, place, rows, encode_iob2(len(tokens), entities))


def outermost(names: Iterable[Labelled]) -> list[Labelled]:
    """Return the spans that no other span covers, by start."""
    kept: list[Labelled] = []
    for span, label in sorted(names, key=lambda name: (name[0].start, -name[0].end, name[1])):
        if not kept or not kept[-1][0].overlaps(span):
            kept.append((span, label))
    return kept


def cross_validate(
    known: Material, reader: StackedReader, trial: Path, folds: int = FOLDS, tried: int | None = None
) -> CrossValidation:
    """Return what CRFs find in the documents that they were not trained on; trial is a path for their file.

    tried is for how many of the folds a CRF is trained, by default for all. At least two documents must have examples;
    in the others, and in those of the other folds, nothing is found. pycrfsuite crashes on a model that was
    trained on no sentence.
    """
    found: list[list[tuple[Span, Found]]] = [[] for _ in known.documents]
    cases = []
    numbers = known.numbers
    folds = min(folds, len(numbers))
    for fold in range(folds)[:tried]:
        held_out = frozenset(numbers[fold::folds])
        train_crf((example for example in known.examples if example.document not in held_out), trial)
        tagger = open_tagger(trial)
        for i in sorted(held_out):
            document = known.documents[i]
            right = {(whole_words(document.text, span), label) for span, label in outermost(document.names)}
            found[i] = list(reader.read(known.described[i], tagger, ModelCalibration()))
            cases += [(item.score, (whole_words(document.text, span), item.label) in right) for span, item in found[i]]
    return CrossValidation(found, fit(cases) if len(cases) >= _CASES_TO_CALIBRATE else ModelCalibration())


def train_crf(examples: Iterable[Example], path: Path, iterations: int = _ITERATIONS) -> None:
    """Train a CRF on sentences and write it to a path."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_OPTIONS | {"max_iterations": iterations})
    for example in examples:
        trainer.append(example.rows, example.tags)
    trainer.train(str(path))
