"""The page of agreement: pairs with all measures, and labels, confusion, articles and plots of the chosen pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.model.place import Place
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import UserError
from annotator.services.annotators import display_names
from annotator.services.team.agreement import AgreementReport, Rule, finished, finished_or_begun, measure_agreement
from annotator.services.team.agreement_places import MOST_PLACES, PlaceFilter, find_places
from annotator.services.team.agreement_report import By, to_csv, to_html
from annotator.services.team.report_file import write_report
from annotator.session import Session
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import isolate, number_text, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.theme import Theme
from annotator.ui.team.agreement_models import (
    AgreementArticleModel,
    AgreementLabelModel,
    AgreementPairModel,
    ConfusionModel,
    Scope,
    estimate_text,
)
from annotator.ui.team.page import Page
from annotator.ui.widgets.file_dialogs import ask_save, name_filter
from annotator.ui.widgets.form import push_button
from annotator.ui.widgets.interval_plot import IntervalPlot, PlotRow
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.table import TableView

_MEASURE, _PLACES, _SAVE = "measure", "places", "save"
_LABELS, _CONFUSION, _ARTICLES, _PLOT = range(4)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A report, the names of annotators by id, and the tagset when it was made."""

    report: AgreementReport
    names: Mapping[str, str]
    tagset: Tagset


