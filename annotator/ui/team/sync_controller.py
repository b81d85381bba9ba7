"""Exchanges work with the team through a folder or a server, in the background; shows if the project is in step."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import UserError
from annotator.services.team.sync import SyncReport, open_carrier, sync
from annotator.storage.project import Project
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import date_text, digits, isolate
from annotator.ui.base.jobs import Job, Jobs, Stopped
from annotator.ui.jobs.long_task import LongTaskController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.merging.messages import MergeMessages
from annotator.ui.team.carrier_dialog import CarrierDialog

SYNC = "sync"
_DELAY_MS = 500
"""How long after a decision the outbox is counted, so that a burst of decisions is counted once."""


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What was exchanged, and why it ended early if it did: an error, or a stop."""

    report: SyncReport
    error: UserError | None = None
    stopped: bool = False


class SyncController(LongTaskController):
    """Runs the exchange with the shared folder or the server.

    begun and ended let others pause meanwhile; received says that the project has changed.
    """

    begun = Signal()
    ended = Signal()
    received = Signal()

    def __init__(self, window: QWidget, current: CurrentProject, jobs: Jobs, status: StatusLine) -> None:
        """Exchange for a window."""
        super().__init__(SYNC, window, current, jobs, status)
        self._is_unreached = False
        self._counting = QTimer(self, interval=_DELAY_MS, singleShot=True)
        self._counting.timeout.connect(self.show_state)
        current.outcome.connect(lambda _outcome: self._counting.start())
        current.sessionChanged.connect(self._begin_session)

    def start(self) -> None:
        """Exchange with the folder or server of the project; if it has none, the user chooses one first."""
        project = self._current.project
        if project is None or self.refuse_second():
            return
        if carrier := project.outbox.carrier:
            self._run(carrier)
        else:
            self.choose_carrier()

    def choose_carrier(self) -> None:
        """Let the user choose the shared folder or the server, and exchange with it."""
        project = self._current.project
        if project is None or self.refuse_second():
            return
        dialog = CarrierDialog(project.outbox.carrier, project.path.parent, self._window)
        if dialog.exec():
            self._run(dialog.address(), resend=True)

    def show_state(self) -> None:
        """Show in the status line whether the project is in step with its folder or server."""
        self._counting.stop()
        self._status.show_sync(self._state())

    def running_text(self) -> str:
        """Return what the status line says."""
        return self.tr("Synchronising…")

    def already_running_text(self) -> str:
        """Return what to say to a second request."""
        return self.tr("The project is being synchronised already.")

    def was_stopped(self) -> None:
        """Report an exchange that was stopped before it began."""
        self._finish(SyncOutcome(SyncReport(), stopped=True))

    def was_broken_off(self) -> None:
        """Let other work continue after a bug ended the exchange."""
        self.ended.emit()
        self.show_state()
        super().was_broken_off()

    def _run(self, address: str, *, resend: bool = False) -> None:
        self.begun.emit()
        annotator = self._current.annotator

        def work(path: Path, job: Job) -> SyncOutcome:
            """Exchange; an error or a stop is part of the outcome, since some changes may have come in before it."""
            report = SyncReport()
            try:
                with Project.open(path) as project:
                    carrier = open_carrier(address)
                    progress = job.report_progress
                    sync(project, carrier, report=report, annotator=annotator, progress=progress, resend=resend)
            except UserError as error:
                return SyncOutcome(report, error)
            except Stopped:
                return SyncOutcome(report, stopped=True)
            return SyncOutcome(report)

        self.run(work, self._finish)

    def _finish(self, outcome: SyncOutcome) -> None:
        report = outcome.report
        self.ended.emit()
        self._is_unreached = outcome.error is not None
        if not report.received.is_empty and self.is_in_project:
            self.received.emit()
        self.show_state()
        problems = [error_text(problem) for problem in (*report.problems, report.warning) if problem is not None]
        problems += MergeMessages(self).warnings(report.received)
        if report.waiting:
            problems.append(digits(self.tr("%n change(s) wait until their articles arrive.", "", report.waiting)))
        if outcome.error is not None or problems:
            why = [error_text(outcome.error)] if outcome.error is not None else []
            self.message.emit("\n".join([*why, *problems]))
        elif outcome.stopped:
            self.show_result([self.tr("Synchronisation stopped. The next one continues.")], stopped=True)
        if outcome.error is None and not outcome.stopped:
            self._status.show_message(self._exchanged(report), lambda: self._exchanged(report))

    def _exchanged(self, report: SyncReport) -> str:
        """Return how much was received and sent, as a phrase for the status line."""
        parts = []
        if report.received.documents:
            parts.append(digits(self.tr("%n article(s) received", "", report.received.documents)))
        if report.received.edits:
            said = digits(self.tr("%n decision(s) received", "", report.received.edits))
            names = self.tr(", ").join(isolate(name) for name, _ in report.people.most_common())
            parts.append(f"{said}: {names}" if names else said)
        if report.sent_documents:
            parts.append(digits(self.tr("%n article(s) sent", "", report.sent_documents)))
        if report.sent_edits:
            parts.append(digits(self.tr("%n decision(s) sent", "", report.sent_edits)))
        return " · ".join([self.tr("Synchronised"), *(parts or [self.tr("nothing new")])])

    def _begin_session(self) -> None:
        self._is_unreached = False
        self.show_state()

    def _state(self) -> str:
        project = self._current.project
        if project is None:
            return ""
        try:
            carrier, count, reached = project.outbox.carrier, project.outbox.count(), project.outbox.reached
        except UserError:
            return ""
        if not carrier:
            return ""
        waiting = digits(self.tr("%n to send", "", count)) if count else ""
        if self._is_unreached:
            since = self.tr("not reached since {0}").format(_time_text(reached)) if reached else self.tr("not reached")
            return f"{since} · {waiting}" if waiting else since
        return waiting or self.tr("in step")


def _time_text(ms: int) -> str:
    """Return a time in ms since 1970 as the time of today, or as a date."""
    moment = datetime.datetime.fromtimestamp(ms / 1000).astimezone()
    if moment.date() == datetime.datetime.now().astimezone().date():
        return digits(f"{moment:%H:%M}")
    return date_text(moment.date())
