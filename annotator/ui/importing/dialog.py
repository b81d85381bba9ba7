"""The import dialog: a preview of the files, how to import their labels, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from annotator.domain.model.label_map import LabelMap
from annotator.domain.tagset.tagset import Tagset
from annotator.formats.base.reader import ReadOptions
from annotator.services.importing.preview import FIRST_ARTICLES, Preview, named_readers, preview
from annotator.ui.base.i18n import digits
from annotator.ui.base.jobs import Job
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import Theme
from annotator.ui.importing.options_page import ImportOptionsPage, LabelImport
from annotator.ui.jobs.long_task_dialog import LongTaskDialog

_REMEMBERED = "import/labels"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import and how: a reader per file, sentences as in ReadOptions, whose annotations the labels become."""

    paths: tuple[Path, ...]
    readers: dict[Path, str] = field(default_factory=dict)
    sentences: int = ReadOptions().sentences
    what: LabelImport = LabelImport.LEAVE
    annotator: str = ""
    labels: LabelMap = field(default_factory=LabelMap)


class ImportDialog(LongTaskDialog):
    """Previews files and asks how to import them; request() returns the ImportRequest."""

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
        """Preview files for the project at a path; people are possible annotators of the labels, the user first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import articles"))
        self._paths = tuple(paths)
        self._settings = settings
        self._preview = Preview()
        self.options = ImportOptionsPage(project, tagset, people, theme, self)
        self.lay_out(self.options, self.tr("Import"), QSize(1080, 680))
        self.options.choose(self._remembered())
        self.options.changed.connect(self._choose)
        self.options.scanRequested.connect(self._scan)
        self.options.message.connect(self.hint.setText)
        self._scan()

    def request(self) -> ImportRequest:
        """Return what the options ask for."""
        page = self.options
        readers = named_readers(self._preview.kinds, page.kinds.readers)
        return ImportRequest(
            self._paths, readers, page.sentences.value(), page.what(), page.annotator_name(), page.table.labels()
        )

    def before_start(self) -> None:
        """Store the choice for the next import, unless these files left none."""
        if self._preview.annotations:
            self._settings.set(_REMEMBERED, self.options.what().value)

    def can_start(self) -> bool:
        """Return True if there are articles, and it is known what each label becomes."""
        return self._preview.articles > 0 and self._labels_known() and not self._missing() and not self._nobody()

    def hint_text(self) -> str:
        """Return what is still missing, or how much cannot be imported."""
        if not self._labels_known():
            return self.tr("Not all labels in the files are known yet.")
        if missing := self._missing():
            return digits(self.tr("Map %n label(s) to continue.", "", missing))
        if self._nobody():
            return self.tr("Choose the annotator of the labels.")
        problems = len(self._preview.problems)
        return digits(self.tr("%n item(s) cannot be imported and will be listed.", "", problems)) if problems else ""

    def running_text(self) -> str:
        """Return what the footer says while the import runs."""
        return self.tr("Importing…")

    def scanning_text(self) -> str:
        """Return what the footer says while files are read for the preview."""
        return self.tr("Scanning files…")

    def focus_target(self) -> QWidget:
        """Return the preview of the articles, which Enter does not press."""
        return self.options.samples

    def update_state(self) -> None:
        """Also allow saving the label map if any label is mapped."""
        super().update_state()
        self.options.save.setEnabled(self.options.table.count() > self._missing())

    def _scan(self, most: int | None = FIRST_ARTICLES) -> None:
        """Preview the files, no more than so many articles of them."""
        paths, readers = self._paths, dict(self.options.kinds.readers)
        options = ReadOptions(self.options.sentences.value())

        def work(job: Job) -> Preview:
            return preview(paths, readers=readers, options=options, most=most, progress=job.report_progress)

        self.scan(work, self._show)

    def _show(self, seen: Preview) -> None:
        self._preview = seen
        self.options.show_preview(seen)

    def _choose(self) -> None:
        """Read the files to their end if labels are to be imported, because all labels must be known for the map."""
        if not self._labels_known() and not self.is_scanning:
            self._scan(most=None)
        self.update_state()

    def _labels_known(self) -> bool:
        return self._preview.whole or self.options.what() is LabelImport.LEAVE

    def _missing(self) -> int:
        return self.options.missing()

    def _nobody(self) -> bool:
        return self.options.what() is LabelImport.TAKE and not self.options.annotator_name()

    def _remembered(self) -> LabelImport:
        """Return what was done with labels in the last import."""
        known = self._settings.text(_REMEMBERED, LabelImport.SUGGEST.value)
        return LabelImport(known) if known in {what.value for what in LabelImport} else LabelImport.SUGGEST
