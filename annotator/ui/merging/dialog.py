"""The dialog that unites copies of a project: what each copy would bring, and afterwards what came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.project.merge import Incoming, preview_merge
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.plain_text import tooltip
from annotator.ui.projects.new_project_dialog import SUFFIX
from annotator.ui.widgets.dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_open_files, name_filter
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


_BESIDE = 12
"""The room beside a sentence, and above and below it together, in device-independent pixels."""


class CopyList(QTreeWidget):
    """Gives each sentence as many lines as it takes at the width that the list has now; names may end in …."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list, which never scrolls sideways."""
        super().__init__(parent)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_message(self, text: str) -> None:
        """Write a sentence across all columns beneath the last row."""
        told = QTreeWidgetItem(self, [text])
        told.setFirstColumnSpanned(True)
        told.setDisabled(True)
        told.setToolTip(0, tooltip(text))
        self._measure(told)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the sentences anew."""
        super().resizeEvent(event)
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.isFirstColumnSpanned():
                self._measure(item)

    def _measure(self, told: QTreeWidgetItem) -> None:
        """Make room for the lines of a sentence."""
        room = QRect(0, 0, max(1, self.viewport().width() - 2 * _BESIDE), 0)
        breaks = (Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere)
        high = max(self.fontMetrics().boundingRect(room, how, told.text(0)).height() for how in breaks)
        told.setSizeHint(0, QSize(0, high + _BESIDE))


class MergeDialog(Dialog):
    """Shows what copies would bring; mergeAsked carries their paths, stopAsked wants a running merge stopped."""

    mergeAsked = Signal(object)  # noqa: N815
    stopAsked = Signal()  # noqa: N815

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        """Merge into the project at a path; add() names copies."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge copies"))
        self._project = project
        self._jobs = Jobs(self)
        self._merging = False
        self.found: list[Incoming] = []
        self.pages = QStackedWidget(self)
        self.list = CopyList(self)
        self.outcome = ResultPage(self)
        self.told = hint_label("", self)
        self.bar = ProgressBar(self)
        self.more = push_button(self, self.tr("Add copies…"), self._ask_for_copies)
        self.stop = push_button(self, self.tr("Stop"), self._stop)
        self.go = push_button(self, self.tr("Merge"), self._ask)
        self.shut = push_button(self, self.tr("Cancel"), self.reject)
        self._lay_out()
        self._jobs.progressed.connect(lambda _name, done, total: self.bar.show_progress(done, total))
        self._jobs.failed.connect(self._tell_failed)
        self._allow()

    def add(self, paths: Sequence[Path]) -> None:
        """Look into more copies."""
        self.list.setFocus()
        known = [incoming.path for incoming in self.found]
        wanted = [*known, *(path for path in paths if path not in known)]
        project = self._project

        def work(job: Job) -> list[Incoming]:
            """Look into all of them."""
            with Project.open(project) as own:
                return preview_merge(own, wanted, progress=job.report_progress)

        self._jobs.run(LOOK, work, self._show)
        self._allow()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the merge is, in copies."""
        self.bar.show_progress(done, total)

    def show_end(self, said: Sequence[str]) -> None:
        """Show how the merge ended."""
        self._merging = False
        self.outcome.show_end([*said, self.tr("The copies are as they were; they can be merged again at any time.")])
        self.pages.setCurrentWidget(self.outcome)
        for widget in (self.told, self.bar, self.stop, self.more, self.go):
            widget.hide()
        leave_by(self.shut, self.tr("Close"))

    def done(self, result: int) -> None:
        """Look no further; a merge that goes on does so behind the work."""
        self._jobs.stop()
        super().done(result)

    def _show(self, found: list[Incoming]) -> None:
        """Show what each copy would bring."""
        self.found = found
        self.list.clear()
        for incoming in found:
            numbers = [digits(f"{n:,}") for n in (incoming.documents, incoming.edits)]
            problem = error_text(incoming.problem) if incoming.problem else ""
            cells = ["", "", ""] if problem else [*numbers, self.tr(", ").join(map(isolate, incoming.people))]
            row = QTreeWidgetItem(self.list, [isolate(incoming.path.name), *cells])
            row.setToolTip(0, tooltip(str(incoming.path)))
            if problem:
                self.list.add_message(with_direction_mark(problem))
        self._allow()

    def _allow(self) -> None:
        """Enable and say what is possible now."""
        looking = self._jobs.running(LOOK)
        good = [incoming for incoming in self.found if not incoming.problem]
        self.go.setEnabled(bool(good) and not looking and not self._merging)
        self.more.setEnabled(not looking and not self._merging)
        show_running(looking or self._merging, self.bar, self.stop, self.list)
        if looking:
            self.told.setText(self.tr("Looking into the copies…"))
        elif self._merging:
            self.told.setText(self.tr("Merging…"))
        elif not self.found:
            self.told.setText(self.tr("Add the copies that others worked on."))
        elif len(good) < len(self.found):
            bad = len(self.found) - len(good)
            self.told.setText(digits(self.tr("%n of them cannot be merged and will be left out.", "", bad)))
        else:
            self.told.setText("")

    def _ask(self) -> None:
        """Ask for the merge."""
        self._merging = True
        self.shut.setText(self.tr("Go on behind the work"))
        self.bar.show_progress(0, 0)
        self._allow()
        self.mergeAsked.emit([incoming.path for incoming in self.found if not incoming.problem])

    def _stop(self) -> None:
        """Stop looking, or ask for the merge to stop and wait to hear whether it still could."""
        if self._merging:
            self.told.setText(self.tr("Stopping…"))
            self.shut.setFocus()
            self.stop.setEnabled(False)
            self.stopAsked.emit()
            return
        self._jobs.cancel(LOOK)
        self._allow()

    def _ask_for_copies(self) -> None:
        """Add copies that are asked for."""
        kinds = name_filter(self.tr("Projects"), f"*{SUFFIX}", "*.db", "*.sqlite")
        paths = ask_open_files(self, self.tr("Copies of this project"), self._project.parent, kinds)
        if paths:
            self.add(paths)

    def _tell_failed(self, _name: str, fault: Exception) -> None:
        """Say why the copies cannot be looked into; a fault of the program goes on to the last resort."""
        self._allow()
        if not isinstance(fault, UserError):
            raise fault
        self.told.setText(error_text(fault))

    def _lay_out(self) -> None:
        """Put the parts beneath one another."""
        self.list.setAccessibleName(self.tr("Copies, and what each would bring"))
        self.list.setRootIsDecorated(False)
        self.list.setWordWrap(True)
        self.list.setHeaderLabels(
            [self.tr("Copy of the project"), self.tr("New articles"), self.tr("New decisions"), self.tr("Of")]
        )
        header = self.list.header()
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        page = QWidget(self)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        said = self.tr("Every article, annotator and decision of the copies comes in; nothing that is here is lost.")
        inner.addWidget(hint_label(said, page))
        inner.addWidget(self.list, 1)
        self.pages.addWidget(page)
        self.pages.addWidget(self.outcome)
        foot = foot_of_work(self.told, self.bar, self.stop, self.go, self.shut)
        foot.insertWidget(0, self.more)
        column = dialog_layout(self)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        resize_to_screen(self, 720, 420)
