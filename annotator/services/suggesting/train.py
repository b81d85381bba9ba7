"""Train a project's own model on its decisions, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.calibration import DEFAULT_THRESHOLD, Calibrator
from annotator.domain.review.visibility import span_of_key, visible_suggestions
from annotator.storage.file.processes import is_running
from annotator.storage.project import Project
from annotator.suggest.learned.crf import TrainingDocument
from annotator.suggest.learned.train import (
    MIN_DOCUMENTS,
    TrainingReport,
    remove_partial_models,
    train_in_process,
)
from annotator.suggest.model_folders import default_models, learned_folder

GROWTH = 1.25
"""The growth of the decided documents at which it is worth the time to train again."""

_REFUSALS: tuple[str, ...] = (Verdict.REJECTED, Verdict.CORRECTED)


def train_project(
    project: Project, models: Path | None = None, is_cancelled: Callable[[], bool] = lambda: False
) -> TrainingReport | None:
    """Train a project's own model on all its decisions; models is the model folder, by default the user's own.

    Returns None if there are too few documents, or if it was cancelled; is_cancelled is called several times a second.
    Raises SuggesterError if the training fails, and ProjectError. The old model then stays.
    """
    found = training_documents(project)
    if len(found) < MIN_DOCUMENTS:
        return None
    folder = learned_folder(models or default_models(), project.id)
    remove_partial_models(folder, is_running)
    try:
        return train_in_process(found, project.tagset, folder, is_cancelled)
    finally:
        remove_partial_models(folder, is_running)


def is_due(decided: int, learnt: int) -> bool:
    """Return True if there are enough decided documents to train again; learnt is their number the last time."""
    return decided >= max(MIN_DOCUMENTS, learnt * GROWTH)


def training_documents(project: Project) -> list[TrainingDocument]:
    """Return the documents with decisions, each as one annotator decided on it."""
    reliability = project.decisions.reliability()
    return [
        _document(project, reliability, project.documents.get(document_id), annotator, done)
        for document_id, annotator, done in project.decisions.decided_documents()
    ]


def _document(
    project: Project, reliability: Calibrator, document: Document, annotator: str, done: bool
) -> TrainingDocument:
    names = tuple((a.span, a.label) for a in project.log.annotations(document.id, annotator))
    if done:
        return TrainingDocument(document.text, names)
    verdicts = project.log.verdicts(document.id, annotator)
    rejected = tuple(span_of_key(key) for key, verdict in verdicts.items() if verdict["verdict"] in _REFUSALS)
    suggestions = reliability.calibrated(project.suggestions.of(document.id))
    taken = [span for span, _ in names]
    undecided = visible_suggestions(suggestions, taken, verdicts, DEFAULT_THRESHOLD, project.tagset.nested)
    return TrainingDocument(document.text, names, False, rejected, tuple(s.span for s in undecided))
