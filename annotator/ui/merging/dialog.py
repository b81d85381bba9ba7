"""The merge dialog: what each copy would add, and the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.services.project.merge_copies import Incoming, preview_merge
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate, number_text, with_direction_mark
from annotator.ui.base.jobs import Job
from annotator.ui.base.plain_text import tooltip
from annotator.ui.jobs.long_task_dialog import LongTaskDialog
from annotator.ui.merging.messages import PlaceList
from annotator.ui.projects.new_project_dialog import SUFFIX
from annotator.ui.widgets.file_dialogs import ask_open_files, name_filter
from annotator.ui.widgets.form import column_layout, hint_label, push_button

_MARGIN = 12
"""Margin at each side of a message, and above and below it together, in device-independent pixels."""


class CopyList(QTreeWidget):
    """The copies, each with what it would add or with a message across all columns that says why it cannot be merged.

    Qt gives a spanned row the height that its text has in the first column, so the height is computed here whenever the
    width changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Copies and what each would add"))
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setHeaderLabels(
            [self.tr("Copy"), self.tr("New articles"), self.tr("New decisions"), self.tr("Annotators")]
        )
        header = self.header()
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_message(self, text: str) -> None:
        """Write a message across all columns below the last row."""
        item = QTreeWidgetItem(self, [text])
        item.setFirstColumnSpanned(True)
        item.setDisabled(True)
        item.setToolTip(0, tooltip(text))
        self._measure(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the messages at the new width."""
        super().resizeEvent(event)
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.isFirstColumnSpanned():
                self._measure(item)

    def _measure(self, item: QTreeWidgetItem) -> None:
        room = QRect(0, 0, max(1, self.viewport().width() - 2 * _MARGIN), 0)
        breaks = (Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere)
        high = max(self.fontMetrics().boundingRect(room, how, item.text(0)).height() for how in breaks)
        item.setSizeHint(0, QSize(0, high + _MARGIN))


class MergeDialog(LongTaskDialog):
    """Shows what copies would add; request() returns the paths of those that can be merged."""

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        """Merge into the project at a path; add() names copies."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge copies"))
        self._project = project
        self.found: list[Incoming] = []
        self.list = CopyList(self)
        self.add_button = push_button(self, self.tr("Add copies…"), self._ask_for_copies)
        page = QWidget(self)
        column = column_layout(page, 12)
        column.addWidget(
            hint_label(
                self.tr("Adds all articles, annotators and decisions of the copies. Nothing in this project is lost."),
                page,
            )
        )
        column.addWidget(self.list, 1)
        self.lay_out(page, self.tr("Merge"), QSize(720, 420), self.add_button)
        self.update_state()

    def add(self, paths: Sequence[Path]) -> None:
        """Show what more copies would add."""
        self.list.setFocus()
        known = [incoming.path for incoming in self.found]
        wanted = [*known, *(path for path in paths if path not in known)]
        path = self._project

        def work(job: Job) -> list[Incoming]:
            with Project.open(path) as project:
                return preview_merge(project, wanted, progress=job.report_progress)

        self.scan(work, self._show)

    def request(self) -> list[Path]:
        """Return the paths of the copies that can be merged."""
        return [incoming.path for incoming in self.found if not incoming.problem]

    def can_start(self) -> bool:
        """Return True if any copy can be merged."""
        return any(not incoming.problem for incoming in self.found)

    def hint_text(self) -> str:
        """Return what to do, or how many copies cannot be merged."""
        if not self.found:
            return self.tr("Add the copies that other annotators worked on.")
        bad = sum(bool(incoming.problem) for incoming in self.found)
        return digits(self.tr("%n of them cannot be merged and will be skipped.", "", bad)) if bad else ""

    def running_text(self) -> str:
        """Return what the footer says while the merge runs."""
        return self.tr("Merging…")

    def scanning_text(self) -> str:
        """Return what the footer says while copies are read."""
        return self.tr("Reading the copies…")

    def focus_target(self) -> QWidget:
        """Return the list, which Enter does not press."""
        return self.list

    def show_result(self, sentences: Sequence[str], details: Sequence[str] = ()) -> None:
        """Also say that the copies themselves are unchanged."""
        unchanged = self.tr("The copies themselves were not changed. You can merge them again at any time.")
        super().show_result([*sentences, unchanged], details)

    def offer_places(self, lists: Sequence[PlaceList], show: Callable[[PlaceList], None]) -> None:
        """Offer a button for each list of places below the result; show is called with the list.

        The dialog no longer blocks the window, so that a person can look at a place meanwhile.
        """
        for each in lists:
            text = self.tr("{0}: {1}").format(each.title(), number_text(len(each.places)))
            button = push_button(self.result_page, with_direction_mark(text), partial(show, each))
            button.setObjectName("link")
            self.result_page.add_above_buttons(button)
        if lists:
            self.hide()
            self.setWindowModality(Qt.WindowModality.NonModal)
            self.show()
            self.close_button.setFocus()

    def _show(self, found: list[Incoming]) -> None:
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

    def _ask_for_copies(self) -> None:
        filters = name_filter(self.tr("Projects"), f"*{SUFFIX}", "*.db", "*.sqlite")
        paths = ask_open_files(self, self.tr("Copies of this project"), self._project.parent, filters)
        if paths:
            self.add(paths)
