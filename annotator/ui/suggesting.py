"""Suggestions computed behind the work: a few documents go out as a snapshot, answers come in and are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from annotator.domain.document import Document
from annotator.domain.suggestion import Suggestion
from annotator.errors import SuggesterError, UserError
from annotator.storage.project import Project
from annotator.suggest.debris import outside_debris
from annotator.suggest.registry import Cancellable, Suggester, SuggesterContext, available, create
from annotator.ui.desk import Desk
from annotator.ui.i18n import digits
from annotator.ui.jobs import Jobs, Ticket
from annotator.ui.status_line import StatusLine
from annotator.work.suggesting import known_names

SUGGEST = "suggest"
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What one suggester proposed for one document."""

    document: str
    suggester: str
    version: str
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class Bench:
    """The suggesters of one run, made in the job's thread when they are first needed.

    problems are the sentences of those that cannot be used; the others go on.
    """

    names: tuple[str, ...]
    context: SuggesterContext
    made: list[Suggester] | None = None
    problems: list[str] = field(default_factory=list)

    def propose(self, documents: list[Document], ticket: Ticket) -> list[Answer]:
        """Return every suggester's answer to every document; nothing when the ticket is off."""
        if self.made is None:
            self.made = [suggester for name in self.names if (suggester := self._make(name))]
        answers: list[Answer] = []
        for suggester in list(self.made):
            try:
                answers.extend(_ask(suggester, documents, ticket))
            except SuggesterError as fault:
                self.problems.append(str(fault))
                self.made.remove(suggester)
                suggester.close()
        return answers

    def cancel(self) -> None:
        """Have a suggester that is long over its answer give it up; called from the window's thread."""
        for suggester in list(self.made or ()):
            if isinstance(suggester, Cancellable):
                suggester.cancel()

    def close(self) -> None:
        """Let go of the suggesters."""
        for suggester in self.made or ():
            suggester.close()
        self.made = None

    def _make(self, name: str) -> Suggester | None:
        """Make a suggester, or note why it cannot be used."""
        try:
            return create(name, self.context)
        except SuggesterError as fault:
            self.problems.append(str(fault))
            return None


def _ask(suggester: Suggester, documents: list[Document], ticket: Ticket) -> Iterator[Answer]:
    """Yield a suggester's answers, without what lies in page debris, until the ticket is off."""
    asked = {document.id: document for document in documents}
    for document_id, found in suggester.suggest_many(documents):
        if ticket.cancelled:
            return
        kept = outside_debris(asked[document_id], found)
        yield Answer(document_id, suggester.name, suggester.version, kept)


class Suggesting(QObject):
    """Runs the suggesters over the project: over what lacks them when it opens, over everything when asked."""

    stored = Signal(str)
    finished = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs, status: StatusLine, parent: QObject) -> None:
        """Work for a desk; nothing runs until complete() or start()."""
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._status = status
        self._bench: Bench | None = None
        self._waiting: deque[str] = deque()
        self._total = 0
        desk.sessionChanged.connect(self.stop)
        jobs.failed.connect(self._give_up)

    def start(self) -> None:
        """Run over every document, replacing what was suggested before."""
        self._begin(anew=True)

    def complete(self) -> None:
        """Run over the documents that lack a suggester's answer."""
        self._begin(anew=False)

    def stop(self) -> None:
        """Stop; what has come in stays."""
        self._jobs.cancel(SUGGEST)
        if self._bench is not None:
            self._bench.cancel()
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
        bench = self._bench = Bench(available(context), context)
        names, path, first = set(bench.names), project.path, session.document.id if session.document else ""

        def survey(_ticket: Ticket) -> list[str]:
            """Find the documents to ask about, the open one first, through a door of the job's own."""
            with Project.open(path) as own:
                wanted = [i for i in own.documents.ids() if anew or not names <= own.suggestions.versions(i).keys()]
            return sorted(wanted, key=lambda document_id: document_id != first)

        self._jobs.run(SUGGEST, survey, self._line_up)

    def _line_up(self, wanted: list[str]) -> None:
        """Begin with the documents that were found to lack an answer."""
        self._waiting = deque(wanted)
        self._total = len(wanted)
        self._go_on()

    def _go_on(self) -> None:
        """Send out the next few documents, or end."""
        project, bench = self._desk.project, self._bench
        if project is None or bench is None:
            return
        if self._waiting:
            self._status.show_job(self._progress_text(), self._total - len(self._waiting), self._total)
            few = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            documents = [project.documents.get(document_id) for document_id in few]
            self._jobs.run(SUGGEST, lambda ticket: bench.propose(documents, ticket), self._take)
            return
        self._status.hide_job()
        self._let_go()
        if bench.problems:
            self.told.emit("\n".join(bench.problems))
        if self._total:
            said = self.tr("Suggestions are ready for %n article(s).", "", self._total)
            self._status.say(digits(said))
        self.finished.emit()

    def _take(self, answers: Iterable[Answer]) -> None:
        """Keep what came in, show it where it concerns the open document, and go on."""
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        documents: dict[str, None] = {}
        try:
            with project.batch():
                for answer in answers:
                    project.suggestions.replace(answer.document, answer.suggester, answer.version, answer.suggestions)
                    documents[answer.document] = None
        except UserError:
            self.stop()
            raise
        for document_id in documents:
            self.stored.emit(document_id)
        self._go_on()

    def _give_up(self, name: str, _fault: Exception) -> None:
        """End a run whose job failed; the window tells of the fault."""
        if name == SUGGEST:
            self.stop()

    def _progress_text(self) -> str:
        """Say how far the run is."""
        done = self._total - len(self._waiting)
        return self.tr("Suggestions: {0} of {1}").format(digits(done), digits(self._total))

    def _let_go(self) -> None:
        """Close the suggesters in the job's thread, behind whatever still runs there."""
        bench, self._bench = self._bench, None
        if bench is not None:
            self._jobs.behind(bench.close)
