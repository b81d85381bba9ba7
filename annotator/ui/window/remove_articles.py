"""Remove articles from the project, from the menu or the context menu of the list. Undo restores them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from annotator.domain.model.edit import EditKind, removal
from annotator.session import LARGE, Outcome
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import digits
from annotator.ui.shortcuts.menus import KeyMenu
from annotator.ui.window.workspace import Workspace


class ArticleRemoval(QObject):
    """Removes the selected articles or the open one, and opens the next article if the open one is removed."""

    def __init__(self, current: CurrentProject, workspace: Workspace, large: BackgroundEdits) -> None:
        """Add the context menu to the list of documents."""
        super().__init__(workspace)
        self._large = large
        self._current = current
        self._workspace = workspace
        self._next = -1
        view = workspace.documents.view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        current.outcome.connect(self._follow)

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

    def make_menu(self) -> QMenu:
        """Return the context menu of the selected articles."""
        menu = KeyMenu(self._workspace.documents.view)
        count = len(self._workspace.documents.selected())
        remove = menu.addAction(digits(self.tr("Remove %n article(s)", "", count)))
        remove.setEnabled(count > 0)
        remove.triggered.connect(self.remove)
        return menu

    def _open_menu(self, point: QPoint) -> None:
        menu = self.make_menu()
        menu.exec(self._workspace.documents.view.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _follow(self, outcome: Outcome) -> None:
        session, queue, change = self._current.session, self._current.queue, outcome.change
        if session is None or queue is None or change is None or not (change.removed or change.restored):
            return
        place, self._next = self._next if self._next >= 0 else max(self._workspace.place, 0), -1
        self._workspace.show_places()
        if session.document is None or session.document.id not in change.removed:
            return
        count = queue.count()
        following = queue.at(min(place, count - 1)) if count else None
        following = following or next(session.project.documents.ids(), None)
        if following is None:
            self._current.close_document()
        else:
            self._current.open_document(following)
