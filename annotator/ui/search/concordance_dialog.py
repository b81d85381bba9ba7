"""The concordance: search the corpus, see the hits in context, label them."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.model.edit import Change
from annotator.errors import UserError
from annotator.services.search.concordance import Concordance, Hit, Page, Query, complete_index, look_again
from annotator.services.search.match import PatternError
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.article.kwic_list import KwicList
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_sequences import sequences
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.search.concordance_model import ConcordanceModel
from annotator.ui.search.query_form import QueryForm
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.widgets.label_choice import LabelChoice
from annotator.ui.widgets.progress_bar import ProgressBar

_SEARCH = "concordance"


@dataclass(frozen=True, slots=True)
class _Answer:
    """All candidates of a search, and a page of hits."""

    candidates: array[int]
    page: Page


class ConcordanceDialog(Retranslated, Dialog):
    """A window that stays open during work; its signals carry what to do with hits."""

    openRequested = Signal(object)
    """the Hit to show in the editor"""
    labelRequested = Signal(object, str)
    """the hits, and the id of a label for them"""
    clearRequested = Signal(object)
    """the hits whose labels go"""
    undoRequested = Signal()
    redoRequested = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the window for a session, with an empty search."""
        super().__init__(parent, Qt.WindowType.Window)
        project = session.project
        self._project, self._me = project, session.annotator.id
        self._query = Query()
        self._answer: _Answer | None = None
        people = project.annotators.all()
        self._jobs = Jobs(self)
        self.question = QueryForm(project.tagset, people, theme, self)
        self.model = ConcordanceModel(project.tagset, self._me, people, self)
        self.list = KwicList(project.tagset, theme, self)
        self.list.setModel(self.model)
        self._bar = ProgressBar(self)
        self._said = PlainLabel(self)
        self._said.setObjectName("quiet")
        self.give = LabelChoice(project.tagset, theme, self)
        self.give.add_shortcuts(self.list)
        self._clear, self._open = QPushButton(self), QPushButton(self)
        for button in (self._clear, self._open):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._allow()

    def ask(self, text: str = "") -> None:
        """Focus the field; search at once if a text is given."""
        self._offer_labels()
        if text:
            self.question.field.setText(text)
            self.search()
        self.show()
        self.raise_()
        self.activateWindow()
        self.question.field.setFocus()
        self.question.field.selectAll()

    def search(self) -> None:
        """Search for what the fields say."""
        self._jobs.cancel(_SEARCH)
        self.model.clear()
        self._answer = None
        self._query = self.question.query()
        if self._query.is_empty:
            self._show_state()
            return
        self._turn_page()

    def refresh(self, change: Change) -> None:
        """Show the hits again after an edit."""
        concerned = change.documents & {hit.document for hit in self.model.hits}
        if concerned:
            self.model.replace(look_again(self._project, self._me, self.model.hits, concerned))
            self._allow()

    def read_tagset(self) -> None:
        """Offer the labels again after the tagset has changed, and show the hits by their names."""
        tagset = self._project.tagset
        self._offer_labels()
        self.give.set_tagset(tagset)
        self.list.set_tagset(tagset)
        self.model.set_tagset(tagset)
        hits = self.model.hits
        self.model.replace(look_again(self._project, self._me, hits, {hit.document for hit in hits}))
        self.retranslate()

    def _offer_labels(self) -> None:
        self.question.label.set_tagset(self._project.tagset, self._project.label_occurrences.not_in_tagset())

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of a theme."""
        self.list.set_theme(theme)
        for choice in (self.question.label, self.give):
            choice.set_theme(theme)

    def stop(self) -> None:
        """Stop searching, before the window is deleted."""
        self._jobs.stop()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("Find in all articles"))
        self.give.retranslate(self.tr("Label as…"))
        self._clear.setText(self.tr("Clear labels"))
        self._open.setText(self.tr("Show in the article"))
        self.list.setAccessibleName(self.tr("Results"))
        self.give.setAccessibleName(self.tr("Label to apply"))
        self._show_state()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        for widget in (self.give, self._clear, self._open):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.question)
        column.addWidget(self._bar)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        resize_to_screen(self, 1040, 680)

    def _connect(self) -> None:
        self.question.asked.connect(self.search)
        self.model.wanted.connect(self._turn_page)
        self.list.selectionModel().selectionChanged.connect(self._allow)
        self.list.entered.connect(self._ask_open)
        self.list.doubleClicked.connect(self._ask_open)
        self.list.deleted.connect(self._ask_clear)
        self.give.chosen.connect(self._ask_label)
        self._clear.clicked.connect(self._ask_clear)
        self._open.clicked.connect(self._ask_open)
        for keys, signal in ((("Ctrl+Z",), self.undoRequested), (("Ctrl+Y", "Ctrl+Shift+Z"), self.redoRequested)):
            for sequence in sequences(keys):
                QShortcut(sequence, self).activated.connect(signal)
        self._jobs.progressed.connect(self._show_progress)
        self._jobs.failed.connect(self._show_error)

    def _turn_page(self) -> None:
        """Fetch the next page of hits, with a connection of the job's own."""
        path, me, query, last = self._project.path, self._me, self._query, self._answer

        def work(job: Job) -> _Answer:
            with Project.open_to_read(path) as own:
                if last is None:
                    complete_index(own, job.report_progress)
                search = Concordance(own, me, query)
                candidates = last.candidates if last else search.candidates()
                return _Answer(candidates, search.page(candidates, last.page.next if last else 0, job.report_progress))

        self._jobs.run(_SEARCH, work, self._take)
        self._show_state()

    def _take(self, answer: _Answer) -> None:
        first = not self.model.rowCount()
        self._answer = answer
        is_more = answer.page.next < len(answer.candidates)
        self.model.add(answer.page.hits, is_more=is_more)
        if first and self.model.rowCount():
            self.list.mark(0)
            self.list.setFocus()
        self._show_state()
        if is_more and not answer.page.hits:
            self._turn_page()

    def _chosen(self) -> list[Hit]:
        return [self.model.hits[row] for row in self.list.chosen_rows()]

    def _ask_open(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.hits):
            self.openRequested.emit(self.model.hits[row])

    def _ask_label(self, label: str) -> None:
        self.give.set_label("")
        self._ask(lambda hits: self.labelRequested.emit(hits, label) if label else None)

    def _ask_clear(self) -> None:
        self._ask(self.clearRequested.emit)

    def _ask(self, ask: Callable[[list[Hit]], None]) -> None:
        if hits := self._chosen():
            ask(hits)

    def _allow(self) -> None:
        chosen = self._chosen()
        self.give.setEnabled(bool(chosen))
        self._clear.setEnabled(any(hit.held and hit.held.annotator == self._me for hit in chosen))
        self._open.setEnabled(bool(chosen))

    def _show_progress(self, _name: str, done: int, total: int) -> None:
        self._bar.show_progress(done, total)

    def _show_state(self) -> None:
        answer, hits = self._answer, self.model.rowCount()
        self._bar.show_progress(0, 0)
        if self._query.is_empty:
            said = self.tr(
                "Enter searches. In the list: Enter shows the place, digits label it, Delete removes the label."
            )
        elif answer is None:
            said = self.tr("Searching…")
        elif answer.page.next < len(answer.candidates):
            left = digits(len(answer.candidates) - answer.page.next)
            said = (
                self.tr("%n place(s) so far", "", hits) + " · " + self.tr("articles left to search: {0}").format(left)
            )
        elif hits:
            said = self.tr("%n place(s) in all", "", hits)
        else:
            said = self.tr("No results")
        self._said.setText(with_direction_mark(digits(said)))
        self._allow()

    def _show_error(self, _job: str, error: Exception) -> None:
        self._query = Query()
        self._show_state()
        if isinstance(error, PatternError):
            self._said.setText(
                with_direction_mark(self.tr("Invalid regular expression: {0}").format(error_text(error)))
            )
        elif isinstance(error, UserError):
            self._said.setText(with_direction_mark(error_text(error)))
        else:
            raise error
