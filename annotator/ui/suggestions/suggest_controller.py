"""Generates suggestions: for new articles when a project opens, for all when the user asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.services.document_metrics import is_up_to_date, measure_in_process, metric_inputs
from annotator.services.suggesting.suggest_project import context_of
from annotator.storage.project import Project
from annotator.suggest.registry import available
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.jobs.long_task import LongTask
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.sidebar.side_panel import SuggestionState
from annotator.ui.suggestions.runner import SuggestionPlan, SuggestionRunner

SUGGEST = "suggest"
MEASURE = "measure"


class SuggestController(LongTask):
    """Runs the suggesters over the project and shows the progress.

    ready carries a message that suggestions are there, stateChanged the SuggestionState of the open document.
    """

    stateChanged = Signal(object)
    stored = Signal(str)
    ready = Signal(str)
    finished = Signal()
    measured = Signal()

    def __init__(self, current: CurrentProject, jobs: Jobs, status: StatusLine, parent: QObject) -> None:
        """Work on the current project; nothing runs until complete() or start()."""
        super().__init__(SUGGEST, status, parent)
        self._current = current
        self._jobs = jobs
        self._done, self._total = 0, 0
        self._runner = SuggestionRunner(SUGGEST, current, jobs, self)
        self._runner.stored.connect(self.stored)
        for signal in (self._runner.planned, self._runner.stored):
            signal.connect(self._show_state)
        current.documentOpened.connect(self._prefer_open)
        self._runner.progressed.connect(self._follow_progress)
        self._runner.ended.connect(self._end)
        current.sessionChanged.connect(self.stop)
        jobs.failed.connect(self._hide)

    def start(self) -> None:
        """Run over every document, and replace earlier suggestions."""
        self._begin(replace=True)

    def complete(self) -> None:
        """Run over the documents that a suggester has not answered, unless the project is read-only."""
        if self._current.project is not None and not self._current.project.is_read_only:
            self._begin(replace=False)

    def stop(self) -> None:
        """Stop; stored suggestions are kept."""
        self._runner.stop()
        self._jobs.cancel(MEASURE)
        self.hide_progress()
        self._show_state()

    def _prefer_open(self) -> None:
        """Ask about the opened document next, and show whether its suggestions are to come."""
        session = self._current.session
        if session and session.document:
            self._runner.prefer(session.document.id)
        self._show_state()

    def _show_state(self) -> None:
        session = self._current.session
        if session and session.document:
            self.stateChanged.emit(self._state(session.project, session.document.id))

    def _state(self, project: Project, document_id: str) -> SuggestionState:
        awaits = self._runner.awaits(document_id)
        if awaits:
            return SuggestionState.RUNNING
        if project.suggestions.versions(document_id):
            return SuggestionState.READY
        return SuggestionState.MISSING if awaits is False else SuggestionState.RUNNING

    def _begin(self, *, replace: bool) -> None:
        self.stop()
        session = self._current.session
        if session is None:
            return
        first = session.document.id if session.document else ""

        def survey(own: Project) -> SuggestionPlan:
            context = context_of(own)
            names = available(context)
            wanted = list(own.documents.ids()) if replace else own.suggestions.unanswered_documents(names)
            return SuggestionPlan(
                names, context, sorted(wanted, key=lambda document_id: document_id != first), metric_inputs(own)
            )

        self._runner.begin(survey)
        self._show_state()

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Suggestions: {0} of {1}").format(digits(self._done), digits(self._total))

    def stop_by_user(self) -> None:
        """Stop; the suggestions stored so far are kept."""
        if self._runner.running:
            self.stop()
            self._status.show_message(self.tr("Stopped. Suggestions generated so far were kept."))

    def _follow_progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.show_progress(done, total)

    def _end(self, problems: Sequence[str], documents: int) -> None:
        self.hide_progress()
        self._show_state()
        if problems:
            self.message.emit("\n".join(map(error_text, problems)))
        if documents:
            said = digits(self.tr("Suggestions are ready for %n article(s).", "", documents))
            self._status.show_message(said)
            self.ready.emit(said)
        self.finished.emit()
        self._measure()

    def _measure(self) -> None:
        """Measure new documents and find duplicates, in another process."""
        project = self._current.project
        if project is None:
            return
        path = project.path

        def work(job: Job) -> bool:
            with Project.open(path) as own:
                if is_up_to_date(own):
                    return False
            measure_in_process(path, lambda: job.cancelled)
            return True

        self._jobs.run(MEASURE, work, lambda anything: self.measured.emit() if anything else None)

    def _hide(self, name: str, _fault: Exception) -> None:
        if name == SUGGEST:
            self.hide_progress()
            self._show_state()
