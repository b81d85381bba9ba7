"""The dialog of an export: format, whose labels, names, split; how much will stand exactly, and how it will look."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from annotator.domain.corpus.split import SplitPlan, parse_parts
from annotator.domain.review.document_state import Documents
from annotator.errors import UserError
from annotator.formats.base.writer import FolderWriter
from annotator.services.corpus.export import CorpusOptions, CorpusReport
from annotator.services.exporting.pseudonyms import PseudonymOptions
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.selection import EVERYTHING, Selection
from annotator.storage.project import Project
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.dry_run import DryRunController, Question
from annotator.ui.exporting.format_box import FormatBox
from annotator.ui.exporting.messages import result_lines
from annotator.ui.exporting.preview_box import PreviewBox
from annotator.ui.exporting.selection_box import SelectionBox
from annotator.ui.exporting.split_box import SplitBox
from annotator.ui.widgets.dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_save, name_filter
from annotator.ui.widgets.form import (
    FileRow,
    column_layout,
    dialog_layout,
    foot_of_work,
    hint_label,
    leave_by,
    push_button,
    resize_to_screen,
    section_heading,
)
from annotator.ui.widgets.progress_bar import ProgressBar
from annotator.ui.widgets.result_page import ResultPage

_FOLDER = "export/folder"
_BESIDE_BAR = 12
"""The room between the fields and the bar that scrolls them, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen: where to, a writer's name, its options and strict, whose labels, which names, how to split."""

    path: Path
    format: str
    options: dict[str, Any] = field(default_factory=dict)
    selection: Selection = EVERYTHING
    pseudonyms: PseudonymOptions | None = None
    corpus: CorpusOptions | None = None


