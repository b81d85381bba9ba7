"""The dialog of an import: what the files hold, what becomes of their labels, and afterwards what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.domain.model.label_map import LabelMap
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import UserError
from annotator.formats.base.reader import ReadOptions
from annotator.services.importing.importer import ImportReport
from annotator.services.importing.preview import FIRST_ARTICLES, Preview, named_readers, preview
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import Theme
from annotator.ui.importing.messages import ImportMessages, problem_lines
from annotator.ui.importing.options_page import ImportOptionsPage, LabelImport
from annotator.ui.widgets.dialog import Dialog
from annotator.ui.widgets.form import (
    dialog_layout,
    foot_of_work,
    hint_label,
    leave_by,
    push_button,
    resize_to_screen,
    show_running,
)
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.result_page import ResultPage

LOOK = "look"
_REMEMBERED = "import/labels"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is to be imported, and how: readers by file, sentences as in ReadOptions, whose the labels become."""

    paths: tuple[Path, ...]
    readers: dict[Path, str] = field(default_factory=dict)
    sentences: int = ReadOptions().sentences
    what: LabelImport = LabelImport.LEAVE
    annotator: str = ""
    labels: LabelMap = field(default_factory=LabelMap)


class ImportDialog(Dialog):
    """Looks into files and asks; importAsked carries the ImportRequest, stopAsked wants a running import stopped."""

    importAsked = Signal(object)  # noqa: N815
    stopAsked = Signal()  # noqa: N815

    def __init__(
        self,
        paths: Sequence[Path],
        project: Path,
        tagset: Tagset,
        people: Sequence[str],
        theme: Theme,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        """Look into files for the project at a path; people are who may have given their labels, me first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import articles"))
        self._paths = tuple(paths)
        self._settings = settings
        self._jobs = Jobs(self)
        self._seen = Preview()
        self._importing = False
        self.pages = QStackedWidget(self)
        self.page, self.outcome = ImportOptionsPage(project, tagset, people, theme, self), ResultPage(self)
        self.told = hint_label("", self)
        self.bar = ProgressBar(self)
        self.stop = push_button(self, self.tr("Stop"), self._stop)
        self.go = push_button(self, self.tr("Import"), self._ask)
        self.shut = push_button(self, self.tr("Cancel"), self.reject)
        self._lay_out()
        self.page.choose(self._remembered())
        self.page.changed.connect(self._choose)
        self.page.lookAsked.connect(self._look)
        self.page.told.connect(self.told.setText)
        self._jobs.progressed.connect(lambda _name, done, total: self.bar.show_progress(done, total))
        self._jobs.failed.connect(self._tell_failed)
        self._look()

    def order(self) -> ImportRequest:
        """Return what is asked for now."""
        page = self.page
        readers = named_readers(self._seen.kinds, page.kinds.readers)
        return ImportRequest(
            self._paths, readers, page.sentences.value(), page.what(), page.whose(), page.table.labels()
        )

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the import is, in bytes."""
        self.bar.show_progress(done, total)

    def show_result(self, report: ImportReport) -> None:
        """Show what came in and what did not."""
        said = ImportMessages().result_lines(report, taken=self.page.what() is not LabelImport.LEAVE)
        self._end(said, problem_lines(report))

    def show_fault(self, fault: UserError) -> None:
        """Show why the import did not come about."""
        self._end([error_text(fault)], [])

    def show_stopped(self) -> None:
        """Show that the import was stopped; what came in by then stays."""
        self._end([self.tr("Stopped; what had come in by then stays.")], [])

    def done(self, result: int) -> None:
        """Look no further; an import that goes on does so behind the work."""
        self._jobs.stop()
        super().done(result)

    def _look(self, most: int | None = FIRST_ARTICLES) -> None:
        """Look into the files, at no more than so many articles."""
        paths, readers = self._paths, dict(self.page.kinds.readers)
        options = ReadOptions(self.page.sentences.value())

        def work(job: Job) -> Preview:
            """Look."""
            return preview(paths, readers=readers, options=options, most=most, progress=job.report_progress)

        self._jobs.run(LOOK, work, self._show)
        self._allow()

    def _show(self, seen: Preview) -> None:
        """Show what was found."""
        self._seen = seen
        self.page.show_preview(seen)

    def _choose(self) -> None:
        """Go by what was chosen: before labels are taken, all of them must be known."""
        if self.page.what() is not LabelImport.LEAVE and not self._seen.whole and not self._jobs.running(LOOK):
            self._look(most=None)
        self._allow()

    def _allow(self) -> None:
        """Enable and say what is possible now."""
        looking, takes = self._jobs.running(LOOK), self.page.what() is not LabelImport.LEAVE
        missing = self.page.missing()
        nobody = self.page.what() is LabelImport.TAKE and not self.page.whose()
        whole = self._seen.whole or not takes
        self.go.setEnabled(not looking and whole and not missing and not nobody and self._seen.articles > 0)
        self.page.save.setEnabled(self.page.table.count() > missing)
        show_running(looking, self.bar, self.stop, self.page.samples)
        self.told.setText(self._state(looking, whole, missing, nobody))

    def _state(self, looking: bool, whole: bool, missing: int, nobody: bool) -> str:
        """Say what is being done, or what is missing, or what is to be known."""
        if looking:
            return self.tr("Looking into the files…")
        if not whole:
            return self.tr("Not all labels in the files are known yet.")
        if missing:
            return digits(self.tr("Choose what becomes of %n label(s).", "", missing))
        if nobody:
            return self.tr("Say whose work the labels are.")
        problems = len(self._seen.problems)
        return digits(self.tr("%n place(s) cannot be taken; you will be told.", "", problems)) if problems else ""

    def _ask(self) -> None:
        """Ask for the import, and show how far it is."""
        if self._seen.annotations:
            self._settings.keep(_REMEMBERED, self.page.what().value)
        self._importing = True
        self.go.setEnabled(False)
        self.page.setEnabled(False)
        self.shut.setText(self.tr("Go on behind the work"))
        self.told.setText(self.tr("Importing…"))
        self.bar.show_progress(0, 0)
        for widget in (self.bar, self.stop):
            widget.show()
        self.importAsked.emit(self.order())

    def _stop(self) -> None:
        """Stop looking, or ask for the import to stop and wait to hear whether it still could."""
        if self._importing:
            self.told.setText(self.tr("Stopping…"))
            self.shut.setFocus()
            self.stop.setEnabled(False)
            self.stopAsked.emit()
            return
        self._jobs.cancel(LOOK)
        self._allow()

    def _end(self, said: Sequence[str], details: Sequence[str]) -> None:
        """Turn to the page of the result."""
        self._importing = False
        self.outcome.show_end(said, details)
        self.pages.setCurrentWidget(self.outcome)
        for widget in (self.told, self.bar, self.stop, self.go):
            widget.hide()
        leave_by(self.shut, self.tr("Close"))

    def _tell_failed(self, _name: str, fault: Exception) -> None:
        """Say why the files cannot be looked into; a fault of the program goes on to the last resort."""
        self._allow()
        if not isinstance(fault, UserError):
            raise fault
        self.told.setText(error_text(fault))

    def _remembered(self) -> LabelImport:
        """Return what was done with labels last; to decide on each at first."""
        known = self._settings.text(_REMEMBERED, LabelImport.SUGGEST.value)
        return LabelImport(known) if known in {what.value for what in LabelImport} else LabelImport.SUGGEST

    def _lay_out(self) -> None:
        """Put the pages above the line of what is being done."""
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.outcome)
        foot = foot_of_work(self.told, self.bar, self.stop, self.go, self.shut)
        column = dialog_layout(self)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        resize_to_screen(self, 1080, 680)
