"""Where everything stands: window, panes, open document, focus; kept on leaving and brought back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from annotator.domain.calibration import DEFAULT_THRESHOLD
from annotator.domain.order import DocumentOrder
from annotator.ui.desk import Desk
from annotator.ui.memory import Memory
from annotator.ui.panes.workspace import Workspace

_FIRST_SIZE = (1280, 860)
_GEOMETRY, _PANES = "window/geometry", "window/panes"


class Places(QObject):
    """Keeps and brings back the places of one window."""

    def __init__(self, window: QMainWindow, desk: Desk, workspace: Workspace, memory: Memory) -> None:
        """Serve a window; what is open is kept whenever another document opens."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._workspace = workspace
        self._memory = memory

    def begin(self) -> None:
        """Bring back the window."""
        geometry = self._memory.state(_GEOMETRY)
        if geometry.isEmpty() or not self._window.restoreGeometry(geometry):
            self._window.resize(*_FIRST_SIZE)

    def go_back(self) -> None:
        """Bring back the panes, and the document that was open last in this project with its focus, else the first."""
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        self._memory.keep_recent(project.path)
        panes = self._memory.state(_PANES)
        if not panes.isEmpty():
            self._workspace.splitter.restoreState(panes)
        session.threshold = self._memory.number("threshold", DEFAULT_THRESHOLD)
        self._workspace.side.set_threshold(session.threshold)
        self._workspace.set_order(_order(self._memory.text("order")))
        document_id, focus = self._memory.place(project.path)
        if document_id not in project.documents:
            first = project.documents.page(0, 1, order=self._desk.order)
            if not first:
                return
            document_id, focus = first[0].id, ""
        self._desk.open_document(document_id, focus)

    def last_project(self) -> Path | None:
        """Return the project that was open when the window was closed last, unless it is gone."""
        name = self._memory.text("open")
        return Path(name) if name and Path(name).exists() else None

    def keep(self) -> None:
        """Remember how everything stands."""
        self._memory.keep(_GEOMETRY, self._window.saveGeometry())
        project, session = self._desk.project, self._desk.session
        self._memory.keep("open", str(project.path) if project else "")
        if project:
            self._memory.keep(_PANES, self._workspace.splitter.saveState())
        if project and session and session.document:
            self._memory.keep("threshold", session.threshold)
            self._memory.keep("order", self._desk.order.value)
            self._memory.keep_place(project.path, session.document.id, session.focus.key if session.focus else "")
        self._memory.write()


def _order(name: str) -> DocumentOrder:
    """Return the order of a name, or that of import where there is none."""
    return DocumentOrder(name) if name in list(DocumentOrder) else DocumentOrder.IMPORTED
