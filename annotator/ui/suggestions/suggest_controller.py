"""Generates suggestions: for new articles when a project opens, for all when the user asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.services.document_metrics import is_up_to_date, measure_in_process, metric_inputs
from annotator.services.suggesting.suggest_project import context_of
from annotator.session import Session
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
        self._project: Project | None = None
        self._replaced: set[str] | None = None
        """What start() has answered so far; None if its run has ended."""
        self._runner = SuggestionRunner(SUGGEST, current, jobs, self)
        self._runner.stored.connect(self._note_stored)
        self._runner.planned.connect(self._prefer_open)
        current.documentOpened.connect(self._prefer_open)
        self._runner.progressed.connect(self._follow_progress)
        self._runner.ended.connect(self._end)
        current.sessionChanged.connect(self._follow_session)
        jobs.failed.connect(self._hide)

    def start(self) -> None:
        """Run over every document, and replace earlier suggestions."""
        self._replaced = set()
        self._begin()

    def complete(self) -> None:
        """Run over the documents that a suggester has not answered, unless the project is read-only.

        If a run of start() was interrupted, go on with it.
        """
        if self._current.project is not None and not self._current.project.is_read_only:
            self._begin()

    def stop(self) -> None:
        """Stop; stored suggestions are kept."""
        self._runner.stop()
        self._jobs.cancel(MEASURE)
        self.hide_progress()
        self._show_state()

    def _follow_session(self, session: Session | None) -> None:
        """Go on in a new session in the same project."""
        is_running = self._runner.running or self._jobs.running(MEASURE)
        self.stop()
        if session is None or session.project is not self._project:
            self._project, self._replaced = session.project if session else None, None
        elif is_running:
            self.complete()

    def _note_stored(self, document_id: str) -> None:
        if self._replaced is not None:
            self._replaced.add(document_id)
        self.stored.emit(document_id)
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

    def _begin(self) -> None:
        self.stop()
        replaced = None if self._replaced is None else frozenset(self._replaced)

        def survey(own: Project) -> SuggestionPlan:
            context = context_of(own)
            names = available(context)
            if replaced is None:
                wanted = own.suggestions.unanswered_documents(names)
            else:
                wanted = [document_id for document_id in own.documents.ids() if document_id not in replaced]
            return SuggestionPlan(names, context, wanted, metric_inputs(own))

        self._runner.begin(survey)
        self._show_state()

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Suggestions: {0} of {1}").format(digits(self._done), digits(self._total))

    def stop_by_user(self) -> None:
        """Stop; the suggestions stored so far are kept."""
        if self._runner.running:
            self._replaced = None
            self.stop()
            self._status.show_message(self.tr("Stopped. Suggestions generated so far were kept."))

    def _follow_progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.show_progress(done, total)

    def _end(self, problems: Sequence[str], documents: int) -> None:
        self._replaced = None
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
