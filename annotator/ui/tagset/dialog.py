"""The tagset editor: the labels, the form of one of them, and what all changes concern."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.tagset.tagset import Label
from annotator.errors import UserError
from annotator.services.project.tagset_io import changes_to, write_tagset
from annotator.services.project.tagset_preview import Uses, count_uses
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import current_language, isolate
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_sequences import sequences
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.tagset.changes_pane import ChangesPane
from annotator.ui.tagset.draft_history import DraftHistory
from annotator.ui.tagset.label_form import LabelForm
from annotator.ui.tagset.tagset_sidebar import TagsetSidebar
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.file_dialogs import ask_open, ask_save, name_filter
from annotator.ui.widgets.form import push_button, resize_to_screen, set_menu

_COUNT = "count"


class TagsetDialog(Retranslated, Dialog):
    """Edits a draft of the tagset of a project; after accept(), steps.changes() has the changes.

    counted is emitted when it is known how much every label is used.
    """

    counted = Signal()

    def __init__(
        self,
        project: Project,
        theme: Theme,
        parent: QWidget | None = None,
        label: str = "",
        look: Callable[[], object] | None = None,
    ) -> None:
        """Start with the present tagset and a label, and count in the background how much labels are used.

        look reads changes that others made to the tagset meanwhile; it is called before anything is applied.
        """
        super().__init__(parent)
        self._look = look or project.labels.refresh
        self._project, self._theme = project, theme
        self._uses: Uses | None = None
        self._jobs = Jobs(self)
        self.steps = DraftHistory(project.labels.draft, self)
        self.side = TagsetSidebar(self.steps, theme, self)
        self.form = LabelForm(self.steps, theme, self)
        self.changes = ChangesPane(self)
        self.import_button, self.export_button = push_button(self), push_button(self, act=self._write_out)
        self.leave, self.apply = push_button(self, act=self.reject), push_button(self, act=self.accept)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.side.take(label)
        self._count()

    def accept(self) -> None:
        """Add what was typed last as a step, and close unless it is refused or others changed the tagset."""
        if not self.form.commit():
            return
        begun = self.steps.begun
        self._look()
        self.rebase()
        if self.steps.begun is begun:
            super().accept()

    def rebase(self) -> None:
        """Continue from a tagset that others changed, and say so; the text in the form is kept."""
        now = self._project.labels.draft
        if now.cells == self.steps.begun.cells or not self.form.commit():
            return
        contested = self.steps.contested(now)
        errors = self.steps.rebase(now)
        self._count()
        self.changes.show_message(" ".join([self._others_changed(contested), *map(error_text, errors)]))

    def _others_changed(self, contested: Sequence[str]) -> str:
        if not self.steps.changes():
            return self.tr("The labels were changed elsewhere. The current labels are shown.")
        if not contested:
            return self.tr("The labels were changed elsewhere. Your changes were kept.")
        labels = self.tr(", ").join(map(isolate, contested))
        return self.tr(
            "The labels were changed elsewhere, including what you changed in {0}. If you apply your "
            "changes, they replace the others."
        ).format(labels)

    def done(self, result: int) -> None:
        """Stop counting, and close."""
        self._jobs.stop()
        super().done(result)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("Edit labels"))
        self.import_button.setText(self.tr("Import"))
        self.export_button.setText(self.tr("Export…"))
        self.leave.setText(self.tr("Cancel"))
        self.apply.setText(self.tr("Apply"))
        self._offer_import()
        self.side.retranslate()
        self.form.retranslate()
        self._follow()

    def import_labels(self, source: str | Path) -> None:
        """Import the labels of a bundled tagset, by its name, or of a file."""
        try:
            changes = changes_to(self.steps.draft, load_tagset(source))
        except UserError as error:
            self._refuse(error)
            return
        if changes:
            self.steps.do(*changes)
        else:
            self.changes.show_message(self.tr("The labels are the same as in the file."))

    def _follow(self) -> None:
        self.changes.show_message("")
        self.side.follow()
        self._show_label(self.side.current())
        self._show_changes()

    def _show_label(self, label: Label | None) -> None:
        if label is not None:
            self.form.show_label(label)

    def _show_changes(self) -> None:
        uses = self._uses.labels if self._uses else None
        found = self.changes.show_changes(self.steps.begun, self.steps.changes(), uses, self._theme.muted)
        self.apply.setEnabled(found > 0)

    def _show_error(self, _job: str, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._refuse(error)

    def _refuse(self, error: UserError) -> None:
        self.changes.show_message(error_text(error))

    def _ask_name(self, _label: Label) -> None:
        name = self.form.names[current_language()]
        name.setFocus()
        name.selectAll()

    def _ask_file(self) -> None:
        path = ask_open(self, self.tr("Import labels"), self._project.path.parent, self._kinds())
        if path is not None:
            self.import_labels(path)

    def _write_out(self) -> None:
        self.form.commit()
        start = self._project.path.with_name(f"{self.steps.tagset.name}.json")
        path = ask_save(self, self.tr("Export labels"), start, self._kinds())
        if path is None:
            return
        try:
            write_tagset(self.steps.tagset, path, self._project.path)
        except UserError as error:
            self._refuse(error)
        else:
            self.changes.show_message(self.tr("The labels were exported to {0}.").format(isolate(path.name)))

    def _kinds(self) -> str:
        return name_filter(self.tr("Labels"), "*.json")

    def _offer_import(self) -> None:
        menu = QMenu(self.import_button)
        menu.addAction(self.tr("From a file…")).triggered.connect(lambda _checked=False: self._ask_file())
        menu.addSeparator()
        for name in list_tagsets():
            action = menu.addAction(load_tagset(name).names.get(current_language(), name))
            action.triggered.connect(lambda _checked=False, name=name: self.import_labels(name))
        set_menu(self.import_button, menu)

    def _count(self) -> None:
        path = self._project.path

        def work(_job: Job) -> Uses:
            with Project.open(path) as own:
                return count_uses(own)

        self._jobs.run(_COUNT, work, self._show_uses)

    def _show_uses(self, uses: Uses) -> None:
        self._uses = uses
        self.side.set_usages(uses.stored)
        self._show_changes()
        self.counted.emit()

    def _connect(self) -> None:
        self.steps.changed.connect(self._follow)
        self.steps.refused.connect(self._refuse)
        self.side.chosen.connect(self._show_label)
        self.side.added.connect(self._ask_name)
        self.form.message.connect(self.changes.show_message)
        self._jobs.failed.connect(self._show_error)
        for keys, act in (
            (("Ctrl+Z",), self.steps.undo),
            (("Ctrl+Y", "Ctrl+Shift+Z"), self.steps.redo),
            (("Ctrl+Return",), self.apply.click),
        ):
            for sequence in sequences(keys):
                QShortcut(sequence, self).activated.connect(act)

    def _lay_out(self) -> None:
        self.apply.setObjectName("primary")
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setObjectName("form")
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        above = QHBoxLayout()
        above.setSpacing(20)
        above.addWidget(self.side)
        above.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        buttons.addWidget(self.apply)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(above, 1)
        column.addWidget(self.changes)
        column.addLayout(buttons)
        resize_to_screen(self, 1080, 800)
