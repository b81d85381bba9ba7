"""Exchange changes with the other copies of a project through a carrier: a shared folder, or a PostgreSQL server.

First everything that the carrier has and this copy lacks is merged, by the rules of team.merge. What came in, and what
the carrier had already, leaves the outbox. Then the rest of the outbox is sent.

Killed at any point, the next exchange continues. What was merged and not yet remembered as read is read again, and
brings nothing new. What was sent and not yet taken out of the outbox is found at the carrier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import SHARED, CellKind, Edit
from annotator.errors import Message, ProjectError, UserError
from annotator.services.progress import Progress, no_progress, part_of_progress
from annotator.services.project.merge_copies import report_roles
from annotator.services.team.carrier import Arrival, Carrier, Withheld
from annotator.services.team.postgres_carrier import PostgresCarrier
from annotator.services.team.postgres_server import is_server
from annotator.services.team.shared_folder import SharedFolder
from annotator.storage.changeset import ChangesetSource
from annotator.storage.file.clock import timestamp_ms, wall_ms
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up_automatically
from annotator.storage.rows import Row
from annotator.team.merge import ClockAhead, MergeReport, merge

SENT_AT_ONCE = 4_000_000
"""How many characters a changeset has at most, unless one row is longer."""
_TOLERATED = 5
"""Minutes by which two clocks may differ before it is reported."""


@dataclass(slots=True)
class SyncReport:
    """What an exchange has brought in and sent so far.

    received: what was merged; people: how many edits that came in each annotator made, by name
    sent_edits, sent_documents, sent_rows: how many edits, documents and rows of all tables were sent
    waiting: rows that arrived before the documents or annotators that they refer to
    withheld: how many rows were not sent, by the reason
    problems: what was skipped and why; warning: what is dangerous
    """

    received: MergeReport = field(default_factory=MergeReport)
    people: Counter[str] = field(default_factory=Counter)
    sent_edits: int = 0
    sent_documents: int = 0
    sent_rows: int = 0
    waiting: int = 0
    withheld: Counter[Withheld] = field(default_factory=Counter)
    problems: list[Message] = field(default_factory=list)
    warning: Message | None = None

    @property
    def is_empty(self) -> bool:
        """Return True if nothing came in and nothing was sent."""
        return self.received.is_empty and not self.sent_rows

    def lines(self) -> list[str]:
        """Return the report as sentences."""
        lines = []
        if self.received.is_empty:
            lines.append("Nothing new was received.")
        else:
            by = f" (edits by {', '.join(name for name, _ in self.people.most_common())})" if self.people else ""
            lines.append(f"{self.received.came_in()[:-1]}{by}.")
        lines.append(f"Documents sent: {self.sent_documents:,}; edits sent: {self.sent_edits:,}.")
        if self.waiting:
            lines.append(f"Changes that wait until their articles arrive: {self.waiting:,}.")
        return [*lines, *self.received.lines()[1:], *self.problems, *([self.warning] if self.warning else [])]

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON values."""
        received = self.received
        return {
            "received": {"documents": received.documents, "annotators": received.annotators, "edits": received.edits},
            "people": dict(self.people),
            "sent": {"documents": self.sent_documents, "edits": self.sent_edits},
            "waiting": self.waiting,
            "withheld": {reason.value: count for reason, count in self.withheld.items()},
            "clocks_ahead": {clock.annotator: clock.minutes for clock in received.ahead},
            "problems": [str(problem) for problem in self.problems],
            "warning": str(self.warning) if self.warning else None,
        }


def open_carrier(address: str) -> Carrier:
    """Return the carrier at an address: the path of a folder, or the URL of a PostgreSQL database. Raises UserError."""
    return PostgresCarrier(address) if is_server(address) else SharedFolder(Path(address))


