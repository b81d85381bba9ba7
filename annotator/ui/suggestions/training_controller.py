"""Learns from articles that are marked as done, in other processes.

The names in them are suggested at once in other articles. The model is trained when there is enough to learn. New
suggestions come first in the articles nearest to the open one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.edit import CellKind
from annotator.domain.model.suggestion import COMBINED
from annotator.services.document_metrics import metric_inputs
from annotator.services.suggesting.refresh import nearest, with_names_of
from annotator.services.suggesting.suggest_project import context_of
from annotator.services.suggesting.train import is_due, train_project
from annotator.session import Outcome
from annotator.storage.project import Project
from annotator.suggest.learned.train import TrainingReport
from annotator.suggest.model_folders import LEARNED
from annotator.suggest.registry import available
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import current_language, digits
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.jobs.long_task import LongTask
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.suggestions.runner import SuggestionPlan, SuggestionRunner

TRAIN, ECHO, RENEW = "train", "echo", "renew"
MEMORY = "memory"

_NEAR = 40
"""Articles searched for new names after an article is marked as done."""
_FAR = 300
"""More distant articles that have such names by the search index."""
_RENEWED = 200
"""Articles that get suggestions of a new model at once; others on Ctrl+R or when the project is opened again."""


class TrainingController(LongTask):
    """Waits for articles that are marked as done, and learns from them.

    learnt carries the TrainingReport of each training, or None if none was due. stored carries each document with
    new suggestions; echoed and renewed follow when names and a new model have been applied. failed is Jobs.failed.
    """

    stored = Signal(str)
    echoed = Signal()
    renewed = Signal()
    learnt = Signal(object)
    failed = Signal(str, object)

    def __init__(self, current: CurrentProject, status: StatusLine, parent: QObject) -> None:
        """Learn from the decisions in the current project."""
        super().__init__(TRAIN, status, parent)
        self._current = current
        self._decided, self._learning_from = 0, 0
        self._is_paused = False
        self._missed: list[str] = []
        self._unechoed: list[str] = []
        self._outcome: TrainingReport | None = None
        self._training, asking, renewing = self._jobs = Jobs(self), Jobs(self), Jobs(self)
        self._echo = self._runner(ECHO, asking, self.echoed.emit)
        self._renewal = self._runner(RENEW, renewing, self.renewed.emit)
        for jobs in self._jobs:
            jobs.failed.connect(self.failed)
        self._training.progressed.connect(self._show_begun)
        self._training.busy.connect(self._hide_ended)
        self._training.failed.connect(self.show)
        self.echoed.connect(self._unechoed.clear)
        current.outcome.connect(self._learn_from_edit)
        current.sessionChanged.connect(self._reset)

    @property
    def busy(self) -> bool:
        """Return True while a model is trained or something learnt is applied."""
        return self._training.running(TRAIN) or self._echo.running or self._renewal.running

    def show(self) -> None:
        """Show the result of the last training in the current language."""
        outcome = self._outcome
        if outcome is None:
            self._status.show_learning("")
            return
        said = self.tr("Trained on %n article(s)", "", outcome.documents)
        before, after = _score(outcome.before), _score(outcome.after)
        if outcome.kept_new:
            better = self.tr("F1 {0} → {1}").format(before, after)
        else:
            better = self.tr("F1 {0} would be {1}, model not replaced").format(before, after)
        self._status.show_learning(f"{digits(said)} · {better}")

    def stop(self) -> None:
        """Stop; the present model and stored suggestions are kept."""
        self._training.cancel(TRAIN)
        self._echo.stop()
        self._renewal.stop()

    def pause(self) -> None:
        """Stop, and learn nothing until resume(), because training would write while a merge writes."""
        self.postpone()
        self.stop()

    def postpone(self) -> None:
        """Finish what was begun, and begin nothing until resume().

        Each article that is marked as done costs this process 0.1 s of processor time, which a key would wait for while
        another thread is busy too.
        """
        self._is_paused = True

    def resume(self) -> None:
        """Learn from what was decided since pause() or postpone(), and continue."""
        unheard, self._missed, self._is_paused = self._missed, [], False
        if unheard:
            self._learn_from(unheard)

    def close(self) -> None:
        """Stop, and wait until all threads are idle."""
        self.stop()
        for jobs in self._jobs:
            jobs.stop()

    def _runner(self, name: str, jobs: Jobs, over: Callable[[], None]) -> SuggestionRunner:
        runner = SuggestionRunner(name, self._current, jobs, self)
        runner.stored.connect(self.stored)
        runner.ended.connect(lambda problems, _documents: self._end(problems, over))
        return runner

    def _end(self, problems: Sequence[str], over: Callable[[], None]) -> None:
        if problems:
            self.message.emit("\n".join(map(error_text, problems)))
        over()

    def _reset(self) -> None:
        self.stop()
        self._unechoed.clear()
        self._decided, self._outcome, self._missed = 0, None, []
        self.show()

    def _learn_from_edit(self, outcome: Outcome) -> None:
        change = outcome.change
        if change is None:
            return
        done = [write.document for write in change.writes(CellKind.STATUS) if write.after]
        if self._is_paused:
            self._missed += done
        elif done:
            self._learn_from(done)

    def _learn_from(self, done: Sequence[str]) -> None:
        self._find_names_of(done)
        if not self._training.running(TRAIN):
            self._train()

    def _find_names_of(self, done: Sequence[str]) -> None:
        """Look for names in articles, and for those of the runs before, because this one replaces them."""
        me, order = self._current.annotator.id, self._current.order
        # The newest come first, because not all that have such names are asked about.
        self._unechoed[:] = dict.fromkeys((*done, *self._unechoed))
        sources = tuple(self._unechoed)

        def documents(own: Project) -> list[str]:
            near = nearest(own, done[-1], me, _NEAR, order)
            return list(dict.fromkeys((*near, *with_names_of(own, sources, me, _FAR))))

        self._echo.begin(lambda own: _plan(own, (MEMORY,), documents))

    def _train(self) -> None:
        project, decided = self._current.project, self._decided
        if project is None:
            return
        path = project.path

        def work(job: Job) -> tuple[int, TrainingReport | None]:
            with Project.open(path) as own:
                there = len(own.decisions.decided_documents())
                if not is_due(there, decided):
                    return decided, None
                job.report_progress(0, there)
                return there, train_project(own, is_cancelled=lambda: job.cancelled)

        self._training.run(TRAIN, work, self._take)

    def running_text(self) -> str:
        """Return what the status line says."""
        return digits(self.tr("Training on %n article(s)…", "", self._learning_from))

    def stop_by_user(self) -> None:
        """Stop training. It is due again when as many decisions have been added as after a complete training."""
        if self._training.running(TRAIN):
            self._decided = self._learning_from
            self._training.cancel(TRAIN)
            self._status.show_message(self.tr("Training stopped. The model was not changed."))

    def _show_begun(self, _name: str, _done: int, documents: int) -> None:
        self._learning_from = documents
        self.show_progress(0, 0)

    def _hide_ended(self, _name: str, is_busy: bool) -> None:
        if not is_busy:
            self.hide_progress()

    def _take(self, result: tuple[int, TrainingReport | None]) -> None:
        self._decided, outcome = result
        self._outcome = outcome or self._outcome
        self.show()
        session = self._current.session
        if outcome and outcome.kept_new and session and session.document:
            here, me, order = session.document.id, session.annotator.id, self._current.order
            self._renewal.begin(lambda own: _plan(own, (LEARNED,), lambda p: nearest(p, here, me, _RENEWED, order)))
        self.learnt.emit(outcome)


def _plan(own: Project, names: Sequence[str], documents: Callable[[Project], Sequence[str]]) -> SuggestionPlan:
    context = context_of(own)
    there = available(context)
    asked = tuple(name for name in (*names, COMBINED) if name in there)
    return SuggestionPlan(asked, context, documents(own), metric_inputs(own))


def _score(f1: float) -> str:
    """Return an F1 as each language writes it: .74, ٠٫٧٤."""
    return digits(f"{f1:.2f}".replace(".", "٫")) if current_language() == "ar" else f"{f1:.2f}".removeprefix("0")
