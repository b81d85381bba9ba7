"""Learn from a project's decisions: train its own model (see learned), and keep the old one where the new one is worse.

What counts is the combined answer, since annotators see that. In five samples, models of 5 security articles were
better than the starter alone, and lowered the F1 of the combined answer on 40 other articles from .761 to .755.

A training document is one that somebody has decided on. Every sentence of a finished document counts; of another
document, those sentences count that hold decisions and nothing undecided. Of nested spans the outermost are learnt.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.atomic_file import replace_together
from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError, SuggesterError, UserError
from annotator.suggest.child_process import ProcessDied, call
from annotator.suggest.learned.crf import (
    CrossValidation,
    Labelled,
    Material,
    TrainingDocument,
    cross_validate,
    material,
    outermost,
    train_crf,
)
from annotator.suggest.learned.reader import FEATURES, StackedReader
from annotator.suggest.learned.suggester import DESCRIPTION, LearnedSuggester
from annotator.suggest.metrics import Score, compare, whole_words
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.model_folders import LEARNED, LEARNED_CRF

MIN_DOCUMENTS = 3
"""With fewer documents the new model could not be compared with the present one."""

_MIN_LEARNT = 2
"""How many of them must have examples: cross-validation learns from the others."""

_TRIAL = "trial-"


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The result of a training.

    documents and names: how much was learnt from. before and after: F1 (exact spans, whole words, all labels) of the
    combined answer with the present model, if there is one, and with the new one, by cross-validation, on documents
    that the present model has not learnt from. Neither knows the project's names. kept_new: whether the new model is in
    use now. seconds: how long the training took.
    """

    documents: int
    names: int
    before: float
    after: float
    kept_new: bool
    seconds: float


def train_model(documents: Sequence[TrainingDocument], reader: StackedReader, folder: Path) -> TrainingReport | None:
    """Train a project's model on its documents and put it into folder, unless it is worse than the present one.

    reader is for the project's tagset. Returns None if there are too few documents, or nothing to learn from. Raises
    ResourceError if folder cannot be written.
    """
    began = time.perf_counter()
    if len(documents) < MIN_DOCUMENTS:
        return None
    documents = sorted(documents, key=lambda document: document.id)
    known = material(documents, reader)
    if not known.names or len(known.numbers) < _MIN_LEARNT:
        return None
    present, learnt = _present(folder, reader)
    new = [i for i, document in enumerate(documents) if document.id not in learnt]
    unseen = new or list(range(len(documents)))
    trial = folder / f"{_TRIAL}{os.getpid()}.crfsuite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        crossed = cross_validate(known, reader, trial)
        after = _f1(known, {i: _shown(known, i, reader, _calibrated(crossed, i)) for i in unseen})
        before = _f1(known, {i: _shown(known, i, reader, _suggested(present, known, i)) for i in unseen})
        better = after >= before
        if better:
            train_crf(known.examples, trial)
            _put(folder, trial, crossed.calibration, documents)
    except OSError as e:
        raise ResourceError(
            "Cannot write the project's model to {folder} ({why}).", folder=folder, why=e.strerror
        ) from e
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
    return TrainingReport(len(documents), known.names, before, after, better, time.perf_counter() - began)


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
        return call(_train, documents, tagset, folder, is_cancelled=is_cancelled)
    except UserError as e:
        raise SuggesterError(e.message) from e
    except ProcessDied as e:
        raise SuggesterError(
            "Training failed: the process {how}. The previous model is still in use.", how=e.message
        ) from e


def _train(documents: Sequence[TrainingDocument], tagset: Tagset, folder: Path) -> TrainingReport | None:
    return train_model(documents, StackedReader(tagset), folder)


def remove_partial_models(folder: Path, is_running: Callable[[int], bool]) -> None:
    """Remove the unfinished models of trainings whose processes have ended."""
    for trial in folder.glob(f"{_TRIAL}*"):
        number = trial.stem.removeprefix(_TRIAL)
        if number.isdecimal() and not is_running(int(number)):
            with contextlib.suppress(OSError):
                trial.unlink()


def _f1(known: Material, guesses: Mapping[int, Sequence[Labelled]]) -> float:
    """Return F1 over the counted sentences of the documents with guesses."""
    total = Score()
    for example in known.examples:
        if example.document in guesses:
            document = known.documents[example.document]
            sides = [
                [(whole_words(document.text, span), label) for span, label in side if example.place.overlaps(span)]
                for side in (outermost(document.names), outermost(guesses[example.document]))
            ]
            total = sum(compare(*sides).values(), total)
    return total.f1


def _shown(known: Material, number: int, reader: StackedReader, learned: Sequence[Suggestion] | None) -> list[Labelled]:
    """Return what an editor shows in a document, given the answer of the project's model, None if there is no model."""
    answers = dict(known.described[number].answers)
    if learned is not None:
        answers[LEARNED] = learned
    found = reader.ask(COMBINED, _document(known, number), answers)
    return [(s.span, s.label) for s in found if s.given >= DEFAULT_THRESHOLD]


def _calibrated(crossed: CrossValidation, number: int) -> list[Suggestion]:
    worth = crossed.calibration
    return [Suggestion(span, found.label, worth(found.score), LEARNED) for span, found in crossed.found[number]]


def _suggested(model: LearnedSuggester | None, known: Material, number: int) -> tuple[Suggestion, ...] | None:
    return None if model is None else model.combine(_document(known, number), known.described[number].answers)


def _document(known: Material, number: int) -> Document:
    document = known.documents[number]
    return Document(document.id, document.text)


def _present(folder: Path, reader: StackedReader) -> tuple[LearnedSuggester | None, frozenset[str]]:
    """Return the model in use and the ids it has learnt from, None for a damaged or outdated model."""
    try:
        model = LearnedSuggester(folder, reader)
        return model, frozenset(json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["documents"])
    except (ResourceError, KeyError, TypeError):
        return None, frozenset()


def _put(folder: Path, trial: Path, calibration: ModelCalibration, documents: Iterable[TrainingDocument]) -> None:
    """Replace the model in use by a trained one, so that a half-written model is never loaded."""
    described = {
        "features": FEATURES,
        "sha256": hashlib.sha256(trial.read_bytes()).hexdigest(),
        "edges": calibration.edges,
        "values": calibration.values,
        "documents": [document.id for document in documents],
    }
    with replace_together() as files:
        trial.replace(files.file(folder / LEARNED_CRF))
        description = files.file(folder / DESCRIPTION, last=True)
        description.write_text(json.dumps(described) + "\n", encoding="utf-8")
