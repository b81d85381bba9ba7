"""The page that hands articles out: shares before and after, taking back, and packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.team.shares import ShareRule
from annotator.errors import UserError
from annotator.services.annotators import display_names
from annotator.services.document_metrics import is_up_to_date, measure_in_process
from annotator.services.team.assign import (
    Assigned,
    AssignRequest,
    PersonalShare,
    assign,
    plan_assignment,
    refuse_others,
    take_back,
)
from annotator.services.team.pack import Pack, PackRequest, make_packs
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.assignments import AssignmentCount
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import isolate, number_text, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.team.page import Page
from annotator.ui.widgets.file_dialogs import ask_folder
from annotator.ui.widgets.form import hint_label, push_button, row_layout, section_heading
from annotator.ui.widgets.number_field import NumberField
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.prompts import confirm_prompt
from annotator.ui.widgets.table import Index, TableModel, TableView, Value

_READ, _PLAN, _HAND_OUT, _TAKE_BACK, _PACK = "read", "plan", "hand out", "take back", "pack"
_PATIENCE_MS = 250
"""The delay after the last change of the terms until the shares are computed again."""
_MOST = 1_000_000
_FIELD_WIDTH = 72


class ShareColumn(IntEnum):
    """The columns of the table of shares."""

    NAME = 0
    ASSIGNED = 1
    DONE = 2
    BEGUN = 3
    GETS = 4
    RETURNS = 5
    AFTERWARDS = 6


@dataclass(frozen=True, slots=True)
class _Team:
    """The annotators of a project by name, what they have, how many articles there are, and why nothing can be done.

    unassigned is how many articles nobody has. refused is the error for somebody who is no lead, or None.
    """

    people: Sequence[Annotator] = ()
    counts: dict[str, AssignmentCount] | None = None
    documents: int = 0
    unassigned: int = 0
    refused: UserError | None = None


class ShareModel(TableModel):
    """One row for each annotator, with a box to choose them. chosenChanged is emitted when a box was ticked."""

    chosenChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: Sequence[Annotator] = ()
        self._names: dict[str, str] = {}
        self._counts: dict[str, AssignmentCount] = {}
        self._shares: dict[str, PersonalShare] = {}
        self._chosen: set[str] = set()

    def set_team(self, team: _Team) -> None:
        """Show annotators; those chosen before stay chosen."""
        self.people, self._counts = team.people, team.counts or {}
        self._names = display_names(team.people)
        self._shares = {}
        self._chosen &= set(self._names)
        self.reset()

    def set_shares(self, shares: Sequence[PersonalShare]) -> None:
        """Show what handing out would change."""
        self._shares = {share.person.id: share for share in shares}
        self.retranslate()

    def chosen(self) -> list[Annotator]:
        """Return the annotators whose boxes are ticked."""
        return [person for person in self.people if person.id in self._chosen]

    def choose(self, people: Sequence[Annotator]) -> None:
        """Tick the boxes of some annotators, and no others."""
        self._chosen = {person.id for person in people}
        self.retranslate()

    def headings(self) -> Sequence[str]:
        """Return the headings."""
        return (
            self.tr("Annotator"),
            self.tr("Assigned"),
            self.tr("Done"),
            self.tr("In progress"),
            self.tr("Gets"),
            self.tr("Returns"),
            self.tr("Afterwards"),
        )

    def row_total(self) -> int:
        """Return the number of annotators."""
        return len(self.people)

    def value(self, row: int, column: int) -> Value:
        """Return a name or a number of articles; None if the annotator gets none."""
        person = self.people[row]
        count, share = self._counts.get(person.id, AssignmentCount()), self._shares.get(person.id)
        values: dict[int, Value] = {
            ShareColumn.NAME: self._names.get(person.id, ""),
            ShareColumn.ASSIGNED: count.assigned,
            ShareColumn.DONE: count.finished,
            ShareColumn.BEGUN: count.begun,
            ShareColumn.GETS: len(share.given) if share else None,
            ShareColumn.RETURNS: (len(share.taken) or None) if share else None,
            ShareColumn.AFTERWARDS: share.total if share else None,
        }
        return values[column]

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Align numbers at the end, also while a column is empty."""
        return Qt.AlignmentFlag.AlignLeading if column == ShareColumn.NAME else Qt.AlignmentFlag.AlignTrailing

    def decoration(self, row: int, column: int, role: int) -> Any:
        """Return whether the box before a name is ticked."""
        if role != Qt.ItemDataRole.CheckStateRole or column != ShareColumn.NAME:
            return None
        is_chosen = self.people[row].id in self._chosen
        return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a cell; names have a box."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == ShareColumn.NAME else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a box or clear it."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        person = self.people[self.source_row(index.row())].id
        (self._chosen.add if Qt.CheckState(value) is Qt.CheckState.Checked else self._chosen.discard)(person)
        self.dataChanged.emit(index, index)
        self.chosenChanged.emit()
        return True


