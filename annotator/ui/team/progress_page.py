"""The progress page: what each annotator did and how fast, and the articles with each annotator's state."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QSize
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.place import GivenLabel, Place
from annotator.domain.team.curves import Period
from annotator.domain.team.work_state import WorkState
from annotator.errors import UserError
from annotator.services.progress import part_of_progress
from annotator.services.team.agreement_places import PlaceFilter, find_places
from annotator.services.team.line_plot import line_colours
from annotator.services.team.progress_report import acceptance_plot, learning_plot, names_of
from annotator.services.team.team_progress import TeamProgress, count_progress, with_agreement
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import (
    date_text,
    decimal_text,
    digits,
    isolate,
    number_text,
    percent_text,
    with_direction_mark,
)
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import LIGHT, Theme
from annotator.ui.team.page import Page
from annotator.ui.team.progress_models import ArticleFilter, ArticleModel, PeopleColumn, PeopleModel, state_text
from annotator.ui.team.state_marks import MARK, StateDelegate, state_icon
from annotator.ui.widgets.form import push_button, section_heading
from annotator.ui.widgets.label_choice import label_icon
from annotator.ui.widgets.plot_view import PlotView
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.table import TableView

_COUNT, _COMPARE, _PLACES = "progress", "agreement", "places"
_STATE_OF_COLUMN = {
    PeopleColumn.DONE: WorkState.FINISHED,
    PeopleColumn.BEGUN: WorkState.BEGUN,
    PeopleColumn.LEFT: WorkState.UNTOUCHED,
}
_LEGEND = (WorkState.UNTOUCHED, WorkState.BEGUN, WorkState.FINISHED)
_BAR_WIDTH = 120


class _Counted(NamedTuple):
    """The progress of a project, and the titles and states of its articles."""

    progress: TeamProgress
    ids: Sequence[str]
    titles: Sequence[str]
    works: Mapping[str, Sequence[int]]


class ProgressPage(Page):
    """Shows who is how far. Everything is counted in the background; the agreement comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._progress: TeamProgress | None = None
        self._theme = LIGHT
        self._jobs = Jobs(self)
        self._summary = PlainLabel(self)
        self._bar = ProgressBar(self)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._running = PlainLabel(self)
        self._running.setObjectName("quiet")
        self._stop = push_button(self, act=self._stop_jobs)
        self.tabs = QTabWidget(self)
        self.people, self.articles = PeopleModel(self), ArticleModel(self)
        self.people_view, self.article_view = TableView(self.people, self), TableView(self.articles, self)
        self._marks = StateDelegate(self)
        self.article_view.setItemDelegate(self._marks)
        self._plots = PlotView(self), PlotView(self)
        self._plot_heads = section_heading("", self), section_heading("", self)
        self._no_plots = PlainLabel(self)
        self._no_plots.setObjectName("quiet")
        self.who, self.state = QComboBox(self), QComboBox(self)
        self._shown = PlainLabel(self)
        self._shown.setObjectName("quiet")
        self._legend = {state: (PlainLabel(self), PlainLabel(self)) for state in _LEGEND}
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.people_view)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Progress")

    def begin(self, session: Session) -> None:
        """Show the articles of the project, and count in the background."""
        self._session = session
        self._progress = None
        self.people.set_people((), {})
        self.articles.set_project(session.project)
        self.article_view.adjust_columns()
        self._fill_choices()
        self._show()
        self._count()

    def refresh(self) -> None:
        """Count again, keeping what is shown until then."""
        if self._session is not None:
            self._count()

    def end(self) -> None:
        """Stop counting."""
        self._jobs.stop()
        self._show_state()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme in the plots and marks."""
        self._theme = theme
        self._marks.theme = theme
        for plot in self._plots:
            plot.set_theme(theme)
        self._fill_choices()
        self._show_colours()
        self.article_view.viewport().update()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        super().retranslate()
        self.tabs.setTabText(0, self.tr("Annotators"))
        self.tabs.setTabText(1, self.tr("Articles"))
        self._stop.setText(self.tr("Stop"))
        self._no_plots.setText(self.tr("Plots appear when somebody has decided on suggestions or finished articles."))
        self.people_view.setAccessibleName(self.tr("Annotators"))
        self.article_view.setAccessibleName(self.tr("Articles"))
        self.who.setAccessibleName(self.tr("Whose state"))
        self.state.setAccessibleName(self.tr("State of the articles"))
        for model in (self.people, self.articles):
            model.retranslate()
        self._fill_choices()
        self._show()

    def _lay_out(self) -> None:
        for widget in (self._running, self._bar, self._stop):
            self.controls.addWidget(widget)
        self.tabs.setDocumentMode(True)
        people, articles = QWidget(self), QWidget(self)
        plots = QHBoxLayout()
        plots.setSpacing(24)
        for head, plot in zip(self._plot_heads, self._plots, strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(head)
            column.addWidget(plot, 1)
            plots.addLayout(column, 1)
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.people_view, 3)
        column.addWidget(self._no_plots)
        column.addLayout(plots, 2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.state)
        row.addWidget(self.who)
        row.addWidget(self._shown, 1)
        for mark, text in self._legend.values():
            row.addWidget(mark)
            row.addWidget(text)
        column = QVBoxLayout(articles)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.article_view, 1)
        self.tabs.addTab(people, "")
        self.tabs.addTab(articles, "")
        self.body.addWidget(self._summary)
        self.body.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self._jobs.progressed.connect(lambda _name, done, total: self._bar.show_progress(done, total))
        self._jobs.busy.connect(lambda _name, _busy: self._show_state())
        self._jobs.failed.connect(self._show_error)
        self.people_view.opened.connect(self._open_person)
        self.people_view.selectionModel().selectionChanged.connect(self._highlight)
        self.article_view.opened.connect(self._open_article)
        for box in (self.who, self.state):
            box.activated.connect(lambda _row: self._filter())

    def _count(self) -> None:
        """Count with a connection of the job's own."""
        if self._session is None:
            return
        path = self._session.project.path

        def work(job: Job) -> _Counted:
            with Project.open_to_read(path) as own, own.read_transaction():
                progress = count_progress(own, job.report_progress)
                ids = own.documents.page_ids(0, -1)
                return _Counted(progress, ids, own.team_work.titles(ids), own.team_work.states(ids, is_all=True))

        self._jobs.run(_COUNT, work, self._take)

    def _take(self, counted: _Counted) -> None:
        if self._session is None:
            return
        self._show_progress(counted.progress)
        self.articles.set_works(counted.ids, counted.titles, counted.works)
        self._fill_choices()
        self._show_shown()
        path = self._session.project.path

        def work(job: Job) -> TeamProgress:
            with Project.open_to_read(path) as own, own.read_transaction():
                return with_agreement(own, counted.progress, job.report_progress)

        self._jobs.run(_COMPARE, work, self._show_progress)

    def _show_progress(self, progress: TeamProgress) -> None:
        self._progress = progress
        chosen = self.people_view.currentIndex()
        self.people.set_people(progress.people, names_of(progress))
        self._show_colours()
        self.people_view.adjust_columns()
        self.people_view.setCurrentIndex(self.people.index(max(0, chosen.row()), max(0, chosen.column())))
        self.people_view.clearSelection()
        self._show()

    def _show_colours(self) -> None:
        colours = line_colours(self.people.row_total())
        scheme, ratio = self._theme.scheme, self.devicePixelRatioF()
        self.people.set_icons([label_icon(colour[scheme], ratio) for colour in colours])

    def _show(self) -> None:
        """Show the sentence above the tables, and the plots."""
        self._show_state()
        self._show_shown()
        self._summary.setText(self._summary_text())
        progress = self._progress
        names = {
            Period.DAY: self.tr("Accepted suggestions by day"),
            Period.WEEK: self.tr("Accepted suggestions by week"),
            Period.MONTH: self.tr("Accepted suggestions by month"),
        }
        self._plot_heads[0].setText(names[progress.period if progress else Period.DAY])
        self._plot_heads[1].setText(self.tr("Minutes for 1,000 characters, by number of finished articles"))
        plots = (
            (
                acceptance_plot(progress, partial(_short_date, progress.period), percent_text, self.tr("All")),
                learning_plot(progress, _plain, self.tr("All")),
            )
            if progress
            else ()
        )
        for head, view, plot in zip(self._plot_heads, self._plots, plots or (None, None), strict=True):
            is_shown = plot is not None and not plot.is_empty
            head.setVisible(is_shown)
            view.setVisible(is_shown)
            if plot is not None:
                view.set_plot(plot)
            view.setAccessibleName(head.text())
        self._no_plots.setVisible(bool(plots) and all(plot.is_empty for plot in plots))

    def _summary_text(self) -> str:
        progress = self._progress
        if progress is None:
            return ""
        counts, pace, agreement = progress.team.counts, progress.team.pace, progress.team.agreement
        said = [
            self.tr("Articles done: {0} of {1}").format(number_text(counts.done), number_text(progress.documents)),
            self.tr("Left: {0}").format(number_text(counts.left)),
        ]
        if pace.decisions_per_hour is not None:
            said.append(self.tr("Decisions per hour: {0}").format(number_text(round(pace.decisions_per_hour))))
        if pace.accepted_share is not None:
            said.append(self.tr("Accepted suggestions: {0}").format(percent_text(pace.accepted_share)))
        if agreement is not None:
            said.append(self.tr("Agreement, F1: {0}").format(decimal_text(agreement.f1)))
        if not progress.anything_assigned:
            said.append(self.tr("Nothing was assigned yet"))
        return with_direction_mark("   ·   ".join(said))

    def _show_state(self) -> None:
        counting, comparing = self._jobs.running(_COUNT), self._jobs.running(_COMPARE)
        said = self.tr("Counting…") if counting else self.tr("Comparing annotators…") if comparing else ""
        said = said or (self.tr("Looking for differences…") if self._jobs.running(_PLACES) else "")
        self._running.setText(said)
        for widget in (self._bar, self._stop):
            widget.setVisible(bool(said))

    def _stop_jobs(self) -> None:
        for name in (_COUNT, _COMPARE, _PLACES):
            self._jobs.cancel(name)
        self._show_state()
        self.people_view.setFocus()

    def _show_error(self, _name: str, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.message.emit(error_text(error))

    def _fill_choices(self) -> None:
        """Fill the two choices of the articles' filter in the current language."""
        wanted = self.articles.filter
        self.state.clear()
        self.state.addItem(self.tr("All articles"), "")
        for state, (mark, text) in self._legend.items():
            icon = state_icon(state, self._theme, self.devicePixelRatioF())
            self.state.addItem(icon, state_text(state), state.value)
            mark.setPixmap(icon.pixmap(QSize(MARK, MARK), self.devicePixelRatioF()))
            text.setText(state_text(state))
            text.setObjectName("quiet")
        self.state.setCurrentIndex(max(0, self.state.findData(wanted.state.value if wanted.state else "")))
        self.who.clear()
        self.who.addItem(self.tr("for anybody"), "")
        for annotator, name in self.articles.people():
            self.who.addItem(self.tr("for {0}").format(isolate(name)), annotator)
        self.who.setCurrentIndex(max(0, self.who.findData(wanted.annotator)))
        self.who.setEnabled(wanted.state is not None)

    def _filter(self) -> None:
        state = str(self.state.currentData())
        self._show_articles(ArticleFilter(str(self.who.currentData()), WorkState(state) if state else None))

    def _show_articles(self, wanted: ArticleFilter) -> None:
        self.articles.set_filter(wanted)
        self._fill_choices()
        self._show_shown()

    def _show_shown(self) -> None:
        count = self.articles.row_total()
        said = self.tr("%n article(s)", "", count).replace(str(count), number_text(count))
        self._shown.setText(with_direction_mark(said))

    def _open_person(self, row: int, column: int) -> None:
        """Show the articles or the places that a figure counts."""
        each = self.people.person(row)
        if each.person is None:
            return
        name = isolate(str(self.people.value(row, PeopleColumn.NAME)))
        if column in _STATE_OF_COLUMN:
            self._show_articles(ArticleFilter(each.person.id, _STATE_OF_COLUMN[PeopleColumn(column)]))
            self.tabs.setCurrentIndex(1)
            self.article_view.setFocus()
            self.article_view.setCurrentIndex(self.articles.index(0, 0))
        elif column == PeopleColumn.ACCEPTED:
            self._list_refused(each.person, name)
        elif column == PeopleColumn.AGREEMENT and each.agreement is not None:
            self._list_differences(each.person, name)

    def _list_refused(self, person: Annotator, name: str) -> None:
        if self._session is None:
            return
        refused = self._session.project.team_work.refused_suggestions(person.id)
        self.placesRequested.emit(
            partial(self._refused_title, name),
            [Place(document, span, (GivenLabel("", label),)) for document, span, label in refused],
        )

    def _list_differences(self, person: Annotator, name: str) -> None:
        """Look for the differences of an annotator with all others in the background, then list them."""
        if self._session is None or self._progress is None:
            return
        path = self._session.project.path
        others = [each.person.id for each in self._progress.people if each.person and each.person != person]
        pairs = [(min(person.id, other), max(person.id, other)) for other in others]

        def work(job: Job) -> list[Place]:
            found: list[Place] = []
            with Project.open_to_read(path) as own, own.read_transaction():
                for number, pair in enumerate(pairs):
                    progress = part_of_progress(job.report_progress, number, len(pairs))
                    found += find_places(own, PlaceFilter(pair=pair), progress=progress)
            return found

        title = partial(self._differences_title, name)
        self._jobs.run(_PLACES, work, lambda places: self.placesRequested.emit(title, places))

    def _differences_title(self, name: str) -> str:
        return self.tr("Differences between {0} and other annotators").format(name)

    def _refused_title(self, name: str) -> str:
        return self.tr("Suggestions that {0} corrected or rejected").format(name)

    def _open_article(self, row: int, _column: int) -> None:
        self.placeRequested.emit(Place(self.articles.document(row)))

    def _highlight(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        """Highlight the line of the annotator whose row is selected; several rows highlight none."""
        rows = {index.row() for index in self.people_view.selectionModel().selectedIndexes()}
        name = ""
        if len(rows) == 1:
            name = str(self.people.value(self.people.source_row(rows.pop()), PeopleColumn.NAME))
        for plot in self._plots:
            plot.highlight(name)


def _short_date(period: Period, date: datetime.date) -> str:
    """Return the day and month of a date, or the month and year if decisions are counted by month."""
    text = date_text(date)
    return text.partition(" ")[2] if period is Period.MONTH else text.rpartition(" ")[0]


def _plain(number: float) -> str:
    return digits(f"{number:.0f}") if number == int(number) else decimal_text(number, 1)
