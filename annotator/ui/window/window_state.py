"""Where everything stands: window, panes, open document, focus, scroll; kept all along, and brought back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.review.document_filter import DocumentFilter
from annotator.domain.review.document_order import DocumentOrder
from annotator.ui.base.current_project import Desk
from annotator.ui.base.settings import Memory
from annotator.ui.widgets.room import open_as
from annotator.ui.window.workspace import Workspace

_FIRST_SIZE = (1280, 860)
_GEOMETRY, _PANES = "window/geometry", "window/panes"
_SOON_MS = 5_000
"""At most so long after a step everything is kept, so that the program comes back where it was after a crash too."""


class Places(QObject):
    """Keeps and brings back the places of one window."""

    def __init__(self, window: QMainWindow, desk: Desk, workspace: Workspace, memory: Memory) -> None:
        """Serve a window; what is open is kept whenever it is left, and soon after each step."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._workspace = workspace
        self._memory = memory
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)
        self._left: dict[tuple[Path, str], tuple[str, int, float]] = {}
        desk.leaving.connect(self._note_place)
        desk.documentOpened.connect(self._return)
        desk.documentOpened.connect(self._keep_soon)
        desk.focusMoved.connect(self._keep_soon)
        desk.changed.connect(self._keep_soon)
        desk.closing.connect(self._keep_work)

    def begin(self) -> None:
        """Bring back the window."""
        geometry = self._memory.state(_GEOMETRY)
        if geometry.isEmpty() or not self._window.restoreGeometry(geometry):
            open_as(self._window, *_FIRST_SIZE)

    def go_back(self) -> None:
        """Bring back the panes, and the document that was open last in this project as it was left, else the first."""
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        memory, path = self._memory, project.path
        memory.keep_recent(path)
        self._workspace.splitter.bring_back(memory.state(_PANES))
        session.threshold = _number(memory.place(path, "threshold"), memory.number("threshold", DEFAULT_THRESHOLD))
        self._workspace.side.set_threshold(session.threshold)
        asked = DocumentFilter.from_text(memory.place(path, "filter"))
        self._workspace.listing.bring_back(_order(memory.place(path, "order", memory.text("order"))), asked)
        document_id, focus = memory.place(path, "document"), memory.place(path, "focus")
        if document_id not in project.documents:
            first = self._desk.queue.at(0) if self._desk.queue else None
            first = first or next(project.documents.ids(), None)
            if first is not None:
                self._desk.open_document(first)
            return
        self._desk.open_document(document_id, focus)
        if memory.place(path, "left-focus"):
            session.set_focus(None)
            self._desk.focusMoved.emit()
        self._scroll_to(memory.place(path, "scroll"))

    def _keep_soon(self) -> None:
        """Have everything kept soon, however fast steps follow one another."""
        if not self._soon.isActive():
            self._soon.start()

    def last_project(self) -> Path | None:
        """Return the project that was open when the window was closed last; it may be gone meanwhile."""
        name = self._memory.text("open")
        return Path(name) if name else None

    def keep(self) -> None:
        """Remember how everything stands."""
        self._soon.stop()
        self._memory.keep(_GEOMETRY, self._window.saveGeometry())
        project = self._desk.project
        self._memory.keep("open", str(project.path.absolute()) if project else "")
        self._keep_work()
        self._memory.write()

    def _keep_work(self) -> None:
        """Remember how the work in the open project stands."""
        project, session = self._desk.project, self._desk.session
        if project is None or session is None:
            return
        self._memory.keep(_PANES, self._workspace.splitter.kept())
        self._memory.keep("threshold", session.threshold)
        self._memory.keep("order", self._desk.order.value)
        self._memory.keep_place(
            project.path,
            threshold=str(session.threshold),
            order=self._desk.order.value,
            filter=self._desk.filter.to_text(),
        )
        if session.document:
            held, past = self._workspace.article.reading_place()
            left = session.focus is None and session.progress[0] > 0
            self._memory.keep_place(
                project.path,
                document=session.document.id,
                focus=session.focus.key if session.focus else "",
                scroll=f"{held} {past:.4f}",
                **{"left-focus": "1" if left else ""},
            )

    def _note_place(self) -> None:
        """Remember where the document that is left was being read."""
        project, session = self._desk.project, self._desk.session
        if project and session and session.document:
            focus = session.focus.key if session.focus else ""
            self._left[project.path, session.document.id] = (focus, *self._workspace.article.reading_place())

    def _return(self) -> None:
        """Read on where the document was left, if it is come back to for nothing else."""
        project, session = self._desk.project, self._desk.session
        if project and session and session.document:
            focus, held, past = self._left.get((project.path, session.document.id), (None, 0, 0.0))
            article = self._workspace.article
            if focus == (session.focus.key if session.focus else "") and article.reading_place() != (held, past):
                article.read_on_at(held, past)

    def _scroll_to(self, place: str) -> None:
        """Scroll the article to a remembered place."""
        held, _, past = place.partition(" ")
        if held.isdecimal():
            self._workspace.article.read_on_at(int(held), _number(past, 0.0))


def _order(name: str) -> DocumentOrder:
    """Return the order of a name, or that of import where there is none."""
    return DocumentOrder(name) if name in list(DocumentOrder) else DocumentOrder.IMPORTED


def _number(text: str, default: float) -> float:
    """Return the number in a text, or another one where there is none."""
    try:
        return float(text)
    except ValueError:
        return default
