"""The contents of an export: whose annotations, which articles, and which names are replaced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.domain.review.document_state import Documents
from annotator.domain.tagset.tagset import Tagset
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Resolution, Selection
from annotator.ui.base.i18n import current_language
from annotator.ui.base.plain_text import caption
from annotator.ui.widgets.check_menu_button import CheckMenuButton
from annotator.ui.widgets.date_field import DateField
from annotator.ui.widgets.file_dialogs import ask_save, name_filter
from annotator.ui.widgets.form import FileRow, add_fields, form_layout, hint_label


class SelectionBox(QWidget):
    """Asks for a selection and for pseudonyms; changed is emitted with every choice."""

    changed = Signal()

    def __init__(
        self,
        tagset: Tagset,
        people: Sequence[Annotator],
        key: Path,
        which: Documents,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the annotators of a project.

        key is the default path of the pseudonym key file; which is the first choice of articles. The dialog
        lays out the fields for the articles and the annotators.
        """
        super().__init__(parent)
        self.which = QComboBox(self)
        self.whose = QComboBox(self)
        self.dated = QCheckBox(self.tr("Only articles from this date on"), self)
        self.since = DateField(self)
        self.undated = QCheckBox(self.tr("Include articles without a date"), self)
        self.suggestions = QCheckBox(self.tr("Include undecided suggestions (marked)"), self)
        self.replaced = CheckMenuButton(self)
        self.key_file = FileRow(self.tr("Pseudonym key file"), self.tr("Choose…"), self._ask_for_key, self)
        self._limits = hint_label("", self)
        self._key = key
        self._menu = QMenu(self.replaced)
        self._labels: dict[str, QAction] = {}
        self._offer(tagset, people)
        self.which.setCurrentIndex(self.which.findData(which.value))
        self._lay_out()
        for choices in (self.which, self.whose):
            choices.currentIndexChanged.connect(self._follow)
        for box in (self.dated, self.undated, self.suggestions):
            box.toggled.connect(self._follow)
        self.since.dateChanged.connect(self._follow)
        self.key_file.changed.connect(self._follow)
        self._follow()

    def selection(self) -> Selection:
        """Return whose annotations and which articles to export."""
        whose = str(self.whose.currentData())
        day = self.since.date().toPython() if self.dated.isChecked() else None
        kinds = {each.value for each in Resolution}
        return Selection(
            annotators=() if whose in kinds else (whose,),
            resolution=Resolution(whose) if whose in kinds else Resolution.ALL,
            documents=Documents(str(self.which.currentData())),
            since=day,  # type: ignore[arg-type] # toPython() of a date is a date
            include_undated=self.undated.isChecked(),
            include_suggestions=self.suggestions.isChecked() and self.suggestions.isEnabled(),
        )

    def pseudonyms(self) -> PseudonymOptions | None:
        """Return which names to replace, or None."""
        labels = tuple(label for label, action in self._labels.items() if action.isChecked())
        return (
            PseudonymOptions(labels, self.key_file.path() if self.key_file.field.text() else None) if labels else None
        )

    def allow_suggestions(self, can: bool) -> None:
        """Offer suggestions only in formats that can mark them."""
        self.suggestions.setEnabled(can)

    def replace_names(self, label_id: str, replace: bool = True) -> None:
        """Choose whether names with a label are replaced."""
        self._labels[label_id].setChecked(replace)

    def _follow(self) -> None:
        self._form.setRowVisible(self._dates, self.dated.isChecked())
        names = [action.text() for action in self._labels.values() if action.isChecked()]
        self.replaced.setText(self.tr(", ").join(names) if names else self.tr("None"))
        self._form.setRowVisible(self.key_file, bool(names))
        self._form.setRowVisible(self._limits, bool(names))
        self.changed.emit()

    def _offer(self, tagset: Tagset, people: Sequence[Annotator]) -> None:
        self.which.addItem(self.tr("Only work marked as done"), Documents.FINISHED.value)
        self.which.addItem(self.tr("Labelled: done or in progress"), Documents.LABELLED.value)
        self.which.addItem(self.tr("All, including articles not started"), Documents.ALL.value)
        self.whose.addItem(self.tr("All annotators"), Resolution.ALL.value)
        for person in people if len(people) > 1 else ():
            self.whose.addItem(self.tr("Only {0}").format(person.name), person.id)
        self.whose.addItem(self.tr("Majority vote"), Resolution.MAJORITY.value)
        self.whose.addItem(self.tr("Settled by an adjudicator"), Resolution.ADJUDICATED.value)
        self.since.setDate(QDate.currentDate().addYears(-1))
        for label in tagset.labels:
            action = self._menu.addAction(caption(label.name(current_language())))
            action.setCheckable(True)
            action.toggled.connect(self._follow)
            self._labels[label.id] = action
        self.replaced.setMenu(self._menu)
        self.key_file.set_path(self._key)
        self._limits.setText(
            self.tr(
                "The same name gets the same pseudonym in the whole project. Only labelled names are "
                "replaced. Other facts about a person stay, so a reader who knows the article will know the "
                "person. Keep the key file apart from the export."
            )
        )

    def _ask_for_key(self, start: Path) -> Path | None:
        return ask_save(
            self, self.tr("Pseudonym key file"), start, name_filter(self.tr("Pseudonym key files"), "*.json")
        )

    def _lay_out(self) -> None:
        self._dates = QWidget(self)
        dates = QHBoxLayout(self._dates)
        dates.setContentsMargins(0, 0, 0, 0)
        dates.setSpacing(12)
        dates.addWidget(self.since)
        dates.addWidget(self.undated)
        dates.addStretch(1)
        fields = self._form = form_layout()
        self.since.setAccessibleName(self.dated.text())
        add_fields(
            fields,
            ("", self.suggestions),
            ("", self.dated),
            ("", self._dates),
            (self.tr("Replace names of"), self.replaced),
            ("", self.key_file),
            ("", self._limits),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(fields)
