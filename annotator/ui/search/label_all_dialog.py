"""The dialog that labels all occurrences of a name, in the article or in the whole corpus."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import UserError
from annotator.services.search.concordance import complete_index
from annotator.services.search.occurrences import Occurrence, OccurrenceSearch
from annotator.storage.project import Project
from annotator.ui.article.kwic_list import KwicList
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_sequences import display_key, sequences
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import Theme
from annotator.ui.search.occurrence_model import OccurrenceModel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen, two_buttons
from annotator.ui.widgets.label_choice import LabelChoice
from annotator.ui.widgets.progress_bar import ProgressBar

_SEARCH = "everywhere"
_DOCUMENTS = 400
"""Documents searched in one step."""
_WIDER = "Ctrl+D"
"""The key that opened the dialog; pressed again it searches the whole corpus."""


@dataclass(frozen=True, slots=True)
class LabelAllQuery:
    """What to look for: a name and its label ("" for none), found at a span of a document."""

    name: str
    label: str
    document: Document
    span: Span


@dataclass(frozen=True, slots=True)
class _Step:
    """What a step of the search found: all candidates, how many are done, the places."""

    candidates: array[int]
    next: int
    places: list[Occurrence]


class LabelAllDialog(Dialog):
    """Shows the occurrences of a name; after accept(), ticked_places() and label() have the choices."""

    def __init__(
        self, project: Project, annotator: Annotator, query: LabelAllQuery, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show the occurrences in the article; the corpus is searched on request."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Label all occurrences"))
        self._path, self._annotator, self._query = project.path, annotator, query
        self._jobs = Jobs(self)
        self.model = OccurrenceModel(project.tagset, self)
        self.list = KwicList(project.tagset, theme, self)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Occurrences of the name"))
        self.choice = LabelChoice(project.tagset, theme, self)
        self.choice.retranslate(self.tr("Choose a label"))
        self.choice.setAccessibleName(self.tr("Label to apply"))
        self.choice.add_shortcuts(self.list)
        self.in_article, self.in_corpus = QRadioButton(self), QRadioButton(self)
        self._bar = ProgressBar(self)
        self._jobs.progressed.connect(lambda _name, done, total: self._bar.show_progress(done, total))
        self._jobs.failed.connect(self._show_error)
        self._hint = PlainLabel(self)
        self._hint.setObjectName("quiet")
        self._hint.setWordWrap(True)
        self._lay_out()
        self._connect()
        here = OccurrenceSearch(project, annotator.id, query.name).places(query.document)
        self._here = len(here)
        self.in_article.setText(digits(self.tr("In this article: {0}").format(len(here))))
        self.in_corpus.setText(self.tr("In all articles"))
        self.model.add(here)
        self._take_label(query.label or _label_there(here))
        self.list.mark(next((row for row, place in enumerate(here) if place.span.overlaps(query.span)), 0))
        self.list.setFocus()

    def label(self) -> str:
        """Return the id of the label to apply, or ""."""
        return self.choice.label()

    def ticked_places(self) -> list[tuple[str, Span]]:
        """Return the ticked places: document id and span."""
        return [(place.document, place.span) for place in self.model.ticked()]

    def toggle_corpus(self) -> None:
        """Search the whole corpus, or go back to the article."""
        (self.in_article if self.in_corpus.isChecked() else self.in_corpus).click()

    def done(self, result: int) -> None:
        """Stop the search, and close."""
        self._jobs.stop()
        super().done(result)

    def _lay_out(self) -> None:
        name = PlainLabel(self, self._query.name)
        name.setObjectName("name")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(name)
        head.addWidget(self.choice)
        head.addStretch(1)
        group = QButtonGroup(self)
        for button in (self.in_article, self.in_corpus):
            group.addButton(button)
            head.addWidget(button)
        self.in_article.setChecked(True)
        buttons, self._apply = two_buttons(self, "")
        self._apply.setDefault(True)
        buttons.accepted.connect(self._finish)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        resize_to_screen(self, 980, 620)

    def _connect(self) -> None:
        self.list.spaced.connect(lambda: self.model.toggle(self.list.chosen_rows()))
        self.list.tickClicked.connect(lambda index: self.model.toggle([index.row()]))
        self.list.entered.connect(self._finish)
        self.choice.chosen.connect(self._take_label)
        self.in_corpus.toggled.connect(self._widen)
        for signal in (self.model.dataChanged, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._show_count)
        for sequence in sequences((_WIDER,)):
            QShortcut(QKeySequence(sequence), self).activated.connect(self.toggle_corpus)

    def _take_label(self, label: str) -> None:
        self.choice.set_label(label)
        self.model.set_label(self.choice.label())
        self._show_count()

    def _finish(self) -> None:
        if self._apply.isEnabled():
            self.accept()

    def _widen(self, corpus: bool) -> None:
        self._jobs.cancel(_SEARCH)
        self._bar.show_progress(0, 0)
        if corpus:
            self._search(None)
        else:
            self.model.cut(self._here)
            self._show_count()

    def _search(self, last: _Step | None) -> None:
        """Search some more documents, with a connection of the job's own."""
        path, annotator, query = self._path, self._annotator, self._query

        def work(job: Job) -> _Step:
            with Project.open_to_read(path) as own:
                search = OccurrenceSearch(own, annotator.id, query.name)
                if last is None:
                    complete_index(own, job.report_progress)
                candidates, start = (last.candidates, last.next) if last else (search.candidates(), 0)
                few = candidates[start : start + _DOCUMENTS]
                found = search.in_corpus(
                    few, query.document.id, lambda at, _of: job.report_progress(start + at, len(candidates))
                )
                return _Step(candidates, start + len(few), [place for places in found for place in places])

        self._jobs.run(_SEARCH, work, self._take)
        self._show_count()

    def _take(self, step: _Step) -> None:
        self.model.add(step.places)
        if step.next < len(step.candidates):
            self._search(step)
        else:
            self._bar.show_progress(0, 0)
            self._show_count()

    def _show_error(self, _name: str, error: Exception) -> None:
        self.in_article.click()
        if not isinstance(error, UserError):
            raise error
        self._hint.setText(error_text(error))

    def _show_count(self) -> None:
        searching = self._jobs.running(_SEARCH)
        if searching:
            self._apply.setText(self.tr("Searching…"))
            self._apply.setEnabled(False)
        else:
            ticked = len(self.model.ticked())
            said = digits(self.tr("Label %n place(s)", "", ticked)) if ticked else self.tr("Nothing to label")
            self._apply.setText(said)
            self._apply.setEnabled(bool(ticked and self.choice.label()))
        if self.in_corpus.isChecked():
            count = digits(self.model.rowCount())
            self.in_corpus.setText(self.tr("In all articles: {0}").format(count + ("…" if searching else "")))
        wider = self.tr("{0} for all articles").format(display_key(_WIDER))
        keys = (self.tr("Space selects"), self.tr("digits choose the label"), wider)
        self._hint.setText("   ·   ".join(keys))


def _label_there(places: Sequence[Occurrence]) -> str:
    return next((a.label for place in places for a in place.conflicting if a.span == place.span), "")
