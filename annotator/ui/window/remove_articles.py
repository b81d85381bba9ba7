"""Remove articles from the project, and restore them: from the menu, the context menu of the list, or by undo."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from annotator.domain.model.edit import EditKind, Write, removal
from annotator.services.annotators import display_names
from annotator.session import LARGE, Outcome
from annotator.storage.project import Project
from annotator.storage.tables.removals import RemovedDocument
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import date_text, digits, number_text, with_direction_mark
from annotator.ui.base.jobs import Job, Jobs
from annotator.ui.base.key_map import with_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.documents.document_model import title_of
from annotator.ui.shortcuts.menus import KeyMenu
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import push_button, resize_to_screen
from annotator.ui.widgets.table import TableModel, TableView, Value
from annotator.ui.window.workspace import Workspace

_JOB = "removed articles"


@dataclass(frozen=True, slots=True)
class _Removed:
    """The removed articles of a project, and the names of its annotators by id."""

    documents: Sequence[RemovedDocument]
    names: Mapping[str, str]


class RemovedArticlesModel(TableModel):
    """One row for each removed article: title, date, and when and by whom it was removed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents: Sequence[RemovedDocument] = ()
        self._names: Mapping[str, str] = {}

    def show_documents(self, documents: Sequence[RemovedDocument], names: Mapping[str, str]) -> None:
        """Show removed articles; names are those of the annotators by id."""
        self.documents, self._names = documents, names
        self.reset()

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (self.tr("Title"), self.tr("Date"), self.tr("Removed on"), self.tr("Removed by"))

    def row_total(self) -> int:
        """Return the number of removed articles."""
        return len(self.documents)

    def value(self, row: int, column: int) -> Value:
        """Return a cell; dates and times as text that sorts by time."""
        document = self.documents[row]
        if column == 0:
            return title_of(document)
        if column == 1:
            return document.date.isoformat() if document.date else None
        if column == 2:
            return f"{_moment(document):%Y-%m-%d %H:%M:%S}" if document.time else None
        return self._names.get(document.annotator) or None

    def text(self, row: int, column: int) -> str:
        """Return a cell with dates in words."""
        document = self.documents[row]
        if column == 1:
            return date_text(document.date)
        if column == 2 and document.time:
            moment = _moment(document)
            return f"{date_text(moment.date())} · {digits(f'{moment:%H:%M}')}"
        return super().text(row, column)


