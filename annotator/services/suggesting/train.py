"""Have a project learn from its own decisions: gather them as lessons, and train its model in a process apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.calibration import DEFAULT_THRESHOLD, Reliability
from annotator.domain.review.visibility import place_of, visible
from annotator.storage.file.processes import is_running
from annotator.storage.project import Project
from annotator.suggest.learned.process import learn_apart
from annotator.suggest.learned.train import LEAST_LESSONS, Lesson, Outcome, remove_trials
from annotator.suggest.model_folders import default_models, learned_folder

GROWTH = 1.25
"""By how much the decided documents grow until it is worth the time to train the model again."""

_REFUSALS = (Verdict.REJECTED, Verdict.CORRECTED)


def train_project(
    project: Project, models: Path | None = None, wanted: Callable[[], bool] = lambda: True
) -> Outcome | None:
    """Train a project's own model, in the model folder (the user's own where None), on all that was decided in it.

    Returns None where there are too few documents, or where it is no longer wanted, which is asked several times a
    second. Raises SuggesterError where it fails, and ProjectError; the old model then stays.
    """
    found = lessons(project)
    if len(found) < LEAST_LESSONS:
        return None
    folder = learned_folder(models or default_models(), project.id)
    remove_trials(folder, is_running)
    try:
        return learn_apart(found, project.tagset, folder, wanted)
    finally:
        remove_trials(folder, is_running)


def is_due(decided: int, learnt: int) -> bool:
    """Tell whether to train again: decided documents are there now, learnt were there the last time."""
    return decided >= max(LEAST_LESSONS, learnt * GROWTH)


def lessons(project: Project) -> list[Lesson]:
    """Return what the documents teach that somebody has decided on, each as one annotator decided."""
    reliability = project.judgements.reliability()
    return [
        _lesson(project, reliability, project.documents.get(document_id), annotator, done)
        for document_id, annotator, done in project.judgements.decided()
    ]


def _lesson(project: Project, reliability: Reliability, document: Document, annotator: str, done: bool) -> Lesson:
    """Return what a document teaches as an annotator decided on it."""
    names = tuple((a.span, a.label) for a in project.log.annotations(document.id, annotator))
    if done:
        return Lesson(document.text, names)
    verdicts = project.log.verdicts(document.id, annotator)
    rejected = tuple(place_of(key) for key, verdict in verdicts.items() if verdict["verdict"] in _REFUSALS)
    suggestions = reliability.calibrated(project.suggestions.of(document.id))
    taken = [span for span, _ in names]
    undecided = visible(suggestions, taken, verdicts, DEFAULT_THRESHOLD, project.tagset.nested)
    return Lesson(document.text, names, False, rejected, tuple(s.span for s in undecided))
