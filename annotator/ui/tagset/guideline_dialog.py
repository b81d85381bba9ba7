"""The window of guidelines: what each label means, and how the corpus uses it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.model.annotation import Annotator
from annotator.domain.tagset.tagset import Label
from annotator.errors import UserError
from annotator.services.search.label_examples import LabelInUse, label_in_use
from annotator.storage.project import Project
from annotator.ui.article.kwic_delegate import HEIGHT
from annotator.ui.article.kwic_list import KwicList
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import current_language, digits, number_text, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.tagset.label_usage_model import LabelUsageModel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import push_button, resize_to_screen
from annotator.ui.widgets.label_choice import label_icon
from annotator.ui.widgets.rich_text import guideline_page

_LOOK = "look"
_SIDE = 200
_DIFFERING_ROWS = 3
_ANY_HEIGHT = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not export."""


class GuidelineDialog(Retranslated, Dialog):
    """A window that stays open during work.

    openRequested carries the Example to show in the editor, editRequested the id of a label to edit. looked is emitted
    when the use in the corpus is known.
    """

    openRequested = Signal(object)
    editRequested = Signal(str)
    looked = Signal()

    def __init__(self, project: Project, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the window for a project; show_label() fills it."""
        super().__init__(parent, Qt.WindowType.Window)
        self._project, self._theme = project, theme
        self._known: dict[str, LabelInUse] = {}
        self._people: list[Annotator] = []
        self._shares: list[int] | None = None
        self._jobs = Jobs(self)
        self.labels = QListWidget(self)
        self.page = QTextBrowser(self)
        self.page.setObjectName("guide")
        self.names, self.differing = LabelUsageModel(self), LabelUsageModel(self)
        self.lists = [KwicList(project.tagset, theme, self) for _ in range(2)]
        self._heads = [PlainLabel(self) for _ in range(2)]
        self.edit, self.shut = (
            push_button(self, act=lambda: self.editRequested.emit(self.label().id)),
            push_button(self, act=self.close),
        )
        self._lay_out()
        self._connect()
        self.retranslate()

    def label(self) -> Label:
        """Return the label that is shown; a tagset has at least one."""
        labels = self._project.tagset.labels
        return labels[max(0, min(self.labels.currentRow(), len(labels) - 1))]

    def show_label(self, label_id: str) -> None:
        """Show a label by any of its ids, and read how the corpus uses it now."""
        self._known.clear()
        label = self._project.tagset.find(label_id)
        labels = self._project.tagset.labels
        row = labels.index(label) if label in labels else 0
        if row == self.labels.currentRow():
            self._show()
        self.labels.setCurrentRow(row)

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of a theme."""
        self._theme = theme
        for one in self.lists:
            one.set_theme(theme)
        self.retranslate()

    def read_tagset(self) -> None:
        """Show the labels again after the tagset has changed."""
        self._known.clear()
        for one in self.lists:
            one.set_tagset(self._project.tagset)
        self.retranslate()

    def stop(self) -> None:
        """Stop reading the corpus."""
        self._jobs.stop()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("Guideline"))
        self.labels.setAccessibleName(self.tr("Labels"))
        self.page.setAccessibleName(self.tr("Guideline"))
        self.lists[0].setAccessibleName(self.tr("Names in all articles"))
        self.lists[1].setAccessibleName(self.tr("Differences between annotators"))
        self.edit.setText(self.tr("Edit this label…"))
        self.shut.setText(self.tr("Close"))
        held = self.labels.currentRow()
        self.labels.blockSignals(True)
        self.labels.clear()
        for label in self._project.tagset.labels:
            icon = label_icon(label.colour[self._theme.scheme], self.devicePixelRatioF())
            self.labels.addItem(QListWidgetItem(icon, label.name(current_language())))
        self.labels.setCurrentRow(max(0, min(held, self.labels.count() - 1)))
        self.labels.blockSignals(False)
        self._show()

    def _show(self) -> None:
        if not self._project.tagset.labels:
            return
        label = self.label()
        option = self.page.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        self.page.document().setDefaultTextOption(option)
        self.page.setHtml(guideline_page(label, self._theme))
        found = self._known.get(label.id)
        if found is not None:
            self._show_uses(found)
            return
        self.names.clear()
        self.differing.clear()
        self._allow()
        self._heads[0].setText(self.tr("Searching all articles…"))
        path, label_id = self._project.path, label.id

        def work(_job: Job) -> LabelInUse:
            with Project.open_to_read(path) as own:
                return label_in_use(own, label_id)

        self._jobs.run(_LOOK, work, self._keep)

    def _keep(self, found: LabelInUse) -> None:
        self._known[found.label] = found
        self._people = self._project.annotators.all()
        if found.label == self.label().id:
            self._show_uses(found)
        self.looked.emit()

    def _show_uses(self, found: LabelInUse) -> None:
        self.names.show_names(found.names, found.label)
        self.differing.show_disagreements(found.disagreements, found.label, self._project.tagset, self._people)
        if not found.annotations:
            head = self.tr("This label has not been used in any article yet.")
        elif found.looked_at < found.annotations:
            head = self.tr("Most frequent first, in a sample of {0} of {1} annotations").format(
                number_text(found.looked_at), number_text(found.annotations)
            )
        else:
            said = self.tr("Most frequent first: %n annotation(s)", "", found.annotations)
            head = digits(said)
        self._heads[0].setText(with_direction_mark(head))
        self._heads[1].setText(with_direction_mark(self.tr("Differences between annotators, newest first")))
        self._allow()
        self._share()

    def _allow(self) -> None:
        self.lists[0].setVisible(self.names.rowCount() > 0)
        for widget in (self._heads[1], self.lists[1]):
            widget.setVisible(self.differing.rowCount() > 0)

    def _share(self) -> None:
        """Give all room to the guideline if the corpus has nothing to show."""
        has_lists = self.names.rowCount() > 0 or self.differing.rowCount() > 0
        if has_lists == (self._shares is None):
            return
        if has_lists:
            self._corpus.setMaximumHeight(_ANY_HEIGHT)
            self._parts.setSizes(self._shares or [])
            self._shares = None
        else:
            self._shares = self._parts.sizes()
            self._corpus.setMaximumHeight(self._corpus.sizeHint().height())

    def _show_error(self, _name: str, error: Exception) -> None:
        self._heads[0].setText("")
        if not isinstance(error, UserError):
            raise error
        self._heads[0].setText(error_text(error))

    def _connect(self) -> None:
        self._jobs.failed.connect(self._show_error)
        self.labels.currentRowChanged.connect(lambda _row: self._show())
        for one, model in zip(self.lists, (self.names, self.differing), strict=True):
            one.setModel(model)
            one.entered.connect(lambda one=one, model=model: self._open(model, one.currentIndex().row()))
            one.clicked.connect(lambda index, model=model: self._open(model, index.row()))

    def _open(self, model: LabelUsageModel, row: int) -> None:
        if 0 <= row < model.rowCount():
            self.openRequested.emit(model.example(row))

    def _lay_out(self) -> None:
        self.labels.setObjectName("labels")
        self.labels.setFixedWidth(_SIDE)
        self.labels.setIconSize(QSize(14, 14))
        self.page.setOpenLinks(False)
        self.page.document().setDocumentMargin(20)
        self.lists[1].setMaximumHeight(HEIGHT * _DIFFERING_ROWS + 2)
        for head in self._heads:
            head.setObjectName("quiet")
            head.setWordWrap(True)
        corpus = self._corpus = QWidget(self)
        below = QVBoxLayout(corpus)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(6)
        for head, one in zip(self._heads, self.lists, strict=True):
            below.addWidget(head)
            below.addWidget(one, 1)
        below.addStretch(0)
        parts = self._parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.page)
        parts.addWidget(corpus)
        parts.setHandleWidth(8)
        parts.setObjectName("guides")
        parts.setSizes([350, 400])
        buttons = QHBoxLayout()
        buttons.addWidget(self.edit)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(parts, 1)
        side.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 16)
        row.setSpacing(16)
        row.addWidget(self.labels)
        row.addLayout(side, 1)
        resize_to_screen(self, 1000, 840)