def sync(
    project: Project,
    carrier: Carrier,
    *,
    report: SyncReport | None = None,
    annotator: Annotator | None = None,
    progress: Progress = no_progress,
    resend: bool = False,
) -> SyncReport:
    """Exchange changes with a carrier, and remember it as the project's own.

    annotator is who works in the copy, if that is known; a server sends work only under a login of its own. With
    resend, everything is sent that the carrier turns out not to have, as to a new one. All writing to the project
    is in short transactions, after each of which it is valid. report is filled in as the exchange proceeds. progress is
    called with (steps done, all steps); an exception that it raises stops the exchange, and the next one continues.

    Raises UserError if the carrier cannot be reached or written. Then nothing was changed, unless the connection was
    lost on the way.
    """
    report = SyncReport() if report is None else report
    try:
        _Exchange(project, carrier, report, progress).run(annotator, resend=resend)
    finally:
        carrier.close()
    return report


_WITHHELD = {
    Withheld.OTHERS: Message("Decisions of others that were not sent: {count}. They or a lead can send them."),
    Withheld.SHARED: Message(
        "Changes to labels, articles, roles or gold that were not sent, because your login may not send them: {count}. "
        "A lead can merge this project file and send them."
    ),
    Withheld.LARGE: Message(
        "Articles and changes that were not sent, because they are larger than the 200 MB that the server takes: "
        "{count}. They stay in this project."
    ),
}