class ExportDialog(Dialog):
    """Asks how and where to export; exportAsked carries the ExportChoice, stopAsked wants a running export stopped."""

    exportAsked = Signal(object)  # noqa: N815
    stopAsked = Signal()  # noqa: N815

    def __init__(self, project: Project, settings: Settings, parent: QWidget | None = None) -> None:
        """Ask for an open project; what was chosen last is offered."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export labels"))
        self._settings = settings
        self._exporting = False
        self._written: Path | None = None
        folder = Path(settings.text(_FOLDER) or project.path.parent)
        self._start = (folder if folder.is_dir() else project.path.parent) / project.path.name
        key = project.path.with_name(f"{project.path.stem}-names.json")
        self.format = FormatBox(settings, self)
        which = Documents.FINISHED if project.contributions.any_done() else Documents.LABELLED
        self.selection = SelectionBox(project.tagset, project.annotators.all(), key, which, self)
        self.format.put_second(self.tr("Articles"), self.selection.which)
        self.split = SplitBox(settings, self)
        self.preview = PreviewBox(self)
        self.file = FileRow(self.tr("File"), self.tr("Choose…"), self._ask_where_to, self)
        self.pages, self.outcome = QStackedWidget(self), ResultPage(self)
        self.told, self.bar = hint_label("", self), ProgressBar(self)
        self.stop = push_button(self, self.tr("Stop"), self._stop)
        self.go = push_button(self, self.tr("Export"), self._ask)
        self.shut = push_button(self, self.tr("Cancel"), self.reject)
        self.open_folder = push_button(self, self.tr("Open the folder"), self._open_folder)
        self.rehearsals = DryRunController(project.path, self.preview, self._question, self)
        self._lay_out()
        self._connect()
        self._follow()
        self.rehearsals.begin()

    def choice(self) -> ExportChoice:
        """Return what was chosen; raises ExportError where the parts of a split are none."""
        return ExportChoice(
            self.file.path(),
            self.format.name(),
            self.format.options() | {"strict": self.format.strict.isChecked()},
            self.selection.selection(),
            self.selection.pseudonyms(),
            self._corpus(),
        )

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the export is."""
        self.bar.show_progress(done, total)

    def show_result(self, report: ExportReport | CorpusReport) -> None:
        """Show what was written."""
        self._written = report.path
        self._end(result_lines(report))

    def show_fault(self, fault: UserError) -> None:
        """Show why nothing was written."""
        self._end([error_text(fault)])

    def show_stopped(self) -> None:
        """Show that the export was stopped before anything was written."""
        self._end([self.tr("Stopped; nothing was written.")])

    def done(self, result: int) -> None:
        """Count no further; an export that goes on does so behind the work."""
        self.rehearsals.close()
        super().done(result)

    def _corpus(self) -> CorpusOptions | None:
        """Return how the corpus is split, where it is one; a format that makes a folder always makes one."""
        whole = (
            CorpusOptions(plan=SplitPlan(parse_parts("100")))
            if isinstance(self.format.writer(), FolderWriter)
            else None
        )
        return self.split.plan() or whole

    def _question(self) -> Question:
        """Return what is to be rehearsed."""
        chosen = self.selection
        return Question(self.format.name(), self.format.options(), chosen.selection(), chosen.pseudonyms())

    def _follow(self) -> None:
        """Follow what was chosen: the file's suffix, what the format can mark, and then the counts."""
        writer = self.format.writer()
        self.selection.allow_suggestions(bool(getattr(writer, "holds_suggestions", False)))
        is_folder = self.split.corpus.isChecked() or isinstance(writer, FolderWriter)
        path = self.file.path() if self.file.field.text() else self._start
        suffix = "" if is_folder else writer.suffix
        if path.suffix != suffix:
            self.file.set_path(path.with_suffix(suffix))
        self.rehearsals.begin_soon()

    def _allow(self) -> None:
        """Allow the export while nothing else goes on with it; nobody needs to wait for the counts."""
        self.go.setEnabled(not self._exporting and bool(self.file.field.text().strip()))

    def _ask(self) -> None:
        """Ask for the export, and show how far it is."""
        try:
            choice = self.choice()
        except UserError as fault:
            self.told.setText(error_text(fault))
            return
        self.rehearsals.stop()
        self.format.keep()
        self.split.keep()
        self._settings.keep(_FOLDER, str(choice.path.parent))
        self._exporting = True
        self.pages.setEnabled(False)
        self.go.setEnabled(False)
        self.shut.setText(self.tr("Go on behind the work"))
        self.told.setText(self.tr("Exporting…"))
        self.bar.show_progress(0, 0)
        for widget in (self.bar, self.stop):
            widget.show()
        self.exportAsked.emit(choice)

    def _stop(self) -> None:
        """Ask for the export to stop, and wait to hear whether it still could."""
        self.told.setText(self.tr("Stopping…"))
        self.shut.setFocus()
        self.stop.setEnabled(False)
        self.stopAsked.emit()

    def _end(self, said: list[str]) -> None:
        """Turn to the page of the result."""
        self._exporting = False
        self.outcome.show_end(said)
        self.open_folder.setVisible(self._written is not None)
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(self.outcome)
        for widget in (self.told, self.bar, self.stop, self.go):
            widget.hide()
        leave_by(self.shut, self.tr("Close"))

    def _open_folder(self) -> None:
        """Show in the system's own program where the file is."""
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    def _ask_where_to(self, start: Path) -> Path | None:
        """Choose the file, or the folder's name, in the system's dialog."""
        kinds = name_filter(self.tr("Files of this format"), f"*{start.suffix}") if start.suffix else ""
        return ask_save(self, self.tr("Export labels"), start, kinds)

    def _connect(self) -> None:
        """Hear of every choice."""
        for box in (self.format, self.selection, self.split):
            box.changed.connect(self._follow)
        self.file.changed.connect(self._allow)

    def _lay_out(self) -> None:
        """Put what is asked beside what will come of it, and the file beneath both."""
        asked = QWidget(self)
        column = column_layout(asked, 12)
        # Between the fields and the bar that scrolls them; mirrored by hand, as margins are not.
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        column.setContentsMargins(_BESIDE_BAR if rtl else 0, 0, 0 if rtl else _BESIDE_BAR, 0)
        for heading, box in (
            ("", self.format),
            (self.tr("What leaves"), self.selection),
            (self.tr("One file or a corpus"), self.split),
        ):
            if heading:
                column.addWidget(section_heading(heading, asked))
            column.addWidget(box)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setObjectName("asked")
        scroll.setWidget(asked)
        page = QWidget(self)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(scroll, 5)
        both.addWidget(self.preview, 4)
        outer = column_layout(page, 16)
        outer.addLayout(both, 1)
        outer.addWidget(self.file)
        self.outcome.buttons.insertWidget(0, self.open_folder)
        self.pages.addWidget(page)
        self.pages.addWidget(self.outcome)
        note = self.tr("Only confirmed labels go out. The file is read back and compared before it counts.")
        self.told.setText(note)
        foot = foot_of_work(self.told, self.bar, self.stop, self.go, self.shut)
        whole = dialog_layout(self)
        whole.addWidget(self.pages, 1)
        whole.addLayout(foot)
        self.bar.hide()
        self.stop.hide()
        resize_to_screen(self, 1080, 720)