class AgreementPage(Page):
    """Measures in the background. A row of the table of pairs chooses what the other tables show.

    Enter or a double-click in any cell lists its places.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page without a report."""
        super().__init__(parent)
        self._path = Path()
        self._measured: _Measured | None = None
        self._state: Callable[[], str] = str
        self.jobs = Jobs(self)
        self.unfinished = QCheckBox(self)
        self.save, self.again = push_button(self, act=self._ask_save), push_button(self, act=self.measure)
        self.stop = push_button(self, act=self._stop)
        self.bar = ProgressBar(self)
        self.said = PlainLabel(self)
        self.said.setWordWrap(True)
        self.pair_model, self.label_model = AgreementPairModel(self), AgreementLabelModel(self)
        self.confusion_model, self.document_model = ConfusionModel(self), AgreementArticleModel(self)
        self.pairs, self.labels = TableView(self.pair_model, self), TableView(self.label_model, self)
        self.confusion, self.documents = TableView(self.confusion_model, self), TableView(self.document_model, self)
        self.plots = IntervalPlot(self), IntervalPlot(self)
        self._plot_heads = PlainLabel(self), PlainLabel(self)
        self.tabs, self._stack = QTabBar(self), QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.pairs)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Agreement between annotators")

    def begin(self, session: Session) -> None:
        """Measure the agreement in the project of a session."""
        if self._path != session.project.path:
            self._measured = None
            self._show()
        self._path = session.project.path
        self.measure()

    def refresh(self) -> None:
        """Say that the figures may be out of date. Measuring at every change would never end in a large project."""
        if not self.jobs.is_busy():
            self._say(lambda: self.tr("The project has changed. Choose “Measure again”."))

    def end(self) -> None:
        """Stop measuring."""
        self.jobs.cancel_all()
        self._show_busy()

    def measure(self) -> None:
        """Measure in the background, with a connection of the job's own."""
        path, rule = self._path, self._rule()

        def work(job: Job) -> _Measured:
            with Project.open_to_read(path) as own, own.read_transaction():
                report = measure_agreement(own, (), rule, job.report_progress)
                return _Measured(report, display_names(own.annotators.all()), own.tagset)

        self.jobs.cancel(_PLACES)
        self.jobs.run(_MEASURE, work, self._take)
        self._say(lambda: self.tr("Measuring…"))

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of a theme."""
        for plot in self.plots:
            plot.set_theme(theme)
        self.confusion_model.set_colour(QColor(theme.accent))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        super().retranslate()
        self.unfinished.setText(self.tr("Include unfinished articles"))
        set_tooltip(self.unfinished, self.tr("Compare what annotators have not marked as done too"))
        self.save.setText(self.tr("Save report…"))
        self.again.setText(self.tr("Measure again"))
        self.stop.setText(self.tr("Stop"))
        names = (self.tr("Labels"), self.tr("Confusion of labels"), self.tr("Articles"), self.tr("Plots"))
        for number, name in enumerate(names):
            self.tabs.setTabText(number, name)
        self.tabs.setAccessibleName(self.tr("What to show of the chosen pair"))
        self.pairs.setAccessibleName(self.tr("Pairs of annotators"))
        for view, name in zip((self.labels, self.confusion, self.documents), names, strict=False):
            view.setAccessibleName(name)
        for model in (self.pair_model, self.label_model, self.confusion_model, self.document_model):
            model.retranslate()
        self._show_plots()
        self._show_state()

    def _lay_out(self) -> None:
        for control in (self.unfinished, self.again, self.save):
            self.controls.addWidget(control)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self.said, 1)
        state.addWidget(self.bar, 1)
        state.addWidget(self.stop)
        self.body.addLayout(state)
        plots = QWidget(self)
        plots.setObjectName("plots")
        column = QVBoxLayout(plots)
        column.setContentsMargins(16, 12, 16, 12)
        for head, plot in zip(self._plot_heads, self.plots, strict=True):
            head.setObjectName("section")
            column.addWidget(head)
            column.addWidget(plot)
        column.addStretch(1)
        room = QScrollArea(self)
        room.setObjectName("plotRoom")
        room.setWidgetResizable(True)
        room.setWidget(plots)
        self.tabs.setObjectName("views")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for view in (self.labels, self.confusion, self.documents, room):
            self.tabs.addTab("")
            self._stack.addWidget(view)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.tabs)
        below.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("guides")
        split.setChildrenCollapsible(False)
        split.addWidget(self.pairs)
        split.addWidget(lower)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        self.unfinished.toggled.connect(self.measure)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.pairs.selectionModel().currentRowChanged.connect(lambda *_: self._show_scope())
        self.pairs.opened.connect(self._open_pair)
        self.labels.opened.connect(self._open_label)
        self.confusion.opened.connect(self._open_confusion)
        self.documents.opened.connect(self._open_document)
        self.jobs.busy.connect(lambda *_: self._show_busy())
        self.jobs.progressed.connect(lambda _name, done, total: self.bar.show_progress(done, total))
        self.jobs.failed.connect(self._show_error)
        self.jobs.stopped.connect(lambda _name: self._say(lambda: self.tr("Stopped.")))
        self._show_busy()

    def _rule(self) -> Rule:
        return finished_or_begun if self.unfinished.isChecked() else finished

    def _take(self, measured: _Measured) -> None:
        self._measured = measured
        self._show()
        self._say(self._summary)

    def _show(self) -> None:
        """Show the report, or empty tables."""
        report = self._measured.report if self._measured else AgreementReport()
        self.pair_model.set_report(report, self._measured.names if self._measured else {})
        self.document_model.set_report(report)
        self.pairs.adjust_columns()
        self.documents.adjust_columns()
        if self.pair_model.rowCount():
            self.pairs.setCurrentIndex(self.pair_model.index(0, 0))
        self._show_scope()
        self._show_plots()
        self._show_busy()

    def _scope_row(self) -> int:
        """Return the row of the model that is chosen, or -1 for none."""
        index = self.pairs.currentIndex()
        return self.pair_model.source_row(index.row()) if index.isValid() else -1

    def _show_scope(self) -> None:
        """Show labels and confusion of the chosen pair."""
        row = self._scope_row()
        if self._measured is None or row < 0:
            return
        scope: Scope = self.pair_model.scope(row)
        agreement = self.pair_model.agreement(row)
        self.label_model.set_report(self._measured.report, scope, agreement, self._measured.tagset)
        self.confusion_model.set_report(scope, agreement, self._measured.tagset)
        self.labels.adjust_columns()
        self.confusion.adjust_columns()

    def _show_plots(self) -> None:
        self._plot_heads[0].setText(self.tr("F1 by pair"))
        self._plot_heads[1].setText(self.tr("F1 by label, all pairs together"))
        if self._measured is None:
            return
        model, report, tagset = self.pair_model, self._measured.report, self._measured.tagset
        measured = [(model.name(row), model.agreement(row).measures["f1"]) for row in range(model.row_total())]
        labels = AgreementLabelModel(self)
        labels.set_report(report, None, report.overall, tagset)
        by_label = [(isolate(labels.name(row)), each.f1) for row, each in enumerate(report.labels.values())]
        labels.deleteLater()
        for plot, head, rows in zip(self.plots, self._plot_heads, (measured, by_label), strict=True):
            shown = [PlotRow(name, f1.value, f1.low, f1.high, estimate_text(f1)) for name, f1 in rows]
            plot.set_rows(shown, head.text())

    def _summary(self) -> str:
        """Return the measures of all annotators together."""
        if self._measured is None:
            return ""
        report = self._measured.report
        parts = [self.tr("Articles compared: {0}").format(number_text(report.overall.documents))]
        if alpha := estimate_text(report.alpha.estimate):
            parts.append(self.tr("Krippendorff's alpha: {0}").format(alpha))
        if fleiss := estimate_text(report.fleiss.estimate):
            said = self.tr("Fleiss' kappa: {0}, of {1} annotators each")
            parts.append(said.format(fleiss, number_text(report.fleiss.raters)))
        return " · ".join(parts)

    def _open_pair(self, row: int, column: int) -> None:
        name, heading = self.pair_model.name(row), self.pair_model.headings()[column]
        self._list(self.pair_model.places(row, column), f"{name} · {heading}" if column else name)

    def _open_label(self, row: int, _column: int) -> None:
        self._list(self.label_model.places(row), f"{self._scope_name()} · {isolate(self.label_model.name(row))}")

    def _open_confusion(self, row: int, column: int) -> None:
        wanted = self.confusion_model.places(row, column)
        if wanted is not None:
            one, other = isolate(self.confusion_model.name(row)), isolate(self.confusion_model.name(column - 1))
            self._list(wanted, f"{self._scope_name()} · {one} / {other}")

    def _open_document(self, row: int, _column: int) -> None:
        document = self.document_model.document(row)
        self._list(self.document_model.places(row), isolate(document.title or document.document[:12]))

    def _scope_name(self) -> str:
        row = self._scope_row()
        return self.pair_model.name(row) if row >= 0 else ""

    def _list(self, wanted: PlaceFilter, title: str) -> None:
        """Find the places of a cell in the background, and list them."""
        path, rule = self._path, self._rule()

        def work(job: Job) -> list[Place]:
            with Project.open_to_read(path) as own:
                return find_places(own, wanted, (), rule, job.report_progress)

        self.jobs.run(_PLACES, work, lambda places: self._show_places(title, places))

    def _show_places(self, title: str, places: list[Place]) -> None:
        if not places:
            self.statusMessage.emit(self.tr("There is no such place."))
            return
        if len(places) == MOST_PLACES:
            self.statusMessage.emit(self.tr("Only the first {0} places are listed.").format(number_text(MOST_PLACES)))
        self.placesRequested.emit(lambda: with_direction_mark(title), places)

    def _ask_save(self) -> None:
        kinds = (name_filter(self.tr("Web page"), "*.html"), name_filter(self.tr("Table"), "*.csv"))
        out = ask_save(self, self.tr("Save report"), self._path.with_suffix(".agreement.html"), ";;".join(kinds))
        if out is not None:
            self.save_to(out)

    def save_to(self, out: Path) -> None:
        """Write the report to a file: CSV if its name ends in .csv, otherwise a web page."""
        measured, path = self._measured, self._path
        if measured is None:
            return

        def work(_job: Job) -> Path:
            if out.suffix.lower() == ".csv":
                text = to_csv(measured.report, measured.names, By.PAIR)
            else:
                text = to_html(measured.report, measured.names, path.name)
            write_report(out, text, path)
            return out

        self.jobs.run(_SAVE, work, lambda out: self.statusMessage.emit(self.tr("Saved: {0}").format(isolate(out.name))))

    def _stop(self) -> None:
        for name in (_MEASURE, _PLACES, _SAVE):
            self.jobs.request_stop(name)

    def _show_error(self, name: str, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if name == _MEASURE:
            self._measured = None
            self._show()
            self._say(lambda: error_text(error))
        else:
            self.message.emit(error_text(error))

    def _say(self, state: Callable[[], str]) -> None:
        self._state = state
        self._show_state()

    def _show_state(self) -> None:
        self.said.setText(with_direction_mark(self._state()))

    def _show_busy(self) -> None:
        is_busy = self.jobs.is_busy()
        self.bar.show_progress(0, 0)
        self.bar.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        self.save.setEnabled(self._measured is not None)
