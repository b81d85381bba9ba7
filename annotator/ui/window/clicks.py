"""Clicks in the panes beside the article: each does its work and gives the keyboard back to the article."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.session import ReviewItem
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.window.decision_controller import DecisionController
from annotator.ui.window.workspace import Workspace


class Clicks(QObject):
    """Listens to the lists, the labels and the button over the article."""

    def __init__(self, current: CurrentProject, workspace: Workspace, decisions: DecisionController) -> None:
        """Serve the panes of a workspace."""
        super().__init__(workspace)
        self._current = current
        self._workspace = workspace
        self._decisions = decisions
        side = workspace.side
        workspace.documents.chosen.connect(self._open_document)
        workspace.header.done.clicked.connect(self._toggle_done)
        side.labelChosen.connect(self._give_label)
        side.items.chosen.connect(self._focus_item)
        side.items.opened.connect(self._focus_item)

    def _open_document(self, document_id: str) -> None:
        """Open the document that was clicked."""
        self._current.open_document(document_id)
        self._workspace.article.setFocus()

    def _focus_item(self, item: ReviewItem) -> None:
        """Focus the item that was clicked."""
        self._decisions.focus(item)
        self._workspace.article.setFocus()

    def _give_label(self, label_id: str) -> None:
        """Give the label that was clicked."""
        self._decisions.give_label(label_id)
        self._workspace.article.setFocus()

    def _toggle_done(self) -> None:
        """Say that the document is done, or not done after all."""
        if self._workspace.header.is_done:
            self._decisions.not_done()
        else:
            self._decisions.done()
        self._workspace.article.setFocus()
