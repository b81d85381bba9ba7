"""The export dialog: format, contents, split and file, next to a preview that counts what can be written exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from annotator.domain.corpus.split import SplitPlan, parse_parts
from annotator.domain.review.document_state import Documents
from annotator.formats.base.writer import FolderWriter
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.storage.project import Project
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.dry_run_controller import DryRunController
from annotator.ui.exporting.format_box import FormatBox
from annotator.ui.exporting.preview_box import PreviewBox
from annotator.ui.exporting.selection_box import SelectionBox
from annotator.ui.exporting.split_box import SplitBox
from annotator.ui.jobs.long_task_dialog import LongTaskDialog
from annotator.ui.widgets.file_dialogs import ask_save, name_filter
from annotator.ui.widgets.form import (
    FileRow,
    add_fields,
    column_layout,
    form_layout,
    push_button,
    row_layout,
    section_heading,
)

_FOLDER = "export/folder"
_SCROLL_MARGIN = 12
"""Between the options and their scroll bar, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What to export, and the path of the file or folder."""

    path: Path
    request: ExportRequest


class ExportDialog(LongTaskDialog):
    """Asks for format, articles, annotators and file, next to a preview; request() returns the ExportChoice.

    The other options are under the button more, which is pressed at the start if one of them is in use: an export has
    no option that the user cannot see.
    """

    def __init__(self, project: Project, settings: Settings, parent: QWidget | None = None) -> None:
        """Export an open project; the options of the last export are offered."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export annotations"))
        self._settings = settings
        self.written: Path | None = None
        folder = Path(settings.text(_FOLDER) or project.path.parent)
        self._first_path = (folder if folder.is_dir() else project.path.parent) / project.path.name
        key = project.path.with_name(f"{project.path.stem}-names.json")
        self.format = FormatBox(settings, self)
        which = Documents.FINISHED if project.contributions.any_done() else Documents.LABELLED
        self.selection = SelectionBox(project.tagset, project.annotators.all(), key, which, self)
        self.format.add_field(self.tr("Articles"), self.selection.which)
        self.format.add_field(self.tr("Annotations"), self.selection.whose)
        self.more = push_button(self, self.tr("More options"))
        self.split = SplitBox(settings, self)
        self.preview = PreviewBox(self)
        self.file = FileRow(self.tr("File"), self.tr("Choose…"), self._ask_where_to, self)
        self.open_folder = push_button(self, self.tr("Open folder"), self._open_folder)
        self.result_page.buttons.insertWidget(0, self.open_folder)
        self.dry_runs = DryRunController(project.path, self.preview, self._export_request, self)
        self.lay_out(self._options_page(), self.tr("Export"), QSize(1080, 720))
        for box in (self.format, self.selection, self.split):
            box.changed.connect(self._follow)
        self.file.changed.connect(self.update_state)
        self.more.toggled.connect(self._rest.setVisible)
        self.more.setChecked(self.format.has_options() or self.split.corpus.isChecked())
        self._rest.setVisible(self.more.isChecked())
        self._follow()
        self.dry_runs.begin()

    def request(self) -> ExportChoice:
        """Return what the options ask for; raise ExportError if the parts of the split are not valid."""
        return ExportChoice(self.file.path(), replace(self._export_request(), corpus=self._corpus()))

    def before_start(self) -> None:
        """Stop the dry run, and store the options for the next export."""
        self.dry_runs.stop()
        self.format.keep()
        self.split.keep()
        self._settings.set(_FOLDER, str(self.file.path().parent))

    def can_start(self) -> bool:
        """Return True if a file is named; the counts of the dry run need not be complete."""
        return bool(self.file.field.text().strip())

    def hint_text(self) -> str:
        """Return what an export contains."""
        return self.tr("Only confirmed annotations are exported. The file is verified before it is saved.")

    def running_text(self) -> str:
        """Return what the footer says while the export runs."""
        return self.tr("Exporting…")

    def show_result(self, sentences: Sequence[str], details: Sequence[str] = ()) -> None:
        """Also offer to open the folder of what was written."""
        self.open_folder.setVisible(self.written is not None)
        super().show_result(sentences, details)

    def done(self, result: int) -> None:
        """Stop the dry run; a running export continues in the background."""
        self.dry_runs.close()
        super().done(result)

    def _corpus(self) -> CorpusOptions | None:
        """Return the options of a corpus, or None for one file; a format that writes a folder always makes a corpus."""
        whole = (
            CorpusOptions(plan=SplitPlan(parse_parts("100")))
            if isinstance(self.format.writer(), FolderWriter)
            else None
        )
        return self.split.plan() or whole

    def _export_request(self) -> ExportRequest:
        """Return what to export, except how it is split, which the preview does not show."""
        return ExportRequest(
            self.format.name(),
            self.format.options(),
            self.selection.selection(),
            self.selection.pseudonyms(),
            strict=self.format.strict.isChecked(),
        )

    def _follow(self) -> None:
        """Adapt the suffix of the file and the offer of suggestions to the format, and begin another dry run."""
        writer = self.format.writer()
        self.selection.allow_suggestions(bool(getattr(writer, "holds_suggestions", False)))
        is_folder = self.split.corpus.isChecked() or isinstance(writer, FolderWriter)
        path = self.file.path() if self.file.field.text() else self._first_path
        suffix = "" if is_folder else writer.suffix
        if path.suffix != suffix:
            self.file.set_path(path.with_suffix(suffix))
        name = self._where.labelForField(self.file)
        if isinstance(name, QLabel):
            name.setText(self.tr("Folder") if is_folder else self.tr("File"))
        self.update_state()
        self.dry_runs.begin_soon()

    def _open_folder(self) -> None:
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.parent)))

    def _ask_where_to(self, start: Path) -> Path | None:
        filters = name_filter(self.tr("Files of this format"), f"*{start.suffix}") if start.suffix else ""
        return ask_save(self, self.tr("Export annotations"), start, filters)

    def _options_page(self) -> QWidget:
        """Return the options and the preview side by side, above the file."""
        options = QWidget(self)
        column = column_layout(options, 12)
        # Margins are not mirrored by Qt.
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        column.setContentsMargins(_SCROLL_MARGIN if rtl else 0, 0, 0 if rtl else _SCROLL_MARGIN, 0)
        column.addWidget(self.format)
        self.more.setCheckable(True)
        self.more.setObjectName("more")
        column.addLayout(row_layout(self.more))
        self._rest = QWidget(options)
        rest = column_layout(self._rest, 12)
        rest.addWidget(self.format.more)
        for heading, box in ((self.tr("Contents"), self.selection), (self.tr("Output"), self.split)):
            rest.addWidget(section_heading(heading, options))
            rest.addWidget(box)
        column.addWidget(self._rest)
        column.addStretch(1)
        for first, second in pairwise((self.format.format, self.selection.which, self.selection.whose, self.more)):
            self.setTabOrder(first, second)
        scroll = QScrollArea(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setObjectName("asked")
        scroll.setWidget(options)
        page = QWidget(self)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(scroll, 5)
        both.addWidget(self.preview, 4)
        outer = column_layout(page, 16)
        outer.addLayout(both, 1)
        self._where = form_layout()
        add_fields(self._where, (self.tr("File"), self.file))
        outer.addLayout(self._where)
        return page