class AssignPage(Page):
    """Shows the shares for the chosen annotators and terms, before one button hands them out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._team = _Team()
        self._plan: Assigned | None = None
        self._result = ""
        self._jobs = Jobs(self)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._plan_shares)
        self.model = ShareModel(self)
        self.view = TableView(self.model, self)
        self.overlap, self.per_person = NumberField(0, 100, 0, self), NumberField(0, _MOST, 0, self)
        self.by, self.again = QComboBox(self), QCheckBox(self)
        self.hand_out = push_button(self, act=self._hand_out)
        self.hand_out.setObjectName("primary")
        self.take_back = push_button(self, act=self._take_back)
        self.blind = QCheckBox(self)
        self.packs = push_button(self, act=self._make_packs)
        self._summary = PlainLabel(self)
        fields: tuple[QWidget, ...] = (self.overlap, self.by, self.per_person)
        self._names = {field: PlainLabel(self) for field in fields}
        self.said, self._pack_hint = PlainLabel(self), hint_label("", self)
        self.said.setWordWrap(True)
        self._share_head, self._pack_head = section_heading("", self), section_heading("", self)
        self._bar = ProgressBar(self)
        self._bar.setFixedWidth(120)
        self._running = PlainLabel(self)
        self._running.setObjectName("quiet")
        self.stop = push_button(self, act=self._stop_jobs)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Hand out articles")

    def begin(self, session: Session) -> None:
        """Show the annotators of the project, all but the one at work chosen at first."""
        is_new = self._session is None or self._session.project is not session.project
        self._session = session
        if is_new:
            self._team, self._plan, self._result = _Team(), None, ""
            self.model.set_team(self._team)
        self._read()

    def refresh(self) -> None:
        """Read who has what again, and compute the shares again."""
        self._read()

    def end(self) -> None:
        """Stop computing and writing packs. What is being handed out or taken back is finished first."""
        self._soon.stop()
        if self._jobs.running(_HAND_OUT) or self._jobs.running(_TAKE_BACK):
            self._jobs.wait()
        else:
            self._jobs.cancel_all()
        self._show_state()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        super().retranslate()
        self._share_head.setText(self.tr("Shares"))
        self._names[self.overlap].setText(self.tr("For two people, in percent"))
        self._names[self.by].setText(self.tr("Grouped by"))
        self._names[self.per_person].setText(self.tr("At most for each"))
        for field, label in self._names.items():
            field.setAccessibleName(label.text())
        set_tooltip(self.overlap, self.tr("Articles that two people get, so that agreement can be measured"))
        chosen = self.by.currentIndex()
        self.by.clear()
        for rule, text in (
            (ShareRule.BALANCED, self.tr("Mixed sources, equal length")),
            (ShareRule.SOURCE, self.tr("Source")),
            (ShareRule.DATE, self.tr("Date")),
        ):
            self.by.addItem(text, rule.value)
        self.by.setCurrentIndex(max(0, chosen))
        self.per_person.set_special_value_text(self.tr("all"))
        self.again.setText(self.tr("Also share out again what nobody has begun"))
        self.hand_out.setText(self.tr("Hand out"))
        self.take_back.setText(self.tr("Take back…"))
        set_tooltip(self.take_back, self.tr("Take back what the chosen annotators have not finished"))
        self._pack_head.setText(self.tr("Packs"))
        self._pack_hint.setText(
            self.tr("A project file for each chosen annotator, with their articles. Merge it back like any other copy.")
        )
        self.blind.setText(self.tr("Blind: nothing of other annotators"))
        self.packs.setText(self.tr("Make packs…"))
        self.stop.setText(self.tr("Stop"))
        self.view.setAccessibleName(self.tr("Annotators and their shares"))
        self.model.retranslate()
        self._show()

    def _lay_out(self) -> None:
        for widget in (self._running, self._bar, self.stop):
            self.controls.addWidget(widget)
        for number in (self.overlap, self.per_person):
            number.setFixedWidth(_FIELD_WIDTH)
        terms = QHBoxLayout()
        terms.setSpacing(8)
        for field, label in self._names.items():
            label.setBuddy(field)
            terms.addWidget(label)
            terms.addWidget(field)
            terms.addSpacing(16)
        terms.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(terms)
        column.addLayout(row_layout(self.again))
        column.addWidget(self.said)
        column.addLayout(row_layout(self.hand_out, self.take_back))
        column.addSpacing(8)
        column.addWidget(self._pack_head)
        column.addWidget(self._pack_hint)
        column.addLayout(row_layout(self.packs, self.blind))
        self.body.addWidget(self._summary)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._share_head)
        self.body.addLayout(column)

    def _connect(self) -> None:
        self.model.chosenChanged.connect(self._change)
        self.overlap.valueChanged.connect(self._change)
        self.per_person.valueChanged.connect(self._change)
        self.by.activated.connect(self._change)
        self.again.clicked.connect(self._change)
        self.view.opened.connect(self._toggle)
        self._jobs.progressed.connect(lambda _name, done, total: self._bar.show_progress(done, total))
        self._jobs.busy.connect(self._follow_job)
        self._jobs.failed.connect(self._show_error)
        self._jobs.stopped.connect(lambda _name: self._show())

    def _request(self) -> AssignRequest:
        return AssignRequest(
            tuple(person.id for person in self.model.chosen()),
            Fraction(self.overlap.value(), 100),
            ShareRule(self.by.currentData()),
            self.per_person.value() or None,
            share_again=self.again.isChecked(),
        )

    def _read(self) -> None:
        if self._session is None:
            return
        path, me = self._session.project.path, self._session.annotator

        def work(job: Job) -> _Team:
            with Project.open_to_read(path) as own:
                if not is_up_to_date(own):
                    measure_in_process(path, lambda: job.cancelled)
                with own.read_transaction():
                    refused = None
                    try:
                        refuse_others(own, me)
                    except UserError as error:
                        refused = error
                    count, having = own.documents.count(), len(own.assignments.by_document())
                    return _Team(own.annotators.all(), own.assignments.counts(), count, count - having, refused)

        self._jobs.run(_READ, work, self._take_team)

    def _take_team(self, team: _Team) -> None:
        is_first = not self.model.people
        self._team = team
        self.model.set_team(team)
        if is_first and self._session is not None:
            me = self._session.annotator.id
            self.model.choose([person for person in team.people if person.id != me])
        self.view.adjust_columns()
        self._plan_shares()

    def _change(self) -> None:
        """Compute the shares soon, and show that those of before no longer hold."""
        self._plan, self._result = None, ""
        self.model.set_shares(())
        self._soon.start()
        self._show()

    def _plan_shares(self) -> None:
        self._soon.stop()
        if self._session is None or not self.model.chosen():
            self._plan = None
            self.model.set_shares(())
            self._show()
            return
        path, request = self._session.project.path, self._request()

        def work(_job: Job) -> Assigned | UserError:
            with Project.open_to_read(path) as own:
                try:
                    return plan_assignment(own, request)
                except UserError as error:
                    return error

        self._jobs.run(_PLAN, work, self._show_plan)

    def _show_plan(self, plan: Assigned | UserError) -> None:
        self._plan = plan if isinstance(plan, Assigned) else None
        self.model.set_shares(plan.shares if isinstance(plan, Assigned) else ())
        self._show(plan if isinstance(plan, UserError) else None)

    def _hand_out(self) -> None:
        if self._session is None or self._plan is None:
            return
        path, me, request = self._session.project.path, self._session.annotator, self._request()

        def work(_job: Job) -> Assigned:
            with Project.open(path) as own:
                return assign(own, request, me)

        self._jobs.run(_HAND_OUT, work, self._finish_handing_out)

    def _finish_handing_out(self, done: Assigned) -> None:
        said = self.tr("Articles handed out: {0}. To two people: {1}.")
        self._result = said.format(number_text(done.documents), number_text(done.overlapping))
        self.statusMessage.emit(self._result)
        self._read()

    def _take_back(self) -> None:
        chosen = self.model.chosen()
        if self._session is None or not chosen:
            return
        counts = (self._team.counts or {}).get
        left = sum(count.assigned - count.finished for person in chosen if (count := counts(person.id)))
        question = self.tr("Take back the unfinished articles of {1} ({0})? What was done in them stays.")
        names = self.tr(", ").join(isolate(person.name) for person in chosen)
        title = self.tr("Take back")
        if not confirm_prompt(self, title, question.format(number_text(left), names), title):
            return
        path, me = self._session.project.path, self._session.annotator

        def work(_job: Job) -> list[PersonalShare]:
            with Project.open(path) as own:
                return take_back(own, [person.id for person in chosen], me)

        self._jobs.run(_TAKE_BACK, work, self._finish_taking_back)

    def _finish_taking_back(self, shares: Sequence[PersonalShare]) -> None:
        count = sum(len(share.taken) for share in shares)
        self._result = self.tr("Articles taken back: {0}.").format(number_text(count))
        self.statusMessage.emit(self._result)
        self._read()

    def _make_packs(self) -> None:
        chosen = self.model.chosen()
        if self._session is None or not chosen:
            return
        path = self._session.project.path
        folder = ask_folder(self, self.tr("Folder for the packs"), path.parent)
        if folder is not None:
            self.start_packs(folder)

    def start_packs(self, folder: Path) -> None:
        """Write packs for the chosen annotators into a folder, in the background."""
        if self._session is None:
            return
        path, request = self._session.project.path, PackRequest(blind=self.blind.isChecked())
        people = [person.id for person in self.model.chosen()]

        def work(job: Job) -> list[Pack]:
            with Project.open_to_read(path) as own:
                return make_packs(own, people, folder, request, job.report_progress)

        self._jobs.run(_PACK, work, partial(self._finish_packs, folder))

    def _finish_packs(self, folder: Path, packs: Sequence[Pack]) -> None:
        said = self.tr("Packs written: {0}, in {1}").format(number_text(len(packs)), isolate(str(folder)))
        omitted = sum(pack.omitted for pack in packs)
        if omitted:
            more = self.tr("Edits of others left out, because they also concern other articles: {0}")
            said = f"{said}. {more.format(number_text(omitted))}"
        self._result = said
        self.statusMessage.emit(said)
        self._show()

    def _toggle(self, row: int, _column: int) -> None:
        """Tick the box of an annotator whose row is opened, or clear it."""
        person = self.model.people[row]
        chosen = self.model.chosen()
        self.model.choose([each for each in chosen if each != person] if person in chosen else [*chosen, person])
        self._change()

    def _show(self, problem: UserError | None = None) -> None:
        """Show the sentences above and below the table. problem is why nothing can be handed out as chosen."""
        team = self._team
        said = [self.tr("Articles: {0}").format(number_text(team.documents))]
        said.append(self.tr("not handed out: {0}").format(number_text(team.unassigned)))
        self._summary.setText(with_direction_mark("   ·   ".join(said)) if team.counts is not None else "")
        self.said.setText(self._said(problem))
        self._show_state()

    def _said(self, problem: UserError | None) -> str:
        if self._result:
            return self._result
        if team_problem := self._team.refused:
            return error_text(team_problem)
        if self._team.counts is not None and not self._team.people:
            return self.tr("Nobody is in this project yet. Add annotators first.")
        if not self.model.chosen():
            return self.tr("Tick the annotators who are to get articles.")
        if problem is not None:
            return error_text(problem)
        plan = self._plan
        if plan is None:
            return ""
        said = [
            self.tr("Articles to hand out: {0}. To two people: {1}.").format(
                number_text(plan.documents), number_text(plan.overlapping)
            )
        ]
        for count, text in (
            (plan.divided, self.tr("Groups of near-duplicates that no share has room for: {0}.")),
            (plan.left, self.tr("Left for later: {0}.")),
            (plan.finished, self.tr("Finished by somebody already, and not handed out: {0}.")),
        ):
            if count:
                said.append(text.format(number_text(count)))
        return with_direction_mark(" ".join(said))

    def _show_state(self) -> None:
        """Enable what can be done now, and show what is running."""
        running = next((name for name in (_HAND_OUT, _TAKE_BACK, _PACK, _READ) if self._jobs.running(name)), "")
        texts = {
            _HAND_OUT: self.tr("Handing out…"),
            _TAKE_BACK: self.tr("Taking back…"),
            _PACK: self.tr("Writing packs…"),
            _READ: self.tr("Looking for near-duplicates…"),
        }
        self._running.setText(texts.get(running, ""))
        for widget in (self._running, self._bar, self.stop):
            widget.setVisible(bool(running))
        # Handing out and taking back are one short transaction each, which cannot be stopped half way.
        self.stop.setVisible(running in (_PACK, _READ))
        may_write = self._team.counts is not None and self._team.refused is None
        is_free = not running or running == _READ
        chosen = self.model.chosen()
        counts = self._team.counts or {}
        self.hand_out.setEnabled(may_write and is_free and self._plan is not None)
        self.take_back.setEnabled(may_write and is_free and any(person.id in counts for person in chosen))
        self.packs.setEnabled(is_free and any(person.id in counts for person in chosen))

    def _stop_jobs(self) -> None:
        """Stop writing packs; those that are complete stay."""
        for name in (_READ, _PACK):
            self._jobs.cancel(name)
        self._show()
        self.view.setFocus()

    def _follow_job(self, name: str, is_busy: bool) -> None:
        if name in (_HAND_OUT, _TAKE_BACK):
            self.writing.emit(is_busy)
        self._show_state()

    def _show_error(self, _name: str, error: Exception) -> None:
        self._show()
        if not isinstance(error, UserError):
            raise error
        self.message.emit(error_text(error))