class RemovedArticlesDialog(Retranslated, Dialog):
    """Lists the removed articles. restoreRequested carries the ids of those to restore."""

    restoreRequested = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        """List nothing until show_documents() is called."""
        super().__init__(parent)
        self.model = RemovedArticlesModel(self)
        self.table = TableView(self.model, self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._count = PlainLabel(self)
        self._count.setObjectName("quiet")
        self.restore = push_button(self, act=self._restore)
        self.shut = push_button(self, act=self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.restore)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        resize_to_screen(self, 960, 480)
        self.table.opened.connect(self._restore)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.retranslate()
        self.table.setFocus()

    def show_documents(self, documents: Sequence[RemovedDocument], names: Mapping[str, str]) -> None:
        """List removed articles, and select the one in the current row; names are those of the annotators by id."""
        row = max(0, self.table.currentIndex().row())
        self.model.show_documents(documents, names)
        self.table.adjust_columns()
        if documents:
            # selectRow() selects nothing in a table that reads right to left and is not laid out yet.
            self.table.setCurrentIndex(self.model.index(min(row, len(documents) - 1), 0))
        self.retranslate()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.setWindowTitle(self.tr("Removed articles"))
        count = len(self.model.documents)
        said = self.tr("%n removed article(s)", "", count).replace(str(count), number_text(count))
        self._count.setText(with_direction_mark(said))
        self.restore.setText(with_key(self.tr("Restore"), "Enter"))
        self.shut.setText(self.tr("Close"))
        self.table.setAccessibleName(self.tr("Removed articles"))
        self.model.retranslate()
        self._allow()

    def _allow(self) -> None:
        self.restore.setEnabled(self.table.selectionModel().hasSelection())

    def _restore(self) -> None:
        rows = [self.model.source_row(index.row()) for index in self.table.selectionModel().selectedRows()]
        if rows:
            self.restoreRequested.emit([self.model.documents[row].id for row in sorted(rows)])


class ArticleRemoval(QObject):
    """Removes the selected articles or the open one, and opens the next article if the open one is removed.

    It also lists the removed articles, to restore them.

    renameRequested comes from the context menu. failed carries the same as Jobs.failed.
    """

    renameRequested = Signal()
    statusMessage = Signal(str)
    failed = Signal(str, object)

    def __init__(self, current: CurrentProject, workspace: Workspace, large: BackgroundEdits) -> None:
        """Add the context menu to the list of documents."""
        super().__init__(workspace)
        self._large = large
        self._current = current
        self._workspace = workspace
        self._next = -1
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self.dialog: RemovedArticlesDialog | None = None
        view = workspace.documents.view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        current.outcome.connect(self._follow)
        current.closing.connect(self._close_dialog)

    def remove(self) -> None:
        """Remove the articles selected in the list, or else the open one."""
        session, queue, place = self._current.session, self._current.queue, self._workspace.place
        if session is None or queue is None:
            return
        rows = self._workspace.documents.selected()
        chosen = queue.some(rows) or ([session.document.id] if session.document else [])
        # The article after the open one, counted without the removed rows before it.
        self._next = place - sum(row < place for row in rows)
        if len(chosen) < LARGE:
            session.remove_articles(chosen)
        else:
            self._large.write(session.prepare(EditKind.REMOVE_ARTICLE, lambda _: map(removal, chosen)))

    def show_removed(self) -> None:
        """Read the removed articles in the background, and list them in a dialog."""
        session = self._current.session
        if session is None:
            return
        path = session.project.path

        def work(_job: Job) -> _Removed:
            with Project.open_to_read(path) as project:
                return _Removed(project.removals.restorable(), display_names(project.annotators.all()))

        self._jobs.run(_JOB, work, self._show)

    def stop(self) -> None:
        """Wait until nothing is read any more, and close the dialog."""
        self._jobs.stop()
        self._close_dialog()

    def make_menu(self) -> QMenu:
        """Return the context menu of the selected articles."""
        # Not a child of the list, which reads from right to left in every language.
        menu = KeyMenu(self._workspace.window())
        count = len(self._workspace.documents.selected())
        rename = menu.addAction(self.tr("Rename…"))
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        rename.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        rename.setEnabled(count == 1)
        rename.triggered.connect(self.renameRequested)
        remove = menu.addAction(digits(self.tr("Remove %n article(s)", "", count)))
        remove.setEnabled(count > 0)
        remove.triggered.connect(self.remove)
        menu.addAction(self.tr("Removed articles…")).triggered.connect(self.show_removed)
        return menu

    def _open_menu(self, point: QPoint) -> None:
        menu = self.make_menu()
        menu.exec(self._workspace.documents.view.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _show(self, removed: _Removed) -> None:
        if not removed.documents:
            if self.dialog is None:
                self.statusMessage.emit(self.tr("No article is removed."))
            self._close_dialog()
            return
        if self.dialog is None:
            self.dialog = RemovedArticlesDialog(self._workspace.window())
            self.dialog.restoreRequested.connect(self._restore)
            self.dialog.finished.connect(self._forget_dialog)
            self.dialog.open()
        self.dialog.show_documents(removed.documents, removed.names)

    def _restore(self, documents: Sequence[str]) -> None:
        session = self._current.session
        if session is None:
            return

        def writes(project: Project) -> Iterator[Write]:
            gone = project.documents.removed(documents) - project.documents.erased(documents)
            return (removal(document, removed=False) for document in documents if document in gone)

        if len(documents) < LARGE:
            session.restore_articles(documents)
        else:
            self._large.write(session.prepare(EditKind.RESTORE_ARTICLE, writes))

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    def _forget_dialog(self) -> None:
        self._jobs.cancel(_JOB)
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _follow(self, outcome: Outcome) -> None:
        session, queue, change = self._current.session, self._current.queue, outcome.change
        if session is None or queue is None or change is None or not (change.removed or change.restored):
            return
        place, self._next = self._next if self._next >= 0 else max(self._workspace.place, 0), -1
        self._workspace.show_places()
        if self.dialog is not None:
            self.show_removed()
        if session.document is None and change.restored:
            self._current.open_document(next(w.document for w in change.edit.writes if w.document in change.restored))
        if session.document is None or session.document.id not in change.removed:
            return
        count = queue.count()
        following = queue.at(min(place, count - 1)) if count else None
        following = following or next(session.project.documents.ids(), None)
        if following is None:
            self._current.close_document()
        else:
            self._current.open_document(following)


def _moment(document: RemovedDocument) -> datetime.datetime:
    """Return when a document was removed, in the local time zone."""
    return datetime.datetime.fromtimestamp(document.time / 1000).astimezone()