class _Exchange:
    def __init__(self, project: Project, carrier: Carrier, report: SyncReport, progress: Progress) -> None:
        self._project, self._carrier, self._report = project, carrier, report
        self._outbox = project.outbox
        self._receiving, self._sending = (part_of_progress(progress, part, 2) for part in range(2))
        self._part, self._done, self._total = self._receiving, 0, 0

    def run(self, annotator: Annotator | None, *, resend: bool) -> None:
        carrier, outbox = self._carrier, self._outbox
        carrier.check(self._step)
        self._report.warning = carrier.warning(self._project.path)
        self._step()
        if outbox.carrier != carrier.address:
            with suppress(UserError):
                back_up_automatically(self._project.path, on_progress=self._step)
            outbox.set_carrier(carrier.address)
        elif resend or carrier.has_lost(self._project.id, outbox.marks(), self._step):
            outbox.send_all()
        carrier.join(self._project.id, annotator, self._report.problems.append)
        while outbox.fill():
            self._step()
        before = self._project.team.facts()
        try:
            self._receive()
        finally:
            if self._report.received.edits:
                report_roles(self._project, before, self._report.received)
        self._send()
        outbox.set_reached(wall_ms())

    def _step(self, _steps: int = 0) -> None:
        """Report the progress so far again, so that the exchange can be stopped here."""
        self._part(self._done, self._total)

    def _receive(self) -> None:
        """Merge what arrived, again and again as long as rows wait for documents and something came in."""
        outbox, report = self._outbox, self._report
        marks = outbox.marks()
        tidied = self._carrier.tidied(marks)
        if tidied != marks:
            outbox.mark(tidied, sorted(marks.keys() - tidied.keys()))
        problems: list[Message] = []
        while True:
            problems.clear()
            report.waiting, was = 0, outbox.marks()
            for arrival in self._carrier.arrivals(self._project.id, was, problems.append, self._follow):
                self._take_parts(arrival, problems)
            if not report.waiting or outbox.marks() == was:
                break
        report.problems += problems

    def _take_parts(self, arrival: Arrival, problems: list[Message]) -> None:
        """Merge a changeset; if it cannot be merged as a whole, merge its halves."""
        try:
            self._take(arrival)
        except _RefusedError as e:
            parts = arrival.halves()
            for part in parts:
                self._take_parts(part, problems)
            if not parts:
                report = self._report
                report.waiting += e.waiting
                problems += [e.message] if e.message else []

    def _follow(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._step()

    def _take(self, arrival: Arrival) -> None:
        """Merge a changeset; raises _RefusedError, and changes nothing, if something in it is wrong.

        It is also raised if rows wait for what they refer to; the others are merged if the changeset is indivisible.
        """
        project, report, merged = self._project, self._report, MergeReport()
        source, waiting = self._checked(arrival)
        if len(arrival.changes):
            try:
                merge(project.receiver(source), source, merged, self._step)
            finally:
                report.received.add(merged)
        if waiting:
            raise _RefusedError(waiting=waiting)
        self._outbox.settle(arrival.changes, arrival.marks)

    def _checked(self, arrival: Arrival) -> tuple[ChangesetSource, int]:
        """Return the source of a merge, and how many rows of it must wait for what they refer to."""
        project = self._project
        try:
            source = ChangesetSource(arrival.changes, arrival.path, project.id, project.replica.tagset)
            source.check_timestamps()
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
            raise _RefusedError(arrival.damaged()) from e
        except ProjectError as e:
            raise _RefusedError(e.message) from e
        receiver = project.receiver(source)
        if holder := self._outbox.blind_annotator:
            documents = receiver.known_documents()
            source.restrict(holder, documents, lambda edit: _may_see(edit, holder, documents))
        waiting = source.withhold(*receiver.missing_references())
        if waiting and arrival.halves():
            raise _RefusedError(waiting=waiting)
        try:
            new = [edit for stored in source.stored_edits() for edit in receiver.missing_edits(stored, arrival.path)]
        except ProjectError as e:
            raise _RefusedError(e.message) from e
        names = {person.id: person.name for person in project.annotators.all()}
        names |= {who: person.name for who, (person, _) in source.stamped_annotators().items()}
        self._report.people.update(names.get(edit.annotator, edit.annotator) for edit in new)
        self._note_clocks({names.get(edit.annotator, edit.annotator): edit.id for edit in new})
        return source, waiting

    def _note_clocks(self, last: dict[str, str]) -> None:
        """Report annotators whose last edits are dated later than this computer's clock."""
        ahead = {clock.annotator: clock.minutes for clock in self._report.received.ahead}
        for name, edit_id in last.items():
            minutes = (timestamp_ms(edit_id) - wall_ms()) // 60_000
            if minutes >= _TOLERATED:
                ahead[name] = max(minutes, ahead.get(name, 0))
        self._report.received.ahead = tuple(ClockAhead(name, minutes) for name, minutes in ahead.items())

    def _send(self) -> None:
        outbox, report = self._outbox, self._report
        self._part = self._sending
        done, total = 0, outbox.count_rows()
        is_left = True
        while is_left:
            report.withheld.clear()
            is_left = False
            for changes in outbox.changesets(SENT_AT_ONCE, self._is_sent):
                is_left = True
                self._follow(done, max(total, done + len(changes)))
                marks = self._carrier.send(changes, self._project.id)
                outbox.settle(changes, marks)
                done += len(changes)
                report.sent_rows += len(changes)
                report.sent_edits += len(changes.rows["edits"])
                report.sent_documents += len(changes.rows["documents"])
        report.problems += [Message(_WITHHELD[reason], count=count) for reason, count in report.withheld.items()]
        self._follow(1, 1)

    def _is_sent(self, kind: str, row: Row) -> bool:
        """Return True if the carrier takes a row; count the decisions and articles that it does not take."""
        reason = self._carrier.withheld(kind, row)
        if reason is not None and (kind == "edits" or reason is Withheld.LARGE):
            self._report.withheld[reason] += 1
        return reason is None


def _may_see(edit: Edit, holder: str, documents: Set[str]) -> bool:
    """Return True if an edit may come into the blind copy of an annotator, which has these documents.

    It may if the annotator made it, or if it changes the tagset, a rule for checking labels, the team, the annotator's
    own assignments, the title of a document, or whether it is removed. What an annotator settled rests on the labels of
    others.
    """
    cells = {write.cell for write in edit.writes}
    if edit.annotator == holder and not cells <= SHARED:
        return CellKind.GOLD not in cells
    if cells <= {CellKind.TAGSET, CellKind.TEAM, CellKind.RULE}:
        return True
    if not ({write.document for write in edit.writes} | {edit.document}) - {""} <= documents:
        return False
    is_own = all(write.key == holder for write in edit.writes if write.cell is CellKind.ASSIGNMENT)
    return cells <= {CellKind.REMOVED, CellKind.TITLE, CellKind.ASSIGNMENT} and is_own


class _RefusedError(Exception):
    """A changeset cannot be merged as a whole.

    message says why; without one, it is because rows wait for what they refer to, and how many.
    """

    def __init__(self, message: Message | None = None, *, waiting: int = 0) -> None:
        super().__init__(message)
        self.message, self.waiting = message, waiting
