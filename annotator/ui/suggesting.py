"""Suggestions computed behind the work: a few documents go out as a snapshot, answers come in and are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from annotator.domain.document import Document
from annotator.domain.suggestion import Suggestion
from annotator.storage.project import Project
from annotator.suggest.debris import outside_debris
from annotator.suggest.registry import Suggester, SuggesterContext, available, create
from annotator.ui.desk import Desk
from annotator.ui.i18n import digits
from annotator.ui.jobs import Jobs, Ticket
from annotator.ui.status_line import StatusLine
from annotator.work.suggesting import known_names

SUGGEST = "suggest"
_BATCH = 8
_LOOK_AHEAD = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What one suggester proposed for one document."""

    document: str
    suggester: str
    version: str
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class Bench:
    """The suggesters of one run, made in the job's thread when they are first needed."""

    names: tuple[str, ...]
    context: SuggesterContext
    made: list[Suggester] = field(default_factory=list)

    def propose(self, documents: list[Document], ticket: Ticket) -> list[Answer]:
        """Return every suggester's answer to every document; stops early when the ticket is off."""
        if not self.made:
            self.made = [create(name, self.context) for name in self.names]
        answers: list[Answer] = []
        asked = {document.id: document for document in documents}
        for suggester in self.made:
            for document_id, found in suggester.suggest_many(documents):
                kept = outside_debris(asked[document_id], found)
                answers.append(Answer(document_id, suggester.name, suggester.version, kept))
                if ticket.cancelled:
                    return []
        return answers

    def close(self) -> None:
        """Let go of the suggesters."""
        for suggester in self.made:
            suggester.close()
        self.made = []


class Suggesting(QObject):
    """Runs the suggesters over the project: over what lacks them when it opens, over everything when asked."""

    stored = Signal(str)
    finished = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, status: StatusLine, parent: QObject) -> None:
        """Work for a desk; nothing runs until complete() or start()."""
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._status = status
        self._bench: Bench | None = None
        self._waiting: deque[str] = deque()
        self._total = 0
        self._anew = False
        self._answered = 0
        desk.sessionChanged.connect(self.stop)

    def start(self) -> None:
        """Run over every document, replacing what was suggested before."""
        self._begin(anew=True)

    def complete(self) -> None:
        """Run over the documents that lack a suggester's answer."""
        self._begin(anew=False)

    def stop(self) -> None:
        """Stop; what has come in stays."""
        self._jobs.cancel(SUGGEST)
        self._waiting.clear()
        self._status.hide_job()
        self._let_go()

    def _begin(self, *, anew: bool) -> None:
        """Line up the documents, the open one first, and send out the first few."""
        self.stop()
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        context = SuggesterContext(project.tagset, known_names(project))
        self._bench = Bench(available(context), context)
        self._anew = anew
        self._waiting = deque(project.documents.ids())
        if session.document is not None:
            self._waiting.remove(session.document.id)
            self._waiting.appendleft(session.document.id)
        self._total, self._answered = len(self._waiting), 0
        self._go_on()

    def _go_on(self) -> None:
        """Send out the next few documents, or end."""
        project, bench = self._desk.project, self._bench
        if project is None or bench is None:
            return
        documents = self._next_few(project, bench)
        if self._waiting or documents:
            self._status.show_job(self._progress_text(), self._total - len(self._waiting), self._total)
        if documents or self._waiting:
            self._jobs.run(SUGGEST, lambda ticket: bench.propose(documents, ticket), self._take)
            return
        self._status.hide_job()
        self._let_go()
        if self._answered:
            said = self.tr("Suggestions are ready for %n article(s).", "", self._answered)
            self._status.say(digits(said))
        self.finished.emit()

    def _next_few(self, project: Project, bench: Bench) -> list[Document]:
        """Take documents from the line until some are found that lack an answer; looks at a limited number."""
        few: list[Document] = []
        for _ in range(min(_LOOK_AHEAD, len(self._waiting))):
            document_id = self._waiting.popleft()
            if self._anew or not set(bench.names) <= project.suggestions.versions(document_id).keys():
                few.append(project.documents.get(document_id))
                if len(few) == _BATCH:
                    break
        return few

    def _take(self, answers: Iterable[Answer]) -> None:
        """Keep what came in, show it where it concerns the open document, and go on."""
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        documents: dict[str, None] = {}
        with project.batch():
            for answer in answers:
                project.suggestions.replace(answer.document, answer.suggester, answer.version, answer.suggestions)
                documents[answer.document] = None
        self._answered += len(documents)
        for document_id in documents:
            self.stored.emit(document_id)
        self._go_on()

    def _progress_text(self) -> str:
        """Say how far the run is."""
        done = self._total - len(self._waiting)
        return self.tr("Suggestions: {0} of {1}").format(digits(done), digits(self._total))

    def _let_go(self) -> None:
        """Close the suggesters in the job's thread, behind whatever still runs there."""
        bench, self._bench = self._bench, None
        if bench is not None:
            self._jobs.behind(bench.close)
