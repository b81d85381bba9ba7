"""Give an article another title: from the menu, by F2 in the list, or from the list's context menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from annotator.ui.base.current_project import CurrentProject
from annotator.ui.widgets.prompts import text_prompt
from annotator.ui.window.workspace import Workspace

_WIDTH = 640
"""Width of the dialog in device-independent pixels: a headline fits."""


class ArticleRenaming(QObject):
    """Asks for the title of the article that is current in the list, or else of the open one."""

    def __init__(self, current: CurrentProject, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        workspace.documents.view.renameRequested.connect(self.rename)

    def rename(self) -> None:
        """Ask for the title, and store it. Undo restores the one before."""
        session, document = self._current.session, self._chosen()
        if session is None or document is None or document not in session.project.documents:
            return
        title, _ = session.project.documents.titles(document)
        question = self.tr("Title (if empty, the imported title is restored)")
        dialog = text_prompt(self._workspace.window(), self.tr("Rename article"), question, title)
        dialog.setOkButtonText(self.tr("Rename"))
        field = dialog.findChild(QLineEdit)
        if field is not None:
            field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        dialog.resize(_WIDTH, dialog.sizeHint().height())
        if dialog.exec():
            session.rename_article(document, dialog.textValue())
        dialog.deleteLater()

    def _chosen(self) -> str | None:
        session, queue, view = self._current.session, self._current.queue, self._workspace.documents.view
        rows = self._workspace.documents.selected()
        if queue is not None and rows:
            row = view.currentIndex().row()
            return queue.at(row if row in rows else rows[0])
        return session.document.id if session and session.document else None
