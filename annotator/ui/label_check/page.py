"""The page of the label check: the cases, their places, and one key for each decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.label_check.case import CaseKind, CasePlace, Fix, right_writes
from annotator.domain.model.document import Document
from annotator.domain.model.edit import Change, EditKind, Write
from annotator.domain.model.place import Place
from annotator.errors import UserError
from annotator.services.label_check.check import KINDS, CheckRequest, LabelCheck, check_labels, fix_writes
from annotator.services.label_check.checked_cases import CheckedCases, Number, PlaceState
from annotator.session import LARGE, Outcome, ReviewItem, Session
from annotator.storage.project import Project
from annotator.text.lazy_tokens import LazyTokens
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import current_language, digits, number_text, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_map import isolate_key, key_hint, with_key
from annotator.ui.base.key_sequences import display_key, sequences
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.label_check.case_list import CaseList
from annotator.ui.label_check.case_texts import reason
from annotator.ui.label_check.place_list import CasePlaceList
from annotator.ui.label_check.rules_dialog import RulesDialog
from annotator.ui.team.page import Page
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.form import hint_label, push_button
from annotator.ui.widgets.progress_bar import ProgressBar

_CHECK, _STATES = "check labels", "read states"
_AT_ONCE = 200
"""Documents whose states are read at once; more are read in the background."""
_KEEP_ALL = "Ctrl+Delete"
_CASE_HEIGHT = 400
"""The height of a case above the article, in device-independent pixels: five of its places are in view."""


@dataclass(frozen=True, slots=True)
class _Result:
    """The result of a check and its cases, ready to be decided."""

    check: LabelCheck
    cases: CheckedCases


class LabelCheckPage(Page):
    """Checks in the background when it is opened; the result stays until the labels are checked again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create the page without a result."""
        super().__init__(parent)
        self._session: Session | None = None
        self._unsubscribe: Callable[[], object] = lambda: None
        self._result: _Result | None = None
        self._is_begun = False
        """Whether the page is shown: the project of a page that was left may be closed."""
        self._is_outdated = False
        """Whether labels were changed while they were checked: the check reads a snapshot."""
        self._state: Callable[[], str] = str
        self._theme = LIGHT
        self.jobs = Jobs(self)
        self.model, self.unfinished = QCheckBox(self), QCheckBox(self)
        self.rules, self.again = push_button(self, act=self._edit_rules), push_button(self, act=self.check)
        self.said = PlainLabel(self)
        self.bar = ProgressBar(self)
        self.stop = push_button(self, act=self._stop)
        self.cases = CaseList(self)
        self.name, self.reason = ElidedLabel(self), hint_label("", self)
        self.name.setObjectName("name")
        self.places = CasePlaceList(self)
        self.heading = ElidedLabel(self)
        self.heading.setObjectName("articleTitle")
        self.heading.setContentsMargins(16, 8, 16, 8)
        self.article = ArticleView(self)
        self.article.setObjectName("article")
        # The keys of the list act on the place, wherever the mouse was clicked.
        self.article.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = hint_label("", self)
        self.empty.setObjectName("emptyNote")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fix, self.fix_all = push_button(self, act=self._fix), push_button(self, act=self._fix_all)
        self.fix.setObjectName("primary")
        self.keep, self.keep_all = push_button(self, act=self._keep), push_button(self, act=self._keep_all)
        self.show_place = push_button(self, act=self._open_place)
        self.hint = hint_label("", self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.places)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Check labels")

    def article_views(self) -> Sequence[ArticleView]:
        """Return the article, which follows the font and the text size."""
        return (self.article,)

    def begin(self, session: Session) -> None:
        """Check the labels of the annotator; a result that is there already is brought up to date instead."""
        self._unsubscribe()
        self._is_begun = True
        before, self._session = self._session, session
        self._unsubscribe = session.subscribe(self._follow)
        is_same = before is not None and before.project is session.project and before.annotator == session.annotator
        if is_same and self._result is not None:
            self._show_case(keep_row=True)
            self.refresh()
            return
        self._result = None
        self.article.set_document(Document("", ""), ())
        self.places.show_project(session.project)
        self.places.selectionModel().currentRowChanged.connect(lambda *_: self._show_place())
        self.article.set_tagset(session.tagset, current_language())
        self._show_result()
        self.check()

    def refresh(self) -> None:
        """Read what has become of the places, after a merge or the edits of other windows."""
        self._is_outdated = True
        if self._session is None or self._result is None:
            return
        self.places.set_tagset(self._session.tagset)
        self.article.set_tagset(self._session.tagset, current_language())
        self._show_place()
        self._read_states(self._result.cases.documents)

    def end(self) -> None:
        """Stop checking."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._is_begun = False
        self.jobs.cancel_all()
        self._say(self._summary)

    def check(self) -> None:
        """Check the labels in the background, with a connection of the job's own."""
        session = self._session
        if session is None:
            return
        path = session.project.path
        kinds = KINDS | {CaseKind.MODEL} if self.model.isChecked() else KINDS
        request = CheckRequest(session.annotator.id, kinds, self.unfinished.isChecked())

        def work(job: Job) -> _Result:
            with Project.open_to_read(path) as own, own.read_transaction():
                found = check_labels(own, request, job.report_progress)
                return _Result(found, CheckedCases(request.annotator, found.cases))

        self._is_outdated = False
        self.jobs.cancel(_STATES)
        self.jobs.run(_CHECK, work, self._take)
        self._say(lambda: self.tr("Checking the labels…"))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the keys of labelling do here."""
        return {
            "gestures.confirm": lambda: self.press_or(self._fix),
            "gestures.confirm_visible": self._fix_all,
            "gestures.reject": self._keep,
            "gestures.undo": self.undoRequested.emit,
            "gestures.redo": self.redoRequested.emit,
            "navigation.go_to": self._open_place,
        }

    def label_handler(self) -> Callable[[str], object] | None:
        """Give the place in focus a label."""
        return self._give_label

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.cases.set_theme(theme)
        self.places.set_theme(theme)
        self.article.set_palette(PagePalette.of(theme))

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        super().retranslate()
        self.unfinished.setText(self.tr("Include unfinished articles"))
        set_tooltip(self.unfinished, self.tr("Check articles that you have not marked as done, too"))
        self.model.setText(self.tr("Ask a model too"))
        set_tooltip(self.model, self.tr("Train a model on your articles, and report where it differs; takes minutes"))
        self.rules.setText(self.tr("Rules…"))
        set_tooltip(self.rules, self.tr("Regular expressions whose places must have a label"))
        self.again.setText(self.tr("Check again"))
        self.stop.setText(self.tr("Stop"))
        self.fix.setText(self.tr("Fix"))
        self.keep.setText(self.tr("Keep as it is"))
        self.keep_all.setText(self.tr("Keep all"))
        self.show_place.setText(self.tr("Show in the article"))
        self.places.setAccessibleName(self.tr("Places of the case"))
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        direction = Qt.LayoutDirection.RightToLeft if current_language() == "ar" else Qt.LayoutDirection.LeftToRight
        for pane in (self.cases, self._middle):
            pane.setLayoutDirection(direction)
        if self._session is not None:
            self.places.set_tagset(self._session.tagset)
            self.article.set_tagset(self._session.tagset, current_language())
        self._show_case(keep_row=True)
        self._show_keys()
        self._show_state()

    def _lay_out(self) -> None:
        for control in (self.model, self.unfinished, self.rules, self.again):
            self.controls.addWidget(control)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self.said, 1)
        state.addWidget(self.bar, 1)
        state.addWidget(self.stop)
        policy = self.stop.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # Else the lists would move when a check begins and ends.
        self.stop.setSizePolicy(policy)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.fix, self.fix_all, self.keep, self.keep_all, self.show_place):
            buttons.addWidget(button)
        buttons.addStretch(1)
        case, article = QWidget(self), QWidget(self)
        column = QVBoxLayout(case)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.reason)
        column.addWidget(self.places, 1)
        column.addLayout(buttons)
        column.addWidget(self.hint)
        below = QVBoxLayout(article)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.heading)
        below.addWidget(self.article, 1)
        rows = QSplitter(Qt.Orientation.Vertical, self)
        rows.setChildrenCollapsible(False)
        rows.addWidget(case)
        rows.addWidget(article)
        rows.setSizes([_CASE_HEIGHT, _CASE_HEIGHT])
        rows.setStretchFactor(1, 1)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(rows)
        self._middle.addWidget(self.empty)
        split = QSplitter(self)
        # The cases are where the list of articles is: at the right, in both languages.
        split.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        split.setChildrenCollapsible(False)
        split.addWidget(self.cases)
        split.addWidget(self._middle)
        split.setSizes([300, 900])
        split.setStretchFactor(1, 1)
        self.body.addLayout(state)
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        for choice in (self.model, self.unfinished):
            choice.clicked.connect(lambda _checked: self.check())
        self.cases.chosen.connect(lambda _number: self._show_case())
        self.places.stepped.connect(self._step)
        self.places.doubleClicked.connect(self._open_index)
        for sequence in sequences((_KEEP_ALL,)):
            QShortcut(sequence, self).activated.connect(self._keep_all)
        self.jobs.busy.connect(lambda *_: self._show_busy())
        self.jobs.progressed.connect(lambda _name, done, total: self.bar.show_progress(done, total))
        self.jobs.failed.connect(self._fail)
        self.jobs.stopped.connect(lambda _name: self._say(lambda: self.tr("Stopped.")))
        self._show_busy()

    # The result

    def _take(self, result: _Result) -> None:
        self._result = result
        self._show_result()
        self._say(self._summary)
        if self._is_outdated:
            self._read_states(result.cases.documents)

    def _show_result(self) -> None:
        session, result = self._session, self._result
        checked = result.cases if result else CheckedCases("", ())
        self.cases.set_cases(checked, session.tagset if session else None)

    def _summary(self) -> str:
        """Return what was checked."""
        if self._result is None:
            return ""
        check = self._result.check
        parts = [
            self.tr("Articles checked: {0}").format(number_text(check.documents)),
            self.tr("annotations: {0}").format(number_text(check.annotations)),
        ]
        if check.unfinished:
            parts.append(self.tr("unfinished articles left out: {0}").format(number_text(check.unfinished)))
        if check.right:
            parts.append(self.tr("kept earlier: {0}").format(number_text(check.right)))
        return " · ".join(parts)

    def _show_case(self, *, keep_row: bool = False) -> None:
        """Show the current case, and the first open place in it."""
        number, model = self.cases.current(), self.places.places
        result = self._result
        self._middle.setCurrentIndex(0 if number >= 0 else 1)
        self.empty.setText(self._why_empty())
        if model is None or result is None or number < 0:
            if model is not None:
                model.set_case(None, ())
            self._show_place()
            return
        case, states = result.cases.cases[number], result.cases.states(number)
        self.name.setText(" ".join(case.name.split()))
        agreeing = digits(self.tr("%n other place(s) agree with the correction.", "", case.agreeing))
        why = f"{reason(case.kind)} {agreeing}" if case.agreeing else reason(case.kind)
        self.reason.setText(with_direction_mark(why))
        if keep_row and model.case is case:
            model.set_states(states)
        else:
            model.set_case(case, states)
            self.places.mark(self._next_open(states, 0))
        self._show_place()

    def _show_place(self) -> None:
        """Show the article of the place in focus with the labels that the annotator gave, and frame the place."""
        self._allow()
        session, place = self._session, self._current_place()
        if session is None or place is None or not self._is_begun:
            return
        project = session.project
        if self.article.document.id != place.document:
            for document in project.documents.get_many([place.document]):
                self.article.set_document(document, LazyTokens(document.text))
                self.heading.setText(document.title)
        if self.article.document.id != place.document:
            return
        given = project.log.annotations(place.document, session.annotator.id)
        self.article.set_items([ReviewItem(each.span, each.label, False, each.id) for each in given])
        self.article.set_matches((place.span,), place.span)
        self.article.bring_into_view(place.span)

    def _why_empty(self) -> str:
        """Return what is said in place of the cases."""
        if self._result is None:
            return "" if self.jobs.running(_CHECK) else self.tr("Choose “Check again”.")
        if self.cases.is_filtered:
            return self.tr("No case is left here. Choose another filter.")
        if self._result.cases.cases:
            return self.tr("All cases are decided.")
        return self.tr("No case was found: the labels agree with one another.")

    def _current_place(self) -> CasePlace | None:
        model = self.places.places
        return model.place(self.places.currentIndex().row()) if model else None

    def _is_open(self) -> bool:
        """Return True if the place in focus is still to be decided."""
        number, row = self.cases.current(), self.places.currentIndex().row()
        if self._result is None or number < 0 or self._current_place() is None:
            return False
        return self._result.cases.states(number)[row] is PlaceState.OPEN

    @staticmethod
    def _next_open(states: Sequence[PlaceState], start: int) -> int:
        """Return the row of the next open place from a row on, then from the top; or that row."""
        rows = [*range(start, len(states)), *range(start)]
        return next((row for row in rows if states[row] is PlaceState.OPEN), start)

    def _step(self, step: int, at_end: bool) -> None:
        if self.cases.step(step) and at_end:
            model = self.places.places
            self.places.mark(len(model.case.places) - 1 if model and model.case else -1)

    # What has become of the places

    def _follow(self, outcome: Outcome) -> None:
        """Show what an edit of this window changed; an undo brings the case back that it opened again."""
        self._is_outdated = self._is_outdated or outcome.change is not None
        if outcome.change is not None and self._result is not None:
            back = outcome.change.edit.kind in (EditKind.UNDO, EditKind.REDO)
            self._read_states(outcome.change.documents, show_first=back)

    def _read_states(self, documents: Collection[str], *, show_first: bool = False) -> None:
        session, result = self._session, self._result
        if session is None or result is None:
            return
        cases = result.cases
        concerned = [document for document in documents if document in cases.documents]

        def take(states: dict[Number, PlaceState]) -> None:
            if result is self._result:
                self._take_states(states, show_first=show_first)

        if len(concerned) <= _AT_ONCE:
            take(cases.read(session.project, concerned))
            return
        path = session.project.path

        def work(job: Job) -> dict[Number, PlaceState]:
            with Project.open_to_read(path) as own:
                return cases.read(own, concerned, job.report_progress)

        self.jobs.run(_STATES, work, take)

    def _take_states(self, states: dict[Number, PlaceState], *, show_first: bool) -> None:
        assert self._result is not None  # noqa: S101 - the states are those of its cases
        cases = self._result.cases
        changed = cases.take(states)
        if not changed:
            return
        row = self.places.currentIndex().row()
        self.cases.update_cases(number for number, _ in changed)
        opened = next(((n, place) for n, place in changed if cases.states(n)[place] is PlaceState.OPEN), None)
        if show_first and opened is not None:
            self.cases.mark_case(opened[0])
            self._show_case(keep_row=True)
            self.places.mark(opened[1])
        elif cases.is_open(self.cases.current()) if self.cases.current() >= 0 else False:
            number = self.cases.current()
            model = self.places.places
            if model is not None and model.case is cases.cases[number]:
                model.set_states(cases.states(number))
                if (number, row) in changed:
                    self.places.mark(self._next_open(cases.states(number), row))
        self._show_place()

    # Decisions

    def _fix(self) -> None:
        """Correct the place in focus as proposed."""
        place = self._current_place()
        if place is None or not self._is_open():
            return
        if place.fix is None:
            self.statusMessage.emit(self.tr("No correction is proposed here. Give a label, or keep it as it is."))
            return
        self._correct([place])

    def _fix_all(self) -> None:
        """Correct all open places of the case as proposed, in one edit."""
        self._correct([place for place in self._open_places() if place.fix is not None])

    def _give_label(self, label: str) -> None:
        """Give the place in focus a label, whatever is proposed."""
        place = self._current_place()
        if place is not None and self._is_open():
            self._correct([replace(place, fix=Fix(place.span, label))])

    def _keep(self) -> None:
        """Remember that the place in focus is right."""
        place = self._current_place()
        if place is not None and self._is_open():
            self._remember([place])

    def _keep_all(self) -> None:
        """Remember that all open places of the case are right, in one edit."""
        self._remember(self._open_places())

    def _open_places(self) -> list[CasePlace]:
        number = self.cases.current()
        return self._result.cases.open_places(number) if self._result and number >= 0 else []

    def _remember(self, places: Sequence[CasePlace]) -> None:
        number = self.cases.current()
        if self._result is not None and number >= 0 and places:
            kind = self._result.cases.cases[number].kind
            self._write(EditKind.CHECK, lambda _project, _me: right_writes(kind, places), places)

    def _correct(self, places: Sequence[CasePlace]) -> None:
        if places:
            self._write(EditKind.FIX, lambda project, me: fix_writes(project, me, places), places)

    def _write(self, kind: EditKind, make: Callable[[Project, str], list[Write]], places: Sequence[CasePlace]) -> None:
        """Write one edit for some places. What has changed since the check is left as it is."""
        session = self._session
        if session is None:
            return
        me = session.annotator.id

        def end(change: Change | None) -> None:
            if change is None:
                said = self.tr(
                    "Nothing changed: the labels were edited since the check, or the correction would overlap another."
                )
                self.statusMessage.emit(said)
                self._read_states([place.document for place in places])
            self.places.setFocus()

        if len(places) >= LARGE or session.document is None:
            self.editRequested.emit(session.prepare(kind, lambda project: make(project, me)), end)
            return
        try:
            end(session.apply(kind, make(session.project, me)))
        except UserError as error:
            self.message.emit(error_text(error))

    def _open_place(self) -> None:
        place = self._current_place()
        if place is not None:
            self.placeRequested.emit(Place(place.document, place.span))

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self._open_place()

    def _edit_rules(self) -> None:
        """Let the user change the rules of the project, and check the labels by them."""
        session = self._session
        if session is None:
            return
        try:
            dialog = RulesDialog(session.project.label_checks.rules(), session.tagset, self._theme, self.window())
            if dialog.exec() and session.apply(EditKind.RULE, dialog.writes()):
                self.check()
            dialog.deleteLater()
        except UserError as error:
            self.message.emit(error_text(error))
        self.places.setFocus()

    # States of the controls

    def _allow(self) -> None:
        """Enable what is possible for the place in focus and its case."""
        place, is_open = self._current_place(), self._is_open()
        left = self._open_places()
        fixable = sum(each.fix is not None for each in left)
        self.fix.setEnabled(is_open and place is not None and place.fix is not None)
        self.keep.setEnabled(is_open)
        self.fix_all.setEnabled(fixable > 0)
        self.keep_all.setEnabled(bool(left))
        self.show_place.setEnabled(place is not None)
        self.fix_all.setText(digits(self.tr("Fix all ({0})").format(fixable)))

    def _show_keys(self) -> None:
        """Show the keys in use, in the tooltips of the buttons and below the list."""
        keys = {
            self.fix: key_hint(self, "gestures.confirm"),
            self.fix_all: key_hint(self, "gestures.confirm_visible"),
            self.keep: key_hint(self, "gestures.reject"),
            self.keep_all: display_key(_KEEP_ALL),
            self.show_place: key_hint(self, "navigation.go_to"),
        }
        tips = {
            self.fix: self.tr("Correct this place as proposed"),
            self.fix_all: self.tr("Correct all places of the case as proposed; one undo takes it back"),
            self.keep: self.tr("This place is right: do not report it again"),
            self.keep_all: self.tr("All places of the case are right: do not report them again"),
            self.show_place: self.tr("Show this place in its article"),
        }
        for button, tip in tips.items():
            set_tooltip(button, with_key(tip, keys[button]))
        hints: list[tuple[str, str]] = [
            (self.tr("{0} fixes"), keys[self.fix]),
            (self.tr("{0} fixes all"), keys[self.fix_all]),
            (self.tr("{0} keeps"), keys[self.keep]),
            (self.tr("{0} keeps all"), keys[self.keep_all]),
            (self.tr("digits give a label"), ""),
            (self.tr("{0} places"), "↓ ↑"),
            (self.tr("{0} cases"), "← →"),
            (self.tr("{0} article"), keys[self.show_place]),
        ]
        shown = [said.format(isolate_key(key)) for said, key in hints if key or "{0}" not in said]
        self.hint.setText(with_direction_mark("   ·   ".join(shown)))

    def _stop(self) -> None:
        for name in (_CHECK, _STATES):
            self.jobs.request_stop(name)

    def _fail(self, _name: str, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(lambda: error_text(error))

    def _say(self, state: Callable[[], str]) -> None:
        self._state = state
        self._show_state()

    def _show_state(self) -> None:
        self.said.setText(with_direction_mark(self._state()))
        self.empty.setText(self._why_empty())

    def _show_busy(self) -> None:
        is_busy = self.jobs.is_busy()
        self.bar.show_progress(0, 0)
        for widget in (self.bar, self.stop):
            widget.setVisible(is_busy)
        self.again.setEnabled(not self.jobs.running(_CHECK))
        self.empty.setText(self._why_empty())
