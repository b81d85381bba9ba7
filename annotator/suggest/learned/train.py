"""Learn from a project's decisions: train its own model (see learned), and keep the old one where the new one is worse.

A training document is one that somebody has decided on. Every sentence of a finished document counts; of another
document, those sentences count that hold decisions and nothing undecided. Of nested spans the outermost are learnt.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from annotator.atomic_file import replace_together
from annotator.domain.corpus.iob import encode_iob2
from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError, SuggesterError, UserError
from annotator.resources import resource
from annotator.suggest.child_process import ProcessDied, call
from annotator.suggest.learned.suggester import DESCRIPTION, LearnedSuggester, describe, read
from annotator.suggest.metrics import Score, compare, whole_words
from annotator.suggest.model_calibration import ModelCalibration, fit
from annotator.suggest.model_folders import LEARNED_CRF
from annotator.suggest.starter.features import Features
from annotator.suggest.starter.starter_model import open_tagger
from annotator.suggest.starter.suggester import StarterSuggester, token_sentences

FOLDS = 5
MIN_DOCUMENTS = 3
"""With fewer documents the new model could not be compared with the present one."""

_OPTIONS = {"c1": 0.05, "c2": 0.02, "max_iterations": 40, "feature.possible_transitions": True}
_CASES_TO_CALIBRATE = 100
_TRIAL = "trial-"

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
class TrainingReport:
    """The result of a training.

    documents and names: how much was learnt from. before and after: F1 (exact spans, whole words, all labels) of the
    present model (the starter, at first) and of the new one, by cross-validation, on documents that the present model
    has not learnt from. kept_new: whether the new model is in use now. seconds: how long the training took.
    """

    documents: int
    names: int
    before: float
    after: float
    kept_new: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class _Example:
    """One sentence: the number of its document, its span, its features, and its tags."""

    document: int
    place: Span
    rows: list[Features]
    tags: list[str]


def train_model(
    documents: Sequence[TrainingDocument], tagset: Tagset, starter: StarterSuggester, folder: Path
) -> TrainingReport | None:
    """Train a project's model on its documents and put it into folder, unless it is worse than the present one.

    starter must be for the same tagset. Returns None if there are too few documents. Raises ResourceError if folder
    cannot be written.
    """
    began = time.perf_counter()
    if len(documents) < MIN_DOCUMENTS:
        return None
    documents = sorted(documents, key=lambda document: document.id)
    examples = [e for i, document in enumerate(documents) for e in _examples(i, document, starter)]
    if not any(tag != "O" for example in examples for tag in example.tags):
        return None
    present, known = _present(folder, starter, tagset)
    new = [i for i, document in enumerate(documents) if document.id not in known]
    unseen = new or list(range(len(documents)))
    trial = folder / f"{_TRIAL}{os.getpid()}.crfsuite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        guesses, calibration = _cross_validate(documents, examples, starter, tagset.clitics, trial)
        after = _f1(documents, examples, guesses, unseen)
        present_guesses = {i: [(s.span, s.label) for s in present.suggest(documents[i].text)] for i in unseen}
        before = _f1(documents, examples, present_guesses, unseen)
        better = after >= before
        if better:
            _train(examples, trial)
            _put(folder, trial, calibration, starter, documents)
    except OSError as e:
        raise ResourceError(
            "Cannot write the project's model to {folder} ({why}).", folder=folder, why=e.strerror
        ) from e
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
    names = sum(tag[0] == "B" for example in examples for tag in example.tags)
    return TrainingReport(len(documents), names, before, after, better, time.perf_counter() - began)


def train_in_process(
    documents: Sequence[TrainingDocument],
    tagset: Tagset,
    folder: Path,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> TrainingReport | None:
    """Call train_model() with the bundled starter in a process of its own, so that the window stays responsive.

    Also returns None if it was cancelled. Raises SuggesterError if the training fails.
    """
    try:
        return call(_train_from_starter, documents, tagset, folder, is_cancelled=is_cancelled)
    except UserError as e:
        raise SuggesterError(e.message) from e
    except ProcessDied as e:
        raise SuggesterError(
            "Training failed: the process {how}. The previous model is still in use.", how=e.message
        ) from e


def _train_from_starter(documents: Sequence[TrainingDocument], tagset: Tagset, folder: Path) -> TrainingReport | None:
    return train_model(documents, tagset, StarterSuggester(tagset, resource("models", "starter")), folder)


def remove_partial_models(folder: Path, is_running: Callable[[int], bool]) -> None:
    """Remove the unfinished models of trainings whose processes have ended."""
    for trial in folder.glob(f"{_TRIAL}*"):
        number = trial.stem.removeprefix(_TRIAL)
        if number.isdecimal() and not is_running(int(number)):
            with contextlib.suppress(OSError):
                trial.unlink()


def _examples(number: int, document: TrainingDocument, starter: StarterSuggester) -> Iterator[_Example]:
    """Yield the sentences of a document that count."""
    names = _outermost(document.names)
    sentences = [tokens for tokens in token_sentences(document.text) if tokens]
    described = describe(starter.model, [[token.text for token in tokens] for tokens in sentences])
    for tokens, rows in zip(sentences, described, strict=True):
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
        yield _Example(number, place, rows, encode_iob2(len(tokens), entities))


def _outermost(names: Iterable[Labelled]) -> list[Labelled]:
    """Return the spans that no other span covers, by start."""
    kept: list[Labelled] = []
    for span, label in sorted(names, key=lambda name: (name[0].start, -name[0].end, name[1])):
        if not kept or not kept[-1][0].overlaps(span):
            kept.append((span, label))
    return kept


def _cross_validate(
    documents: Sequence[TrainingDocument],
    examples: Sequence[_Example],
    starter: StarterSuggester,
    clitics: str,
    trial: Path,
) -> tuple[dict[int, list[Labelled]], ModelCalibration]:
    """Return, for each document, what a model finds that has not learnt from it, and the calibration of its scores."""
    guesses: dict[int, list[Labelled]] = {}
    cases = []
    folds = min(FOLDS, len(documents))
    for fold in range(folds):
        _train([example for example in examples if example.document % folds != fold], trial)
        tagger = open_tagger(trial)
        for i in range(fold, len(documents), folds):
            text = documents[i].text
            right = {(whole_words(text, span), label) for span, label in _outermost(documents[i].names)}
            found = list(read(text, starter.model, tagger, ModelCalibration(), clitics))
            guesses[i] = [(span, item.label) for span, item in found]
            cases += [(item.score, (whole_words(text, span), item.label) in right) for span, item in found]
    return guesses, fit(cases) if len(cases) >= _CASES_TO_CALIBRATE else ModelCalibration()


def _f1(
    documents: Sequence[TrainingDocument],
    examples: Iterable[_Example],
    guesses: dict[int, list[Labelled]],
    chosen: Sequence[int],
) -> float:
    """Return F1 over the counted sentences of the chosen documents."""
    total = Score()
    wanted = set(chosen)
    for example in examples:
        if example.document in wanted:
            text = documents[example.document].text
            sides = [
                [(whole_words(text, span), label) for span, label in side if example.place.overlaps(span)]
                for side in (_outermost(documents[example.document].names), _outermost(guesses[example.document]))
            ]
            total = sum(compare(*sides).values(), total)
    return total.f1


def _train(examples: Iterable[_Example], path: Path) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_OPTIONS)
    for example in examples:
        trainer.append(example.rows, example.tags)
    trainer.train(str(path))


def _present(
    folder: Path, starter: StarterSuggester, tagset: Tagset
) -> tuple[StarterSuggester | LearnedSuggester, frozenset[str]]:
    """Return the model in use and the ids it has learnt from; a damaged or outdated model does not count."""
    try:
        model = LearnedSuggester(folder, starter.model, tagset.clitics)
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except ResourceError:
        return starter, frozenset()
    return model, frozenset(described["documents"])


def _put(
    folder: Path,
    trial: Path,
    calibration: ModelCalibration,
    starter: StarterSuggester,
    documents: Iterable[TrainingDocument],
) -> None:
    """Replace the model in use by a trained one, so that a half-written model is never loaded."""
    described = {
        "starter": starter.model.version,
        "sha256": hashlib.sha256(trial.read_bytes()).hexdigest(),
        "edges": calibration.edges,
        "values": calibration.values,
        "documents": [document.id for document in documents],
    }
    with replace_together() as files:
        trial.replace(files.file(folder / LEARNED_CRF))
        description = files.file(folder / DESCRIPTION, last=True)
        description.write_text(json.dumps(described) + "\n", encoding="utf-8")
